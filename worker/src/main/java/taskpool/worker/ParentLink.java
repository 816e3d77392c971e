package taskpool.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import taskpool.process.JvmStart;

/**
 * What the parent says over our standard input: first what to do, then nothing until it wants this
 * process to end, then farewell. When it says that or dies, this process ends, and the processes
 * that it has started with it: shutdown hooks run, one of them kills those processes, but not for
 * long.
 *
 * @param <B> what to do
 */
public final class ParentLink<B> {
  /** What a parent that goes on without this process says before the end. */
  public static final int FAREWELL = 1;

  /** The exit code of a process without a parent; it must not look as if all were well. */
  private static final int ORPHANED = 1;

  private static final Duration HOOKS = Duration.ofSeconds(1);

  private final InputStream parent;
  private final Reader<B> reader;
  private final Consumer<B> orphaned;
  private final Consumer<B> awaitParent;
  private final CompletableFuture<B> boot = new CompletableFuture<>();

  /** Reads what to do. */
  public interface Reader<B> {
    B readFrom(InputStream parent) throws IOException;
  }

  private ParentLink(
      InputStream parent, Reader<B> reader, Consumer<B> orphaned, Consumer<B> awaitParent) {
    this.parent = parent;
    this.reader = reader;
    this.orphaned = orphaned;
    this.awaitParent = awaitParent;
  }

  /**
   * Starts listening, on a thread of its own, until that stream ends. To be called first of all in
   * the main method: by that thread the parent knows that it runs.
   *
   * @param orphaned called on that thread before the end if the parent dies without farewell
   * @return done once the parent has spoken
   */
  public static <B> CompletableFuture<B> listen(
      InputStream parent, Reader<B> reader, Consumer<B> orphaned) {
    return listen(parent, reader, orphaned, told -> {});
  }

  /**
   * The same for a stream whose channel may be closed here once the parent has spoken.
   *
   * @param awaitParent called on that thread then; returns when the parent is gone, and this
   *     process ends as if the stream had told that
   */
  public static <B> CompletableFuture<B> listen(
      InputStream parent, Reader<B> reader, Consumer<B> orphaned, Consumer<B> awaitParent) {
    ParentLink<B> link = new ParentLink<>(parent, reader, orphaned, awaitParent);
    Thread thread = new Thread(link::run, JvmStart.MAIN_RUNS);
    thread.setDaemon(true);
    thread.start();
    return link.boot;
  }

  private void run() {
    int exitCode = ORPHANED;
    try {
      B told = reader.readFrom(parent);
      boot.complete(told);
      if (saysFarewell(told)) {
        exitCode = 0;
      } else {
        orphaned.accept(told);
      }
    } catch (IOException e) {
      // the parent has died before it could say anything
    } finally {
      end(exitCode);
    }
  }

  private boolean saysFarewell(B told) {
    try {
      return parent.read() == FAREWELL;
    } catch (ClosedChannelException e) {
      awaitParent.accept(told);
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static void end(int exitCode) {
    ExitLimit.start(HOOKS, exitCode, () -> {});
    System.exit(exitCode);
  }
}
