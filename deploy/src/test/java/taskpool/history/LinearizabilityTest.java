package taskpool.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The checker itself, on histories of which it is known whether they are good. */
class LinearizabilityTest {
  private final List<Operation> history = new ArrayList<>();

  private void add(
      String actor, String name, String argument, @Nullable String result, long start, long end) {
    history.add(new Operation(actor, "it", name, argument, result, start, end));
  }

  private boolean isValue() {
    return Linearizability.check(new ValueModel("0"), history).isEmpty();
  }

  private boolean isLock() {
    return Linearizability.check(new LockModel(), history).isEmpty();
  }

  private boolean isSemaphore() {
    return Linearizability.check(new SemaphoreModel(2), history).isEmpty();
  }

  @Test
  void nothingIsGood() {
    assertThat(isValue()).isTrue();
  }

  @Test
  void anAnswerMayComeFromAnyTimeOfItsOperation() {
    add("1/a", "getAndSet", "1", "0", 10, 40);
    add("1/b", "get", "", "0", 20, 30);
    add("1/c", "get", "", "1", 31, 35);
    assertThat(isValue()).isTrue();
    add("1/d", "get", "", "0", 36, 39);
    assertThat(isValue()).as("1 was seen before").isFalse();
  }

  @Test
  void whatHasEndedIsSeen() {
    add("1/a", "getAndSet", "1", "0", 10, 20);
    add("1/b", "get", "", "0", 21, 30);
    assertThat(isValue()).isFalse();
  }

  @Test
  void onlyOneOfTwoSucceeds() {
    add("1/a", "compareAndSet", "0 1", "true", 10, 40);
    add("1/b", "compareAndSet", "0 2", "false", 10, 40);
    assertThat(isValue()).isTrue();
    history.clear();
    add("1/a", "compareAndSet", "0 1", "true", 10, 40);
    add("1/b", "compareAndSet", "0 2", "true", 10, 40);
    assertThat(isValue()).isFalse();
  }

  @Test
  void findsTheOneOrderThatThereIs() {
    add("1/a", "getAndSet", "1", "3", 10, 100);
    add("1/b", "getAndSet", "2", "1", 10, 100);
    add("1/c", "getAndSet", "3", "0", 10, 100);
    add("1/d", "get", "", "2", 101, 110);
    assertThat(isValue()).isTrue();
    add("1/d", "get", "", "1", 111, 120);
    assertThat(isValue()).isFalse();
  }

  @Test
  void whatWasNeverAnsweredMayHaveHappenedOrNot() {
    add("1/a", "getAndSet", "1", null, 10, 0);
    add("1/b", "get", "", "0", 20, 30);
    assertThat(isValue()).as("not, or later").isTrue();
    add("1/b", "get", "", "1", 40, 50);
    assertThat(isValue()).as("later").isTrue();
    add("1/b", "get", "", "0", 60, 70);
    assertThat(isValue()).as("both").isFalse();
    history.clear();
    add("1/b", "get", "", "1", 1, 5);
    add("1/a", "getAndSet", "1", null, 10, 0);
    assertThat(isValue()).as("before it was asked").isFalse();
  }

  @Test
  void aLockHasOneOwner() {
    add("1/a", "acquire", "", "1", 10, 20);
    add("2/b", "acquire", "", "no", 15, 30);
    add("1/a", "release", "", "ok", 40, 50);
    add("2/b", "acquire", "", "2", 45, 60);
    assertThat(isLock()).isTrue();
    add("3/c", "acquire", "", "3", 61, 70);
    assertThat(isLock()).isFalse();
  }

  @Test
  void aLockIsNotDeniedWhileItIsFree() {
    add("1/a", "acquire", "", "1", 10, 20);
    add("1/a", "release", "", "ok", 30, 40);
    add("2/b", "acquire", "", "no", 41, 50);
    assertThat(isLock()).isFalse();
  }

  @Test
  void tokensGrow() {
    add("1/a", "acquire", "", "5", 10, 20);
    add("1/a", "release", "", "ok", 30, 40);
    add("2/b", "acquire", "", "5", 41, 50);
    assertThat(isLock()).isFalse();
  }

  @Test
  void theDeadLoseTheirLock() {
    add("1/a", "acquire", "", "1", 10, 20);
    add("2/b", "acquire", "", "2", 25, 50);
    assertThat(isLock()).isFalse();
    add("1/death", "died", "", null, 30, 0);
    assertThat(isLock()).isTrue();
    add("3/c", "acquire", "", "3", 60, 70);
    assertThat(isLock()).as("they die once").isFalse();
  }

  @Test
  void theDeadMayHaveGotTheLock() {
    add("1/a", "acquire", "", null, 10, 0);
    add("2/b", "acquire", "", "no", 20, 30);
    add("1/death", "died", "", null, 40, 0);
    add("2/b", "acquire", "", "9", 50, 60);
    assertThat(isLock()).isTrue();
  }

  @Test
  void aSemaphoreHasItsPermits() {
    add("1/a", "acquire", "1", "yes", 10, 20);
    add("2/b", "acquire", "1", "yes", 10, 20);
    add("2/c", "acquire", "1", "no", 25, 30);
    add("2/b", "release", "1", "ok", 31, 50);
    add("3/d", "acquire", "1", "yes", 32, 49);
    assertThat(isSemaphore()).isTrue();
    add("3/e", "acquire", "1", "yes", 51, 60);
    assertThat(isSemaphore()).isFalse();
    add("1/death", "died", "", null, 52, 0);
    assertThat(isSemaphore()).isTrue();
  }

  /** Histories of a real value, seen by several at once: good; with one answer changed: not. */
  @Test
  void tellsLongHistoriesApart() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      history.clear();
      String value = "0";
      for (int i = 0; i < 2_000; i++) {
        String next = Integer.toString(random.nextInt(1_000_000));
        long moment = 100L * i;
        long start = moment - random.nextInt(300);
        add("1/" + i, "getAndSet", next, value, start, moment + random.nextInt(300));
        value = next;
      }
      assertThat(isValue()).as("seed %d", seed).isTrue();
      int wrong = random.nextInt(history.size());
      Operation right = history.get(wrong);
      history.set(
          wrong,
          new Operation(
              right.actor(),
              "it",
              "getAndSet",
              "x",
              right.result(),
              right.startNanos(),
              right.endNanos()));
      assertThat(isValue()).as("seed %d with a lie", seed).isEqualTo(wrong == history.size() - 1);
    }
  }
}
