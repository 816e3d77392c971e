package taskpool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import taskpool.client.ChildProcesses;
import taskpool.client.sync.GivenBarriers;
import taskpool.process.ExitCode;
import taskpool.process.JvmTermination;
import taskpool.process.MarkedProcess;
import taskpool.spi.CurrentProcess;
import taskpool.spi.ProcessBoot;
import taskpool.spi.ProcessLauncher;
import taskpool.spi.ProcessSettings;

/** The life of a process that is created here: not started, started, closed. */
final class ChildLife implements ProcessLife {
  private static final int SIGKILL = -9;
  private static final int SIGTERM = -15;

  private final String name;
  private final String number;
  private final boolean daemon;
  private final ProcessSettings settings;
  private @Nullable MarkedProcess process;
  private boolean killedForSigterm;
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

  private MarkedProcess launch(JvmProcess view, ProcessBoot boot, GivenBarriers barriers) {
    long party = boot.party();
    boolean started = false;
    try {
      barriers.given(party, name);
      MarkedProcess launched =
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

  private synchronized MarkedProcess started(String call) {
    checkOpen();
    if (process == null) {
      throw new IllegalStateException(
          "%s has not been started: call start() before %s".formatted(name, call));
    }
    return process;
  }

  private synchronized @Nullable Process ifStarted() {
    checkOpen();
    return process == null ? null : process.process();
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
    Process child = ifStarted();
    return child != null && child.isAlive();
  }

  @Override
  public synchronized void terminate() {
    if (!JvmTermination.send(started("terminate()").process())) {
      killedForSigterm = true;
    }
  }

  @Override
  public void kill() {
    MarkedProcess child = started("kill()");
    if (child.process().isAlive()) {
      child.kill();
    }
  }

  @Override
  public synchronized void close() {
    if (process != null && process.process().isAlive()) {
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
  public synchronized OptionalInt exitCode() {
    Process child = ifStarted();
    if (child == null || child.isAlive()) {
      return OptionalInt.empty();
    }
    int code = ExitCode.of(child);
    return OptionalInt.of(killedForSigterm && code == SIGKILL ? SIGTERM : code);
  }

  @Override
  public boolean daemon() {
    return daemon;
  }
}
