package taskpool.worker.process;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import taskpool.JvmProcess;
import taskpool.client.ChildProcesses;
import taskpool.client.sync.SessionObjects;
import taskpool.codec.Arguments;
import taskpool.codec.FunctionRef;
import taskpool.codec.RemoteFunction;
import taskpool.payload.Payloads;
import taskpool.spi.CurrentProcess;
import taskpool.spi.ProcessBoot;
import taskpool.worker.ParentLink;

/**
 * The main class of a process's JVM. It is told over standard input what to run, by a parent that
 * may take its time: till then it gets ready. It ends as any program does, and when its parent is
 * dead.
 */
public final class ProcessMain {
  private static final long PARENT_WATCH_MILLIS = 50;

  private ProcessMain() {}

  /**
   * Runs what the parent says; takes no arguments. What that throws ends the process with exit code
   * 1, by the JVM's own means.
   */
  public static void main(String[] args) throws Throwable {
    ClosableInput stdin = new ClosableInput(new FileInputStream(FileDescriptor.in).getChannel());
    CompletableFuture<ProcessBoot> told =
        ParentLink.listen(
            stdin,
            ProcessBoot::readFrom,
            boot -> ChildProcesses.ofThisProcess().endByForce(),
            boot -> awaitEnd(boot.parentPid()));
    System.setIn(InputStream.nullInputStream());
    WarmUp.start(told::isDone);
    ProcessBoot boot = told.join();
    Thread.currentThread().setName(boot.name()); // it stands before the stack of an exception
    CurrentProcess.set(
        new CurrentProcess.Self(
            boot.name(),
            boot.number(),
            boot.daemon(),
            boot.party(),
            Optional.of(new CurrentProcess.Parent(boot.parentName(), boot.parentPid()))));
    ChildProcesses.ofThisProcess().endWithDescendants(() -> leave(stdin));
    run(boot);
  }

  /** The JVM waits 0.3 s at its end for a thread that is in a blocking read. */
  private static void leave(ClosableInput stdin) {
    try {
      stdin.close();
    } catch (IOException e) {
      // then it takes the 0.3 s
    }
  }

  /** How the parent is watched when the link is given up and other shutdown hooks take long. */
  private static void awaitEnd(long parent) {
    while (ProcessHandle.of(parent).isPresent()) {
      try {
        TimeUnit.MILLISECONDS.sleep(PARENT_WATCH_MILLIS);
      } catch (InterruptedException e) {
        // whoever interrupts all threads does not mean this one
      }
    }
  }

  private static void run(ProcessBoot boot) throws Throwable {
    ClassLoader loader = ProcessMain.class.getClassLoader();
    RemoteFunction function = RemoteFunction.resolve(FunctionRef.decode(boot.function()), loader);
    List<@Nullable Object[]> calls = new ArrayList<>();
    CurrentProcess.Passage<IOException> reading =
        () -> Arguments.decode(function, boot.payload(), false, Payloads.inMessages(), calls::add);
    if (boot.ofObject()) {
      Class<?> self = Class.forName(function.ref().receiver(), false, loader);
      CurrentProcess.whileArriving(self, reading);
    } else {
      reading.run();
    }
    @Nullable Object[] arguments = calls.get(0);
    if (boot.ofObject() && arguments[0] instanceof JvmProcess self) {
      CurrentProcess.setObject(self);
    }
    try {
      function.invoke(arguments);
    } finally {
      SessionObjects.settle();
    }
  }
}
