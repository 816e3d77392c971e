package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import taskpool.sync.SharedArray;

/** What an array promises; each contract has one of four zeros. */
abstract class ArrayContract extends PrimitiveContract<SharedArray<Integer>> {
  private static final int ROUNDS = 30;

  ArrayContract() {
    super((objects, name) -> objects.array(name, 4, 0));
  }

  private void assertElements(Integer... elements) throws Exception {
    for (Party<SharedArray<Integer>> party : all()) {
      assertThat(party.<List<Integer>>ask(array -> new ArrayList<>(array.toList())))
          .containsExactly(elements);
      assertThat(party.number(SharedArray::length)).isEqualTo(elements.length);
    }
  }

  @Test
  void allSeeWhatOneSets() throws Exception {
    assertElements(0, 0, 0, 0);
    one.run(array -> array.set(0, 1));
    two.run(array -> array.set(3, 2));
    assertElements(1, 0, 0, 2);
    assertThat(two.number(array -> array.get(0))).isEqualTo(1);
    assertThat(two.number(array -> array.update(1, x -> x + 7))).isEqualTo(7);
    assertElements(1, 7, 0, 2);
  }

  @Test
  void elementsAreComparedAndSetInOneStep() throws Exception {
    assertThat(one.is(array -> array.compareAndSet(1, 1, 2))).isFalse();
    assertThat(two.is(array -> array.compareAndSet(1, 0, 1))).isTrue();
    assertThat(three.is(array -> array.compareAndSet(1, 0, 2))).isFalse();
    assertElements(0, 1, 0, 0);
    var counting =
        all().stream().map(party -> party.begin(ArrayContract::countByComparing)).toList();
    for (var each : counting) {
      each.get();
    }
    assertElements(0, 1, 3 * ROUNDS, 0);
  }

  private static void countByComparing(SharedArray<Integer> array) {
    for (int i = 0; i < ROUNDS; ) {
      int now = array.get(2);
      if (array.compareAndSet(2, now, now + 1)) {
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
                        array -> {
                          for (int i = 0; i < ROUNDS; i++) {
                            array.update(i % 2, x -> x + 1);
                          }
                        }))
            .toList();
    for (var each : counting) {
      each.get();
    }
    assertElements(3 * ROUNDS / 2, 3 * ROUNDS / 2, 0, 0);
  }

  private static void assertOutside(Interrupts.Waiting call) {
    assertThatThrownBy(call::call).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void anIndexOutsideIsRefused() throws Exception {
    for (int wrong : new int[] {-1, 4, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      for (Party<SharedArray<Integer>> party : List.of(one, two)) {
        party.run(
            array -> {
              assertOutside(() -> array.get(wrong));
              assertOutside(() -> array.set(wrong, 1));
              assertOutside(() -> array.compareAndSet(wrong, 0, 1));
              assertOutside(() -> array.update(wrong, x -> 1));
            });
      }
    }
    assertElements(0, 0, 0, 0);
  }

  @Test
  void nullIsNoElement() throws Exception {
    for (Party<SharedArray<Integer>> party : List.of(one, two)) {
      party.run(
          array -> {
            assertThatThrownBy(() -> array.set(0, null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> array.compareAndSet(0, 0, null))
                .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> array.compareAndSet(0, null, 0))
                .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> array.update(0, x -> null))
                .isInstanceOf(NullPointerException.class);
          });
    }
    assertElements(0, 0, 0, 0);
  }

  @Test
  void iteratorsShowWhatWasThereAndChangeNothing() throws Exception {
    two.run(
        array -> {
          Iterator<Integer> all = array.iterator();
          array.set(3, 9);
          List<Integer> seen = new ArrayList<>();
          all.forEachRemaining(seen::add);
          assertThat(seen).containsExactly(0, 0, 0, 0);
          assertThatThrownBy(all::remove)
              .isInstanceOfAny(UnsupportedOperationException.class, IllegalStateException.class);
          assertThatThrownBy(() -> array.toList().set(0, 1))
              .isInstanceOf(UnsupportedOperationException.class);
        });
    assertElements(0, 0, 0, 9);
  }

  @Test
  void hasALockForMoreThanOneElement() throws Exception {
    one.run(array -> array.lock().lock());
    assertThat(one.is(array -> array.lock().tryLock())).isTrue();
    assertThat(two.is(array -> array.lock().tryLock())).isFalse();
    one.run(array -> array.lock().unlock());
    one.run(array -> array.lock().unlock());
    assertThat(two.is(array -> array.lock().tryLock())).isTrue();
  }

  @Test
  void mayBeEmpty() throws Exception {
    var parties = partiesOf((objects, name) -> objects.array(name, 0, 0));
    assertThat(parties.get(1).number(SharedArray::length)).isZero();
    assertThat(parties.get(1).<List<Integer>>ask(SharedArray::toList)).isEmpty();
    assertThatThrownBy(() -> parties.get(1).run(array -> array.get(0)))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(
            () -> partiesOf((objects, name) -> objects.array(name, -1, 0)).get(1).run(x -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itsLengthIsTheFirstOneWhateverIsSaidLater() throws Exception {
    var parties = partiesOf(Named::new);
    parties.get(0).run(named -> named.objects().array(named.name(), 3, 0).set(0, 1));
    assertThat(parties.get(1).number(named -> named.objects().array(named.name(), 5, 0).length()))
        .isEqualTo(3);
  }
}
