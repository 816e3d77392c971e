package taskpool.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.examples.pools.PoolOfFour;
import taskpool.examples.pools.PoolOfThree;

class PoolsIT {

  @Test
  void poolOfThreeRunsTenTasksInThreeProcesses() throws Exception {
    try (ExampleProcess example = ExampleProcess.java(PoolOfThree.class).start().expectExit(0)) {
      List<String> lines = example.out();
      assertThat(lines).contains("----start----").endsWith("-----end-----");
      checkTasks(lines, 10, 3, "(\\d+) begins in process (\\d+)", "(\\d+) is done, .*");
      assertThat(example.err()).isEmpty();
    }
  }

  @Test
  void poolOfFourRunsSixTasksInFourProcesses() throws Exception {
    try (ExampleProcess example = ExampleProcess.java(PoolOfFour.class).start().expectExit(0)) {
      List<String> lines = example.out();
      assertThat(lines.get(0)).startsWith("Parent process ");
      assertThat(lines)
          .contains("Waiting for all subprocess done...")
          .endsWith("All subprocess done.");
      checkTasks(lines, 6, 4, "Run task (\\d+) \\((\\d+)\\)\\.\\.\\.", "Task (\\d+) runs .*");
      assertThat(example.err()).isEmpty();
    }
  }

  /** Every task once, one at a time in each process, and no more processes than the pool has. */
  private static void checkTasks(
      List<String> lines, int tasks, int processes, String begins, String ends) {
    Map<String, String> running = new HashMap<>(); // worker -> task
    Set<String> pids = new HashSet<>();
    Set<Integer> done = new TreeSet<>();
    Pattern worker = Pattern.compile("\\[(worker-\\d+)] (.*)");
    for (String line : lines) {
      Matcher of = worker.matcher(line);
      if (of.matches()) {
        Matcher begin = Pattern.compile(begins).matcher(of.group(2));
        Matcher end = Pattern.compile(ends).matcher(of.group(2));
        if (begin.matches()) {
          assertThat(running.put(of.group(1), begin.group(1))).as(line).isNull();
          pids.add(begin.group(2));
        } else {
          assertThat(end.matches()).as(line).isTrue();
          assertThat(running.remove(of.group(1))).as(line).isEqualTo(end.group(1));
          assertThat(done.add(Integer.valueOf(end.group(1)))).as(line).isTrue();
        }
      }
    }
    assertThat(done).containsExactlyElementsOf(IntStream.range(0, tasks).boxed().toList());
    assertThat(pids).hasSizeBetween(1, processes); // fewer than tasks: they repeat
  }

  @ParameterizedTest
  @CsvSource({"3, 10", "4, 6"})
  void theFirstStartAtOnceAndTheOthersWaitForAFreeProcess(
      int workers, int tasks, @TempDir Path folder) throws Exception {
    try (TaskPool pool = TaskPool.local(workers)) {
      List<TaskHandle<Long>> handles = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        handles.add(pool.applyAsync(PoolsIT::startAndWait, folder, i));
      }
      await().atMost(Duration.ofMinutes(1)).until(() -> started(folder).size() == workers);
      assertThat(started(folder))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, workers).boxed().toList());
      Files.createFile(folder.resolve("go on"));
      Set<Long> pids = new HashSet<>();
      for (TaskHandle<Long> handle : handles) {
        pids.add(handle.get());
      }
      assertThat(pids).hasSize(workers);
    }
  }

  static long startAndWait(Path folder, int number) throws IOException {
    Files.createFile(folder.resolve("started " + number));
    await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(folder.resolve("go on")));
    return TaskContext.current().pid();
  }

  private static List<Integer> started(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("started "))
          .map(name -> Integer.valueOf(name.substring("started ".length())))
          .toList();
    }
  }
}
