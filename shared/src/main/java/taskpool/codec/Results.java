package taskpool.codec;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import taskpool.error.NotSendableException;
import taskpool.payload.PayloadOutput;
import taskpool.payload.Payloads;
import taskpool.protocol.Outcome;

/**
 * What the calls of one task gave, as the payload of an {@link Outcome}. In a list of results a
 * call that failed is represented by its {@link Failure}.
 */
public final class Results {
  private static final byte[] NOTHING = new byte[0];

  /** Most scalars take less. */
  private static final int EXPECTED_BYTES = 6;

  private static final ValueCodec FAILURES =
      new ValueCodec.ByJackson(Cbor.MAPPER.constructType(Failure.class));

  private Results() {}

  /** An empty list for the results of a task, to be passed to {@link #encode} when it is full. */
  public static List<@Nullable Object> collector(RemoteFunction function, boolean bulk) {
    if (bulk && function.result().orElse(null) instanceof Scalar scalar) {
      return scalar.collector();
    }
    return new ArrayList<>(1);
  }

  /**
   * Writes the results of all calls of a bulk task, or the one of a single call.
   *
   * @param id the lease
   * @param failures gives the failure that stands for a result that can't be sent
   * @param payloads where large results go
   */
  public static Outcome encode(
      long id,
      RemoteFunction function,
      boolean bulk,
      List<@Nullable Object> results,
      Function<NotSendableException, Failure> failures,
      Payloads payloads) {
    if (!bulk && results.get(0) instanceof Failure failure) {
      return new Outcome(id, Outcome.Kind.FAILURE, failure.encode());
    }
    if (firstFailure(results) == null) {
      try {
        return new Outcome(id, Outcome.Kind.VALUES, encodeValues(function, results, payloads));
      } catch (NotSendableException e) {
        if (!bulk) {
          return new Outcome(id, Outcome.Kind.FAILURE, failures.apply(e).encode());
        }
      }
    }
    return new Outcome(id, Outcome.Kind.MIXED, encodeMixed(function, results, failures, payloads));
  }

  /** The first failure among the results; null if there is none. */
  public static @Nullable Failure firstFailure(List<@Nullable Object> results) {
    if (results instanceof PrimitiveList
        || (results instanceof NumberCollector collected && collected.hasOnlyNumbers())) {
      return null;
    }
    for (Object result : results) {
      if (result instanceof Failure failure) {
        return failure;
      }
    }
    return null;
  }

  /** The results of task after task, as one list that can't be changed. */
  public static List<@Nullable Object> concat(List<List<@Nullable Object>> parts) {
    List<@Nullable Object> all = PrimitiveList.concat(parts);
    if (all == null) {
      int size = parts.stream().mapToInt(List::size).sum();
      all = new ArrayList<>(size);
      parts.forEach(all::addAll);
    }
    return Collections.unmodifiableList(all);
  }

  private static byte[] encodeValues(
      RemoteFunction function, List<@Nullable Object> values, Payloads payloads) {
    if (function.result().isEmpty()) {
      return NOTHING;
    }
    ValueCodec codec = function.result().get();
    try {
      return codec instanceof Scalar scalar
          ? encodeScalars(function, scalar, values, payloads)
          : encodeByJackson(function, codec, values, payloads);
    } catch (IOException e) {
      throw new UncheckedIOException("the result of " + function, e);
    }
  }

  private static byte[] encodeScalars(
      RemoteFunction function, Scalar scalar, List<@Nullable Object> values, Payloads payloads)
      throws IOException {
    try (CborWriter out = new CborWriter((long) EXPECTED_BYTES * values.size(), payloads)) {
      for (Object value : values) {
        try {
          scalar.write(value, out);
        } catch (IOException | RuntimeException e) {
          throw Unsendable.because("the result", function, value, e);
        }
      }
      return out.finish();
    }
  }

  private static byte[] encodeByJackson(
      RemoteFunction function, ValueCodec codec, List<@Nullable Object> values, Payloads payloads)
      throws IOException {
    try (PayloadOutput bytes = payloads.output()) {
      try (ValueSink out = new ValueSink(bytes)) {
        for (Object value : values) {
          write(function, codec, value, out);
        }
      }
      return bytes.finish();
    }
  }

  private static void write(
      RemoteFunction function, ValueCodec codec, @Nullable Object value, ValueSink out) {
    try {
      out.write(codec, value);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw Unsendable.because("the result", function, value, e);
    }
  }

  private static byte[] encodeMixed(
      RemoteFunction function,
      List<@Nullable Object> results,
      Function<NotSendableException, Failure> failures,
      Payloads payloads) {
    try (PayloadOutput bytes = payloads.output()) {
      for (Object result : results) {
        Failure failure = result instanceof Failure failed ? failed : null;
        byte[] value = NOTHING;
        if (failure == null) {
          try {
            value =
                encodeValues(function, Collections.singletonList(result), Payloads.inMessages());
          } catch (NotSendableException e) {
            failure = failures.apply(e);
          }
        }
        bytes.write(Cbor.MAPPER.writeValueAsBytes(failure == null));
        bytes.write(failure == null ? value : failure.encode());
      }
      return bytes.finish();
    } catch (IOException e) {
      throw new UncheckedIOException("the results of " + function, e);
    }
  }

  /**
   * Reads what {@link #encode} wrote, for the kinds {@code VALUES} and {@code MIXED}.
   *
   * @param calls how many calls the task held
   */
  public static List<@Nullable Object> decode(
      RemoteFunction function, Outcome outcome, int calls, Payloads payloads) throws IOException {
    byte[] payload = Objects.requireNonNullElse(outcome.payload(), NOTHING);
    boolean mixed = outcome.kind() == Outcome.Kind.MIXED;
    if (Payloads.isInFile(payload)) {
      ValueCodec codec = function.result().orElse(null);
      if (mixed || codec == Scalar.BYTES || !(codec instanceof Scalar)) {
        return decodeFile(function, payload, mixed, calls, payloads);
      }
      payload = payloads.toMemory(payload);
    }
    if (mixed) {
      return decodeMixed(function, payload, calls);
    }
    if (function.result().isEmpty()) {
      return new ArrayList<>(Collections.nCopies(calls, null));
    }
    ValueCodec codec = function.result().get();
    if (codec instanceof Scalar scalar) {
      return scalar.readAll(new CborReader(payload), calls);
    }
    List<@Nullable Object> results = new ArrayList<>(calls);
    try (JsonParser in = Cbor.MAPPER.getFactory().createParser(payload)) {
      in.nextToken();
      for (int i = 0; i < calls; i++) {
        results.add(codec.read(in));
        in.nextToken();
      }
    }
    return results;
  }

  private static List<@Nullable Object> decodeFile(
      RemoteFunction function, byte[] payload, boolean mixed, int calls, Payloads payloads)
      throws IOException {
    List<@Nullable Object> results = new ArrayList<>(calls);
    try (ValueStream in = new ValueStream(payloads.open(payload))) {
      for (int i = 0; i < calls; i++) {
        if (mixed && !in.nextBoolean()) {
          results.add(in.next(FAILURES));
        } else {
          results.add(function.result().isPresent() ? in.next(function.result().get()) : null);
        }
      }
    }
    return results;
  }

  private static List<@Nullable Object> decodeMixed(
      RemoteFunction function, byte[] payload, int calls) throws IOException {
    List<@Nullable Object> results = new ArrayList<>(calls);
    try (JsonParser in = Cbor.MAPPER.getFactory().createParser(payload)) {
      in.nextToken();
      for (int i = 0; i < calls; i++) {
        boolean failed = !in.getBooleanValue();
        in.nextToken();
        if (failed) {
          results.add(FAILURES.read(in));
          in.nextToken();
        } else if (function.result().isPresent()) {
          results.add(function.result().get().read(in));
          in.nextToken();
        } else {
          results.add(null);
        }
      }
    }
    return results;
  }
}
