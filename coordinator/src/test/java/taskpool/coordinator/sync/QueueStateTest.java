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
  private QueueState queue = new QueueState(2, false, this::answer);
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
    queue.arrived(new Caller(BOB, one), true);
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
    queue.arrived(new Caller(BOB, unwanted), false);
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
    queue = new QueueState(9, true, this::answer);
    put(ANN, "a", "b", "c", "d");
    queue.arrived(new Caller(BOB, take(BOB, 2)), true);
    queue.arrived(new Caller(BOB, take(BOB, 1)), true);
    request(BOB, SyncOperation.TASK_DONE, 1, null);
    long tooMany = request(CYD, SyncOperation.TASK_DONE, 1, null);
    assertThat(statuses.get(tooMany)).isEqualTo(Status.NOT_OWNER);
    queue.sessionClosed(BOB);
    long again = take(CYD, 9);
    assertThat(taken.get(again)).isEqualTo("b c d");
    queue.arrived(new Caller(CYD, again), true);
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

  @Test
  void showsAndRemovesItems() {
    put(ANN, "a", "b");
    assertThat(taken.get(request(ANN, SyncOperation.PEEK, 9, null))).isEqualTo("a b");
    assertThat(values.get(request(ANN, SyncOperation.REMOVE, 0, "a".getBytes(UTF_8)))).isOne();
    assertThat(values.get(request(ANN, SyncOperation.REMOVE, 0, "a".getBytes(UTF_8)))).isZero();
    assertThat(size()).isEqualTo(1);
  }
}
