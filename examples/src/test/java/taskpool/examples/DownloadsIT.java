package taskpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import taskpool.examples.downloads.Downloads;

class DownloadsIT {

  @Test
  void downloadsOverlapInAPoolAndNotWithoutOne() throws Exception {
    try (ExampleProcess example =
        ExampleProcess.java(Downloads.class).start("--count", 6, "--workers", 3).expectExit(0)) {
      List<String> lines = example.out();
      assertThat(lines.get(0)).startsWith("6 files, ");
      assertThat(atATime("one after the other", lines.get(1))).isEqualTo(1);
      assertThat(atATime("side by side", lines.get(2))).isBetween(2, 3);
      assertThat(lines.get(3)).matches("[0-9.]+ times as fast with 3 workers, contents equal");
      assertThat(lines).hasSize(4);
      assertThat(example.err()).isEmpty();
    }
  }

  private static int atATime(String how, String line) {
    Matcher parts = Pattern.compile(how + " +[0-9.]+ s, at most ([0-9]+) at a time").matcher(line);
    assertThat(parts.matches()).as(line).isTrue();
    return Integer.parseInt(parts.group(1));
  }

  @ParameterizedTest
  @CsvSource({"--count, 0", "--count, many", "--workers, -1", "--wrokers, 3"})
  void aWrongOptionIsOneLine(String option, String value) throws Exception {
    try (ExampleProcess example =
        ExampleProcess.java(Downloads.class).start(option, value).expectExit(2)) {
      assertThat(example.err()).singleElement().asString().startsWith("taskpool: ");
      assertThat(example.err().get(0)).contains(option);
      assertThat(example.out()).isEmpty();
    }
  }
}
