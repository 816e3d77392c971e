package taskpool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarksCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--only W7       | \"W7\" is no workload, there are: W1, W2",
        "--peers mp.pool | \"mp.pool\" is nobody known, there are: taskpool, mp.Pool, ProcessPool",
        "--peers socket  | \"socket\" is nobody known",
        "--rounds 0      | --rounds must be 1 to 100, not 0",
        "--rounds many   | 'many' is no whole number: give one from 1 to 100",
        "--json no/f     | --json no/f can't be written: name a file in a folder that exists",
        "--chart target  | --chart target can't be written",
        "--fast          | Unknown option: '--fast'",
        "W1              | 'W1'",
      })
  void saysInOneLineWhatIsWrong(String arguments, String complaint) {
    PrintStream before = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode;
    try {
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      exitCode = BenchmarksCommand.commandLine().execute(arguments.split(" "));
    } finally {
      System.setErr(before);
    }

    List<String> lines = err.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(exitCode).isEqualTo(2);
    assertThat(lines).singleElement().asString().startsWith("benchmarks/run: ").contains(complaint);
    assertThat(lines.get(0)).endsWith("(see benchmarks/run --help)");
  }
}
