package taskpool.codec;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import taskpool.error.NotSendableException;
import taskpool.payload.PayloadOutput;
import taskpool.payload.Payloads;

/**
 * What the calls of one task are given, as bytes: the captured values once, then the arguments of
 * call after call.
 */
public final class Arguments {

  /** Runs with the arguments of one call: captured values first. */
  public interface CallConsumer {
    void accept(@Nullable Object[] arguments);
  }

  /** Most scalars take less. */
  private static final int EXPECTED_BYTES = 6;

  private Arguments() {}

  /**
   * Writes the arguments of one call.
   *
   * @param payloads where they go if they are large
   * @return a payload, to be released when nobody reads it any more
   * @throws NotSendableException naming the value that can't be sent
   */
  public static byte[] encode(
      Closure closure, List<? extends @Nullable Object> arguments, Payloads payloads) {
    checkCount(closure, arguments);
    return encodeBulk(closure, arguments, payloads);
  }

  /** Throws unless the function takes so many arguments. */
  public static void checkCount(Closure closure, List<? extends @Nullable Object> arguments) {
    RemoteFunction function = closure.function();
    if (arguments.size() != function.arity()) {
      throw new IllegalArgumentException(
          "%s takes %d arguments, not %d".formatted(function, function.arity(), arguments.size()));
    }
  }

  /**
   * Writes the arguments of many calls.
   *
   * @param arguments those of the first call, then those of the second, and so on
   * @param payloads where they go if they are large
   * @return a payload, to be released when nobody reads it any more
   * @throws NotSendableException naming the value that can't be sent
   */
  public static byte[] encodeBulk(
      Closure closure, List<? extends @Nullable Object> arguments, Payloads payloads) {
    RemoteFunction function = closure.function();
    Scalar[] scalars = function.scalars();
    try {
      return scalars != null
          ? encodeScalars(function, scalars, closure.captured(), arguments, payloads)
          : encodeByJackson(function, closure.captured(), arguments, payloads);
    } catch (IOException e) {
      throw new UncheckedIOException("the arguments of " + function, e);
    }
  }

  private static byte[] encodeScalars(
      RemoteFunction function,
      Scalar[] scalars,
      List<? extends @Nullable Object> captured,
      List<? extends @Nullable Object> arguments,
      Payloads payloads)
      throws IOException {
    long expected = (long) EXPECTED_BYTES * (captured.size() + arguments.size());
    try (CborWriter out = new CborWriter(expected, payloads)) {
      int index = 0;
      for (Object value : captured) {
        write(function, scalars, index++, value, out);
      }
      for (Object value : arguments) {
        write(function, scalars, index++, value, out);
        if (index == scalars.length) {
          index = captured.size();
        }
      }
      return out.finish();
    }
  }

  private static void write(
      RemoteFunction function,
      Scalar[] scalars,
      int index,
      @Nullable Object value,
      CborWriter out) {
    checkNull(function, index, value);
    try {
      scalars[index].write(value, out);
    } catch (IOException | RuntimeException e) {
      throw Unsendable.because(role(function, index), function, value, e);
    }
  }

  private static byte[] encodeByJackson(
      RemoteFunction function,
      List<? extends @Nullable Object> captured,
      List<? extends @Nullable Object> arguments,
      Payloads payloads)
      throws IOException {
    try (PayloadOutput bytes = payloads.output()) {
      try (ValueSink out = new ValueSink(bytes)) {
        int index = 0;
        for (Object value : captured) {
          write(function, index++, value, out);
        }
        for (Object value : arguments) {
          write(function, index++, value, out);
          if (index == function.parameterCount()) {
            index = captured.size();
          }
        }
      }
      return bytes.finish();
    }
  }

  private static void write(
      RemoteFunction function, int index, @Nullable Object value, ValueSink out) {
    checkNull(function, index, value);
    try {
      out.write(function.parameter(index), value);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw Unsendable.because(role(function, index), function, value, e);
    }
  }

  private static void checkNull(RemoteFunction function, int index, @Nullable Object value) {
    if (value == null && !function.takesNull(index)) {
      throw new IllegalArgumentException(
          "%s of %s is null, and its type is a primitive one"
              .formatted(role(function, index), function));
    }
  }

  private static String role(RemoteFunction function, int index) {
    int captured = function.ref().captured();
    return index < captured
        ? "captured value " + (index + 1)
        : "argument " + (index - captured + 1);
  }

  /**
   * Reads the calls of a payload, which may lie in a file, one after the other.
   *
   * @throws IOException if the bytes do not fit the function; calls before the spot have been made
   */
  public static void decode(
      RemoteFunction function, byte[] payload, boolean bulk, Payloads payloads, CallConsumer calls)
      throws IOException {
    Scalar[] scalars = function.scalars();
    if (Payloads.isInFile(payload)) {
      decodeFile(function, payload, bulk, payloads, calls);
    } else if (scalars != null) {
      decodeScalars(scalars, function.ref().captured(), payload, bulk, calls);
    } else {
      decodeByJackson(function, payload, bulk, calls);
    }
  }

  private static void decodeFile(
      RemoteFunction function, byte[] payload, boolean bulk, Payloads payloads, CallConsumer calls)
      throws IOException {
    Scalar[] scalars = function.scalars();
    int captured = function.ref().captured();
    if (scalars != null && !List.of(scalars).contains(Scalar.BYTES)) {
      decodeScalars(scalars, captured, payloads.toMemory(payload), bulk, calls);
      return;
    }
    @Nullable Object[] shared = new @Nullable Object[captured];
    try (ValueStream in = new ValueStream(payloads.open(payload))) {
      for (int i = 0; i < captured; i++) {
        shared[i] = in.next(function.parameter(i));
      }
      do {
        @Nullable Object[] arguments = new @Nullable Object[function.parameterCount()];
        System.arraycopy(shared, 0, arguments, 0, captured);
        for (int i = captured; i < arguments.length; i++) {
          arguments[i] = in.next(function.parameter(i));
        }
        calls.accept(arguments);
      } while (bulk && in.hasNext());
    }
  }

  private static void decodeScalars(
      Scalar[] scalars, int captured, byte[] payload, boolean bulk, CallConsumer calls)
      throws IOException {
    CborReader in = new CborReader(payload);
    @Nullable Object[] shared = new @Nullable Object[captured];
    for (int i = 0; i < captured; i++) {
      shared[i] = scalars[i].read(in);
    }
    do {
      @Nullable Object[] arguments = new @Nullable Object[scalars.length];
      System.arraycopy(shared, 0, arguments, 0, captured);
      for (int i = captured; i < arguments.length; i++) {
        arguments[i] = scalars[i].read(in);
      }
      calls.accept(arguments);
    } while (bulk && !in.atEnd());
  }

  private static void decodeByJackson(
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
