package taskpool.worker.process;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import taskpool.Call;
import taskpool.codec.Arguments;
import taskpool.codec.FunctionRef;
import taskpool.codec.RemoteFunction;
import taskpool.payload.Payloads;

/**
 * Does once, while the JVM waits, what every start does: classes are loaded then, and the JDK has
 * made what it makes at the first use. First what any function needs, then Jackson, which many do
 * without.
 */
final class WarmUp {
  private WarmUp() {}

  /**
   * Begins, on a thread of its own.
   *
   * @param needless whether it is too late for it
   */
  static void start(BooleanSupplier needless) {
    Thread thread = new Thread(() -> run(needless), "warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(BooleanSupplier needless) {
    try {
      rehearse(Call.of(WarmUp::scalars, "a", 1));
      if (!needless.getAsBoolean()) {
        rehearse(Call.of(WarmUp::objects, List.of("a")));
      }
    } catch (IOException | RuntimeException | LinkageError e) {
      // whatever it is, it will be said when it is in somebody's way
    }
  }

  private static void rehearse(Call<?> call) throws IOException {
    byte[] payload = Arguments.encode(call.closure(), call.arguments(), Payloads.inMessages());
    RemoteFunction function =
        RemoteFunction.resolve(
            FunctionRef.decode(call.closure().function().encodedRef()),
            WarmUp.class.getClassLoader());
    Arguments.decode(
        function, payload, false, Payloads.inMessages(), arguments -> invoke(function, arguments));
  }

  private static void invoke(RemoteFunction function, Object[] arguments) {
    try {
      function.invoke(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static int scalars(String text, int number) {
    return text.length() + number;
  }

  private static int objects(List<String> texts) {
    return texts.size();
  }
}
