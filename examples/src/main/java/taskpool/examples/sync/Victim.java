package taskpool.examples.sync;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import taskpool.Subprocess;
import taskpool.TaskPool;
import taskpool.sync.ClusterQueue;

/** A process of these programs that is to be killed in the middle, and who kills it. */
final class Victim {

  private Victim() {}

  /** Where victims say who they are. */
  static ClusterQueue<Long> queue(TaskPool pool) {
    return pool.queue("victims");
  }

  /** In the victim: says who it is. */
  static void announce(ClusterQueue<Long> victims) throws InterruptedException {
    victims.put(ProcessHandle.current().pid());
  }

  /** In the victim: says who it is and does nothing more until it is killed. */
  static void await(ClusterQueue<Long> victims) throws InterruptedException {
    announce(victims);
    TimeUnit.MINUTES.sleep(1);
    throw new IllegalStateException("nobody has killed this process");
  }

  /** In the program: kills the next that says so. */
  static void kill(ClusterQueue<Long> victims) throws IOException, InterruptedException {
    signal("-9", victims.take());
  }

  /** Sends a signal as the command {@code kill} does. */
  static void signal(String signal, long pid) throws IOException, InterruptedException {
    System.out.printf("$ kill %s %d%n", signal, pid);
    Subprocess.Result result = Subprocess.of("kill", signal, Long.toString(pid)).run();
    if (result.exitCode() != 0) {
      throw new IOException("no signal %s for %d: %s".formatted(signal, pid, result.errors()));
    }
  }
}
