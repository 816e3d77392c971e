package taskpool.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The processes that this run has started, with all that they have started in turn: each carries a
 * mark in its environment, which children inherit even when their parent is gone. None of them
 * outlives the harness. Thread-safe.
 */
final class Programs {
  private static final String MARK = "TASKPOOL_BENCHMARKS_RUN";
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
  private static final Duration KILL_INTERVAL = Duration.ofMillis(20);

  private final String mark = UUID.randomUUID().toString();
  private boolean ending;

  /** From now on the end of this JVM is the end of everything started here. */
  void killAtExit() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "kill-programs"));
  }

  /**
   * Starts a program.
   *
   * @throws IOException if it can't be started, or the harness is ending
   */
  synchronized Process start(ProcessBuilder program) throws IOException {
    if (ending) {
      throw new IOException("the run is ending");
    }
    program.environment().put(MARK, mark);
    return program.start();
  }

  /** Whether what runs is being killed, because the harness ends. */
  synchronized boolean isEnding() {
    return ending;
  }

  private void end() {
    synchronized (this) {
      ending = true;
    }
    killAll();
  }

  /** Kills what is running and waits until it is gone. */
  void killAll() {
    long giveUp = System.nanoTime() + KILL_LIMIT.toNanos();
    List<ProcessHandle> left = running();
    while (!left.isEmpty() && System.nanoTime() < giveUp) {
      left.forEach(ProcessHandle::destroyForcibly);
      try {
        Thread.sleep(KILL_INTERVAL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      left = running();
    }
  }

  /** The programs' processes that are there. */
  List<ProcessHandle> running() {
    return ProcessHandle.allProcesses().filter(this::isMarked).toList();
  }

  private boolean isMarked(ProcessHandle candidate) {
    try {
      byte[] environment = Files.readAllBytes(Path.of("/proc/" + candidate.pid() + "/environ"));
      return new String(environment, StandardCharsets.ISO_8859_1).contains(MARK + "=" + mark);
    } catch (IOException e) {
      return false; // it has ended, or is somebody else's
    }
  }
}
