package taskpool;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import taskpool.client.ChildProcesses;
import taskpool.client.sync.GivenBarriers;
import taskpool.codec.Arguments;
import taskpool.codec.Closure;
import taskpool.codec.FunctionRef;
import taskpool.codec.RemoteFunction;
import taskpool.error.NotSendableException;
import taskpool.function.Action0;
import taskpool.function.Action1;
import taskpool.function.Action2;
import taskpool.function.Action3;
import taskpool.function.Action4;
import taskpool.function.Action5;
import taskpool.payload.Payloads;
import taskpool.spi.CurrentProcess;

/**
 * A function that runs in a JVM of its own, after {@code multiprocessing.Process}.
 *
 * <pre>{@code
 * JvmProcess singer = JvmProcess.of(Choir::sing, "Yuki", 3);
 * singer.start();
 * singer.join();
 * singer.exitCode();  // OptionalInt[0]
 * }</pre>
 *
 * <p>Or a subclass with {@link #run}: its fields travel with it, as data, by their declared types.
 * It must be a named class that is not an inner one, and Jackson must be able to create it: by a
 * constructor without parameters, whatever its visibility, or one whose parameters are named as the
 * fields.
 *
 * <p>The process has this program's class path and writes to this program's standard output and
 * error; its standard input is empty. Nothing else is shared with it: a static field has its own
 * value there. It ends when the function returns and no other non-daemon thread runs; its {@link
 * #exitCode} is 0 then, 1 after an exception (with the stack on standard error), or what {@code
 * System.exit} was given.
 *
 * <p>A program that ends by itself tells its {@linkplain #daemon daemon} processes to end, and
 * waits for the others. When it is killed, by whichever signal, all its processes end within two
 * seconds, and with them all that they have started.
 *
 * <p>Safe for use by many threads.
 */
public abstract class JvmProcess {
  private String processName; // travels, so that a subclass without fields has something to send
  private final transient ProcessLife life;

  /** A process of a subclass: named {@code JvmProcess-N}, no daemon, a plain JVM. */
  protected JvmProcess() {
    this(builder());
  }

  /** A process of a subclass, as the builder says. */
  protected JvmProcess(JvmProcessBuilder settings) {
    if (CurrentProcess.isArriving(getClass())) {
      processName = CurrentProcess.get().name();
      life = KnownLife.ofThisProcess();
    } else {
      String number = CurrentProcess.nextNumber();
      processName = settings.nameOr("JvmProcess-" + number);
      life = new ChildLife(processName, number, settings.isDaemon(), settings.settings());
    }
  }

  /** A process that is there already. */
  JvmProcess(String name, ProcessLife life) {
    this.processName = name;
    this.life = life;
  }

  /** A process with a name, JVM options, a working directory … of its own. */
  public static JvmProcessBuilder builder() {
    return new JvmProcessBuilder();
  }

  /**
   * A process that runs a call; its result is dropped.
   *
   * @throws NotSendableException if an argument can't be sent
   */
  public static JvmProcess of(Call<?> call) {
    return builder().of(call);
  }

  /** A process that runs a call by name; see {@link #of(Call)}. */
  public static JvmProcess of(NamedCall call) {
    return of(call.build());
  }

  /** A process that runs a function; see {@link #of(Call)}. */
  public static JvmProcess of(Action0 action) {
    return of(Call.of(action));
  }

  /** A process that runs a function with its argument; see {@link #of(Call)}. */
  public static <A extends @Nullable Object> JvmProcess of(Action1<? super A> action, A a) {
    return of(Call.of(action, a));
  }

  /** A process that runs a function with its arguments; see {@link #of(Call)}. */
  public static <A extends @Nullable Object, B extends @Nullable Object> JvmProcess of(
      Action2<? super A, ? super B> action, A a, B b) {
    return of(Call.of(action, a, b));
  }

  /** A process that runs a function with its arguments; see {@link #of(Call)}. */
  public static <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
      JvmProcess of(Action3<? super A, ? super B, ? super C> action, A a, B b, C c) {
    return of(Call.of(action, a, b, c));
  }

  /** A process that runs a function with its arguments; see {@link #of(Call)}. */
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object>
      JvmProcess of(
          Action4<? super A, ? super B, ? super C, ? super D> action, A a, B b, C c, D d) {
    return of(Call.of(action, a, b, c, d));
  }

  /** A process that runs a function with its arguments; see {@link #of(Call)}. */
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object>
      JvmProcess of(
          Action5<? super A, ? super B, ? super C, ? super D, ? super E> action,
          A a,
          B b,
          C c,
          D d,
          E e) {
    return of(Call.of(action, a, b, c, d, e));
  }

  /**
   * This process: in a process of a subclass the object whose {@link #run} runs, in a program that
   * no {@link JvmProcess} has started one that is called {@code MainProcess}, in a pool's worker
   * one that is called as the worker.
   */
  public static JvmProcess current() {
    return CurrentProcess.object()
        .orElseGet(() -> new KnownProcess(CurrentProcess.get().name(), KnownLife.ofThisProcess()));
  }

  /** The process that started this one; empty where no {@link JvmProcess} runs. */
  public static Optional<JvmProcess> parent() {
    return CurrentProcess.get()
        .parent()
        .map(known -> new KnownProcess(known.name(), KnownLife.ofParent(known.pid())));
  }

  /** The processes that this one has started and that live; {@code active_children()}. */
  public static List<JvmProcess> activeChildren() {
    return ChildProcesses.ofThisProcess().active();
  }

  /**
   * What the process does. Calling it runs it here and now, in the caller's process and thread; it
   * is {@link #start} that makes a process.
   */
  public abstract void run() throws Exception;

  /**
   * Starts the process, in which {@link #run} is called; does not wait for it. What is sent is
   * written, and the JVM started, in this thread.
   *
   * @throws IllegalStateException if it has been started before or is closed, or this program is
   *     ending
   * @throws NotSendableException if a field's value can't be sent; it names value and type
   * @throws java.io.UncheckedIOException if no process can be started, for instance because its
   *     working directory is missing
   */
  public final void start() {
    life.start(this);
  }

  /**
   * Waits for the end of the process.
   *
   * @throws IllegalStateException if it has not been started or is closed, or is no child of this
   *     process
   * @throws InterruptedException at once when this thread is interrupted; the process goes on
   */
  public final void join() throws InterruptedException {
    life.join();
  }

  /** The same for at most so long; whether the process has ended. */
  public final boolean join(Duration timeout) throws InterruptedException {
    return life.join(timeout);
  }

  /**
   * Whether the process has been started and has not ended.
   *
   * @throws IllegalStateException if it is closed
   */
  public final boolean isAlive() {
    return life.isAlive();
  }

  /**
   * Tells the process to end (SIGTERM); its shutdown hooks run, and what it has started is ended,
   * too. One that has not reached its main method yet is killed. Does not wait, and does nothing if
   * it has ended. Its exit code is -15.
   *
   * @throws IllegalStateException if it has not been started or is closed, or is no child of this
   *     process
   */
  public final void terminate() {
    life.terminate();
  }

  /**
   * Kills the process and all that it has started (SIGKILL). Does not wait, and does nothing if it
   * has ended. Its exit code is -9.
   *
   * @throws IllegalStateException if it has not been started or is closed, or is no child of this
   *     process
   */
  public final void kill() {
    life.kill();
  }

  /**
   * Gives up a process that has ended or was never started. Afterwards it knows its name only. A
   * second close does nothing.
   *
   * @throws IllegalStateException if it runs, or is no child of this process
   */
  public final void close() {
    life.close();
  }

  /**
   * The process id.
   *
   * @throws IllegalStateException if it has not been started or is closed
   */
  public final long pid() {
    return life.pid();
  }

  /**
   * How the process ended; empty while it has not, and always for one that is no child of this
   * process. A signal's number stands there as a negative one; one that exits with 129 to 192 by
   * itself can't be told apart, and has a negative number, too.
   *
   * @throws IllegalStateException if it is closed
   */
  public final OptionalInt exitCode() {
    return life.exitCode();
  }

  /**
   * Its name: as given, else {@code JvmProcess-N}, or {@code JvmProcess-2:1} for a child's child.
   */
  public final String name() {
    return processName;
  }

  /** Whether it is ended when its parent ends, instead of waited for. */
  public final boolean daemon() {
    return life.daemon();
  }

  /** What is to run in the process: this object's {@link #run}, unless it is a function's. */
  Code code() {
    Class<?> type = getClass();
    if (type.isAnonymousClass() || type.isLocalClass() || type.isHidden()) {
      throw new NotSendableException(
          "%s can't be sent to its process: %s is no class of its own; make it a static or top-level one"
              .formatted(processName, type.getName()));
    }
    try {
      Method run = type.getMethod("run");
      RemoteFunction function =
          RemoteFunction.resolve(FunctionRef.of(run, type, 1), type.getClassLoader());
      Closure closure = new Closure(function, List.of(this));
      Code[] code = new Code[1];
      // the first of a class is read back, as a trial: the copy is no process and takes no number
      CurrentProcess.whileArriving(type, () -> code[0] = Code.of(true, closure, List.of()));
      return code[0];
    } catch (NoSuchMethodException e) {
      throw new AssertionError("it is declared here", e);
    }
  }

  /** What to run in a process, as it travels. */
  record Code(boolean ofObject, byte[] function, byte[] payload, GivenBarriers barriers) {
    static Code of(boolean ofObject, Closure closure, List<? extends @Nullable Object> arguments) {
      GivenBarriers barriers = new GivenBarriers();
      byte[] payload =
          barriers.collect(() -> Arguments.encode(closure, arguments, Payloads.inMessages()));
      return new Code(ofObject, closure.function().encodedRef(), payload, barriers);
    }
  }

  @Override
  public String toString() {
    return processName;
  }
}
