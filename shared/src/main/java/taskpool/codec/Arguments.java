package taskpool.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import taskpool.error.NotSendableException;

/**
 * What the calls of one task are given, as bytes: the captured values once, then the arguments of
 * call after call.
 */
public final class Arguments {

  /** Runs with the arguments of one call: captured values first. */
  public interface CallConsumer {
    void accept(@Nullable Object[] arguments);
  }

  private Arguments() {}

  /**
   * Writes the arguments of one call.
   *
   * @throws NotSendableException naming the value that can't be sent
   */
  public static byte[] encode(Closure closure, List<? extends @Nullable Object> arguments) {
    return encodeBulk(closure, List.of(arguments));
  }

  /**
   * Writes the arguments of many calls.
   *
   * @throws NotSendableException naming the value that can't be sent
   */
  public static byte[] encodeBulk(
      Closure closure, List<? extends List<? extends @Nullable Object>> calls) {
    RemoteFunction function = closure.function();
    int captured = closure.captured().size();
    try (ByteArrayBuilder bytes = new ByteArrayBuilder();
        JsonGenerator out = Cbor.MAPPER.getFactory().createGenerator(bytes)) {
      for (int i = 0; i < captured; i++) {
        write(function, i, closure.captured().get(i), out);
      }
      for (List<? extends @Nullable Object> arguments : calls) {
        if (arguments.size() != function.arity()) {
          throw new IllegalArgumentException(
              "%s takes %d arguments, not %d"
                  .formatted(function, function.arity(), arguments.size()));
        }
        for (int i = 0; i < arguments.size(); i++) {
          write(function, captured + i, arguments.get(i), out);
        }
      }
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new AssertionError("writing to memory", e);
    }
  }

  private static void write(
      RemoteFunction function, int index, @Nullable Object value, JsonGenerator out) {
    try {
      function.parameter(index).write(value, out);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw Unsendable.because(role(function, index), function, value, e);
    }
  }

  private static String role(RemoteFunction function, int index) {
    int captured = function.ref().captured();
    return index < captured
        ? "captured value " + (index + 1)
        : "argument " + (index - captured + 1);
  }

  /**
   * Reads the calls one after the other.
   *
   * @throws IOException if the bytes do not fit the function; calls before the spot have been made
   */
  public static void decode(
      RemoteFunction function, byte[] payload, boolean bulk, CallConsumer calls)
      throws IOException {
    int captured = function.ref().captured();
    @Nullable Object[] shared = new @Nullable Object[captured];
    try (JsonParser in = Cbor.MAPPER.getFactory().createParser(payload)) {
      in.nextToken();
      for (int i = 0; i < captured; i++) {
        shared[i] = function.parameter(i).read(in);
        in.nextToken();
      }
      do {
        @Nullable Object[] arguments = new @Nullable Object[function.parameterCount()];
        System.arraycopy(shared, 0, arguments, 0, captured);
        for (int i = captured; i < arguments.length; i++) {
          arguments[i] = function.parameter(i).read(in);
          in.nextToken();
        }
        calls.accept(arguments);
      } while (bulk && in.currentToken() != null);
    }
  }
}
