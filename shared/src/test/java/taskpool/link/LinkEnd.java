package taskpool.link;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.Header;

/** One end of a link of numbers, ten bytes each, that keeps what it sends for the test to carry. */
final class LinkEnd implements Outbox<List<Integer>> {
  static final LinkSettings SETTINGS = new LinkSettings(100, 300, 4, 2, Duration.ofMillis(300));
  static final long RESEND_NANOS = SETTINGS.resendAfter().toNanos();
  private static final int NUMBER_BYTES = 10;

  record Sent(Header header, @Nullable List<Integer> batch) {}

  final ArrayDeque<Sent> sent = new ArrayDeque<>();
  final List<Integer> received = new ArrayList<>();
  final Link<List<Integer>, List<Integer>> link =
      new Link<>(SETTINGS, this, (header, batch) -> sent.add(new Sent(header, batch)));
  private final ArrayDeque<Integer> waiting = new ArrayDeque<>();

  void send(int number, long nowNanos) {
    waiting.add(number);
    link.flush(nowNanos);
  }

  void receive(Sent message, long nowNanos) {
    List<Integer> batch = link.receive(message.header(), message.batch(), nowNanos);
    if (batch != null) {
      received.addAll(batch);
    }
    link.flush(nowNanos);
  }

  @Override
  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  @Override
  public long bytes() {
    return (long) NUMBER_BYTES * waiting.size();
  }

  @Override
  public List<Integer> take(int maxBytes) {
    return Outbox.takeFirst(waiting, NUMBER_BYTES, maxBytes);
  }
}
