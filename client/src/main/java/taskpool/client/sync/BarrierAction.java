package taskpool.client.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import taskpool.codec.Arguments;
import taskpool.codec.Closure;
import taskpool.codec.FunctionRef;
import taskpool.codec.RemoteFunction;
import taskpool.error.NotSendableException;
import taskpool.function.Action0;
import taskpool.payload.Payloads;
import taskpool.protocol.Items;

/** The action of a barrier as bytes, and back in the process of the party that runs it. */
final class BarrierAction {
  private BarrierAction() {}

  /** The action with what it captured. */
  static byte[] encode(Action0 action) {
    Closure closure = Closure.of(action);
    byte[] captured = Arguments.encode(closure, List.of(), Payloads.inMessages());
    return Items.join(List.of(closure.function().encodedRef(), captured));
  }

  /** Runs it here; throws what it throws. */
  static void run(byte[] encoded) throws Throwable {
    List<byte[]> parts = Items.split(encoded);
    RemoteFunction function =
        RemoteFunction.resolve(
            FunctionRef.decode(parts.get(0)), BarrierAction.class.getClassLoader());
    List<Object[]> calls = new ArrayList<>();
    try {
      Arguments.decode(function, parts.get(1), false, Payloads.inMessages(), calls::add);
    } catch (IOException e) {
      throw new NotSendableException("what " + function + " captured can't be read", e);
    }
    Object unused = function.invoke(calls.get(0));
  }
}
