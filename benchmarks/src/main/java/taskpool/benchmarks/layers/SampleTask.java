package taskpool.benchmarks.layers;

import java.util.List;
import taskpool.Call;
import taskpool.benchmarks.contender.Tasks;
import taskpool.codec.Arguments;
import taskpool.codec.Closure;
import taskpool.codec.Failure;
import taskpool.codec.RemoteFunction;
import taskpool.codec.Results;
import taskpool.payload.Payloads;
import taskpool.protocol.Outcome;

/** The no-op as it travels. */
final class SampleTask {
  private static final int NUMBER = 4711;

  private SampleTask() {}

  static Call<Integer> call() {
    return Call.of(Tasks::noOp, NUMBER);
  }

  static RemoteFunction remoteFunction() {
    return call().closure().function();
  }

  /** The encoded function. */
  static byte[] function() {
    return remoteFunction().encodedRef();
  }

  /** The encoded argument. */
  static byte[] payload() {
    Closure closure = call().closure();
    return Arguments.encode(closure, call().arguments(), Payloads.inMessages());
  }

  static Outcome outcome(long lease, RemoteFunction function) {
    return Results.encode(
        lease,
        function,
        false,
        List.of(NUMBER),
        error -> Failure.of(error, "worker-1"),
        Payloads.inMessages());
  }
}
