package taskpool.spi;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import taskpool.JvmProcess;

/**
 * Who this process is. A program's own process is {@value #MAIN} and has no number, nor has a
 * worker's; others are told before they run anything. Thread-safe.
 */
public final class CurrentProcess {
  /** The name of a program's own process. */
  public static final String MAIN = "MainProcess";

  private static final AtomicInteger CREATED = new AtomicInteger();
  private static final ThreadLocal<@Nullable Class<?>> ARRIVING = new ThreadLocal<>();

  private static volatile Self self = new Self(MAIN, "", false, 0, Optional.empty());
  private static volatile @Nullable JvmProcess object;

  /**
   * What a process knows of itself.
   *
   * @param number {@code 2:1}; empty for a process that no {@link JvmProcess} is
   * @param party stands for it where it is awaited; 0 for a process that no {@link JvmProcess} is
   * @param parent who started it, if that is known
   */
  public record Self(
      String name, String number, boolean daemon, long party, Optional<Parent> parent) {}

  /** What a process knows of its parent. */
  public record Parent(String name, long pid) {}

  /** Reads objects, or writes those that are read at once, as a trial. */
  public interface Passage<E extends Exception> {
    void run() throws E;
  }

  private CurrentProcess() {}

  /** Who this process is. */
  public static Self get() {
    return self;
  }

  /** From now on this process is that one. */
  public static void set(Self known) {
    self = known;
  }

  /** The object that runs as this process, if it came along. */
  public static Optional<JvmProcess> object() {
    return Optional.ofNullable(object);
  }

  /** From now on that object stands for this process. */
  public static void setObject(JvmProcess running) {
    object = running;
  }

  /** The number of a child that is created now. */
  public static String nextNumber() {
    int count = CREATED.incrementAndGet();
    return self.number().isEmpty() ? Integer.toString(count) : self.number() + ":" + count;
  }

  /**
   * Reads objects on this thread: a process object of this very class among them is none that is
   * created here, but one that stands for this process.
   */
  public static <E extends Exception> void whileArriving(Class<?> type, Passage<E> passage)
      throws E {
    ARRIVING.set(type);
    try {
      passage.run();
    } finally {
      ARRIVING.remove();
    }
  }

  /** Whether this thread reads an object of this class, see {@link #whileArriving}. */
  public static boolean isArriving(Class<?> type) {
    return ARRIVING.get() == type;
  }
}
