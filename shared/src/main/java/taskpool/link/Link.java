package taskpool.link;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.Header;

/**
 * One end of a connection: numbers what it sends and keeps it until the peer has acknowledged it,
 * sends it again when that takes too long, and hands out what it receives once and in order.
 *
 * <p>Batches form by themselves. The first few leave at once with whatever there is; after that the
 * outbox gathers until a full batch has come together or an acknowledgement has made room. No timer
 * holds anything back. While something has to be sent again, nothing new leaves.
 *
 * <p>Confined to its owner.
 *
 * @param <O> the batches sent
 * @param <I> the batches received
 */
public final class Link<O, I> {

  /** Sends a batch, or only an acknowledgement when the batch is null; may lose it. */
  public interface Transport<O> {
    void send(Header header, @Nullable O batch);
  }

  private record InFlight<O>(long sequence, O batch, long bytes) {}

  private static final int MAX_IN_FLIGHT = 256;
  private static final int MAX_BACKOFF_SHIFT = 5;

  private final LinkSettings settings;
  private final Outbox<O> outbox;
  private final Transport<O> transport;

  private final ArrayDeque<InFlight<O>> inFlight = new ArrayDeque<>();
  private long bytesInFlight;
  private long lastSent;
  private long lastReceived;
  private int unacknowledgedReceived;
  private long waitingSinceNanos;
  private int resends;

  /** What was sent up to here, when it took too long, is sent again from {@code nextResent} on. */
  private long resendUpTo;

  private long nextResent;

  public Link(LinkSettings settings, Outbox<O> outbox, Transport<O> transport) {
    this.settings = settings;
    this.outbox = outbox;
    this.transport = transport;
  }

  /**
   * Takes in what the transport brought.
   *
   * @return the batch if it is the next one; null if it is a repetition, comes after a gap, or
   *     there is none
   */
  public @Nullable I receive(Header header, @Nullable I batch, long nowNanos) {
    acknowledge(header.acknowledged(), nowNanos);
    if (batch == null) {
      return null;
    }
    if (header.sequence() != lastReceived + 1) {
      unacknowledgedReceived = settings.acknowledgeEvery();
      return null;
    }
    lastReceived++;
    unacknowledgedReceived++;
    return batch;
  }

  private void acknowledge(long sequence, long nowNanos) {
    int arrived = 0;
    while (!inFlight.isEmpty() && inFlight.peek().sequence() <= sequence) {
      bytesInFlight -= inFlight.poll().bytes();
      arrived++;
    }
    if (arrived > 0) {
      waitingSinceNanos = nowNanos;
      resends = 0;
      resend(2 * arrived);
    }
  }

  /**
   * Sends the next few of what has to be sent again. Not everything at once: where it is only late,
   * because somebody has too much to do, that would make it later still.
   */
  private void resend(int count) {
    int left = count;
    for (InFlight<O> sent : inFlight) {
      if (left == 0 || sent.sequence() > resendUpTo) {
        return;
      }
      if (sent.sequence() >= nextResent) {
        nextResent = sent.sequence() + 1;
        left--;
        transmit(sent);
      }
    }
  }

  private boolean resending() {
    return !inFlight.isEmpty() && inFlight.peek().sequence() <= resendUpTo;
  }

  /**
   * Sends what may be sent now. To be called after every change of the outbox and every receive.
   */
  public void flush(long nowNanos) {
    while (!outbox.isEmpty() && mayStart()) {
      long before = outbox.bytes();
      O batch = outbox.take(settings.batchBytes());
      InFlight<O> sent = new InFlight<>(++lastSent, batch, before - outbox.bytes());
      if (inFlight.isEmpty()) {
        waitingSinceNanos = nowNanos;
      }
      inFlight.add(sent);
      bytesInFlight += sent.bytes();
      transmit(sent);
    }
    if (unacknowledgedReceived >= settings.acknowledgeEvery()) {
      acknowledgeOnly();
    }
  }

  private boolean mayStart() {
    if (resending()) {
      return false;
    }
    if (inFlight.size() < settings.eagerBatches()) {
      return bytesInFlight < settings.windowBytes();
    }
    return outbox.bytes() >= settings.batchBytes()
        && bytesInFlight < settings.windowBytes()
        && inFlight.size() < MAX_IN_FLIGHT;
  }

  /** Sends late acknowledgements, and again what was not acknowledged in time. */
  public void tick(long nowNanos) {
    long patienceNanos = settings.resendAfter().toNanos() << Math.min(resends, MAX_BACKOFF_SHIFT);
    if (!inFlight.isEmpty() && nowNanos - waitingSinceNanos >= patienceNanos) {
      resends++;
      waitingSinceNanos = nowNanos;
      resendUpTo = lastSent;
      nextResent = inFlight.element().sequence();
      resend(settings.acknowledgeEvery()); // so many are answered at once
    }
    if (unacknowledgedReceived > 0) {
      acknowledgeOnly();
    }
  }

  /** Whether the owner may stop calling {@link #tick}: all is sent, received and acknowledged. */
  public boolean atRest() {
    return inFlight.isEmpty() && outbox.isEmpty() && unacknowledgedReceived == 0;
  }

  /** Payload bytes sent and not acknowledged. */
  long bytesInFlight() {
    return bytesInFlight;
  }

  /** Tells the peer how far this end has received, in a message of its own. */
  public void acknowledgeOnly() {
    unacknowledgedReceived = 0;
    transport.send(new Header(0, lastReceived), null);
  }

  private void transmit(InFlight<O> sent) {
    unacknowledgedReceived = 0;
    transport.send(new Header(sent.sequence(), lastReceived), sent.batch());
  }
}
