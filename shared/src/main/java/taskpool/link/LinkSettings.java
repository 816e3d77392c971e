package taskpool.link;

import java.time.Duration;

/**
 * The bounds of a link.
 *
 * @param batchBytes a batch holds about this much payload; it must stay below Artery's frame size
 * @param windowBytes payload bytes sent and not yet acknowledged
 * @param eagerBatches while fewer batches than this are on their way, a batch leaves with whatever
 *     there is; beyond, and while something is sent again, what is sent gathers until it fills a
 *     batch or an acknowledgement comes
 * @param acknowledgeEvery so many batches may wait for a batch the other way to carry their
 *     acknowledgement, then one is sent for them alone
 * @param resendAfter how long to wait for an acknowledgement at first; doubles each time that
 *     nothing has come meanwhile
 */
public record LinkSettings(
    int batchBytes, int windowBytes, int eagerBatches, int acknowledgeEvery, Duration resendAfter) {

  /** How often the owner must call {@link Link#tick} while a link is not at rest. */
  public static final Duration TICK = Duration.ofMillis(40);

  /** Akka's timers know no delay of more than some months. */
  private static final Duration LONGEST_TIMER = Duration.ofDays(1);

  /** How long to set an actor's timer for what is due then; it may have to be set again. */
  public static Duration timer(long delayNanos) {
    return Duration.ofNanos(Math.max(0, Math.min(delayNanos, LONGEST_TIMER.toNanos())));
  }

  /** Between processes: batches of half an Artery frame, a megabyte in flight. */
  public static LinkSettings remote() {
    return new LinkSettings(128 * 1024, 1024 * 1024, 4, 2, Duration.ofMillis(300));
  }

  /** Inside a process, where messages are handed over by reference: payloads are never cut. */
  public static LinkSettings local() {
    return new LinkSettings(Integer.MAX_VALUE, Integer.MAX_VALUE, 4, 2, Duration.ofMillis(300));
  }
}
