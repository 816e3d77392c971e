package taskpool.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import taskpool.protocol.Chunk;
import taskpool.protocol.Outcome;

class AssemblerTest {
  private final Assembler assembler = new Assembler();

  private static Outcome withoutPayload(long id) {
    return new Outcome(id, Outcome.Kind.VALUES, null);
  }

  @Test
  void givesAWholePayloadAsItIs() {
    byte[] payload = {1, 2};

    assertThat(assembler.payloadOf(new Outcome(1, Outcome.Kind.VALUES, payload))).isSameAs(payload);
  }

  @Test
  void putsThePiecesOfSeveralPayloadsTogether() {
    assembler.add(new Chunk(1, 3, new byte[] {1, 2}));
    assembler.add(new Chunk(2, 2, new byte[] {7}));
    assembler.add(new Chunk(1, 3, new byte[] {3}));
    assembler.add(new Chunk(2, 2, new byte[] {8}));

    assertThat(assembler.payloadOf(withoutPayload(1))).containsExactly(1, 2, 3);
    assertThat(assembler.payloadOf(withoutPayload(2))).containsExactly(7, 8);
  }

  @Test
  void givesNothingForAParcelThatHasNone() {
    assertThat(assembler.payloadOf(withoutPayload(1))).isEmpty();
  }

  @Test
  void refusesAParcelThatComesBeforeItsLastPiece() {
    assembler.add(new Chunk(1, 3, new byte[] {1, 2}));

    assertThatThrownBy(() -> assembler.payloadOf(withoutPayload(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 of its 3 bytes");
  }
}
