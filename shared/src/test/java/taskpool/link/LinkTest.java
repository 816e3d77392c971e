package taskpool.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import taskpool.link.LinkEnd.Sent;
import taskpool.protocol.Header;

@Timeout(30)
class LinkTest {
  private final LinkEnd a = new LinkEnd();
  private final LinkEnd b = new LinkEnd();

  private void sendFromA(int count) {
    IntStream.rangeClosed(1, count).forEach(number -> a.send(number, 0));
  }

  private void carryAll(LinkEnd from, LinkEnd to) {
    while (!from.sent.isEmpty()) {
      to.receive(from.sent.remove(), 0);
    }
  }

  @Test
  void aFewBatchesLeaveAtOnceThenTheRestGathers() {
    sendFromA(9);

    assertThat(a.sent)
        .extracting(Sent::batch)
        .containsExactly(List.of(1), List.of(2), List.of(3), List.of(4));
  }

  @Test
  void whatHasGatheredLeavesWhenAnAcknowledgementMakesRoom() {
    sendFromA(9);
    carryAll(a, b);
    carryAll(b, a);

    assertThat(a.sent).extracting(Sent::batch).containsExactly(List.of(5, 6, 7, 8, 9));
  }

  @Test
  void aFullBatchDoesNotWaitForAnAcknowledgement() {
    sendFromA(14);

    assertThat(a.sent.getLast().batch()).hasSize(10);
  }

  @Test
  void theWindowBoundsWhatIsOnItsWay() {
    sendFromA(1_000);

    assertThat(a.link.bytesInFlight())
        .isBetween(
            (long) LinkEnd.SETTINGS.windowBytes(),
            (long) LinkEnd.SETTINGS.windowBytes() + LinkEnd.SETTINGS.batchBytes());
  }

  @Test
  void aRepetitionIsHandedOutOnce() {
    sendFromA(1);
    Sent first = a.sent.remove();
    b.receive(first, 0);
    b.receive(first, 0);

    assertThat(b.received).containsExactly(1);
  }

  @Test
  void whatComesAfterAGapIsNotHandedOutAndNotAcknowledged() {
    sendFromA(2);
    a.sent.remove();
    b.receive(a.sent.remove(), 0);

    assertThat(b.received).isEmpty();
    assertThat(b.sent).containsExactly(new Sent(new Header(0, 0), null));
  }

  @Test
  void whatWasLostIsRepeatedInOrder() {
    sendFromA(2);
    a.sent.clear();
    a.link.tick(LinkEnd.RESEND_NANOS - 1);
    assertThat(a.sent).isEmpty();
    a.link.tick(LinkEnd.RESEND_NANOS);
    carryAll(a, b);

    assertThat(b.received).containsExactly(1, 2);
  }

  @Test
  void whatMayOnlyBeLateIsNotRepeatedAllAtOnce() {
    sendFromA(1_000);
    int onTheirWay = a.sent.size();
    assertThat(onTheirWay).isGreaterThan(4);
    List<Sent> late = List.copyOf(a.sent);
    a.sent.clear();
    a.link.tick(LinkEnd.RESEND_NANOS);

    assertThat(a.sent).containsExactlyElementsOf(late.subList(0, 2));
  }

  @Test
  void whatWasLostIsRepeatedFasterAndFaster() {
    sendFromA(1_000);
    int lost = a.sent.size();
    a.sent.clear();
    a.link.tick(LinkEnd.RESEND_NANOS);
    List<Integer> repeated = new ArrayList<>();
    while (repeated.stream().mapToInt(Integer::intValue).sum() < lost) {
      assertThat(a.sent).as("after %s of %d", repeated, lost).isNotEmpty();
      repeated.add(a.sent.size());
      carryAll(a, b);
      b.link.tick(0);
      carryAll(b, a);
    }

    assertThat(repeated).startsWith(2, 4);
    assertThat(b.received).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aLossAmongRepetitionsIsMadeGoodAtTheFirstPatience() {
    sendFromA(1_000);
    a.sent.clear();
    a.link.tick(LinkEnd.RESEND_NANOS);
    b.receive(a.sent.remove(), 0);
    a.sent.clear(); // the second is lost again
    b.link.tick(0);
    carryAll(b, a);
    carryAll(a, b);
    carryAll(b, a);
    a.sent.clear();
    a.link.tick(2 * LinkEnd.RESEND_NANOS);
    carryAll(a, b);

    assertThat(b.received).startsWith(1, 2, 3).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void eachRepetitionWaitsTwiceAsLong() {
    sendFromA(1);
    a.link.tick(LinkEnd.RESEND_NANOS);
    a.sent.clear();
    a.link.tick(2 * LinkEnd.RESEND_NANOS);
    assertThat(a.sent).isEmpty();
    a.link.tick(3 * LinkEnd.RESEND_NANOS);
    assertThat(a.sent).hasSize(1);
  }

  @Test
  void aSingleBatchIsAcknowledgedByTheNextTickAndThenBothAreAtRest() {
    sendFromA(1);
    carryAll(a, b);
    assertThat(b.sent).isEmpty();
    assertThat(b.link.atRest()).isFalse();
    b.link.tick(0);
    carryAll(b, a);

    assertThat(a.link.atRest()).isTrue();
    assertThat(b.link.atRest()).isTrue();
    assertThat(a.link.bytesInFlight()).isZero();
  }

  @Test
  void anAcknowledgementRidesOnABatchTheOtherWay() {
    sendFromA(1);
    carryAll(a, b);
    b.send(7, 0);

    assertThat(b.sent).containsExactly(new Sent(new Header(1, 1), List.of(7)));
    assertThat(b.link.atRest()).isFalse();
  }
}
