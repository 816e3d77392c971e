package taskpool;

import java.time.Duration;
import java.util.OptionalInt;

/** The life of a process as far as this one may see and steer it. Thread-safe. */
interface ProcessLife {
  void start(JvmProcess process);

  void join() throws InterruptedException;

  boolean join(Duration timeout) throws InterruptedException;

  boolean isAlive();

  void terminate();

  void kill();

  void close();

  long pid();

  OptionalInt exitCode();

  boolean daemon();
}
