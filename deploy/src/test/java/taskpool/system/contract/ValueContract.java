package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import taskpool.error.NotSendableException;
import taskpool.error.StaleTokenException;
import taskpool.sync.ClusterLock;
import taskpool.sync.SharedValue;

/** What a value promises; each contract has one that is zero at first. */
abstract class ValueContract extends PrimitiveContract<SharedValue<Integer>> {
  private static final int ROUNDS = 30;

  ValueContract() {
    super((objects, name) -> objects.value(name, 0));
  }

  private void assertValue(int value) throws Exception {
    for (Party<SharedValue<Integer>> party : all()) {
      assertThat(party.number(SharedValue::get)).isEqualTo(value);
    }
  }

  @Test
  void allSeeWhatOneSets() throws Exception {
    assertValue(0);
    two.run(value -> value.set(1));
    assertValue(1);
    assertThat(one.number(value -> value.getAndSet(2))).isEqualTo(1);
    assertValue(2);
    assertThat(two.number(value -> value.update(x -> x + 5))).isEqualTo(7);
    assertValue(7);
  }

  @Test
  void theFirstToAskForItSaysWhatItIs() throws Exception {
    var parties = partiesOf(Named::new);
    assertThat(parties.get(1).<String>ask(all -> all.objects().value(all.name(), "a").get()))
        .isEqualTo("a");
    assertThat(parties.get(0).<String>ask(all -> all.objects().value(all.name(), "b").get()))
        .isEqualTo("a");
  }

  @Test
  void isComparedAndSetInOneStep() throws Exception {
    assertThat(one.is(value -> value.compareAndSet(1, 2))).isFalse();
    assertThat(two.is(value -> value.compareAndSet(0, 1))).isTrue();
    assertThat(three.is(value -> value.compareAndSet(0, 2))).isFalse();
    assertValue(1);
    var counting =
        all().stream().map(party -> party.begin(ValueContract::countByComparing)).toList();
    for (var each : counting) {
      each.get();
    }
    assertValue(1 + 3 * ROUNDS);
  }

  private static void countByComparing(SharedValue<Integer> value) {
    for (int i = 0; i < ROUNDS; ) {
      int now = value.get();
      if (value.compareAndSet(now, now + 1)) {
        i++;
      }
    }
  }

  @Test
  void noUpdateIsLostUnderContention() throws Exception {
    var counting =
        all().stream()
            .map(
                party ->
                    party.begin(
                        value -> {
                          for (int i = 0; i < ROUNDS; i++) {
                            value.update(x -> x + 1);
                          }
                        }))
            .toList();
    for (var each : counting) {
      each.get();
    }
    assertValue(3 * ROUNDS);
    assertThat(one.is(value -> value.lock().isLocked())).isFalse();
  }

  @Test
  void noChangeIsLostBetweenGetAndSet() throws Exception {
    var getting =
        List.of(one, two).stream()
            .map(
                party ->
                    party.start(
                        value -> {
                          int sum = 0;
                          for (int i = 0; i < ROUNDS; i++) {
                            sum += value.getAndSet(1);
                          }
                          return sum;
                        }))
            .toList();
    int sum = getting.get(0).get() + getting.get(1).get();
    assertThat(sum).isEqualTo(2 * ROUNDS - 1);
  }

  @Test
  void anUpdateThatFailsChangesNothing() throws Exception {
    assertThatThrownBy(
            () ->
                two.run(
                    value ->
                        value.update(
                            x -> {
                              throw new IllegalStateException("no change");
                            })))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no change");
    assertThatThrownBy(() -> two.run(value -> value.update(x -> null)))
        .isInstanceOf(NullPointerException.class);
    assertValue(0);
    assertThat(one.is(value -> value.lock().isLocked())).isFalse();
  }

  @Test
  void anUpdateWaitsForTheLockAndForAnInterrupt() throws Exception {
    one.run(value -> value.lock().lock());
    one.run(value -> value.update(x -> x + 1)); // it is reentrant
    var waiting = two.start(value -> value.update(x -> x + 1)).thatWaits();
    assertValueOf(one, 1);
    waiting.interrupted();
    assertThatThrownBy(waiting::get).isInstanceOf(InterruptedException.class);
    var again = two.start(value -> value.update(x -> x + 10)).thatWaits();
    one.run(value -> value.lock().unlock());
    assertThat(again.get()).isEqualTo(11);
    two.run(value -> Interrupts.areLookedAtFirst(() -> value.update(x -> 0)));
    assertValue(11);
  }

  private static void assertValueOf(Party<SharedValue<Integer>> party, int value) throws Exception {
    assertThat(party.number(SharedValue::get)).isEqualTo(value);
  }

  @Test
  void nullIsNoValue() throws Exception {
    for (Party<SharedValue<Integer>> party : List.of(one, two)) {
      party.run(
          value -> {
            assertThatThrownBy(() -> value.set(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> value.set(null, 1)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> value.getAndSet(null))
                .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> value.compareAndSet(0, null))
                .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> value.compareAndSet(null, 0))
                .isInstanceOf(NullPointerException.class);
          });
    }
    assertThatThrownBy(
            () -> partiesOf((objects, name) -> objects.value(name, null)).get(1).run(x -> {}))
        .isInstanceOf(NullPointerException.class);
    assertValue(0);
  }

  @Test
  void whatIsGotIsACopy() throws Exception {
    var parties = partiesOf((objects, name) -> objects.<Object>value(name, List.of("a")));
    two.run(value -> {});
    parties
        .get(1)
        .run(
            value -> {
              List<Object> mine = new ArrayList<>(List.of("b"));
              value.set(mine);
              mine.add("c");
            });
    assertThat(parties.get(0).<Object>ask(SharedValue::get)).isEqualTo(List.of("b"));
    assertThatThrownBy(() -> parties.get(1).run(value -> value.set(new Object())))
        .isInstanceOf(NotSendableException.class);
  }

  @Test
  void whoHasLostTheLockCantUndoWhatTheNextOwnerDid() throws Exception {
    long lost = one.number(ValueContract::tokenOfAHold);
    long next = two.number(ValueContract::tokenOfAHold);
    two.run(value -> value.set(1, next));
    assertThatThrownBy(() -> one.run(value -> value.set(2, lost)))
        .isInstanceOf(StaleTokenException.class);
    assertThatThrownBy(() -> three.run(value -> value.set(2, lost)))
        .isInstanceOf(StaleTokenException.class);
    assertValue(1);
    two.run(value -> value.set(3, next)); // its own token is not too old
    assertValue(3);
    one.run(value -> value.set(4)); // nor is none
    assertValue(4);
    assertThatThrownBy(() -> one.run(value -> value.set(2, lost)))
        .isInstanceOf(StaleTokenException.class);
    assertValue(4);
  }

  private static long tokenOfAHold(SharedValue<Integer> value) throws InterruptedException {
    try (ClusterLock.Hold hold = value.lock().acquire()) {
      return hold.token();
    }
  }
}
