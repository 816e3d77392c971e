package taskpool.examples.copier;

import java.nio.file.Path;
import java.util.function.Consumer;
import taskpool.TaskHandle;

/**
 * One pass over all files through the pool: a task each, with its share of the progress. How many
 * are under way is bounded by the pool's window, which blocks who submits. Thread-safe.
 */
final class Pass {
  private final CopyProgress progress;
  private final Failures failures;
  private long underWay;

  Pass(CopyProgress progress, Failures failures) {
    this.progress = progress;
    this.failures = failures;
  }

  /** Watches a file's task, which has just been submitted. */
  <R> void add(Path file, long size, TaskHandle<R> task, Consumer<? super R> done) {
    synchronized (this) {
      underWay++;
    }
    Share share = new Share(size);
    TaskHandle<R> unused =
        task.onProgress(report -> share.moveTo(report.done()))
            .callback(
                result -> {
                  done.accept(result);
                  share.end();
                })
            .errorCallback(
                error -> {
                  failures.add(file, Failures.reason(error));
                  share.end();
                });
  }

  /** Waits until every task has ended. */
  synchronized void await() throws InterruptedException {
    while (underWay > 0) {
      wait();
    }
  }

  /** One file's part of the progress, which goes back to nothing when its worker dies. */
  private final class Share {
    private final long size;
    private long shown;
    private boolean ended;

    Share(long size) {
      this.size = size;
    }

    void moveTo(long bytes) {
      synchronized (Pass.this) {
        if (!ended) {
          progress.advance(Math.min(bytes, size) - shown, 0);
          shown = Math.min(bytes, size);
        }
      }
    }

    void end() {
      synchronized (Pass.this) {
        ended = true;
        progress.advance(size - shown, 1);
        underWay--;
        Pass.this.notifyAll();
      }
    }
  }
}
