package taskpool.client.sync;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import taskpool.codec.Closure;
import taskpool.codec.EncodedCall;
import taskpool.codec.RemoteFunction;
import taskpool.error.NotSendableException;
import taskpool.function.Action0;
import taskpool.protocol.Items;

/** The action of a barrier as bytes, and back in the process of the party that runs it. */
final class BarrierAction {
  private BarrierAction() {}

  /** The action with what it captured. */
  static byte[] encode(Action0 action) {
    EncodedCall call = EncodedCall.of(Closure.of(action), List.of());
    return Items.join(List.of(call.function(), call.payload()));
  }

  /** Runs it here; throws what it throws. */
  static void run(byte[] encoded) throws Throwable {
    List<byte[]> parts = Items.split(encoded);
    EncodedCall call = new EncodedCall(parts.get(0), parts.get(1));
    RemoteFunction function = call.resolve(BarrierAction.class.getClassLoader());
    @Nullable Object[] captured;
    try {
      captured = call.readArguments(function);
    } catch (IOException e) {
      throw new NotSendableException("what " + function + " captured can't be read", e);
    }
    Object unused = function.invoke(captured);
  }
}
