package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import taskpool.sync.SharedList;

/** What a list promises, and what {@link List} does of one without nulls. */
abstract class ListContract extends PrimitiveContract<SharedList<String>> {
  private static final int ROUNDS = 30;

  ListContract() {
    super((objects, name) -> objects.list(name, String.class));
  }

  private void assertElements(String... elements) throws Exception {
    for (Party<SharedList<String>> party : all()) {
      assertThat(party.<List<String>>ask(list -> new ArrayList<>(list))).containsExactly(elements);
      assertThat(party.number(list -> list.size())).isEqualTo(elements.length);
      assertThat(party.is(list -> list.isEmpty())).isEqualTo(elements.length == 0);
    }
  }

  @Test
  void allSeeWhatOneChanges() throws Exception {
    assertElements();
    assertThat(one.is(list -> list.add("a"))).isTrue();
    assertThat(two.is(list -> list.addAll(List.of("b", "c")))).isTrue();
    assertElements("a", "b", "c");
    two.run(list -> list.add(0, "x"));
    assertThat(one.is(list -> list.addAll(2, List.of("y", "z")))).isTrue();
    assertElements("x", "a", "y", "z", "b", "c");
    assertThat(two.<String>ask(list -> list.set(1, "A"))).isEqualTo("a");
    assertThat(one.<String>ask(list -> list.remove(0))).isEqualTo("x");
    assertThat(two.is(list -> list.remove("c"))).isTrue();
    assertThat(two.is(list -> list.remove("c"))).isFalse();
    assertThat(two.is(list -> list.addAll(List.of()))).isFalse();
    assertElements("A", "y", "z", "b");
    assertThat(two.<String>ask(list -> list.get(3))).isEqualTo("b");
    one.run(list -> list.clear());
    assertElements();
  }

  @Test
  void elementsAreFound() throws Exception {
    one.run(list -> list.addAll(List.of("a", "b", "a")));
    two.run(
        list -> {
          assertThat(list.contains("b")).isTrue();
          assertThat(list.contains("c")).isFalse();
          assertThat(list.contains(null)).isFalse();
          assertThat(list.indexOf("a")).isZero();
          assertThat(list.lastIndexOf("a")).isEqualTo(2);
          assertThat(list.indexOf("c")).isEqualTo(-1);
          assertThat(list.remove((Object) 5)).isFalse();
          assertThat(list.equals(List.of("a", "b", "a"))).isTrue();
          assertThat(list.hashCode()).isEqualTo(List.of("a", "b", "a").hashCode());
          assertThat(list.toArray(new String[0])).containsExactly("a", "b", "a");
          assertThat(list.subList(1, 3)).containsExactly("b", "a");
        });
    assertThat(two.is(list -> list.remove("a"))).isTrue(); // the first one
    assertElements("b", "a");
  }

  private static void assertOutside(Interrupts.Waiting call) {
    assertThatThrownBy(call::call).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void anIndexOutsideIsRefused() throws Exception {
    one.run(list -> list.add("a"));
    for (int wrong : new int[] {-1, 2, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      for (Party<SharedList<String>> party : List.of(one, two)) {
        party.run(
            list -> {
              assertOutside(() -> list.get(wrong));
              assertOutside(() -> list.set(wrong, "b"));
              assertOutside(() -> list.add(wrong, "b"));
              assertOutside(() -> list.addAll(wrong, List.of("b")));
              assertOutside(() -> list.remove(wrong));
              assertOutside(() -> list.compareAndSet(wrong, "a", "b"));
              assertOutside(() -> list.update(wrong, x -> "b"));
            });
      }
    }
    two.run(
        list -> {
          assertOutside(() -> list.get(1));
          assertOutside(() -> list.set(1, "b"));
          assertOutside(() -> list.remove(1));
        });
    assertElements("a");
    two.run(list -> list.add(1, "b")); // the end is a place for it
    assertElements("a", "b");
  }

  private static void assertRefusesNull(Interrupts.Waiting call) {
    assertThatThrownBy(call::call).isInstanceOf(NullPointerException.class);
  }

  @Test
  void nullIsNoElementAndNothingIsChanged() throws Exception {
    one.run(list -> list.add("a"));
    for (Party<SharedList<String>> party : List.of(one, two)) {
      party.run(
          list -> {
            assertRefusesNull(() -> list.add(null));
            assertRefusesNull(() -> list.add(0, null));
            assertRefusesNull(() -> list.addAll(Arrays.asList("b", null)));
            assertRefusesNull(() -> list.addAll(0, Arrays.asList("b", null)));
            assertRefusesNull(() -> list.set(0, null));
            assertRefusesNull(() -> list.compareAndSet(0, "a", null));
            assertRefusesNull(() -> list.compareAndSet(0, null, "b"));
            assertRefusesNull(() -> list.update(0, x -> null));
            assertThat(list.remove(null)).isFalse();
          });
    }
    assertElements("a");
  }

  @Test
  void elementsAreComparedAndSetInOneStep() throws Exception {
    one.run(list -> list.addAll(List.of("a", "0")));
    assertThat(two.is(list -> list.compareAndSet(0, "b", "c"))).isFalse();
    assertThat(two.is(list -> list.compareAndSet(0, "a", "b"))).isTrue();
    assertThat(one.is(list -> list.compareAndSet(0, "a", "c"))).isFalse();
    assertElements("b", "0");
  }

  @Test
  void noChangeIsLostUnderContention() throws Exception {
    one.run(list -> list.addAll(List.of("0", "0")));
    var counting =
        List.of(one, two).stream()
            .map(
                party ->
                    party.start(
                        list -> {
                          int updates = 0;
                          for (int i = 0; i < ROUNDS; updates++) {
                            String now = list.get(0);
                            String next = Integer.toString(Integer.parseInt(now) + 1);
                            i += list.compareAndSet(0, now, next) ? 1 : 0;
                            list.update(1, x -> Integer.toString(Integer.parseInt(x) + 1));
                            list.add("end");
                          }
                          return updates;
                        }))
            .toList();
    int updates = counting.get(0).get() + counting.get(1).get();
    assertThat(three.<String>ask(list -> list.get(0))).isEqualTo(Integer.toString(2 * ROUNDS));
    assertThat(three.<String>ask(list -> list.get(1))).isEqualTo(Integer.toString(updates));
    assertThat(three.number(list -> list.size())).isEqualTo(2 + updates);
  }

  @Test
  void iteratorsShowWhatWasThere() throws Exception {
    one.run(list -> list.addAll(List.of("a", "b", "c")));
    two.run(
        list -> {
          Iterator<String> all = list.iterator();
          assertThatThrownBy(all::remove).isInstanceOf(IllegalStateException.class);
          list.remove("c");
          list.add("d");
          List<String> seen = new ArrayList<>();
          all.forEachRemaining(seen::add);
          assertThat(seen).containsExactly("a", "b", "c");
          assertThatThrownBy(all::next).isInstanceOf(NoSuchElementException.class);
        });
    assertElements("a", "b", "d");
  }

  @Test
  void anIteratorTakesOutWhatItHasShown() throws Exception {
    one.run(list -> list.addAll(List.of("a", "b", "a", "c")));
    two.run(
        list -> {
          Iterator<String> all = list.iterator();
          all.next();
          all.next();
          all.next();
          all.remove();
          assertThatThrownBy(all::remove).isInstanceOf(IllegalStateException.class);
          assertThat(all.next()).isEqualTo("c");
        });
    assertElements("a", "b", "c");
    assertThat(two.is(list -> list.removeIf(x -> x.compareTo("b") >= 0))).isTrue();
    assertThat(two.is(list -> list.retainAll(List.of("a")))).isFalse();
    assertElements("a");
  }

  @Test
  void isSortedAndReplacedInSeveralSteps() throws Exception {
    one.run(list -> list.addAll(List.of("b", "c", "a")));
    two.run(list -> list.sort(null));
    assertElements("a", "b", "c");
    two.run(list -> list.replaceAll(x -> x + x));
    assertElements("aa", "bb", "cc");
    two.run(
        list -> {
          ListIterator<String> back = list.listIterator(3);
          assertThat(back.previous()).isEqualTo("cc");
          back.set("dd");
          back.previous();
          back.remove();
        });
    assertElements("aa", "dd");
  }

  @Test
  void elementsAreTheSameIfTheyAreWrittenAlike() throws Exception {
    var parties = partiesOf((objects, name) -> objects.<Object>list(name));
    parties.get(0).run(list -> list.addAll(List.of(new byte[] {1}, "b", new byte[] {1})));
    parties
        .get(1)
        .run(
            list -> {
              assertThat(list.contains(new byte[] {1})).isTrue();
              assertThat(list.contains(new byte[] {2})).isFalse();
              assertThat(list.contains(new Object())).isFalse();
              assertThat(list.indexOf(new byte[] {1})).isZero();
              assertThat(list.lastIndexOf(new byte[] {1})).isEqualTo(2);
              assertThat(list.lastIndexOf(null)).isEqualTo(-1);
            });
  }

  @Test
  void anIteratorTakesOutWhatWasChangedAfterItWasShown() throws Exception {
    var parties = partiesOf((objects, name) -> objects.<Object>list(name));
    parties.get(0).run(list -> list.add(new ArrayList<>(List.of("a"))));
    parties
        .get(1)
        .run(
            list ->
                list.removeIf(
                    element -> {
                      ((List<?>) element).clear();
                      return true;
                    }));
    assertThat(parties.get(0).is(list -> list.isEmpty())).isTrue();
  }

  @Test
  void streamsShowWhatWasThereThoughOthersChangeIt() throws Exception {
    var changing =
        two.begin(
            list -> {
              for (int i = 0; i < 10 * ROUNDS; i++) {
                list.add("a");
                list.remove("a");
              }
            });
    one.run(
        list -> {
          for (int i = 0; i < 3 * ROUNDS; i++) {
            assertThat(list.stream().toList()).hasSizeBetween(0, 1);
          }
        });
    changing.get();
  }
}
