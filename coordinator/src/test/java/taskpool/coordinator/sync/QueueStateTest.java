package taskpool.coordinator.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import taskpool.protocol.Items;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/** A queue by itself: order, bound, and where items go when takers die or change their mind. */
class QueueStateTest {
  private static final int ANN = 1;
  private static final int BOB = 2;
  private static final int CYD = 3;

  private final Map<Long, Status> statuses = new HashMap<>();
  private final Map<Long, Long> values = new HashMap<>();
  private final Map<Long, String> taken = new HashMap<>();
  private final List<Integer> recalled = new ArrayList<>();
  private QueueState queue = queue(2, false);
  private long lastRequest;

  private void answer(Caller caller, Status status, long value, byte @Nullable [] payload) {
    assertThat(statuses.put(caller.request(), status)).as("answered twice").isNull();
    values.put(caller.request(), value);
    taken.put(
        caller.request(),
        Items.split(payload).stream()
            .map(item -> new String(item, UTF_8))
            .collect(Collectors.joining(" ")));
  }

  private QueueState queue(int capacity, boolean redelivers) {
    return new QueueState(
        capacity, redelivers, this::answer, (session, object) -> recalled.add(session));
  }

  private void tell(int session, SyncOperation operation, long argument, String... items) {
    List<byte[]> bytes = new ArrayList<>();
    Arrays.stream(items).forEach(item -> bytes.add(item.getBytes(UTF_8)));
    long id = ++lastRequest;
    queue.told(
        new Caller(session, id), new SyncRequest(id, 1, operation, argument, 0, Items.join(bytes)));
  }

  private long request(int session, SyncOperation operation, long argument, byte[] payload) {
    long id = ++lastRequest;
    queue.handle(
        new Caller(session, id),
        new SyncRequest(id, 1, operation, argument, SyncRequest.FOR_EVER, payload));
    return id;
  }

  private long put(int session, String... items) {
    List<byte[]> bytes = new ArrayList<>();
    Arrays.stream(items).forEach(item -> bytes.add(item.getBytes(UTF_8)));
    return request(session, SyncOperation.PUT, 0, Items.join(bytes));
  }

  private long take(int session, int most) {
    return request(session, SyncOperation.TAKE, most, null);
  }

  private long size() {
    return values.get(request(ANN, SyncOperation.STATE, 0, null));
  }

  @Test
  void keepsItsOrderAndItsBound() {
    put(ANN, "a");
    put(BOB, "b");
    long waits = put(ANN, "c");
    long waitsToo = put(BOB, "d");
    assertThat(statuses).doesNotContainKeys(waits, waitsToo);
    assertThat(taken.get(take(CYD, 1))).isEqualTo("a");
    assertThat(statuses.get(waits)).isEqualTo(Status.OK);
    assertThat(statuses).doesNotContainKey(waitsToo);
    assertThat(taken.get(take(CYD, 9))).isEqualTo("b c");
    assertThat(taken.get(take(CYD, 9))).isEqualTo("d");
    assertThat(size()).isZero();
  }

  @Test
  void servesTakersInTheirOrder() {
    long first = take(BOB, 1);
    long second = take(CYD, 1);
    put(ANN, "a", "b");
    assertThat(taken.get(first)).isEqualTo("a");
    assertThat(taken.get(second)).isEqualTo("b");
  }

  @Test
  void takesManyAtOnceInAsThereIsRoom() {
    long many = put(ANN, "a", "b", "c", "d", "e");
    assertThat(statuses).doesNotContainKey(many);
    assertThat(taken.get(take(BOB, 2))).isEqualTo("a b");
    assertThat(taken.get(take(BOB, 2))).isEqualTo("c d");
    assertThat(statuses.get(many)).isEqualTo(Status.OK);
    assertThat(taken.get(take(BOB, 2))).isEqualTo("e");
  }

  @Test
  void tellsHowManyWereInWhenAPutIsGivenUp() {
    long many = put(ANN, "a", "b", "c");
    long behind = put(BOB, "d");
    queue.giveUp(new Caller(ANN, many), Status.TIMED_OUT);
    assertThat(statuses.get(many)).isEqualTo(Status.TIMED_OUT);
    assertThat(values.get(many)).isEqualTo(2);
    take(CYD, 1);
    assertThat(statuses.get(behind)).isEqualTo(Status.OK);
  }

  @Test
  void givesWhatADeadTakerNeverHadToTheNext() {
    put(ANN, "a", "b");
    long one = take(BOB, 1);
    long other = take(BOB, 1);
    tell(BOB, SyncOperation.TAKEN, one);
    long waiting = take(CYD, 9);
    assertThat(statuses).doesNotContainKey(waiting);
    queue.sessionClosed(BOB);
    assertThat(taken.get(waiting)).isEqualTo("b");
    assertThat(taken.get(other)).isEqualTo("b");
  }

  @Test
  void putsBackInFrontWhatIsNotWanted() {
    put(ANN, "a", "b");
    long unwanted = take(BOB, 1);
    put(ANN, "c");
    tell(BOB, SyncOperation.PUT_BACK, unwanted);
    assertThat(taken.get(take(CYD, 9))).isEqualTo("a b c");
  }

  @Test
  void forgetsTheWaitsOfTheDead() {
    long dead = take(BOB, 1);
    long alive = take(CYD, 1);
    queue.sessionClosed(BOB);
    put(ANN, "a");
    assertThat(statuses).doesNotContainKey(dead);
    assertThat(taken.get(alive)).isEqualTo("a");
  }

  @Test
  void countsWhatIsDone() {
    put(ANN, "a", "b");
    long join = request(ANN, SyncOperation.JOIN, 0, null);
    take(BOB, 2);
    request(BOB, SyncOperation.TASK_DONE, 1, null);
    assertThat(statuses).doesNotContainKey(join);
    request(BOB, SyncOperation.TASK_DONE, 1, null);
    assertThat(statuses.get(join)).isEqualTo(Status.OK);
    assertThat(statuses.get(request(BOB, SyncOperation.TASK_DONE, 1, null)))
        .isEqualTo(Status.NOT_OWNER);
  }

  @Test
  void deliversAgainWhatADeadTakerHadNotDone() {
    queue = queue(9, true);
    put(ANN, "a", "b", "c", "d");
    tell(BOB, SyncOperation.TAKEN, take(BOB, 2));
    tell(BOB, SyncOperation.TAKEN, take(BOB, 1));
    request(BOB, SyncOperation.TASK_DONE, 1, null);
    long tooMany = request(CYD, SyncOperation.TASK_DONE, 1, null);
    assertThat(statuses.get(tooMany)).isEqualTo(Status.NOT_OWNER);
    queue.sessionClosed(BOB);
    long again = take(CYD, 9);
    assertThat(taken.get(again)).isEqualTo("b c d");
    tell(CYD, SyncOperation.TAKEN, again);
    long join = request(ANN, SyncOperation.JOIN, 0, null);
    request(CYD, SyncOperation.TASK_DONE, 2, null);
    assertThat(statuses).doesNotContainKey(join);
    request(CYD, SyncOperation.TASK_DONE, 1, null);
    assertThat(statuses.get(join)).isEqualTo(Status.OK);
  }

  @Test
  void givesOutWhatIsInWhenItIsClosed() {
    put(ANN, "a", "b");
    long outside = put(ANN, "c");
    queue.close();
    assertThat(statuses.get(outside)).isEqualTo(Status.CLOSED);
    assertThat(taken.get(take(BOB, 9))).isEqualTo("a b");
    assertThat(statuses.get(take(BOB, 1))).isEqualTo(Status.CLOSED);
    assertThat(statuses.get(put(ANN, "d"))).isEqualTo(Status.CLOSED);
  }

  private long reserve(int session, int most) {
    return request(session, SyncOperation.RESERVE, most, null);
  }

  private long takeAhead(int session, int ahead) {
    return request(session, SyncOperation.TAKE, 1 | (long) ahead << Integer.SIZE, null);
  }

  @Test
  void givesRoomInAdvanceToOneThatIsAlone() {
    queue = queue(8, false);
    assertThat(values.get(reserve(ANN, 100))).as("half of what is free").isEqualTo(4);
    tell(ANN, SyncOperation.STORE, 0, "a", "b");
    assertThat(size()).isEqualTo(2);
    put(ANN, "c", "d", "e", "f");
    long full = reserve(BOB, 100);
    assertThat(statuses).doesNotContainKey(full);
    assertThat(recalled).containsExactly(ANN);
    queue.giveUp(new Caller(BOB, full), Status.TIMED_OUT);
    assertThat(statuses).as("what comes back may be enough").doesNotContainKey(full);
    tell(ANN, SyncOperation.RETURN, 1);
    assertThat(values.get(full)).as("one, as there are two now").isEqualTo(1);
    long tooMuch = reserve(BOB, 1);
    queue.giveUp(new Caller(BOB, tooMuch), Status.TIMED_OUT);
    assertThat(statuses).doesNotContainKey(tooMuch);
    tell(BOB, SyncOperation.RETURN, 1);
    assertThat(statuses.get(tooMuch)).isEqualTo(Status.TIMED_OUT);
    assertThat(recalled).as("what is about to be filled is not recalled").containsExactly(ANN, BOB);
  }

  @Test
  void givesItemsInAdvanceToOneThatIsAlone() {
    queue = queue(0, false);
    put(ANN, "a", "b", "c", "d", "e");
    long first = takeAhead(BOB, 3);
    assertThat(taken.get(first)).isEqualTo("a b c d");
    assertThat(values.get(first)).isOne();
    tell(BOB, SyncOperation.TAKEN, first);
    tell(BOB, SyncOperation.HANDED, 1);
    long other = takeAhead(CYD, 3);
    assertThat(statuses).as("b is done, c and d come first").doesNotContainKey(other);
    assertThat(recalled).containsExactly(BOB);
    long look = request(ANN, SyncOperation.STATE, 0, null);
    tell(BOB, SyncOperation.RETURN, 0);
    assertThat(taken.get(other)).as("nothing in advance, as there are two").isEqualTo("c");
    assertThat(values.get(look)).isEqualTo(2);
  }

  @Test
  void countsWhoHasNotAskedOfLateNoMore() {
    queue = queue(0, false);
    for (int i = 0; i < 40; i++) {
      put(ANN, "x");
    }
    tell(CYD, SyncOperation.TAKEN, take(CYD, 1));
    for (int i = 1; i < 16; i++) {
      long one = takeAhead(BOB, 3);
      assertThat(taken.get(one)).isEqualTo("x");
      tell(BOB, SyncOperation.TAKEN, one);
    }
    assertThat(taken.get(takeAhead(BOB, 3))).isEqualTo("x x x x");
  }

  @Test
  void givesNothingInAdvanceToOneThatOnlyWaits() {
    queue = queue(0, false);
    long waits = takeAhead(CYD, 3);
    for (int i = 0; i < 16; i++) {
      queue.giveUp(new Caller(BOB, takeAhead(BOB, 3)), Status.TIMED_OUT);
    }
    put(ANN, "a", "b", "c");
    assertThat(taken.get(waits)).isEqualTo("a");
  }

  @Test
  void countsAProducerThatHasNotAskedOfLateNoMore() {
    queue = queue(1_000, false);
    put(CYD, "x");
    for (int i = 1; i < 16; i++) {
      assertThat(values.get(reserve(ANN, 100))).isOne();
      tell(ANN, SyncOperation.STORE, 0, "x");
    }
    assertThat(values.get(reserve(ANN, 100))).isEqualTo(100);
  }

  @Test
  void countsWhatIsAheadAsInTheQueue() {
    queue = queue(3, false);
    put(ANN, "a", "b", "c");
    long first = takeAhead(BOB, 9);
    assertThat(taken.get(first)).isEqualTo("a b c");
    long waits = put(ANN, "d", "e");
    assertThat(statuses).doesNotContainKey(waits);
    tell(BOB, SyncOperation.HANDED, 1);
    assertThat(statuses.get(waits)).isEqualTo(Status.OK);
  }

  @Test
  void isNotFullBeforeItIsKnownWhatIsLeftOfWhatIsAhead() {
    put(ANN, "a", "b");
    takeAhead(BOB, 9);
    put(ANN, "c");
    long full = put(ANN, "d");
    queue.giveUp(new Caller(ANN, full), Status.TIMED_OUT);
    assertThat(statuses).doesNotContainKey(full);
    assertThat(recalled).containsExactly(BOB);
    tell(BOB, SyncOperation.HANDED, 1);
    assertThat(statuses.get(full)).isEqualTo(Status.OK);
    tell(BOB, SyncOperation.RETURN, 0);
    assertThat(size()).isEqualTo(2);
  }

  @Test
  void losesNothingThatADeadTakerHadAhead() {
    put(ANN, "a", "b");
    long first = takeAhead(BOB, 9);
    tell(BOB, SyncOperation.TAKEN, first);
    long waits = take(CYD, 9);
    assertThat(statuses).doesNotContainKey(waits);
    queue.sessionClosed(BOB);
    assertThat(taken.get(waits)).isEqualTo("b");
  }

  @Test
  void givesNothingInAdvanceWhileRoomIsRecalled() {
    queue = queue(8, false);
    reserve(ANN, 100);
    put(CYD, "a", "b", "c", "d", "e");
    assertThat(recalled).containsExactly(ANN);
    assertThat(taken.get(takeAhead(BOB, 9))).isEqualTo("a");
  }

  @Test
  void keepsTheOrderForTwoThreadsOfOneTaker() {
    queue = queue(0, false);
    put(ANN, "a", "b");
    long first = takeAhead(BOB, 1);
    put(ANN, "c", "d");
    long other = takeAhead(BOB, 9);
    assertThat(statuses).as("b comes first, for whoever takes it").doesNotContainKey(other);
    assertThat(taken.get(first)).isEqualTo("a b");
    assertThat(recalled).containsExactly(BOB);
    tell(BOB, SyncOperation.HANDED, 1);
    tell(BOB, SyncOperation.RETURN, 0);
    assertThat(taken.get(other)).isEqualTo("c d");
  }

  @Test
  void countsWhatIsOnItsWayToAnotherThreadOfWhoAsks() {
    queue = queue(0, false);
    put(ANN, "a", "b");
    takeAhead(BOB, 1);
    long look = request(BOB, SyncOperation.STATE, 0, null);
    assertThat(statuses).doesNotContainKey(look);
    tell(BOB, SyncOperation.RETURN, 0);
    assertThat(values.get(look)).isOne();
  }

  @Test
  void waitsForTheAnswerToARecallThatCrossesAReturn() {
    queue = queue(0, false);
    put(ANN, "a", "b", "c");
    takeAhead(BOB, 1);
    long look = request(ANN, SyncOperation.STATE, 0, null);
    tell(BOB, SyncOperation.GIVE_BACK, 1L << Integer.SIZE);
    long again = takeAhead(BOB, 1);
    assertThat(statuses).doesNotContainKeys(look, again);
    tell(BOB, SyncOperation.RETURN, 0);
    assertThat(values.get(look)).isEqualTo(2);
    assertThat(taken.get(again)).as("nobody gives back what is on its way").isEqualTo("b c");
    assertThat(taken.get(takeAhead(CYD, 1))).isNull();
  }

  @Test
  void takesBackOnlyWhatIsGivenBack() {
    queue = queue(2, false);
    reserve(ANN, 100);
    reserve(ANN, 100);
    tell(ANN, SyncOperation.GIVE_BACK, 1);
    put(BOB, "b");
    long waits = put(BOB, "c");
    assertThat(statuses).as("there is room on its way to ann").doesNotContainKey(waits);
    tell(ANN, SyncOperation.STORE, 0, "a");
    assertThat(size()).isEqualTo(2);
  }

  @Test
  void recallsRoomAgainThatWasKeptAndIsFree() {
    queue = queue(2, false);
    reserve(ANN, 100);
    long waits = put(BOB, "b", "c");
    tell(ANN, SyncOperation.RETURN, 1);
    assertThat(statuses).as("ann is about to fill it").doesNotContainKey(waits);
    tell(ANN, SyncOperation.GIVE_BACK, 1);
    assertThat(statuses.get(waits)).isEqualTo(Status.OK);
  }

  @Test
  void recallsRoomThatIsLeftWhenTheKeptIsFilled() {
    queue = queue(8, false);
    reserve(ANN, 100);
    put(ANN, "a", "b", "c", "d", "e");
    tell(ANN, SyncOperation.RETURN, 1);
    assertThat(recalled).containsExactly(ANN);
    take(BOB, 5);
    assertThat(values.get(reserve(ANN, 100))).as("and the one that is kept").isEqualTo(3);
    tell(ANN, SyncOperation.STORE, 0, "f", "g", "h");
    put(BOB, "i", "j", "k", "l", "m");
    assertThat(recalled).containsExactly(ANN, ANN);
  }

  @Test
  void removesTheItemAtTheIndexIfThatIsMeant() {
    queue = queue(0, false);
    put(ANN, "a", "b", "a", "c", "a");
    request(ANN, SyncOperation.REMOVE, 2, "a".getBytes(UTF_8));
    assertThat(taken.get(request(ANN, SyncOperation.PEEK, 9, null))).isEqualTo("a b c a");
    request(ANN, SyncOperation.REMOVE, 1, "a".getBytes(UTF_8));
    assertThat(taken.get(request(ANN, SyncOperation.PEEK, 9, null))).isEqualTo("b c a");
    request(ANN, SyncOperation.REMOVE, 9, "a".getBytes(UTF_8));
    assertThat(taken.get(request(ANN, SyncOperation.PEEK, 9, null))).isEqualTo("b c");
  }

  @Test
  void showsAndRemovesItems() {
    put(ANN, "a", "b");
    assertThat(taken.get(request(ANN, SyncOperation.PEEK, 9, null))).isEqualTo("a b");
    assertThat(values.get(request(ANN, SyncOperation.REMOVE, 0, "a".getBytes(UTF_8)))).isOne();
    assertThat(values.get(request(ANN, SyncOperation.REMOVE, 0, "a".getBytes(UTF_8)))).isZero();
    assertThat(size()).isEqualTo(1);
  }

  @Test
  void whatIsRemovedOrClearedIsDone() {
    for (boolean redelivers : List.of(false, true)) {
      queue = queue(0, redelivers);
      put(ANN, "a", "b", "c", "d");
      long joins = request(ANN, SyncOperation.JOIN, 0, null);
      request(BOB, SyncOperation.REMOVE, 0, "b".getBytes(UTF_8));
      assertThat(taken.get(take(BOB, 1))).isEqualTo("a");
      tell(BOB, SyncOperation.TAKEN, lastRequest);
      request(CYD, SyncOperation.CLEAR_ALL, 0, null);
      assertThat(size()).isZero();
      assertThat(statuses).doesNotContainKey(joins);
      request(BOB, SyncOperation.TASK_DONE, 1, null);
      assertThat(statuses.get(joins)).isEqualTo(Status.OK);
      queue.sessionClosed(CYD);
      assertThat(size()).isZero();
    }
  }

  @Test
  void aClearedQueueHasRoom() {
    put(ANN, "a", "b");
    long waits = put(BOB, "c");
    request(CYD, SyncOperation.CLEAR_ALL, 0, null);
    assertThat(statuses.get(waits)).isEqualTo(Status.OK);
    assertThat(size()).isEqualTo(1);
  }

  @Test
  void whatIsAheadIsClearedToo() {
    queue = queue(0, false);
    put(ANN, "a", "b", "c");
    long ahead = request(BOB, SyncOperation.TAKE, 1 | 8L << Integer.SIZE, null);
    assertThat(taken.get(ahead)).isEqualTo("a b c");
    long clears = request(CYD, SyncOperation.CLEAR_ALL, 0, null);
    assertThat(recalled).containsExactly(BOB);
    assertThat(statuses).doesNotContainKey(clears);
    tell(BOB, SyncOperation.RETURN, 0);
    assertThat(statuses.get(clears)).isEqualTo(Status.OK);
    assertThat(size()).isZero();
  }
}
