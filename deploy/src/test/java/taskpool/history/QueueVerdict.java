package taskpool.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the history of a queue against what is promised of it: an item that was put comes out once,
 * and those of one producer come to each consumer in their order. Excepted is what the death of a
 * process may do: an item of a producer that died within a moment was not put; what was on its way
 * to a taker that dies goes to the next one, or is gone with it.
 *
 * <p>Operations are {@code put} of an item, which gives {@code ok}, or {@code no} if there was no
 * room in time, and {@code take}, which gives an item, or {@code no} if there was none in time. An
 * item is written as its producer and a number that grows, with a colon in between.
 */
public final class QueueVerdict {
  private final List<Operation> history;
  private final Map<String, Long> diedNanos;
  private final long momentNanos;
  private final List<String> faults = new ArrayList<>();

  private QueueVerdict(List<Operation> history, Map<String, Long> diedNanos, long momentNanos) {
    this.history =
        history.stream()
            .sorted(Comparator.comparing(Operation::startNanos, (a, b) -> Long.signum(a - b)))
            .toList();
    this.diedNanos = diedNanos;
    this.momentNanos = momentNanos;
  }

  /**
   * What is wrong.
   *
   * @param diedNanos when processes came to harm, those that did
   * @param momentNanos so much earlier what they did may be undone
   */
  public static List<String> faults(
      List<Operation> history, Map<String, Long> diedNanos, long momentNanos) {
    QueueVerdict verdict = new QueueVerdict(history, diedNanos, momentNanos);
    verdict.judge();
    return List.copyOf(verdict.faults);
  }

  private void judge() {
    Map<String, Operation> puts = new HashMap<>();
    Map<String, List<Operation>> takes = new HashMap<>();
    for (Operation operation : history) {
      String result = operation.result();
      if (operation.name().equals("put")) {
        puts.put(operation.argument(), operation);
      } else if (result != null && !result.equals(LockModel.FAILED)) {
        takes.computeIfAbsent(result, item -> new ArrayList<>()).add(operation);
      }
    }
    takes.forEach((item, all) -> judgeTakes(item, puts.get(item), all));
    judgeLosses(puts, takes);
    judgeOrder(puts);
  }

  private void judgeTakes(String item, @Nullable Operation put, List<Operation> takes) {
    if (put == null || LockModel.FAILED.equals(put.result())) {
      faults.add("%s came out, and was not put: %s".formatted(item, takes));
    } else if (takes.get(0).endNanos() - put.startNanos() < 0) {
      faults.add("%s came out before it was put: %s, %s".formatted(item, put, takes));
    }
    for (Operation take : takes.subList(0, takes.size() - 1)) {
      if (!mayBeUndone(take)) {
        faults.add("%s came out more than once: %s".formatted(item, takes));
      }
    }
  }

  /** Whether its process came to harm within a moment. */
  private boolean mayBeUndone(Operation operation) {
    Long died = diedNanos.get(operation.process());
    return died != null && operation.endNanos() + momentNanos - died > 0;
  }

  private void judgeLosses(Map<String, Operation> puts, Map<String, List<Operation>> takes) {
    List<Operation> lost = new ArrayList<>();
    puts.forEach(
        (item, put) -> {
          if ("ok".equals(put.result()) && !takes.containsKey(item) && !mayBeUndone(put)) {
            lost.add(put);
          }
        });
    long goneWithTakers =
        history.stream().filter(each -> each.name().equals("take") && each.isPending()).count();
    if (lost.size() > goneWithTakers) {
      faults.add(
          "%d items never came out, and only %d takes were never answered: %s"
              .formatted(lost.size(), goneWithTakers, lost));
    }
  }

  private void judgeOrder(Map<String, Operation> puts) {
    Map<String, Long> last = new HashMap<>();
    for (Operation take : history) {
      String item = take.result();
      if (!take.name().equals("take") || item == null || item.equals(LockModel.FAILED)) {
        continue;
      }
      int colon = item.lastIndexOf(':');
      long number = Long.parseLong(item.substring(colon + 1));
      String way = item.substring(0, colon) + " to " + take.actor();
      long before = last.merge(way, number, Math::max);
      Operation put = puts.get(item);
      if (before > number && put != null && !mayHaveStrayed(put, take)) {
        faults.add("number %d came after %d from %s".formatted(number, before, way));
      }
    }
  }

  /** Whether it may have been on its way to another taker, which has died. */
  private boolean mayHaveStrayed(Operation put, Operation take) {
    return diedNanos.values().stream()
        .anyMatch(died -> put.startNanos() - died < 0 && died - take.endNanos() < 0);
  }
}
