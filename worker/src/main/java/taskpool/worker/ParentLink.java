package taskpool.worker;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import taskpool.payload.PayloadFolder;
import taskpool.process.ProcessMark;

/**
 * What the parent says over our standard input: first what to do, then nothing until it wants this
 * process to end, then farewell. When it says that or dies, this process ends, and the processes
 * that tasks have started with it: shutdown hooks run, one of them kills those processes, but not
 * for long. When the parent dies without farewell, those processes are killed too that have left
 * the tree, and the payloads are removed.
 */
public final class ParentLink {
  /** What a parent that goes on without this process says before the end. */
  public static final int FAREWELL = 1;

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
      WorkerBoot told = WorkerBoot.readFrom(parent);
      boot.complete(told);
      if (!saysFarewell()) {
        clearUpAtExit(told);
      }
    } catch (IOException e) {
      // the parent has died before it could say anything
    } finally {
      end();
    }
  }

  private boolean saysFarewell() {
    try {
      return parent.read() == FAREWELL;
    } catch (IOException e) {
      return false;
    }
  }

  /** What the parent would have seen to. */
  private static void clearUpAtExit(WorkerBoot told) {
    atExit("leftovers", () -> ProcessMark.own().ifPresent(ProcessMark::killAll));
    told.payloads().ifPresent(path -> atExit("payloads", PayloadFolder.at(path)::removeIfOrphaned));
  }

  private static void atExit(String name, Runnable work) {
    Thread hook = new Thread(work, name);
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException exiting) {
      hook.start();
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
