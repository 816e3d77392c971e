package taskpool.worker;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * Ends this process, and the processes that tasks have started, when the parent closes our standard
 * input or dies. Shutdown hooks run, but not for long.
 */
final class ParentWatch {
  private static final long HOOKS_MILLIS = 1_000;

  private ParentWatch() {}

  static void start(InputStream parent) {
    Thread watch = new Thread(() -> awaitEnd(parent), "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void awaitEnd(InputStream parent) {
    try {
      while (parent.read() >= 0) {
        // the parent has nothing more to say; only the end matters
      }
    } catch (IOException e) {
      // as good as the end
    }
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Thread limit = new Thread(ParentWatch::haltSoon, "exit-limit");
    limit.setDaemon(true);
    limit.start();
    System.exit(0);
  }

  private static void haltSoon() {
    try {
      TimeUnit.MILLISECONDS.sleep(HOOKS_MILLIS);
    } catch (InterruptedException e) {
      // then at once
    }
    Runtime.getRuntime().halt(0);
  }
}
