package taskpool.client.sync;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;
import taskpool.sync.ClusterCondition;
import taskpool.sync.ClusterLock;

/** A lock as this process sees it; knows what its own threads own. Thread-safe. */
final class SessionLock implements ClusterLock {

  /** What an owner got with the lock. */
  private record Grant(long token, boolean abandoned, int holds) {
    Grant again() {
      return new Grant(token, abandoned, holds + 1);
    }

    Grant lessOne() {
      return new Grant(token, abandoned, holds - 1);
    }
  }

  private final SyncObject object;

  /** By thread; only what the thread itself does changes its entry. */
  private final Map<Long, Grant> grants = new ConcurrentHashMap<>();

  SessionLock(SyncObject object) {
    this.object = object;
  }

  SyncObject object() {
    return object;
  }

  /** The calling thread, as the coordinator knows it. */
  static long self() {
    return Thread.currentThread().getId();
  }

  @Override
  public Hold acquire() throws InterruptedException {
    lockInterruptibly();
    long token = token();
    return new Hold() {
      @Override
      public long token() {
        return token;
      }

      @Override
      public void close() {
        unlock();
      }
    };
  }

  @Override
  public void lock() {
    boolean unused = granted(object.awaitUninterruptibly(SyncOperation.ACQUIRE, self(), null));
  }

  @Override
  public void lockInterruptibly() throws InterruptedException {
    boolean unused = acquire(SyncRequest.FOR_EVER);
  }

  @Override
  public boolean tryLock() {
    return granted(object.ask(SyncOperation.ACQUIRE, self()));
  }

  @Override
  public boolean tryLock(Duration timeout) throws InterruptedException {
    return acquire(SyncObject.nanos(timeout));
  }

  private boolean acquire(long timeoutNanos) throws InterruptedException {
    long self = self();
    return granted(
        object.await(
            SyncOperation.ACQUIRE, self, timeoutNanos, null, reply -> passOn(self, reply)));
  }

  /** The next one is told that it was abandoned, if this one would have been. */
  private boolean passOn(long self, SyncReply reply) {
    return object.ask(SyncOperation.RELEASE, self, reply.payload()).status() == Status.OK;
  }

  private boolean granted(SyncReply reply) {
    if (reply.status() == Status.TIMED_OUT) {
      return false;
    }
    Grant first = new Grant(reply.value(), isOfAbandoned(reply), 1);
    grants.merge(self(), first, (known, more) -> known.again());
    return true;
  }

  /** Whether the owner before had died; whatever the status, as that may say how a wait ended. */
  private static boolean isOfAbandoned(SyncReply reply) {
    byte @Nullable [] payload = reply.payload();
    return payload != null && payload.length > 0;
  }

  /** A thread's wait for a condition has ended, and it owns the lock once more. */
  void grantedAgain(long thread, SyncReply reply) {
    grants.computeIfPresent(
        thread, (self, known) -> new Grant(reply.value(), isOfAbandoned(reply), known.holds));
  }

  @Override
  public void unlock() {
    if (object.ask(SyncOperation.RELEASE, self()).status() == Status.NOT_OWNER) {
      throw notOwner();
    }
    grants.computeIfPresent(self(), (self, known) -> known.holds == 1 ? null : known.lessOne());
  }

  IllegalMonitorStateException notOwner() {
    return new IllegalMonitorStateException(
        "thread %s does not own %s".formatted(Thread.currentThread().getName(), object));
  }

  private Grant own() {
    Grant known = grants.get(self());
    if (known == null) {
      throw notOwner();
    }
    return known;
  }

  @Override
  public long token() {
    return own().token;
  }

  @Override
  public boolean wasAbandoned() {
    return own().abandoned;
  }

  @Override
  public boolean isLocked() {
    byte @Nullable [] state = object.ask(SyncOperation.STATE, self()).payload();
    return state != null && state.length >= Integer.BYTES && state[Integer.BYTES - 1] == 1;
  }

  @Override
  public boolean isHeldByCurrentThread() {
    return object.ask(SyncOperation.STATE, self()).value() > 0;
  }

  @Override
  public ClusterCondition condition(String name) {
    return new SessionCondition(this, Objects.requireNonNull(name, "name"));
  }

  @Override
  public ClusterCondition newCondition() {
    return condition(UUID.randomUUID().toString());
  }

  SyncReference reference() {
    return object.reference("");
  }

  @Override
  public String toString() {
    return object.toString();
  }
}
