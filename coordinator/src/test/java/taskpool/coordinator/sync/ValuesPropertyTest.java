package taskpool.coordinator.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.Items;
import taskpool.protocol.Swap;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply.Status;

/** Dictionaries and lists do what the JDK's do. */
class ValuesPropertyTest {
  private static final int STEPS = 300;
  private static final int TEXTS = 4;

  /** What was answered. */
  private record Answer(Status status, long value, @Nullable String text, List<String> all) {}

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static Answer ask(
      Primitive primitive,
      AnswerBook book,
      SyncOperation operation,
      long argument,
      byte @Nullable [] payload) {
    List<Answer> answers = new ArrayList<>();
    book.ask(
        primitive,
        1,
        operation,
        argument,
        payload,
        (who, status, value, bytes) -> {
          List<String> all =
              operation == SyncOperation.READ_ALL
                  ? Items.split(bytes).stream().map(ValuesPropertyTest::text).toList()
                  : List.of();
          answers.add(new Answer(status, value, bytes == null ? null : text(bytes), all));
        });
    assertThat(answers).as("nobody waits here").hasSize(1);
    return answers.get(0);
  }

  private static String anyText(Random random) {
    return "t" + random.nextInt(TEXTS);
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void aDictionaryIsAMap(@ForAll long seed) {
    Random random = new Random(seed);
    AnswerBook book = new AnswerBook();
    DictState dict = new DictState(Optional.empty(), book);
    Map<String, String> model = new LinkedHashMap<>();
    for (int i = 0; i < STEPS; i++) {
      String key = anyText(random);
      String before = model.get(key);
      Status status = before == null ? Status.ABSENT : Status.OK;
      if (random.nextInt(20) == 0) {
        assertThat(ask(dict, book, SyncOperation.CLEAR_ALL, 0, null).status).isEqualTo(Status.OK);
        model.clear();
      } else if (random.nextInt(4) == 0) {
        Answer answer = ask(dict, book, SyncOperation.GET, 0, bytes(key));
        assertThat(answer).isEqualTo(new Answer(status, 0, before, List.of()));
      } else {
        Swap swap = anySwap(random, bytes(key));
        boolean done = swap.isDone(before == null ? null : bytes(before));
        Answer answer = ask(dict, book, SyncOperation.SWAP, 0, swap.encode());
        assertThat(answer).isEqualTo(new Answer(status, done ? 1 : 0, before, List.of()));
        byte[] next = swap.next();
        if (done && next == null) {
          model.remove(key);
        } else if (done) {
          model.put(key, text(next));
        }
      }
      List<String> entries = new ArrayList<>();
      model.forEach(
          (name, value) -> {
            entries.add(name);
            entries.add(value);
          });
      assertThat(ask(dict, book, SyncOperation.READ_ALL, 0, null).all).isEqualTo(entries);
      assertThat(ask(dict, book, SyncOperation.STATE, 0, null).value).isEqualTo(model.size());
    }
  }

  private static Swap anySwap(Random random, byte[] key) {
    byte @Nullable [] next = random.nextInt(4) == 0 ? null : bytes(anyText(random));
    byte[] sure = bytes(anyText(random));
    return switch (random.nextInt(4)) {
      case 0 -> Swap.always(key, next);
      case 1 -> Swap.ifAbsent(key, sure);
      case 2 -> Swap.ifPresent(key, sure);
      default -> Swap.ifEqual(key, bytes(anyText(random)), next);
    };
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void tokensOfChangesGrow(@ForAll long seed) {
    Random random = new Random(seed);
    AnswerBook book = new AnswerBook();
    DictState dict = new DictState(Optional.of(bytes("first")), book);
    String model = "first";
    long highest = 0;
    for (int i = 0; i < STEPS; i++) {
      long token = random.nextInt(3) == 0 ? 0 : Math.max(1, highest + random.nextInt(5) - 3);
      byte[] swap = Swap.always(new byte[0], bytes("value " + i)).encode();
      Answer answer = ask(dict, book, SyncOperation.SWAP, token, swap);
      if (token != 0 && token < highest) {
        assertThat(answer.status).isEqualTo(Status.STALE);
      } else {
        assertThat(answer).isEqualTo(new Answer(Status.OK, 1, model, List.of()));
        model = "value " + i;
        highest = Math.max(highest, token);
      }
      assertThat(ask(dict, book, SyncOperation.GET, 0, null).text).isEqualTo(model);
    }
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void aListIsAList(@ForAll long seed) {
    Random random = new Random(seed);
    AnswerBook book = new AnswerBook();
    List<String> model = new ArrayList<>(List.of("t0", "t0"));
    ListState list = new ListState(List.of(bytes("t0"), bytes("t0")), book);
    for (int i = 0; i < STEPS; i++) {
      int index = random.nextInt(model.size() + 3) - 1;
      boolean there = index >= 0 && index < model.size();
      Answer absent = new Answer(Status.ABSENT, model.size(), null, List.of());
      String text = anyText(random);
      switch (random.nextInt(5)) {
        case 0 -> {
          Answer answer = ask(list, book, SyncOperation.GET, index, null);
          assertThat(answer)
              .isEqualTo(there ? new Answer(Status.OK, 1, model.get(index), List.of()) : absent);
        }
        case 1 -> {
          byte[] two = Items.join(List.of(bytes(text), bytes("more")));
          Answer answer = ask(list, book, SyncOperation.INSERT, index, two);
          boolean fits = index <= model.size();
          assertThat(answer.status).isEqualTo(fits ? Status.OK : Status.ABSENT);
          if (fits) {
            model.addAll(index < 0 ? model.size() : index, List.of(text, "more"));
          }
        }
        case 2 -> {
          Answer answer = ask(list, book, SyncOperation.REMOVE_AT, index, null);
          assertThat(answer)
              .isEqualTo(there ? new Answer(Status.OK, 1, model.remove(index), List.of()) : absent);
        }
        case 3 -> {
          Answer answer = ask(list, book, SyncOperation.REMOVE, 0, bytes(text));
          assertThat(answer.value).isEqualTo(model.remove(text) ? 1 : 0);
        }
        default -> {
          Swap swap = Swap.ifEqual(Swap.at(index), bytes(anyText(random)), bytes(text));
          Answer answer = ask(list, book, SyncOperation.SWAP, 0, swap.encode());
          if (there) {
            boolean done = swap.isDone(bytes(model.get(index)));
            assertThat(answer)
                .isEqualTo(new Answer(Status.OK, done ? 1 : 0, model.get(index), List.of()));
            model.set(index, done ? text : model.get(index));
          } else {
            assertThat(answer).isEqualTo(absent);
          }
        }
      }
      assertThat(ask(list, book, SyncOperation.READ_ALL, 0, null).all).isEqualTo(model);
    }
  }
}
