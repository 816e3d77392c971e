package taskpool.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import taskpool.examples.sync.Counter;

/** The demos that keep step through primitives, each also with one of its processes killed. */
class SyncExamplesIT {
  private static final String KILLED = "\\$ kill -9 \\d+";
  private static final String ONE_TO_TEN = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";

  @TempDir Path temp;

  private ExampleProcess start(String demo, Object... options) {
    List<Object> arguments = new ArrayList<>(List.of("demo", demo));
    arguments.addAll(Arrays.asList(options));
    return ExampleProcess.launcher()
        .environment("TASKPOOL_JAVA_OPTS", "-Xmx256m -Djava.io.tmpdir=" + temp)
        .start(arguments.toArray());
  }

  /** A demo that ends well and has no errors to tell of. */
  private ExampleProcess ended(String demo, Object... options) throws InterruptedException {
    ExampleProcess example = start(demo, options).expectExit(0);
    assertThat(example.err()).as("errors of\n%s", example).isEmpty();
    return example;
  }

  @AfterEach
  void noFileIsLeft() throws IOException {
    assertThat(files("")).isEmpty();
  }

  private List<Path> files(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(temp)) {
      return files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
    }
  }

  /** What the program itself has printed. */
  private static List<String> told(ExampleProcess example) {
    return example.out().stream().filter(line -> !line.startsWith("[worker-")).toList();
  }

  /** What a task has printed, in whichever worker. */
  private static List<String> toldByTasks(ExampleProcess example, String what) {
    return example.out().stream()
        .filter(line -> line.startsWith("[worker-"))
        .map(line -> line.substring(line.indexOf("] ") + 2))
        .filter(line -> line.startsWith(what))
        .toList();
  }

  private static void matches(List<String> lines, String... patterns) {
    assertThat(lines).hasSameSizeAs(patterns);
    for (int i = 0; i < patterns.length; i++) {
      assertThat(lines.get(i)).as("line %d of %s", i, lines).matches(patterns[i]);
    }
  }

  private static List<String> numbered(String what, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> what + i).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void producerAndConsumer(int workers) throws Exception {
    try (ExampleProcess example = ended("producer-consumer", "--workers", workers)) {
      List<String> lines = told(example);
      assertThat(lines).hasSize(2);
      assertThat(lines.get(0))
          .isEqualTo("one after the other: %s, up to 10 in the queue", ONE_TO_TEN);
      assertThat(lines.get(1))
          .startsWith("side by side: " + ONE_TO_TEN)
          .matches(".*, up to [0-3] in the queue");
      for (String what : List.of("put ", "took ")) {
        List<String> twice = new ArrayList<>(numbered(what, 10));
        twice.addAll(numbered(what, 10));
        assertThat(toldByTasks(example, what)).containsExactlyInAnyOrderElementsOf(twice);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatIsOnItsWayToAReaderThatIsKilledGoesToTheNext(int workers) throws Exception {
    try (ExampleProcess example = ended("producer-consumer", "--workers", workers, "--kill")) {
      List<String> lines =
          told(example).stream().filter(line -> !line.matches("\\$ kill -(STOP|CONT).*")).toList();
      matches(
          lines.subList(2, lines.size()),
          "1 is on its way to the reader, 0 in the queue",
          KILLED,
          "the reader runs again: \\[1, 2, 3]");
    }
  }

  @Test
  void bossAndWorkers() throws Exception {
    try (ExampleProcess example = ended("boss-and-workers")) {
      checkJobs(example);
      assertThat(example.out()).hasSize(10);
    }
  }

  private static void checkJobs(ExampleProcess example) {
    assertThat(example.out())
        .filteredOn(line -> line.contains(" has done "))
        .map(line -> line.replaceFirst("Ada|Bob", "somebody"))
        .containsExactlyInAnyOrderElementsOf(numbered("somebody has done job ", 9));
    assertThat(example.lastLine())
        .isEqualTo("the boss has 9 jobs back: [1, 2, 3, 4, 5, 6, 7, 8, 9]");
  }

  @Test
  void theJobOfAWorkerThatIsKilledIsDoneByWhoTakesItsPlace() throws Exception {
    try (ExampleProcess example = ended("boss-and-workers", "--kill")) {
      checkJobs(example);
      assertThat(example.out().get(0)).matches(KILLED);
      assertThat(example.out())
          .contains("a worker has ended with exit code -9")
          .containsSubsequence("Ada finds job 1 on the desk", "Ada has done job 1");
    }
  }

  @Test
  void stock() throws Exception {
    try (ExampleProcess example = ended("stock")) {
      assertThat(example.out())
          .containsExactly("10 of 50 buyers have one of 10 pieces, 10 are sold");
    }
  }

  @Test
  void theLockOfABuyerThatIsKilledIsFreeAndTheNextOneIsTold() throws Exception {
    try (ExampleProcess example = ended("stock", "--kill")) {
      matches(
          example.out(),
          KILLED,
          "1 buyer was told that the one before died with the lock",
          "buyer 7 came 2 times",
          "10 of 50 buyers have one of 10 pieces, 10 are sold");
    }
  }

  @Test
  void counter() throws Exception {
    try (ExampleProcess example = ended("counter")) {
      assertThat(example.out())
          .containsExactly(
              "without a lock: 200 counted, the number is 100, 100 lost",
              "with the lock: 200 counted, the number is 200");
    }
  }

  @Test
  void aCounterThatIsKilledWithTheLockHoldsNobodyUp() throws Exception {
    try (ExampleProcess example = ended("counter", "--kill")) {
      matches(
          example.out(),
          "without a lock: 200 counted, the number is 100, 100 lost",
          KILLED,
          "the lock is free, abandoned by its owner: true",
          "with the lock: 200 counted, the number is 200");
    }
  }

  private static List<String> broken(String why) {
    return Stream.of(
            "settings", "disk", "cache", "network", "users", "prices", "texts", "mail", "log")
        .map(
            part ->
                "%s: java.util.concurrent.BrokenBarrierException: barrier \"all ready\" is broken: %s"
                    .formatted(part, why))
        .toList();
  }

  private static final String ALL_READY = "all are ready: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";
  private static final String NO_DATABASE =
      "database: java.io.IOException: the database does not answer";

  @Test
  void initialisation() throws Exception {
    try (ExampleProcess example = ended("initialisation")) {
      List<String> expected = new ArrayList<>(List.of(ALL_READY, NO_DATABASE));
      expected.addAll(broken("it was aborted"));
      expected.add(ALL_READY);
      assertThat(example.out()).containsExactlyElementsOf(expected);
    }
  }

  @Test
  void aPartThatIsKilledBreaksTheBarrierForAll() throws Exception {
    try (ExampleProcess example = ended("initialisation", "--kill")) {
      List<String> lines = example.out();
      assertThat(lines).hasSize(23);
      assertThat(lines.get(11)).matches(KILLED);
      List<String> expected = new ArrayList<>(List.of("database: exit code -9"));
      String killed = lines.get(11).replaceFirst(".* ", "");
      expected.addAll(broken("JvmProcess-1 (pid %s) died".formatted(killed)));
      expected.add(ALL_READY);
      assertThat(lines.subList(12, 23)).containsExactlyElementsOf(expected);
    }
  }

  @Test
  void event() throws Exception {
    try (ExampleProcess example = ended("event")) {
      assertThat(told(example))
          .containsExactly(
              "made in time: false", "made now: true, by run 1", "and for the next day: false");
      assertThat(toldByTasks(example, "cup ")).hasSize(10);
      assertThat(toldByTasks(example, "the boss"))
          .containsExactly("the boss waits", "the boss says: good job");
    }
  }

  @Test
  void theWorkOfAWorkerThatIsKilledIsDoneAndTheEventComes() throws Exception {
    try (ExampleProcess example = ended("event", "--kill")) {
      matches(
          told(example),
          "made in time: false",
          KILLED,
          "made now: true, by run 2",
          "and for the next day: false");
      assertThat(toldByTasks(example, "the boss")).endsWith("the boss says: good job");
    }
  }

  @Test
  void condition() throws Exception {
    try (ExampleProcess example = ended("condition")) {
      assertThat(example.out()).containsExactly("8 numbers came: [1, 2, 3, 4, 5, 6, 7, 8]");
    }
  }

  @Test
  void theNumberOfAConsumerThatIsKilledGoesToAnother() throws Exception {
    try (ExampleProcess example = ended("condition", "--kill")) {
      matches(
          example.out(),
          KILLED,
          "a consumer has ended with exit code -9",
          "8 numbers came: \\[1, 2, 3, 4, 5, 6, 7, 8]");
    }
  }

  @Test
  void semaphore() throws Exception {
    try (ExampleProcess example = ended("semaphore")) {
      assertThat(example.out())
          .containsExactly("8 cars have parked, 3 at a time at most", "3 places are free");
    }
  }

  @Test
  void thePlaceOfACarThatIsKilledIsFree() throws Exception {
    try (ExampleProcess example = ended("semaphore", "--kill")) {
      matches(
          example.out(),
          "8 cars have parked, 3 at a time at most",
          "a car parks, 2 places are free",
          KILLED,
          "3 places are free");
    }
  }

  @Test
  void eachIsAMainClass() throws Exception {
    try (ExampleProcess example = ExampleProcess.java(Counter.class).start().expectExit(0)) {
      assertThat(example.lastLine()).isEqualTo("with the lock: 200 counted, the number is 200");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "producer-consumer, --workers 0",
    "producer-consumer, --workers 1001",
    "producer-consumer, --workers some",
    "boss-and-workers, --kil",
    "stock, --kill now",
    "counter, 100",
    "initialisation, --workers 3",
    "event, cup",
    "condition, --nonsense",
    "semaphore, --kill=9"
  })
  void aWrongOptionIsOneLine(String demo, String options) throws Exception {
    Object[] arguments = options.split(" ", -1);
    try (ExampleProcess example = start(demo, arguments).expectExit(2)) {
      assertThat(example.err()).singleElement().asString().startsWith("taskpool: ");
      assertThat(example.err().get(0)).contains("see taskpool demo " + demo + " --help");
      assertThat(example.out()).isEmpty();
    }
  }

  /** It has its file, and its workers are on their way up. */
  @Test
  void ctrlCLeavesNothingOfTheStock() throws Exception {
    try (ExampleProcess example = start("stock")) {
      await().atMost(Duration.ofMinutes(1)).until(() -> !files("taskpool-sales-").isEmpty());
      example.signal("INT");
      example.expectExit(130);
    }
  }

  @Test
  void ctrlCLeavesNothingOfTheBossAndItsWorkers() throws Exception {
    try (ExampleProcess example = start("boss-and-workers")) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> example.lastLine().contains(" has done job "));
      example.signal("INT");
      example.expectExit(130);
      assertThat(example.lastLine()).doesNotStartWith("the boss has");
    }
  }
}
