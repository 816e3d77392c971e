package taskpool.worker;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What the parent says over our standard input: first what to do, then nothing until the end. When
 * the parent closes it or dies, this process ends, and the processes that tasks have started with
 * it: shutdown hooks run, one of them kills those processes, but not for long.
 */
final class ParentLink {
  private static final long HOOKS_MILLIS = 1_000;

  private final InputStream parent;
  private final CompletableFuture<WorkerBoot> boot = new CompletableFuture<>();

  private ParentLink(InputStream parent) {
    this.parent = parent;
  }

  /** Starts listening, on a thread of its own; the result is done once the parent has spoken. */
  static CompletableFuture<WorkerBoot> listen(InputStream parent) {
    ParentLink link = new ParentLink(parent);
    Thread thread = new Thread(link::run, "parent-link");
    thread.setDaemon(true);
    thread.start();
    return link.boot;
  }

  private void run() {
    try {
      boot.complete(WorkerBoot.readFrom(parent));
      while (parent.read() >= 0) {
        // the parent has nothing more to say; only the end matters
      }
    } catch (IOException e) {
      // as good as the end
    } finally {
      end();
    }
  }

  private static void end() {
    Thread limit = new Thread(ParentLink::haltSoon, "exit-limit");
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
