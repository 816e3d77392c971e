package taskpool.coordinator.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import taskpool.protocol.Items;
import taskpool.protocol.Swap;
import taskpool.protocol.SyncKind;
import taskpool.protocol.SyncOpening;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/** Each primitive by itself: who is granted what, and what becomes of waits, limits and deaths. */
class PrimitivesTest {
  private static final int OBJECT = 1;
  private static final int ANN = 1;
  private static final int BOB = 2;
  private static final int CYD = 3;
  private static final long SECOND = 1_000_000_000;

  private record Told(int session, long request, Status status, long value, String text) {}

  private final List<Told> told = new ArrayList<>();
  private final Primitives primitives = new Primitives(this::tell, circle -> true);
  private long lastRequest;
  private long now;

  private void tell(int session, SyncReply reply) {
    String text = reply.payload() == null ? "" : new String(reply.payload(), UTF_8);
    told.add(new Told(session, reply.id(), reply.status(), reply.value(), text));
  }

  private void open(SyncKind kind, long parameter) {
    open(kind, parameter, "");
  }

  private void open(SyncKind kind, long parameter, String initial) {
    for (int session : new int[] {ANN, BOB, CYD}) {
      open(session, OBJECT, new SyncOpening(kind, "name", bytes(initial), "", 0), parameter);
    }
  }

  private void open(int session, int object, SyncOpening opening, long parameter) {
    SyncRequest request =
        new SyncRequest(++lastRequest, object, SyncOperation.OPEN, parameter, 0, opening.encode());
    primitives.request(session, request, now);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private long request(
      int session, SyncOperation operation, long argument, long timeout, byte[] payload) {
    return request(session, OBJECT, operation, argument, timeout, payload);
  }

  private long request(
      int session,
      int object,
      SyncOperation operation,
      long argument,
      long timeout,
      byte[] payload) {
    long id = ++lastRequest;
    primitives.request(
        session, new SyncRequest(id, object, operation, argument, timeout, payload), now);
    return id;
  }

  private long wait(int session, SyncOperation operation, long argument) {
    return request(session, operation, argument, SyncRequest.FOR_EVER, null);
  }

  private long ask(int session, SyncOperation operation, long argument) {
    return request(session, operation, argument, 0, null);
  }

  private void pass(long nanos) {
    now += nanos;
    primitives.tick(now);
  }

  private Status statusOf(long request) {
    List<Told> answers = told.stream().filter(answer -> answer.request == request).toList();
    assertThat(answers).hasSizeLessThan(2);
    return answers.isEmpty() ? null : answers.get(0).status;
  }

  private Told answerTo(long request) {
    return told.stream().filter(answer -> answer.request == request).findFirst().orElseThrow();
  }

  private long valueOf(long request) {
    return answerTo(request).value;
  }

  private String textOf(long request) {
    return answerTo(request).text;
  }

  @Test
  void aLockHasOneOwnerAndALineBehindIt() {
    open(SyncKind.LOCK, 0);
    long ann = wait(ANN, SyncOperation.ACQUIRE, 7);
    long annAgain = wait(ANN, SyncOperation.ACQUIRE, 7);
    long bob = wait(BOB, SyncOperation.ACQUIRE, 7);
    assertThat(told).extracting(Told::request).containsExactly(ann);
    assertThat(statusOf(ask(BOB, SyncOperation.RELEASE, 7))).isEqualTo(Status.NOT_OWNER);
    assertThat(statusOf(ask(ANN, SyncOperation.RELEASE, 8))).isEqualTo(Status.NOT_OWNER);
    ask(ANN, SyncOperation.RELEASE, 7);
    assertThat(statusOf(annAgain)).isEqualTo(Status.OK);
    assertThat(statusOf(bob)).isNull();
    ask(ANN, SyncOperation.RELEASE, 7);
    assertThat(statusOf(bob)).isEqualTo(Status.OK);
    assertThat(List.of(valueOf(ann), valueOf(annAgain), valueOf(bob))).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aReentrantLockCountsItsOwner() {
    open(SyncKind.REENTRANT_LOCK, 0);
    long first = wait(ANN, SyncOperation.ACQUIRE, 7);
    long second = wait(ANN, SyncOperation.ACQUIRE, 7);
    long otherThread = wait(ANN, SyncOperation.ACQUIRE, 8);
    assertThat(valueOf(second)).isEqualTo(valueOf(first));
    ask(ANN, SyncOperation.RELEASE, 7);
    assertThat(statusOf(otherThread)).isNull();
    ask(ANN, SyncOperation.RELEASE, 7);
    assertThat(statusOf(otherThread)).isEqualTo(Status.OK);
  }

  @Test
  void aWaitEndsOnceWhateverComesFirst() {
    open(SyncKind.LOCK, 0);
    wait(ANN, SyncOperation.ACQUIRE, 1);
    long atOnce = ask(BOB, SyncOperation.ACQUIRE, 1);
    assertThat(statusOf(atOnce)).isEqualTo(Status.TIMED_OUT);
    long limited = request(BOB, SyncOperation.ACQUIRE, 1, SECOND, null);
    long withdrawn = wait(CYD, SyncOperation.ACQUIRE, 1);
    assertThat(primitives.nextDeadlineNanos()).hasValue(SECOND);
    request(CYD, SyncOperation.WITHDRAW, withdrawn, 0, null);
    assertThat(statusOf(withdrawn)).isEqualTo(Status.WITHDRAWN);
    pass(SECOND - 1);
    assertThat(statusOf(limited)).isNull();
    pass(1);
    assertThat(statusOf(limited)).isEqualTo(Status.TIMED_OUT);
    long granted = request(BOB, SyncOperation.ACQUIRE, 1, SECOND, null);
    ask(ANN, SyncOperation.RELEASE, 1);
    request(BOB, SyncOperation.WITHDRAW, granted, 0, null); // too late
    pass(2 * SECOND);
    assertThat(statusOf(granted)).isEqualTo(Status.OK);
    assertThat(primitives.nextDeadlineNanos()).isEmpty();
    assertThat(primitives.isIdle()).isTrue();
  }

  @Test
  void aLockIsFreeWhenItsOwnerIsGoneAndTheNextIsToldSo() {
    open(SyncKind.LOCK, 0);
    wait(ANN, SyncOperation.ACQUIRE, 1);
    long bob = wait(BOB, SyncOperation.ACQUIRE, 1);
    long cyd = wait(CYD, SyncOperation.ACQUIRE, 1);
    primitives.sessionClosed(ANN, now);
    assertThat(statusOf(bob)).isEqualTo(Status.OK);
    assertThat(textOf(bob)).isNotEmpty();
    primitives.sessionClosed(BOB, now);
    assertThat(textOf(cyd)).isNotEmpty();
    assertThat(valueOf(cyd)).isGreaterThan(valueOf(bob));
    ask(CYD, SyncOperation.RELEASE, 1);
    assertThat(textOf(wait(CYD, SyncOperation.ACQUIRE, 1))).isEmpty();
  }

  private static byte[] condition(int waiters) {
    return ByteBuffer.allocate(5).putInt(waiters).put((byte) 'c').array();
  }

  private long awaitCondition(int session, long timeout) {
    wait(session, SyncOperation.ACQUIRE, 1);
    return request(session, SyncOperation.AWAIT_CONDITION, 1, timeout, condition(0));
  }

  @Test
  void aConditionGivesTheLockBackAndHasItAgainWhenNotified() {
    open(SyncKind.LOCK, 0);
    long ann = awaitCondition(ANN, SyncRequest.FOR_EVER);
    long bob = awaitCondition(BOB, SyncRequest.FOR_EVER);
    assertThat(statusOf(request(CYD, SyncOperation.NOTIFY, 1, 0, condition(1))))
        .isEqualTo(Status.NOT_OWNER);
    wait(CYD, SyncOperation.ACQUIRE, 1);
    assertThat(valueOf(request(CYD, SyncOperation.NOTIFY, 1, 0, condition(1)))).isEqualTo(1);
    assertThat(statusOf(ann)).isNull();
    ask(CYD, SyncOperation.RELEASE, 1);
    assertThat(statusOf(ann)).isEqualTo(Status.OK);
    ask(ANN, SyncOperation.RELEASE, 1);
    assertThat(statusOf(bob)).isNull();
  }

  @Test
  void aConditionsWaitThatIsOverHasTheLockBeforeItSaysSo() {
    open(SyncKind.LOCK, 0);
    long ann = awaitCondition(ANN, SECOND);
    wait(BOB, SyncOperation.ACQUIRE, 1);
    pass(SECOND);
    assertThat(statusOf(ann)).isNull();
    ask(BOB, SyncOperation.RELEASE, 1);
    assertThat(statusOf(ann)).isEqualTo(Status.TIMED_OUT);
    assertThat(statusOf(ask(ANN, SyncOperation.RELEASE, 1))).isEqualTo(Status.OK);
  }

  @Test
  void whoIsNotifiedInTimeStaysSoHoweverLongTheLockTakes() {
    open(SyncKind.LOCK, 0);
    long ann = awaitCondition(ANN, SECOND);
    wait(BOB, SyncOperation.ACQUIRE, 1);
    request(BOB, SyncOperation.NOTIFY, 1, 0, condition(1));
    pass(2 * SECOND);
    assertThat(statusOf(ann)).isNull();
    ask(BOB, SyncOperation.RELEASE, 1);
    assertThat(statusOf(ann)).isEqualTo(Status.OK);
  }

  @Test
  void aConditionForgetsTheDead() {
    open(SyncKind.LOCK, 0);
    awaitCondition(ANN, SyncRequest.FOR_EVER);
    long bob = awaitCondition(BOB, SyncRequest.FOR_EVER);
    primitives.sessionClosed(ANN, now);
    wait(CYD, SyncOperation.ACQUIRE, 1);
    request(CYD, SyncOperation.NOTIFY, 1, 0, condition(1));
    ask(CYD, SyncOperation.RELEASE, 1);
    assertThat(statusOf(bob)).isEqualTo(Status.OK);
  }

  @Test
  void aSemaphoreServesInOrderAndGetsBackWhatTheDeadHad() {
    open(SyncKind.BOUNDED_SEMAPHORE, 3);
    wait(ANN, SyncOperation.ACQUIRE, 2);
    long large = wait(BOB, SyncOperation.ACQUIRE, 3);
    long small = wait(CYD, SyncOperation.ACQUIRE, 1);
    assertThat(statusOf(small)).isNull();
    request(BOB, SyncOperation.WITHDRAW, large, 0, null);
    assertThat(statusOf(small)).isEqualTo(Status.OK);
    primitives.sessionClosed(ANN, now);
    assertThat(valueOf(ask(BOB, SyncOperation.STATE, 0))).isEqualTo(2);
    assertThat(statusOf(ask(CYD, SyncOperation.RELEASE, 2))).isEqualTo(Status.NOT_OWNER);
    ask(CYD, SyncOperation.RELEASE, 1);
    assertThat(valueOf(ask(BOB, SyncOperation.STATE, 0))).isEqualTo(3);
  }

  @Test
  void anEventLetsAllGo() {
    open(SyncKind.EVENT, 0);
    long ann = wait(ANN, SyncOperation.AWAIT, 0);
    long bob = wait(BOB, SyncOperation.AWAIT, 0);
    ask(CYD, SyncOperation.SET, 0);
    assertThat(List.of(statusOf(ann), statusOf(bob))).containsOnly(Status.OK);
    assertThat(statusOf(ask(ANN, SyncOperation.AWAIT, 0))).isEqualTo(Status.OK);
    ask(CYD, SyncOperation.CLEAR, 0);
    assertThat(statusOf(ask(ANN, SyncOperation.AWAIT, 0))).isEqualTo(Status.TIMED_OUT);
  }

  @Test
  void aLatchOpensOnce() {
    open(SyncKind.LATCH, 2);
    long ann = wait(ANN, SyncOperation.AWAIT, 0);
    ask(BOB, SyncOperation.COUNT_DOWN, 0);
    assertThat(statusOf(ann)).isNull();
    ask(BOB, SyncOperation.COUNT_DOWN, 0);
    ask(BOB, SyncOperation.COUNT_DOWN, 0);
    assertThat(statusOf(ann)).isEqualTo(Status.OK);
    assertThat(valueOf(ask(ANN, SyncOperation.STATE, 0))).isZero();
  }

  @Test
  void aBarrierLetsGoWhenAllAreThereAndNumbersThem() {
    open(SyncKind.BARRIER, 3);
    for (int round = 0; round < 2; round++) {
      told.clear();
      long ann = wait(ANN, SyncOperation.AWAIT, 0);
      long bob = wait(BOB, SyncOperation.AWAIT, 0);
      assertThat(told).isEmpty();
      long cyd = wait(CYD, SyncOperation.AWAIT, 0);
      assertThat(told)
          .extracting(Told::request, Told::status, Told::value)
          .containsExactlyInAnyOrder(
              tuple(ann, Status.OK, 0L), tuple(bob, Status.OK, 1L), tuple(cyd, Status.OK, 2L));
    }
  }

  @Test
  void aBarrierBreaksForAllWhenOnePartyDiesOrGivesUpAndIsWholeAfterAReset() {
    open(SyncKind.BARRIER, 3);
    long ann = wait(ANN, SyncOperation.AWAIT, 0);
    wait(BOB, SyncOperation.AWAIT, 0);
    primitives.sessionClosed(BOB, now);
    assertThat(statusOf(ann)).isEqualTo(Status.BROKEN);
    assertThat(statusOf(wait(CYD, SyncOperation.AWAIT, 0))).isEqualTo(Status.BROKEN);
    ask(CYD, SyncOperation.RESET, 0);
    long limited = request(ANN, SyncOperation.AWAIT, 0, SECOND, null);
    long other = wait(CYD, SyncOperation.AWAIT, 0);
    pass(SECOND);
    assertThat(statusOf(limited)).isEqualTo(Status.TIMED_OUT);
    assertThat(statusOf(other)).isEqualTo(Status.BROKEN);
    ask(CYD, SyncOperation.RESET, 0);
    long again = wait(ANN, SyncOperation.AWAIT, 0);
    ask(CYD, SyncOperation.ABORT, 0);
    assertThat(statusOf(again)).isEqualTo(Status.BROKEN);
  }

  @Test
  void aBarriersActionIsRunByTheLastBeforeAnyGoesOn() {
    open(SyncKind.BARRIER, 2, "action");
    long ann = wait(ANN, SyncOperation.AWAIT, 0);
    long bob = wait(BOB, SyncOperation.AWAIT, 0);
    assertThat(statusOf(bob)).isEqualTo(Status.RUN_ACTION);
    assertThat(textOf(bob)).isEqualTo("action");
    assertThat(statusOf(ann)).isNull();
    long early = wait(CYD, SyncOperation.AWAIT, 0);
    long ended = ask(BOB, SyncOperation.ACTION_ENDED, bob);
    assertThat(valueOf(ann)).isZero();
    assertThat(valueOf(ended)).isEqualTo(1);
    assertThat(statusOf(early)).as("it waits for the next round").isNull();
    long next = wait(ANN, SyncOperation.AWAIT, 0);
    assertThat(statusOf(next)).isEqualTo(Status.RUN_ACTION);
    request(ANN, SyncOperation.ACTION_ENDED, next, 0, bytes("no"));
    assertThat(statusOf(early)).isEqualTo(Status.BROKEN);
    assertThat(textOf(early)).contains("no");
  }

  @Test
  void aBarrierBreaksWhenWhoRunsTheActionDiesOrItIsResetMeanwhile() {
    open(SyncKind.BARRIER, 2, "action");
    long ann = wait(ANN, SyncOperation.AWAIT, 0);
    wait(BOB, SyncOperation.AWAIT, 0);
    primitives.sessionClosed(BOB, now);
    assertThat(statusOf(ann)).isEqualTo(Status.BROKEN);
    ask(ANN, SyncOperation.RESET, 0);
    long again = wait(ANN, SyncOperation.AWAIT, 0);
    long cyd = wait(CYD, SyncOperation.AWAIT, 0);
    ask(ANN, SyncOperation.RESET, 0);
    assertThat(statusOf(again)).isEqualTo(Status.BROKEN);
    assertThat(statusOf(ask(CYD, SyncOperation.ACTION_ENDED, cyd))).isEqualTo(Status.BROKEN);
  }

  /** What stands for Bob, who was started by Ann and given it. */
  private long openBarrierGivenToBob(int parties) {
    long bob = 5;
    open(SyncKind.BARRIER, parties);
    request(ANN, SyncOperation.GIVEN, bob, 0, bytes("Bob"));
    open(BOB, OBJECT, new SyncOpening(SyncKind.BARRIER, "name", bytes(""), "Bob", bob), parties);
    return bob;
  }

  @Test
  void aBarrierBreaksWhenAProcessThatWasGivenItEndsBeforeItComes() {
    long bob = openBarrierGivenToBob(2);
    long ann = wait(ANN, SyncOperation.AWAIT, 0);
    request(ANN, SyncOperation.PARTY_ENDED, bob, 0, bytes("Bob (pid 9)"));
    assertThat(textOf(ann)).isEqualTo("Bob (pid 9) ended before it came");
  }

  @Test
  void aBarrierBreaksWhenAProcessThatWasGivenItDiesBetweenTwoRounds() {
    long bob = openBarrierGivenToBob(2);
    wait(BOB, SyncOperation.AWAIT, 0);
    assertThat(statusOf(wait(ANN, SyncOperation.AWAIT, 0))).isEqualTo(Status.OK);
    long ann = wait(ANN, SyncOperation.AWAIT, 0);
    request(ANN, SyncOperation.PARTY_DIED, bob, 0, bytes("Bob (pid 9)"));
    assertThat(textOf(ann)).isEqualTo("Bob (pid 9) died");
  }

  @Test
  void aBarrierThatIsResetDoesNotBreakForTheSameDeathAgain() {
    long bob = openBarrierGivenToBob(3);
    wait(BOB, SyncOperation.AWAIT, 0);
    primitives.sessionClosed(BOB, now);
    ask(ANN, SyncOperation.RESET, 0);
    request(ANN, SyncOperation.PARTY_DIED, bob, 0, bytes("Bob (pid 9)"));
    assertThat(statusOf(ask(ANN, SyncOperation.STATE, 0))).isEqualTo(Status.OK);
  }

  @Test
  void whoWaitsInACircleIsToldSo() {
    open(SyncKind.LOCK, 0);
    for (int session : new int[] {ANN, BOB, CYD}) {
      open(session, 2, new SyncOpening(SyncKind.LOCK, "two", bytes(""), "", 0), 0);
    }
    wait(ANN, SyncOperation.ACQUIRE, 1);
    request(BOB, 2, SyncOperation.ACQUIRE, 1, SyncRequest.FOR_EVER, null);
    long ann = request(ANN, 2, SyncOperation.ACQUIRE, 1, SyncRequest.FOR_EVER, null);
    assertThat(statusOf(waitsLong(ANN, ann, "Ann"))).isEqualTo(Status.OK);
    long cyd = wait(CYD, SyncOperation.ACQUIRE, 1);
    assertThat(statusOf(waitsLong(CYD, cyd, "Cyd"))).isEqualTo(Status.OK);
    long bob = wait(BOB, SyncOperation.ACQUIRE, 1);
    assertThat(textOf(waitsLong(BOB, bob, "Bob")))
        .isEqualTo(
            "Bob waits for lock \"name\", which Ann owns; Ann waits for lock \"two\", which Bob owns");
    assertThat(statusOf(waitsLong(CYD, cyd, "Cyd")))
        .as("it is only behind it")
        .isEqualTo(Status.OK);
    request(BOB, SyncOperation.WITHDRAW, bob, 0, null);
    assertThat(statusOf(waitsLong(ANN, ann, "Ann"))).isEqualTo(Status.OK);
  }

  private long waitsLong(int session, long request, String who) {
    return request(session, SyncOperation.WAITS_LONG, request, 0, bytes(who));
  }

  @Test
  void anEntryIsChangedIfItIsAsExpected() {
    open(SyncKind.DICT, 0);
    byte[] key = bytes("key");
    assertThat(statusOf(request(ANN, SyncOperation.GET, 0, 0, key))).isEqualTo(Status.ABSENT);
    assertThat(swap(Swap.ifPresent(key, bytes("a")), 0)).isZero();
    assertThat(swap(Swap.ifAbsent(key, bytes("a")), 0)).isOne();
    assertThat(swap(Swap.ifAbsent(key, bytes("b")), 0)).isZero();
    assertThat(swap(Swap.ifEqual(key, bytes("b"), bytes("c")), 0)).isZero();
    assertThat(swap(Swap.ifEqual(key, bytes("a"), bytes("c")), 0)).isOne();
    primitives.sessionClosed(ANN, now);
    assertThat(textOf(request(BOB, SyncOperation.GET, 0, 0, key))).isEqualTo("c");
    assertThat(valueOf(ask(BOB, SyncOperation.STATE, 0))).isOne();
    assertThat(swap(Swap.always(key, null), 0)).isOne();
    assertThat(valueOf(ask(BOB, SyncOperation.STATE, 0))).isZero();
  }

  private long swap(Swap swap, long token) {
    return valueOf(request(BOB, SyncOperation.SWAP, token, 0, swap.encode()));
  }

  @Test
  void aValueRefusesAnOlderToken() {
    open(SyncKind.VALUE, 0, "first");
    byte[] key = {};
    assertThat(textOf(request(ANN, SyncOperation.GET, 0, 0, key))).isEqualTo("first");
    assertThat(swap(Swap.always(key, bytes("second")), 7)).isOne();
    long old = request(ANN, SyncOperation.SWAP, 6, 0, Swap.always(key, bytes("old")).encode());
    assertThat(statusOf(old)).isEqualTo(Status.STALE);
    assertThat(textOf(request(ANN, SyncOperation.GET, 0, 0, key))).isEqualTo("second");
    assertThat(swap(Swap.always(key, bytes("third")), 0)).isOne();
  }

  @Test
  void aListKnowsItsIndexes() {
    open(SyncKind.LIST, 0);
    request(ANN, SyncOperation.INSERT, -1, 0, Items.join(List.of(bytes("a"), bytes("c"))));
    request(BOB, SyncOperation.INSERT, 1, 0, Items.join(List.of(bytes("b"))));
    assertThat(textOf(ask(CYD, SyncOperation.GET, 2))).isEqualTo("c");
    assertThat(statusOf(ask(CYD, SyncOperation.GET, 3))).isEqualTo(Status.ABSENT);
    assertThat(statusOf(ask(CYD, SyncOperation.REMOVE_AT, 3))).isEqualTo(Status.ABSENT);
    long beyond = request(BOB, SyncOperation.INSERT, 4, 0, Items.join(List.of(bytes("x"))));
    assertThat(statusOf(beyond)).isEqualTo(Status.ABSENT);
    assertThat(textOf(ask(CYD, SyncOperation.REMOVE_AT, 0))).isEqualTo("a");
    assertThat(valueOf(request(ANN, SyncOperation.REMOVE, 0, 0, bytes("c")))).isOne();
    assertThat(swap(Swap.always(Swap.at(0), bytes("B")), 0)).isOne();
    assertThat(Items.split(bytes(textOf(ask(ANN, SyncOperation.READ_ALL, 0)))))
        .containsExactly(bytes("B"));
  }

  @Test
  void aPipeGoesBothWaysAndEndsWithEitherEnd() {
    open(SyncKind.PIPE, 1);
    byte[] hello = Items.join(List.of(bytes("hello")));
    long waits = wait(BOB, SyncOperation.TAKE, 1);
    request(ANN, SyncOperation.PUT, 0, SyncRequest.FOR_EVER, hello);
    assertThat(statusOf(waits)).isEqualTo(Status.OK);
    request(ANN, SyncOperation.PUT, 0, SyncRequest.FOR_EVER, hello);
    long full = request(ANN, SyncOperation.PUT, 0, SyncRequest.FOR_EVER, hello);
    assertThat(statusOf(full)).isNull();
    long back = wait(ANN, SyncOperation.TAKE, 0);
    primitives.sessionClosed(BOB, now);
    assertThat(statusOf(full)).isEqualTo(Status.CLOSED);
    assertThat(statusOf(back)).isEqualTo(Status.CLOSED);
    assertThat(statusOf(ask(ANN, SyncOperation.TAKE, 0))).isEqualTo(Status.CLOSED);
    assertThat(valueOf(ask(CYD, SyncOperation.TAKE, 1))).as("its own end").isOne();
  }

  @Test
  void whatWasSentBeforeAPipeEndClosesIsReceived() {
    open(SyncKind.PIPE, 9);
    request(ANN, SyncOperation.PUT, 0, SyncRequest.FOR_EVER, Items.join(List.of(bytes("last"))));
    ask(ANN, SyncOperation.CLOSE, 0);
    assertThat(statusOf(ask(BOB, SyncOperation.TAKE, 1))).isEqualTo(Status.OK);
    assertThat(statusOf(ask(BOB, SyncOperation.TAKE, 1))).isEqualTo(Status.CLOSED);
  }

  @Test
  void refusesWhatAPrimitiveCannotDo() {
    open(SyncKind.EVENT, 0);
    assertThat(statusOf(ask(ANN, SyncOperation.RELEASE, 0))).isEqualTo(Status.REFUSED);
    SyncRequest unknown = new SyncRequest(99, 5, SyncOperation.SET, 0, 0, null);
    primitives.request(ANN, unknown, 0);
    assertThat(told).extracting(Told::request, Told::status).contains(tuple(99L, Status.REFUSED));
  }
}
