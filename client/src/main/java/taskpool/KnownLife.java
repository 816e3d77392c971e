package taskpool;

import java.time.Duration;
import java.util.OptionalInt;
import taskpool.spi.CurrentProcess;

/**
 * The life of a process that is not this one's child: itself, or its parent. It may be looked at.
 */
final class KnownLife implements ProcessLife {
  private final long pid;
  private final boolean daemon;

  private KnownLife(long pid, boolean daemon) {
    this.pid = pid;
    this.daemon = daemon;
  }

  static KnownLife ofThisProcess() {
    return new KnownLife(ProcessHandle.current().pid(), CurrentProcess.get().daemon());
  }

  static KnownLife ofParent(long pid) {
    return new KnownLife(pid, false);
  }

  private IllegalStateException notAChild(String call) {
    return new IllegalStateException(
        "process %d is no child of this one: only who started a process can %s it"
            .formatted(pid, call));
  }

  @Override
  public void start(JvmProcess process) {
    throw new IllegalStateException(process.name() + " runs already");
  }

  @Override
  public void join() {
    throw notAChild("join");
  }

  @Override
  public boolean join(Duration timeout) {
    throw notAChild("join");
  }

  @Override
  public boolean isAlive() {
    return ProcessHandle.of(pid).isPresent();
  }

  @Override
  public void terminate() {
    throw notAChild("terminate");
  }

  @Override
  public void kill() {
    throw notAChild("kill");
  }

  @Override
  public void close() {
    throw notAChild("close");
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public OptionalInt exitCode() {
    return OptionalInt.empty();
  }

  @Override
  public boolean daemon() {
    return daemon;
  }
}
