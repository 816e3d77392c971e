package taskpool.client.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import taskpool.client.SyncCalls.Handler;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;
import taskpool.sync.ClusterCondition;

/** A condition of a lock as this process sees it. Thread-safe. */
final class SessionCondition implements ClusterCondition {
  private final SessionLock lock;
  private final String name;

  SessionCondition(SessionLock lock, String name) {
    this.lock = lock;
    this.name = name;
  }

  @Override
  public void await() throws InterruptedException {
    boolean unused = suspend(SyncRequest.FOR_EVER);
  }

  @Override
  public boolean await(Duration timeout) throws InterruptedException {
    return suspend(SyncObject.nanos(timeout));
  }

  @Override
  public long awaitNanos(long nanos) throws InterruptedException {
    long start = System.nanoTime();
    boolean unused = suspend(SyncObject.nanos(Duration.ofNanos(nanos)));
    return nanos - (System.nanoTime() - start);
  }

  @Override
  @SuppressWarnings("JavaUtilDate") // the JDK's interface has it
  public boolean awaitUntil(Date deadline) throws InterruptedException {
    return suspend(SyncObject.nanos(Duration.between(Instant.now(), deadline.toInstant())));
  }

  private boolean suspend(long timeoutNanos) throws InterruptedException {
    SyncReply reply =
        lock.object()
            .await(
                SyncOperation.AWAIT_CONDITION,
                SessionLock.self(),
                timeoutNanos,
                payload(0),
                new Regaining());
    if (reply.status() == Status.NOT_OWNER) {
      throw lock.notOwner();
    }
    return reply.status() != Status.TIMED_OUT;
  }

  /** Whichever way a thread's wait ends, it owns the lock again. */
  private final class Regaining implements Handler {
    private final long thread = SessionLock.self();

    @Override
    public void arrived(SyncReply reply) {
      if (reply.status() != Status.NOT_OWNER) {
        lock.grantedAgain(thread, reply);
      }
    }

    /** Notified and interrupted at the same time: it is another one's turn. */
    @Override
    public boolean giveBack(SyncReply reply) {
      if (reply.status() != Status.NOT_OWNER) {
        signal(1);
      }
      return true;
    }
  }

  @Override
  public void awaitUninterruptibly() {
    SyncReply reply =
        lock.object()
            .awaitUninterruptibly(SyncOperation.AWAIT_CONDITION, SessionLock.self(), payload(0));
    if (reply.status() == Status.NOT_OWNER) {
      throw lock.notOwner();
    }
    lock.grantedAgain(SessionLock.self(), reply);
  }

  @Override
  public void signal(int waiters) {
    SyncReply reply = lock.object().ask(SyncOperation.NOTIFY, SessionLock.self(), payload(waiters));
    if (reply.status() == Status.NOT_OWNER) {
      throw lock.notOwner();
    }
  }

  private byte[] payload(int waiters) {
    byte[] text = name.getBytes(UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + text.length).putInt(waiters).put(text).array();
  }

  SyncReference reference() {
    return lock.object().reference(name);
  }

  @Override
  public String toString() {
    return "condition \"" + name + "\" of " + lock;
  }
}
