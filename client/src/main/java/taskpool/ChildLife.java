package taskpool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import taskpool.client.ChildJvm;
import taskpool.client.ChildProcesses;
import taskpool.client.sync.GivenBarriers;
import taskpool.spi.CurrentProcess;
import taskpool.spi.ProcessBoot;
import taskpool.spi.ProcessLauncher;
import taskpool.spi.ProcessSettings;

/** The life of a process that is created here: not started, started, closed. */
final class ChildLife implements ProcessLife {
  private final String name;
  private final String number;
  private final boolean daemon;
  private final ProcessSettings settings;
  private @Nullable ChildJvm process;
  private boolean closed;

  ChildLife(String name, String number, boolean daemon, ProcessSettings settings) {
    this.name = name;
    this.number = number;
    this.daemon = daemon;
    this.settings = settings;
  }

  /** Looked up when the first process is started. */
  private static final class Launcher {
    static final ProcessLauncher INSTANCE =
        ServiceLoader.load(ProcessLauncher.class, JvmProcess.class.getClassLoader())
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "a process needs the artifact taskpool-deploy on the class path"));
  }

  @Override
  public synchronized void start(JvmProcess view) {
    checkOpen();
    if (process != null) {
      throw new IllegalStateException(
          name + " has been started already: a process runs once, create another one");
    }
    JvmProcess.Code code = view.code();
    long party = 1 + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
    ProcessBoot boot =
        new ProcessBoot(
            name,
            number,
            daemon,
            party,
            CurrentProcess.get().name(),
            ProcessHandle.current().pid(),
            code.ofObject(),
            code.function(),
            code.payload());
    process = launch(view, boot, code.barriers());
  }

  private ChildJvm launch(JvmProcess view, ProcessBoot boot, GivenBarriers barriers) {
    long party = boot.party();
    boolean started = false;
    try {
      barriers.given(party, name);
      ChildJvm launched =
          ChildProcesses.ofThisProcess()
              .start(
                  view,
                  daemon,
                  () -> Launcher.INSTANCE.launch(settings, boot),
                  ended -> tellEnd(ended, barriers, party));
      started = true;
      return launched;
    } catch (IOException e) {
      throw new UncheckedIOException("%s can't be started: %s".formatted(name, e.getMessage()), e);
    } finally {
      if (!started) {
        barriers.ended(party, name);
      }
    }
  }

  private void tellEnd(Process ended, GivenBarriers barriers, long party) {
    String who = "%s (pid %d)".formatted(name, ended.pid());
    if (ended.exitValue() == 0) {
      barriers.ended(party, who);
    } else {
      barriers.died(party, who);
    }
    barriers.settle();
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(name + " is closed: ask it what you want to know before");
    }
  }

  private synchronized ChildJvm started(String call) {
    checkOpen();
    if (process == null) {
      throw new IllegalStateException(
          "%s has not been started: call start() before %s".formatted(name, call));
    }
    return process;
  }

  private synchronized @Nullable ChildJvm ifStarted() {
    checkOpen();
    return process;
  }

  @Override
  public void join() throws InterruptedException {
    started("join()").process().waitFor();
  }

  @Override
  public boolean join(Duration timeout) throws InterruptedException {
    return started("join()")
        .process()
        .waitFor(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
  }

  @Override
  public boolean isAlive() {
    ChildJvm child = ifStarted();
    return child != null && child.isAlive();
  }

  @Override
  public void terminate() {
    started("terminate()").terminate();
  }

  @Override
  public void kill() {
    started("kill()").kill();
  }

  @Override
  public synchronized void close() {
    if (process != null && process.isAlive()) {
      throw new IllegalStateException(
          name
              + " is still running: join() it, or terminate() or kill() and then join() it, first");
    }
    closed = true;
    process = null;
  }

  @Override
  public long pid() {
    return started("pid()").process().pid();
  }

  @Override
  public OptionalInt exitCode() {
    ChildJvm child = ifStarted();
    return child == null || child.isAlive()
        ? OptionalInt.empty()
        : OptionalInt.of(child.exitCode());
  }

  @Override
  public boolean daemon() {
    return daemon;
  }
}
