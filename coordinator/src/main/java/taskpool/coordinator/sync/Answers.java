package taskpool.coordinator.sync;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.SyncReply.Status;

/** Where a primitive's answers go; each caller gets one. */
interface Answers {
  void answer(Caller caller, Status status, long value, byte @Nullable [] payload);

  default void answer(Caller caller, Status status, long value) {
    answer(caller, status, value, null);
  }

  /** Answers what something was made with, too. */
  default void answer(Caller caller, Status status, long value, int madeWith) {
    answer(caller, status, value, ByteBuffer.allocate(Integer.BYTES).putInt(madeWith).array());
  }

  default void ok(Caller caller) {
    answer(caller, Status.OK, 0, null);
  }

  default void ok(Caller caller, long value) {
    answer(caller, Status.OK, value, null);
  }
}
