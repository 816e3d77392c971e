package taskpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NamedCallTest {
  private static final String SING = "taskpool.NamedCallTest#sing";

  static String sing(String name, int num) {
    return name + num;
  }

  static int over(int x) {
    return x;
  }

  static String over(String x) {
    return x;
  }

  @Test
  void takesArgumentsByPositionAndByName() {
    assertThat(Call.named(SING).args("Yuki", 3).build().arguments())
        .isEqualTo(Call.named(SING).args("Yuki").arg("num", 3).build().arguments())
        .isEqualTo(Call.named(SING).arg("num", 3).arg("name", "Yuki").build().arguments());
  }

  @Test
  void picksTheOverloadThatFits() {
    String over = "taskpool.NamedCallTest#over";
    assertThat(Call.named(over).args(1).build().closure().function().ref().descriptor())
        .isEqualTo("(I)I");
    assertThatThrownBy(() -> Call.named(over).args(1.5).build())
        .hasMessage(over + " can't be called with (Double); it is over(String x) or over(int x)");
  }

  @Test
  void saysWhatIsWrongAndWhatIsRight() {
    assertThatThrownBy(() -> Call.named("Sing.sing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"Sing.sing\"")
        .hasMessageContaining("com.acme.Sing#sing");
    assertThatThrownBy(() -> Call.named("com.acme.Gone#sing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("com.acme.Gone");
    assertThatThrownBy(() -> Call.named("taskpool.NamedCallTest#dance"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dance")
        .hasMessageContaining("sing");
    assertThatThrownBy(() -> Call.named(SING).arg("nmae", "Yuki"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(SING + " has no parameter \"nmae\"; it is sing(String name, int num)");
    assertThatThrownBy(() -> Call.named(SING).arg("name", "a").arg("name", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"name\"")
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> Call.named(SING).args("a").arg("name", "b").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("by position and by name");
    assertThatThrownBy(() -> Call.named(SING).args("a").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "argument \"num\" of " + SING + " is missing; it is sing(String name, int num)");
    assertThatThrownBy(() -> Call.named(SING).args("a", 1, 2).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes 2 arguments, not 3");
    assertThatThrownBy(() -> Call.named(SING).args(1, "a").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(Integer, String)");
  }

  @Test
  void theResultTypeIsChecked() {
    assertThat(Call.named(SING).args("a", 1).returning(String.class)).isNotNull();
    assertThatThrownBy(() -> Call.named(SING).args("a", 1).returning(Integer.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.String, not java.lang.Integer");
  }
}
