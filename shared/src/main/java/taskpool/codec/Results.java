package taskpool.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import taskpool.error.NotSendableException;
import taskpool.protocol.Outcome;

/** What the calls of one task gave, as the payload of an {@link Outcome}. */
public final class Results {

  /** How one call ended: with a value (which may be null), or with a failure. */
  public record Result(@Nullable Object value, @Nullable Failure failure) {
    public static Result of(@Nullable Object value) {
      return new Result(value, null);
    }

    public static Result failed(Failure failure) {
      return new Result(null, failure);
    }
  }

  private static final ValueCodec FAILURES =
      new ValueCodec.ByJackson(Cbor.MAPPER.constructType(Failure.class));

  private Results() {}

  /**
   * Writes the results of all calls of a bulk task, or the one of a single call.
   *
   * @param id the lease
   * @param worker named in the failure that stands for a result that can't be sent
   */
  public static Outcome encode(
      long id, RemoteFunction function, boolean bulk, List<Result> results, String worker) {
    Result first = results.get(0);
    if (!bulk && first.failure() != null) {
      return new Outcome(id, Outcome.Kind.FAILURE, first.failure().encode());
    }
    if (results.stream().allMatch(result -> result.failure() == null)) {
      try {
        return new Outcome(id, Outcome.Kind.VALUES, encodeValues(function, results));
      } catch (NotSendableException e) {
        if (!bulk) {
          return new Outcome(id, Outcome.Kind.FAILURE, Failure.of(e, worker).encode());
        }
      }
    }
    return new Outcome(id, Outcome.Kind.MIXED, encodeMixed(function, results, worker));
  }

  private static byte[] encodeValues(RemoteFunction function, List<Result> results) {
    if (function.result().isEmpty()) {
      return new byte[0];
    }
    ValueCodec codec = function.result().get();
    try (ByteArrayBuilder bytes = new ByteArrayBuilder();
        JsonGenerator out = Cbor.MAPPER.getFactory().createGenerator(bytes)) {
      for (Result result : results) {
        write(function, codec, result.value(), out);
      }
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new AssertionError("writing to memory", e);
    }
  }

  private static void write(
      RemoteFunction function, ValueCodec codec, @Nullable Object value, JsonGenerator out) {
    try {
      codec.write(value, out);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw Unsendable.because("the result", function, value, e);
    }
  }

  private static byte[] encodeMixed(RemoteFunction function, List<Result> results, String worker) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder()) {
      for (Result result : results) {
        Failure failure = result.failure();
        byte[] value = new byte[0];
        if (failure == null) {
          try {
            value = encodeValues(function, List.of(result));
          } catch (NotSendableException e) {
            failure = Failure.of(e, worker);
          }
        }
        bytes.write(Cbor.MAPPER.writeValueAsBytes(failure == null));
        bytes.write(failure == null ? value : failure.encode());
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new AssertionError("writing to memory", e);
    }
  }

  /**
   * Reads what {@link #encode} wrote, for the kinds {@code VALUES} and {@code MIXED}.
   *
   * @param calls how many calls the task held
   */
  public static List<Result> decode(RemoteFunction function, Outcome outcome, int calls)
      throws IOException {
    List<Result> results = new ArrayList<>(calls);
    byte[] payload = outcome.payload();
    boolean mixed = outcome.kind() == Outcome.Kind.MIXED;
    try (JsonParser in =
        Cbor.MAPPER.getFactory().createParser(payload == null ? new byte[0] : payload)) {
      in.nextToken();
      for (int i = 0; i < calls; i++) {
        boolean failed = false;
        if (mixed) {
          failed = !in.getBooleanValue();
          in.nextToken();
        }
        if (failed) {
          results.add(Result.failed((Failure) java.util.Objects.requireNonNull(FAILURES.read(in))));
          in.nextToken();
        } else if (function.result().isPresent()) {
          results.add(Result.of(function.result().get().read(in)));
          in.nextToken();
        } else {
          results.add(Result.of(null));
        }
      }
    }
    return results;
  }
}
