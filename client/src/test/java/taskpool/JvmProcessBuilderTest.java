package taskpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JvmProcessBuilderTest {
  private final JvmProcessBuilder builder = JvmProcess.builder();

  static void sing(String who, int notes) {
    sung = who + " " + notes;
  }

  private static String sung = "";

  @Test
  void takesAFunctionWithArguments() throws Exception {
    JvmProcess process =
        builder.name("singer").daemon(true).of(JvmProcessBuilderTest::sing, "a", 3);
    assertThat(process.name()).isEqualTo("singer");
    assertThat(process.daemon()).isTrue();
    process.run();
    assertThat(sung).isEqualTo("a 3");
  }

  @Test
  void aNameIsNeitherBlankNorABook() {
    assertThatThrownBy(() -> builder.name(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("blank");
    assertThatThrownBy(() -> builder.name("x".repeat(70_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("70000");
  }
}
