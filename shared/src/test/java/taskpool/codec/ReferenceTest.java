package taskpool.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import taskpool.error.NotSendableException;

class ReferenceTest {

  /** Something of which there is one. */
  public interface Bell {
    String ring();
  }

  /** Known by its name only: its state is not to be sent. */
  private static final class Tower implements Bell {
    static final Map<String, Tower> ALL = new ConcurrentHashMap<>();

    private final String name;
    private final Thread ringer = new Thread(() -> {});
    private int rung;

    Tower(String name) {
      this.name = name;
      ALL.put(name, this);
    }

    @Override
    public String ring() {
      return name + " " + ++rung + (ringer.isAlive() ? "?" : "");
    }
  }

  /** Another end. */
  private record Rope(String name) implements Bell {
    @Override
    public String ring() {
      return "by rope: " + Tower.ALL.get(name).ring();
    }
  }

  /** What travels. */
  public record BellName(String name) {}

  /** Found as a service. */
  public static final class BellReferences implements ReferenceType<Bell, BellName> {
    @Override
    public Class<Bell> type() {
      return Bell.class;
    }

    @Override
    public Class<BellName> form() {
      return BellName.class;
    }

    @Override
    public BellName refer(Bell bell) {
      if (bell instanceof Tower tower) {
        return new BellName(tower.name);
      }
      throw new NotSendableException("only a tower's bell can be sent");
    }

    @Override
    public Bell resolve(BellName reference) {
      return new Rope(reference.name());
    }
  }

  static String ring(Bell bell) {
    return bell == null ? "silence" : bell.ring();
  }

  static String ringAll(List<Bell> bells, Map<String, Bell> more) {
    return ring(bells.get(0)) + ", " + ring(more.get("a"));
  }

  /** Has one in a field. */
  record Village(String name, Bell bell) {}

  static String ringIn(Village village) {
    return village.name() + ": " + ring(village.bell());
  }

  static Bell same(Bell bell) {
    return bell;
  }

  static Bell cast(String name) {
    return new Tower(name);
  }

  @Test
  void whatArrivesIsAnotherEndOfTheSameThing() throws Throwable {
    Bell bell = new Tower("Emma");
    Fn.F1<Bell, String> ring = ReferenceTest::ring;
    assertThat(Travel.call(ring, bell)).isEqualTo("by rope: Emma 1");
    assertThat(bell.ring()).isEqualTo("Emma 2");
    assertThat(Travel.call(ring, bell)).isEqualTo("by rope: Emma 3");
    assertThat(Travel.call(ring, (Object) null)).isEqualTo("silence");
  }

  @Test
  void itMayBeCapturedInAFieldAndInACollection() throws Throwable {
    Bell bell = new Tower("Susanne");
    Fn.F0<String> captured = () -> ring(bell);
    assertThat(Travel.call(captured)).isEqualTo("by rope: Susanne 1");
    Fn.F1<Village, String> ringIn = ReferenceTest::ringIn;
    assertThat(Travel.call(ringIn, new Village("Köln", bell)))
        .isEqualTo("Köln: by rope: Susanne 2");
    Fn.F2<List<Bell>, Map<String, Bell>, String> ringAll = ReferenceTest::ringAll;
    assertThat(Travel.call(ringAll, List.of(bell), Map.of("a", bell)))
        .isEqualTo("by rope: Susanne 3, by rope: Susanne 4");
  }

  @Test
  void aResultMayBeOne() throws Throwable {
    Fn.F1<Bell, Bell> same = ReferenceTest::same;
    assertThatThrownBy(() -> Travel.call(same, new Tower("Petersglocke")))
        .isInstanceOf(NotSendableException.class) // by then it is a rope
        .hasMessageContaining("only a tower's bell");
    Fn.F1<String, Bell> cast = ReferenceTest::cast;
    assertThat(Travel.call(cast, "Josef")).isInstanceOf(Rope.class);
  }

  @Test
  void onlyItsInterfaceMayBeDeclared() {
    Fn.F1<Object, String> anything = String::valueOf;
    assertThatThrownBy(() -> Travel.call(anything, new Tower("Anna")))
        .isInstanceOf(NotSendableException.class);
    Fn.F1<Bell, String> ring = ReferenceTest::ring;
    assertThatThrownBy(() -> Travel.call(ring, new Rope("Anna")))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining("Rope")
        .hasMessageContaining("only a tower's bell");
  }
}
