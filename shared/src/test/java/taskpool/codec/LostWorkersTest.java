package taskpool.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import taskpool.error.CrashReport;
import taskpool.error.PoisonTaskException;
import taskpool.error.WorkerDeath;
import taskpool.error.WorkerLostException;
import taskpool.protocol.LostWorker;
import taskpool.protocol.Outcome;

class LostWorkersTest {
  private static final CrashReport REPORT =
      new CrashReport(Path.of("/tmp/hs_err_pid44.log"), List.of("#", "# SIGSEGV"));

  private static WorkerLostException sent(LostWorker... deaths) {
    Outcome outcome = LostWorkers.outcome(7, List.of(deaths));
    assertThat(outcome.id()).isEqualTo(7);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.LOST);
    return LostWorkers.toException(Objects.requireNonNull(outcome.payload()));
  }

  @Test
  void aPoisonTaskCarriesEachDeath() {
    WorkerLostException error =
        sent(
            new LostWorker("worker-1", 41, 7, List.of("exiting")),
            new LostWorker("worker-3", 43, -9, List.of()),
            new LostWorker(
                "worker-4", 44, -6, List.of("one", "last words", " "), Optional.of(REPORT)));
    assertThat(error)
        .isInstanceOfSatisfying(
            PoisonTaskException.class,
            poison ->
                assertThat(poison.deaths())
                    .containsExactly(
                        new WorkerDeath("worker-1", 41, 7, List.of("exiting"), Optional.empty()),
                        new WorkerDeath("worker-3", 43, -9, List.of(), Optional.empty()),
                        new WorkerDeath(
                            "worker-4",
                            44,
                            -6,
                            List.of("one", "last words", " "),
                            Optional.of(REPORT))))
        .hasMessage(
            "the task is quarantined, 3 workers that ran it died:"
                + " worker-1 (pid 41) with exit code 7;"
                + " worker-3 (pid 43) by SIGKILL (exit code -9);"
                + " worker-4 (pid 44) by SIGABRT (exit code -6),"
                + " crash report in /tmp/hs_err_pid44.log; it last wrote: last words");
    assertThat(error.exitCode()).isEqualTo(-6);
    assertThat(error.signal()).contains("SIGABRT");
    assertThat(error.lastOutput()).containsExactly("one", "last words", " ");
    assertThat(error.crashReport()).contains(REPORT);
  }

  @Test
  void whoWasNeverUpSaysWhyByItsLastLineOfItsOwn() {
    List<String> output =
        List.of(
            "Unrecognized option",
            "Error: Could not create the Java Virtual Machine.",
            "Error: A fatal exception has occurred. Program will exit.",
            "");
    WorkerLostException error = sent(new LostWorker("", 5, 1, output));
    assertThat(error)
        .isExactlyInstanceOf(WorkerLostException.class)
        .hasMessage(
            "no worker can be started, the last one that was tried ended with exit code 1;"
                + " it last wrote: Unrecognized option");
    assertThat(error.signal()).isEmpty();
    assertThat(error.crashReport()).isEmpty();
  }

  @Test
  void whoWasTooLateIsSaidToHaveBeen() {
    List<String> output = List.of("step 1", LostWorker.TOO_LATE + "PT2S, and was killed");
    assertThat(sent(new LostWorker("", 5, -9, output)))
        .hasMessageEndingWith(
            "by SIGKILL, with exit code -9; it had not reported for work, after its initializer if"
                + " there is one, within PT2S, and was killed");
  }

  @Test
  void aFailedInitializerIsNamedWhateverWasWrittenAfterIt() {
    String line = LostWorker.INITIALIZER_FAILED + "java.lang.IllegalStateException: no database";
    List<String> output = List.of("opening", line, "\tat Some.where(Some.java:1)", "closing");
    assertThat(sent(new LostWorker("worker-9", 5, 3, output).asLastTried()))
        .isExactlyInstanceOf(WorkerLostException.class)
        .hasMessageEndingWith(
            "exit code 3; the initializer failed: java.lang.IllegalStateException: no database");
  }
}
