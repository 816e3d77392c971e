package taskpool.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import taskpool.protocol.Chunk;
import taskpool.protocol.Outcome;

class ParcelQueueTest {
  private static final int BATCH_BYTES = 1_000;

  private final ParcelQueue<Outcome> queue =
      new ParcelQueue<>(new LinkSettings(BATCH_BYTES, 8_000, 4, 2, Duration.ofMillis(300)));
  private final List<Outcome> parcels = new ArrayList<>();
  private final List<Chunk> chunks = new ArrayList<>();

  private void add(long id, int bytes) {
    queue.add(new Outcome(id, Outcome.Kind.VALUES, new byte[bytes]));
  }

  private void drain() {
    parcels.clear();
    chunks.clear();
    queue.drainTo(parcels, chunks, BATCH_BYTES);
  }

  @Test
  void smallParcelsGoWholeAndInOrder() {
    add(1, 10);
    add(2, 250);
    add(3, 0);
    drain();

    assertThat(parcels).extracting(Outcome::id).containsExactly(1L, 2L, 3L);
    assertThat(chunks).isEmpty();
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.bytes()).isZero();
  }

  @Test
  void aBatchHoldsAboutAsMuchAsItMay() {
    for (int id = 1; id <= 100; id++) {
      add(id, 76);
    }
    drain();

    assertThat(parcels).hasSize(10);
    assertThat(queue.bytes()).isEqualTo(90 * 100);
  }

  @Test
  void aLargeParcelFollowsItsLastChunkWithoutItsPayload() {
    add(1, 2_500);
    List<Chunk> all = new ArrayList<>();
    while (!queue.isEmpty()) {
      assertThat(queue.contains(1)).isTrue();
      drain();
      all.addAll(chunks);
    }

    assertThat(all).allMatch(chunk -> chunk.id() == 1 && chunk.totalBytes() == 2_500);
    assertThat(all.stream().mapToInt(chunk -> chunk.bytes().length).sum()).isEqualTo(2_500);
    assertThat(all).allMatch(chunk -> chunk.bytes().length <= BATCH_BYTES);
    assertThat(parcels).containsExactly(new Outcome(1, Outcome.Kind.VALUES, null));
    assertThat(queue.contains(1)).isFalse();
    assertThat(queue.bytes()).isZero();
  }

  @Test
  void smallParcelsAndChunksShareABatch() {
    add(1, 100_000);
    for (int id = 2; id <= 100; id++) {
      add(id, 76);
    }
    drain();

    assertThat(parcels).extracting(Outcome::id).containsExactly(2L, 3L, 4L, 5L, 6L);
    assertThat(chunks).hasSize(1);
    assertThat(chunks.get(0).bytes().length).isGreaterThan(400);
  }

  @Test
  void inAProcessNothingIsCut() {
    ParcelQueue<Outcome> local = new ParcelQueue<>(LinkSettings.local());
    local.add(new Outcome(1, Outcome.Kind.VALUES, new byte[1_000_000]));
    local.drainTo(parcels, chunks, Integer.MAX_VALUE);

    assertThat(parcels).hasSize(1);
    assertThat(chunks).isEmpty();
  }

  @Test
  void nothingOvertakesALargeParcelIfTheOrderMatters() {
    ParcelQueue<Outcome> ordered =
        ParcelQueue.inOrder(new LinkSettings(BATCH_BYTES, 8_000, 4, 2, Duration.ofMillis(300)));
    long id = 0;
    for (int bytes : List.of(10, 2_500, 10, 0, 700, 200, 250, 251, 10)) {
      ordered.add(new Outcome(++id, Outcome.Kind.VALUES, new byte[bytes]));
    }
    List<Long> arrived = new ArrayList<>();
    Assembler assembler = new Assembler();
    while (!ordered.isEmpty()) {
      parcels.clear();
      chunks.clear();
      ordered.drainTo(parcels, chunks, BATCH_BYTES);
      chunks.forEach(assembler::add);
      parcels.forEach(
          parcel -> {
            arrived.add(parcel.id());
            assertThat(assembler.payloadOf(parcel)).isNotNull();
          });
    }
    assertThat(arrived).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(ordered.bytes()).isZero();
  }
}
