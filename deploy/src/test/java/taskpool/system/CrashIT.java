package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.Call;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.error.CrashReport;
import taskpool.error.PoisonTaskException;
import taskpool.error.WorkerDeath;
import taskpool.error.WorkerLostException;

/** Tasks that end their worker's process, and what their callers are told of it. */
class CrashIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static TaskPool pool;

  @TempDir Path temp;

  @BeforeAll
  static void start() {
    // without it a core dump would be tried; with it the JVM ends with exit code 1, not by a signal
    pool =
        CLUSTER.start(
            builder -> builder.workers(1).spareWorkers(1).jvmOptions("-XX:-CreateCoredumpOnCrash"));
  }

  private static PoisonTaskException poison(TaskHandle<?> handle) {
    Throwable thrown = catchThrowable(() -> handle.get(LIMIT));
    assertThat(thrown)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(PoisonTaskException.class);
    return (PoisonTaskException) thrown.getCause();
  }

  private static void note(Path attempts) throws IOException {
    TaskContext task = TaskContext.current();
    Files.writeString(attempts.resolve(Long.toString(task.pid())), "");
    System.out.println("attempt " + task.attempt() + " in " + task.workerName());
  }

  static void halt(Path attempts) throws IOException {
    note(attempts);
    Runtime.getRuntime().halt(9);
  }

  static void exit(Path attempts) throws IOException {
    note(attempts);
    System.exit(7);
  }

  static void killItself(Path attempts) throws Exception {
    note(attempts);
    Process kill =
        new ProcessBuilder("kill", "-s", "KILL", Long.toString(ProcessHandle.current().pid()))
            .start();
    kill.waitFor();
    Gate.await(attempts.resolve("never"));
  }

  private void assertQuarantined(TaskHandle<?> handle, int exitCode) throws Exception {
    PoisonTaskException error = poison(handle);
    List<String> pids =
        Gate.list(temp).stream().map(file -> file.getFileName().toString()).toList();
    assertThat(pids).hasSize(3);
    assertThat(error.exitCode()).isEqualTo(exitCode);
    assertThat(error.lastOutput()).anyMatch(line -> line.startsWith("attempt 3 in worker-"));
    assertThat(error)
        .hasMessageContaining("quarantined")
        .hasMessageContaining("it last wrote: attempt 3 in worker-");
    assertThat(error.deaths())
        .extracting(death -> Long.toString(death.pid()))
        .containsExactlyInAnyOrderElementsOf(pids);
    for (WorkerDeath death : error.deaths()) {
      assertThat(death.exitCode()).isEqualTo(exitCode);
      assertThat(error).hasMessageContaining(death.worker() + " (pid " + death.pid() + ")");
    }
    assertThat(pool.apply(() -> 42)).isEqualTo(42);
  }

  @Test
  void exitingIsADeath() throws Exception {
    assertQuarantined(pool.applyAsync(CrashIT::exit, temp), 7);
  }

  static void exitWithAHookThatWaitsForIt() {
    Thread exiting = Thread.currentThread();
    Thread hook =
        new Thread(
            () -> {
              try {
                exiting.join();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    System.exit(7);
  }

  @Test
  void anExitThatDoesNotEndIsADeathToo() throws Exception {
    PoisonTaskException error = poison(pool.applyAsync(CrashIT::exitWithAHookThatWaitsForIt));

    assertThat(error.exitCode()).isEqualTo(6);
    assertThat(error.lastOutput()).last().asString().contains("took more than PT5S");
    assertThat(pool.apply(() -> 42)).isEqualTo(42);
  }

  @Test
  void haltingIsADeath() throws Exception {
    assertQuarantined(pool.applyAsync(CrashIT::halt, temp), 9);
  }

  @Test
  void aSignalHasItsName() throws Exception {
    TaskHandle<?> handle = pool.applyAsync(CrashIT::killItself, temp);
    assertQuarantined(handle, -9);
    assertThat(poison(handle).signal()).contains("SIGKILL");
    assertThat(poison(handle)).hasMessageContaining("by SIGKILL (exit code -9)");
  }

  /** Writes to the address 0, which the JVM does not survive. */
  static void crash(Path attempts) throws IOException, ReflectiveOperationException {
    note(attempts);
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field field = type.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    Method putAddress = type.getMethod("putAddress", long.class, long.class);
    putAddress.invoke(field.get(null), 0L, 0L);
  }

  private static Path reportOf(long pid) {
    return Path.of(System.getProperty("java.io.tmpdir"), "hs_err_pid" + pid + ".log");
  }

  @Test
  void aCrashInNativeCodeComesWithItsReport() throws Exception {
    PoisonTaskException error = poison(pool.applyAsync(CrashIT::crash, temp));
    try {
      assertThat(error.deaths()).hasSize(3);
      for (WorkerDeath death : error.deaths()) {
        CrashReport report = death.crashReport().orElseThrow();
        assertThat(report.head()).hasSize(40).anyMatch(line -> line.contains("SIGSEGV"));
        assertThat(report.file()).isEqualTo(reportOf(death.pid()));
        assertThat(report.file()).content().contains("CrashIT.crash");
        assertThat(error).hasMessageContaining(report.file().toString());
      }
    } finally {
      for (Path attempt : Gate.list(temp)) {
        Files.deleteIfExists(reportOf(Long.parseLong(attempt.getFileName().toString())));
      }
    }
    assertThat(error.lastOutput()).anyMatch(line -> line.contains("A fatal error"));
    assertThat(pool.apply(() -> 42)).isEqualTo(42);
  }

  static void failToInitialize(Path tries) throws IOException {
    Files.createTempFile(tries, "try", "");
    throw new IllegalStateException("no database,\nnone at all");
  }

  @Test
  void aFailingInitializerIsNamedAndTriedFiveTimes() throws Exception {
    Path tries = temp;
    TaskPool broken =
        CLUSTER.start(
            builder ->
                builder
                    .workers(1)
                    .spareWorkers(2)
                    .initializer(Call.of(CrashIT::failToInitialize, tries)));
    for (int i = 0; i < 2; i++) { // those that wait, and those that come later
      TaskHandle<Integer> handle = broken.applyAsync(() -> 42);
      assertThatThrownBy(() -> handle.get(LIMIT))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isExactlyInstanceOf(WorkerLostException.class)
          .hasMessageContaining("exit code 3")
          .hasMessageContaining(
              "the initializer failed: java.lang.IllegalStateException: no database, none at all");
    }
    broken.shutdown();
    assertThat(broken.join(LIMIT)).isTrue();
    assertThat(Gate.list(tries)).hasSize(5);
  }
}
