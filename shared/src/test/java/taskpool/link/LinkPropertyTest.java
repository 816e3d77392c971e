package taskpool.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class LinkPropertyTest {
  private static final int ROUNDS = 2_000;

  /** Everything arrives once and in order, whatever is dropped, repeated or reordered. */
  @Property(tries = 200)
  void arrivesOnceAndInOrder(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 200) int numbers,
      @ForAll @DoubleRange(min = 0, max = 0.6) double drop,
      @ForAll @DoubleRange(min = 0, max = 0.6) double repeat) {
    Random random = new Random(seed);
    LinkEnd a = new LinkEnd();
    LinkEnd b = new LinkEnd();
    for (int i = 1; i <= numbers; i++) {
      a.send(i, 0);
      b.send(-i, 0);
    }
    long nowNanos = 0;
    for (int round = 0; round < ROUNDS && !(a.link.atRest() && b.link.atRest()); round++) {
      // Longer than the longest patience, so that each round repeats what is missing.
      nowNanos += 64 * LinkEnd.RESEND_NANOS;
      carry(a, b, random, drop, repeat, nowNanos);
      carry(b, a, random, drop, repeat, nowNanos);
      a.link.tick(nowNanos);
      b.link.tick(nowNanos);
    }

    List<Integer> all = IntStream.rangeClosed(1, numbers).boxed().toList();
    assertThat(b.received).isEqualTo(all);
    assertThat(a.received).isEqualTo(all.stream().map(number -> -number).toList());
    assertThat(a.link.atRest()).isTrue();
    assertThat(b.link.atRest()).isTrue();
  }

  private static void carry(
      LinkEnd from, LinkEnd to, Random random, double drop, double repeat, long nowNanos) {
    List<LinkEnd.Sent> messages = new ArrayList<>();
    for (LinkEnd.Sent message : from.sent) {
      if (random.nextDouble() >= drop) {
        messages.add(message);
        if (random.nextDouble() < repeat) {
          messages.add(message);
        }
      }
    }
    from.sent.clear();
    Collections.shuffle(messages, random);
    messages.forEach(message -> to.receive(message, nowNanos));
  }
}
