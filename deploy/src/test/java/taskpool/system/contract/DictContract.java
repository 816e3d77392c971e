package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import taskpool.error.NotSendableException;
import taskpool.sync.SharedDict;

/** What a dictionary promises, and what {@link java.util.concurrent.ConcurrentMap} does. */
abstract class DictContract extends PrimitiveContract<SharedDict<String, Integer>> {
  private static final int ROUNDS = 30;

  DictContract() {
    super((objects, name) -> objects.dict(name, String.class, Integer.class));
  }

  private void assertEntries(Map<String, Integer> entries) throws Exception {
    for (Party<SharedDict<String, Integer>> party : all()) {
      assertThat(party.<Map<String, Integer>>ask(dict -> dict.toMap())).isEqualTo(entries);
      assertThat(party.number(dict -> dict.size())).isEqualTo(entries.size());
      assertThat(party.is(dict -> dict.isEmpty())).isEqualTo(entries.isEmpty());
    }
  }

  @Test
  void allSeeWhatOneChanges() throws Exception {
    assertEntries(Map.of());
    assertThat(one.<Integer>ask(dict -> dict.put("a", 1))).isNull();
    assertThat(two.<Integer>ask(dict -> dict.put("a", 2))).isEqualTo(1);
    one.run(dict -> dict.putAll(Map.of("b", 3)));
    assertEntries(Map.of("a", 2, "b", 3));
    assertThat(two.<Integer>ask(dict -> dict.get("a"))).isEqualTo(2);
    assertThat(two.<Integer>ask(dict -> dict.get("c"))).isNull();
    assertThat(two.<Integer>ask(dict -> dict.getOrDefault("c", 9))).isEqualTo(9);
    assertThat(two.is(dict -> dict.containsKey("a"))).isTrue();
    assertThat(two.is(dict -> dict.containsKey("c"))).isFalse();
    assertThat(two.is(dict -> dict.containsValue(3))).isTrue();
    assertThat(two.is(dict -> dict.containsValue(4))).isFalse();
    assertThat(one.<Integer>ask(dict -> dict.remove("a"))).isEqualTo(2);
    assertThat(two.<Integer>ask(dict -> dict.remove("a"))).isNull();
    assertThat(two.is(dict -> dict.equals(Map.of("b", 3)))).isTrue();
    assertThat(two.number(dict -> dict.hashCode())).isEqualTo(Map.of("b", 3).hashCode());
    two.run(dict -> dict.clear());
    assertEntries(Map.of());
  }

  @Test
  void conditionsAreLookedAtInTheSameStep() throws Exception {
    assertThat(one.<Integer>ask(dict -> dict.putIfAbsent("a", 1))).isNull();
    assertThat(two.<Integer>ask(dict -> dict.putIfAbsent("a", 2))).isEqualTo(1);
    assertThat(two.<Integer>ask(dict -> dict.replace("b", 2))).isNull();
    assertThat(two.<Integer>ask(dict -> dict.replace("a", 3))).isEqualTo(1);
    assertThat(one.is(dict -> dict.replace("a", 1, 4))).isFalse();
    assertThat(one.is(dict -> dict.replace("a", 3, 4))).isTrue();
    assertThat(two.is(dict -> dict.remove("a", 3))).isFalse();
    assertThat(two.is(dict -> dict.remove("b", 3))).isFalse();
    assertEntries(Map.of("a", 4));
    assertThat(two.is(dict -> dict.remove("a", 4))).isTrue();
    assertEntries(Map.of());
  }

  @Test
  void onlyOneIsTheFirstToPut() throws Exception {
    var putting =
        all().stream()
            .map(
                party ->
                    party.start(
                        dict -> {
                          int first = 0;
                          for (int i = 0; i < ROUNDS; i++) {
                            first += dict.putIfAbsent("key " + i, i) == null ? 1 : 0;
                          }
                          return first;
                        }))
            .toList();
    int first = 0;
    for (var each : putting) {
      first += each.get();
    }
    assertThat(first).isEqualTo(ROUNDS);
  }

  private static void count(SharedDict<String, Integer> dict) {
    for (int i = 0; i < ROUNDS; i++) {
      dict.merge("merged", 1, Integer::sum);
      dict.compute("computed", (key, value) -> value == null ? 1 : value + 1);
      dict.computeIfPresent("present", (key, value) -> value + 1);
      dict.computeIfAbsent("absent " + i, key -> 0);
      dict.merge("absent " + i, 1, Integer::sum);
    }
  }

  @Test
  void noChangeIsLostUnderContention() throws Exception {
    one.run(dict -> dict.put("present", 0));
    var counting = all().stream().map(party -> party.begin(DictContract::count)).toList();
    for (var each : counting) {
      each.get();
    }
    Map<String, Integer> all = two.ask(dict -> dict.toMap());
    assertThat(all)
        .hasSize(3 + ROUNDS)
        .containsEntry("merged", 3 * ROUNDS)
        .containsEntry("computed", 3 * ROUNDS)
        .containsEntry("present", 3 * ROUNDS);
    for (int i = 0; i < ROUNDS; i++) {
      assertThat(all).containsEntry("absent " + i, 3);
    }
  }

  @Test
  void functionsThatGiveNullTakeOut() throws Exception {
    one.run(dict -> dict.putAll(Map.of("a", 1, "b", 2, "c", 3)));
    assertThat(two.<Integer>ask(dict -> dict.merge("a", 1, (x, y) -> null))).isNull();
    assertThat(two.<Integer>ask(dict -> dict.compute("b", (key, value) -> null))).isNull();
    assertThat(two.<Integer>ask(dict -> dict.computeIfPresent("c", (key, value) -> null))).isNull();
    assertThat(two.<Integer>ask(dict -> dict.computeIfAbsent("d", key -> null))).isNull();
    assertThat(two.<Integer>ask(dict -> dict.computeIfPresent("d", (key, value) -> 1))).isNull();
    assertEntries(Map.of());
  }

  private static void assertRefusesNull(Interrupts.Waiting call) {
    assertThatThrownBy(call::call).isInstanceOf(NullPointerException.class);
  }

  @Test
  void nullIsNeitherKeyNorValue() throws Exception {
    one.run(dict -> dict.put("a", 1));
    for (Party<SharedDict<String, Integer>> party : List.of(one, two)) {
      party.run(
          dict -> {
            assertRefusesNull(() -> dict.put(null, 1));
            assertRefusesNull(() -> dict.put("a", null));
            assertRefusesNull(() -> dict.putIfAbsent("a", null));
            assertRefusesNull(() -> dict.replace("a", null));
            assertRefusesNull(() -> dict.replace("a", 1, null));
            assertRefusesNull(() -> dict.replace("a", null, 1));
            assertRefusesNull(() -> dict.merge("a", null, Integer::sum));
            assertRefusesNull(() -> dict.get(null));
            assertThatThrownBy(() -> assertThat(dict.containsKey(null)).isFalse())
                .isInstanceOf(NullPointerException.class);
            assertRefusesNull(() -> dict.remove(null));
            assertThat(dict.remove("a", null)).isFalse();
          });
    }
    assertEntries(Map.of("a", 1));
  }

  @Test
  void viewsShowWhatWasThereInItsOrder() throws Exception {
    for (String key : List.of("c", "a", "b")) {
      one.run(dict -> dict.put(key, 0));
    }
    two.run(
        dict -> {
          Iterator<Map.Entry<String, Integer>> all = dict.entrySet().iterator();
          assertThatThrownBy(all::remove).isInstanceOf(IllegalStateException.class);
          dict.remove("a");
          dict.put("d", 1);
          List<String> seen = new ArrayList<>();
          all.forEachRemaining(entry -> seen.add(entry.getKey()));
          assertThat(seen).containsExactly("c", "a", "b");
          assertThat(dict.keySet()).containsExactly("c", "b", "d");
          assertThat(dict.values()).containsExactly(0, 0, 1);
        });
  }

  @Test
  void whatIsChangedThroughAViewIsChangedForAll() throws Exception {
    one.run(dict -> dict.putAll(Map.of("a", 1, "b", 2, "c", 3, "d", 4)));
    two.run(
        dict -> {
          for (Map.Entry<String, Integer> entry : dict.entrySet()) {
            assertThat(entry.setValue(10 * entry.getValue())).isNotNull();
          }
          assertThat(dict.keySet().remove("a")).isTrue();
          assertThat(dict.keySet().remove("x")).isFalse();
          assertThat(dict.values().remove(20)).isTrue();
          assertThat(dict.entrySet().removeIf(entry -> entry.getValue() == 30)).isTrue();
        });
    assertEntries(Map.of("d", 40));
    two.run(dict -> dict.keySet().clear());
    assertEntries(Map.of());
  }

  @Test
  void whatIsGotIsACopy() throws Exception {
    var parties = partiesOf((objects, name) -> objects.<String, Object>dict(name));
    parties
        .get(1)
        .run(
            dict -> {
              List<Object> mine = new ArrayList<>(List.of(1));
              dict.put("a", mine);
              mine.add(2);
              dict.toMap().clear();
              assertThatThrownBy(() -> dict.put("b", new Object()))
                  .isInstanceOf(NotSendableException.class);
              assertThat(dict.get(new Object())).isNull(); // it can't be in
            });
    assertThat(parties.get(0).<Object>ask(dict -> dict.toMap())).isEqualTo(Map.of("a", List.of(1)));
  }

  /** Changes what it is given, and gives it back. */
  private static List<Object> grow(List<Object> list, Object more) {
    list.add(more);
    return list;
  }

  @Test
  void aFunctionMayChangeTheCopyThatItIsGiven() throws Exception {
    var parties = partiesOf((objects, name) -> objects.<String, List<Object>>dict(name));
    for (var party : parties) {
      party.run(
          dict -> {
            dict.compute("a", (key, list) -> grow(list == null ? new ArrayList<>() : list, 1));
            dict.computeIfPresent("a", (key, list) -> grow(list, 2));
            dict.merge("a", List.of(3), (list, more) -> grow(list, 3));
            dict.replaceAll((key, list) -> grow(list, 4));
          });
    }
    assertThat(parties.get(0).<List<Object>>ask(dict -> dict.get("a")))
        .isEqualTo(List.of(1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4));
  }

  @Test
  void valuesAreTheSameIfTheyAreWrittenAlike() throws Exception {
    var parties = partiesOf((objects, name) -> objects.<String, Object>dict(name));
    parties.get(0).run(dict -> dict.put("a", new byte[] {1, 2}));
    parties
        .get(1)
        .run(
            dict -> {
              assertThat(dict.containsValue(new byte[] {1, 2})).isTrue();
              assertThat(dict.values().contains(new byte[] {1, 2})).isTrue();
              assertThat(dict.containsValue(new byte[] {1})).isFalse();
              assertThat(dict.containsValue(new Object())).isFalse();
              assertThat(dict.keySet().contains("a")).isTrue();
              assertThat(dict.entrySet().contains(Map.entry("a", new byte[] {1, 2}))).isTrue();
              assertThat(dict.entrySet().remove(Map.entry("a", new byte[] {1}))).isFalse();
              assertThat(dict.values().remove(new byte[] {1})).isFalse();
              assertThat(dict.values().remove(new byte[] {1, 2})).isTrue();
              assertThat(dict.isEmpty()).isTrue();
            });
  }

  @Test
  void viewsTakeOutAndSetWhatWasChangedAfterItWasShown() throws Exception {
    var parties = partiesOf((objects, name) -> objects.<List<Object>, Integer>dict(name));
    parties.get(0).run(dict -> dict.putAll(Map.of(List.of("a"), 1, List.of("b"), 2)));
    parties
        .get(1)
        .run(
            dict -> {
              for (Map.Entry<List<Object>, Integer> entry : dict.entrySet()) {
                entry.getKey().clear();
                int before = entry.setValue(3);
                assertThat(before).isBetween(1, 2);
              }
              assertThat(dict.toMap()).isEqualTo(Map.of(List.of("a"), 3, List.of("b"), 3));
              dict.keySet()
                  .removeIf(
                      key -> {
                        key.clear();
                        return true;
                      });
              assertThat(dict.isEmpty()).isTrue();
            });
  }

  @Test
  void streamsShowWhatWasThereThoughOthersChangeIt() throws Exception {
    var changing =
        two.begin(
            dict -> {
              for (int i = 0; i < 10 * ROUNDS; i++) {
                dict.put("key " + i % 2, i);
                dict.remove("key " + (i + 1) % 2);
              }
            });
    one.run(
        dict -> {
          for (int i = 0; i < ROUNDS; i++) {
            assertThat(dict.keySet().stream().toList()).hasSizeBetween(0, 2);
            assertThat(dict.values().stream().toList()).hasSizeBetween(0, 2);
            assertThat(dict.entrySet().stream().toList()).hasSizeBetween(0, 2);
          }
        });
    changing.get();
  }
}
