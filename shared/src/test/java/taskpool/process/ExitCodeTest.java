package taskpool.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {
  @ParameterizedTest
  @CsvSource({"KILL, -9", "TERM, -15", "SEGV, -11", "BUS, -7", "XCPU, -24"})
  void aSignalHasItsNumberAndName(String signal, int code) throws Exception {
    int found = exitCode("kill -s " + signal + " $$; sleep 10");
    assertThat(found).isEqualTo(code);
    assertThat(ExitCode.signal(found)).contains("SIG" + signal);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "128", "193", "255"})
  void anExitOfItsOwnIsNoSignal(int code) throws Exception {
    assertThat(exitCode("exit " + code)).isEqualTo(code);
    assertThat(ExitCode.signal(code)).isEmpty();
  }

  @Test
  void aSignalWithoutANameHasItsNumber() {
    assertThat(ExitCode.signal(-40)).contains("signal 40");
  }

  private static int exitCode(String script) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh", "-c", script).inheritIO().start();
    process.waitFor();
    return ExitCode.of(process);
  }
}
