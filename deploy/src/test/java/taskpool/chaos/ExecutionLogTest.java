package taskpool.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionLogTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() throws Exception {
    ExecutionLog log = new ExecutionLog(folder);
    long before = System.nanoTime();
    log.started(7, 1, 100);
    log.ended(7, 100);
    log.started(8, 2, 100);
    log.started(9, 1, 200);
    assertThat(log.read())
        .allSatisfy(each -> assertThat(each.startNanos() - before).isNotNegative())
        .extracting(Execution::task, Execution::attempt, Execution::pid, Execution::ended)
        .containsExactlyInAnyOrder(
            tuple(7L, 1, 100L, true), tuple(8L, 2, 100L, false), tuple(9L, 1, 200L, false));
  }

  @Test
  void aTaskMayRunTwiceInOneProcess() {
    assertThat(ExecutionLog.parse(List.of("start 7 1 100 5", "start 7 2 100 6", "end 7")))
        .containsExactly(new Execution(7, 1, 100, 5, false), new Execution(7, 2, 100, 6, true));
  }
}
