package taskpool.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ListAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueueVerdictTest {
  private static final long MOMENT = 100;

  private final List<Operation> history = new ArrayList<>();
  private final Map<String, Long> died = new HashMap<>();
  private long now = 1_000;

  private void add(String actor, String name, String argument, @Nullable String result) {
    history.add(new Operation(actor, "queue", name, argument, result, now, now + 1));
    now += 10;
  }

  private ListAssert<String> faults() {
    return assertThat(QueueVerdict.faults(history, died, MOMENT));
  }

  @Test
  void whatComesOutOnceInOrderIsGood() {
    add("1/a", "put", "1/a:1", "ok");
    add("1/a", "put", "1/a:2", "no");
    add("1/a", "put", "1/a:3", "ok");
    add("2/b", "take", "", "1/a:1");
    add("2/b", "take", "", "1/a:3");
    add("2/b", "take", "", "no");
    faults().isEmpty();
  }

  @Test
  void losesNothing() {
    add("1/a", "put", "1/a:1", "ok");
    faults().singleElement().asString().contains("1/a:1").contains("never came out");
    add("2/b", "take", "", null);
    faults().as("gone with its taker").isEmpty();
    history.clear();
    add("1/a", "put", "1/a:1", "ok");
    died.put("1", now);
    faults().as("not put").isEmpty();
    died.put("1", now + MOMENT);
    faults().hasSize(1);
  }

  @Test
  void doublesNothing() {
    add("1/a", "put", "1/a:1", "ok");
    add("2/b", "take", "", "1/a:1");
    add("3/c", "take", "", "1/a:1");
    faults().singleElement().asString().contains("more than once");
    died.put("2", now);
    faults().as("not known to have been taken").isEmpty();
  }

  @Test
  void makesNothingUp() {
    add("1/a", "put", "1/a:1", "no");
    add("2/b", "take", "", "1/a:1");
    add("2/b", "take", "", "1/a:2");
    faults().hasSize(2);
  }

  @Test
  void keepsTheOrderOfAProducer() {
    add("1/a", "put", "1/a:1", "ok");
    add("1/a", "put", "1/a:2", "ok");
    add("2/b", "take", "", "1/a:2");
    add("2/b", "take", "", "1/a:1");
    faults().singleElement().asString().contains("number 1 came after 2");
    died.put("3", now - 25);
    faults().as("it was on its way to one that died").isEmpty();
  }
}
