package taskpool.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import taskpool.payload.Payloads;

/**
 * One call as bytes, all of them in memory: for what is run once, and is no task.
 *
 * @param function as {@link FunctionRef} writes it
 * @param payload the captured values and arguments, as {@link Arguments} writes them
 */
public record EncodedCall(byte[] function, byte[] payload) {

  /**
   * Writes a call.
   *
   * @throws taskpool.error.NotSendableException if an argument or captured value can't be sent
   */
  public static EncodedCall of(Closure closure, List<? extends @Nullable Object> arguments) {
    return new EncodedCall(
        closure.function().encodedRef(),
        Arguments.encode(closure, arguments, Payloads.inMessages()));
  }

  /** The function here. */
  public RemoteFunction resolve(ClassLoader loader) {
    return RemoteFunction.resolve(FunctionRef.decode(function), loader);
  }

  /**
   * The captured values and arguments, to call the function with.
   *
   * @param resolved what {@link #resolve} gave
   */
  public @Nullable Object[] readArguments(RemoteFunction resolved) throws IOException {
    List<@Nullable Object[]> calls = new ArrayList<>(1);
    Arguments.decode(resolved, payload, false, Payloads.inMessages(), calls::add);
    return calls.get(0);
  }
}
