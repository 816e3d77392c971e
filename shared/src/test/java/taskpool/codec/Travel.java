package taskpool.codec;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import taskpool.payload.Payloads;
import taskpool.protocol.Outcome;

/** Sends a function and its arguments through the codec, runs it, and brings the result back. */
final class Travel {
  private Travel() {}

  static Object call(Serializable function, Object... arguments) throws Throwable {
    Closure closure = Closure.of(function);
    byte[] payload = Arguments.encode(closure, Arrays.asList(arguments), Payloads.inMessages());
    RemoteFunction there =
        RemoteFunction.resolve(
            FunctionRef.decode(closure.function().encodedRef()), Travel.class.getClassLoader());
    List<Object> results = run(there, payload, false);
    Outcome outcome =
        Results.encode(1, there, false, results, Travel::failure, Payloads.inMessages());
    if (outcome.kind() == Outcome.Kind.FAILURE) {
      throw Failure.decode(outcome.payload()).toThrowable(Travel.class.getClassLoader());
    }
    return Results.decode(closure.function(), outcome, 1, Payloads.inMessages()).get(0);
  }

  static Failure failure(Throwable error) {
    return Failure.of(error, "worker-1");
  }

  static List<Object> run(RemoteFunction function, byte[] payload, boolean bulk)
      throws IOException {
    List<Object> results = new ArrayList<>();
    Arguments.decode(
        function,
        payload,
        bulk,
        Payloads.inMessages(),
        arguments -> {
          try {
            results.add(function.invoke(arguments));
          } catch (Throwable e) {
            results.add(Failure.of(e, "worker-1"));
          }
        });
    return results;
  }
}
