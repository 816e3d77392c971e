package taskpool.worker.process;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import taskpool.process.MarkedProcess;

/**
 * JVMs that stand ready to become processes. The first are made when a process has been started: a
 * program that starts none pays nothing. They end with this process at the latest. Thread-safe.
 */
final class SpareProcesses {
  /** How many there are; one if not said, 0 for none. */
  static final String NUMBER_PROPERTY = "taskpool.process.spares";

  private static final Logger LOG = LoggerFactory.getLogger(SpareProcesses.class);

  private final int wanted;
  private final Starter starter;
  private final ArrayDeque<MarkedProcess> ready = new ArrayDeque<>();
  private boolean hooked;
  private boolean ending;

  /** Starts a JVM that waits for being told what to do. */
  interface Starter {
    MarkedProcess start() throws IOException;
  }

  SpareProcesses(int wanted, Starter starter) {
    this.wanted = wanted;
    this.starter = starter;
  }

  /** What the system property says. */
  static int wanted() {
    return Math.max(0, Integer.getInteger(NUMBER_PROPERTY, 1));
  }

  /** One that lives, if there is one; it is no spare any more. */
  synchronized Optional<MarkedProcess> take() {
    ready.removeIf(spare -> !spare.process().isAlive());
    return Optional.ofNullable(ready.poll());
  }

  /** Starts what is missing; does not wait for them to be up. */
  synchronized void refill() {
    ready.removeIf(spare -> !spare.process().isAlive());
    try {
      while (ready.size() < wanted && !ending && hook()) {
        ready.add(starter.start());
      }
    } catch (IOException e) {
      LOG.debug("no spare process can be started", e);
    }
  }

  private boolean hook() {
    if (!hooked) {
      try {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "spare-processes-exit"));
        hooked = true;
      } catch (IllegalStateException exiting) {
        ending = true;
      }
    }
    return hooked;
  }

  synchronized void end() {
    ending = true;
    ready.forEach(spare -> spare.process().destroyForcibly());
    ready.clear(); // they need a moment to die, and a process may be started yet
  }
}
