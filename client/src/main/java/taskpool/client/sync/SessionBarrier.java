package taskpool.client.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import taskpool.client.SyncCalls.Handler;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;
import taskpool.sync.ClusterBarrier;

/** A barrier as this process sees it. Thread-safe. */
final class SessionBarrier implements ClusterBarrier {
  private final SyncObject object;

  /** Never changes; 0 until somebody has asked. */
  private volatile int parties;

  SessionBarrier(SyncObject object) {
    this.object = object;
  }

  @Override
  public int await() throws InterruptedException, BrokenBarrierException {
    return index(arrive(SyncRequest.FOR_EVER));
  }

  @Override
  public int await(Duration timeout)
      throws InterruptedException, BrokenBarrierException, TimeoutException {
    SyncReply reply = arrive(SyncObject.nanos(timeout));
    if (reply.status() == Status.TIMED_OUT) {
      throw new TimeoutException("the other parties of %s did not come in time".formatted(object));
    }
    return index(reply);
  }

  private SyncReply arrive(long timeoutNanos) throws InterruptedException, BrokenBarrierException {
    if (Thread.currentThread().isInterrupted()) {
      abort(); // the others must not wait for who never comes
    }
    SyncReply reply = object.await(SyncOperation.AWAIT, 0, timeoutNanos, null, Handler.KEEPS);
    byte[] action = reply.payload();
    return reply.status() == Status.RUN_ACTION && action != null
        ? runAction(reply.id(), action)
        : reply;
  }

  /** The others wait for it. */
  private SyncReply runAction(long round, byte[] action)
      throws InterruptedException, BrokenBarrierException {
    try {
      BarrierAction.run(action);
    } catch (InterruptedException | RuntimeException | Error e) {
      tellFailure(round, e);
      throw e;
    } catch (Throwable e) {
      tellFailure(round, e);
      BrokenBarrierException broken =
          new BrokenBarrierException("%s is broken: its action failed: %s".formatted(object, e));
      broken.initCause(e);
      throw broken;
    }
    return object.ask(SyncOperation.ACTION_ENDED, round);
  }

  private void tellFailure(long round, Throwable failure) {
    byte[] text = failure.toString().getBytes(UTF_8);
    SyncReply unused = object.ask(SyncOperation.ACTION_ENDED, round, text);
  }

  private int index(SyncReply reply) throws BrokenBarrierException {
    if (reply.status() == Status.BROKEN) {
      byte[] why = reply.payload();
      throw new BrokenBarrierException(
          "%s is broken: %s".formatted(object, why == null ? "" : new String(why, UTF_8)));
    }
    return (int) reply.value();
  }

  @Override
  public void abort() {
    object.ask(SyncOperation.ABORT);
  }

  @Override
  public void reset() {
    object.ask(SyncOperation.RESET);
  }

  @Override
  public boolean isBroken() {
    return object.ask(SyncOperation.STATE).status() == Status.BROKEN;
  }

  @Override
  public int getNumberWaiting() {
    return (int) object.ask(SyncOperation.STATE).value();
  }

  @Override
  public int getParties() {
    int known = parties;
    if (known == 0) {
      known = SyncObject.number(object.ask(SyncOperation.STATE).payload());
      parties = known;
    }
    return known;
  }

  /** As it travels; if it is to a process, that is awaited here. */
  SyncReference written() {
    GivenBarriers.written(object);
    return object.reference("");
  }

  @Override
  public String toString() {
    return object.toString();
  }
}
