package taskpool.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an order of a history's operations in which each answer is right, and none comes before
 * one that had ended when it began: Wing and Gong's search, which takes any operation that may be
 * next and goes back when none can be, and Lowe's memory of where it has been before. The time that
 * it takes grows with the number of those that went on at once, not with the history's length.
 */
public final class Linearizability {
  private static final int SHOWN = 12;

  private Linearizability() {}

  /** A start or an end; in the order of their time, those that are not in the order yet. */
  private static final class Event {
    final int number;
    final boolean isStart;
    @Nullable Event end;
    @Nullable Event previous;
    @Nullable Event next;

    Event(int number, boolean isStart) {
      this.number = number;
      this.isStart = isStart;
    }

    void remove() {
      if (previous != null) {
        previous.next = next;
      }
      if (next != null) {
        next.previous = previous;
      }
    }

    void putBack() {
      if (previous != null) {
        previous.next = this;
      }
      if (next != null) {
        next.previous = this;
      }
    }
  }

  private record Been<S>(BitSet done, S state) {}

  private record Step<S>(Event start, S before) {}

  /**
   * Checks the history of one object.
   *
   * @return what is wrong; empty if there is such an order
   */
  public static <S> Optional<String> check(Model<S> model, List<Operation> history) {
    return new Search<>(model, history).run();
  }

  private static final class Search<S> {
    private final Model<S> model;
    private final List<Operation> operations;
    private final Event head = new Event(-1, false);
    private final Set<Been<S>> been = new HashSet<>();
    private final ArrayDeque<Step<S>> steps = new ArrayDeque<>();
    private final BitSet done = new BitSet();
    private S state;
    private int endsLeft;

    /** For people: the longest order that was found. */
    private List<Integer> longest = List.of();

    private @Nullable S stateThere;

    Search(Model<S> model, List<Operation> history) {
      this.model = model;
      this.operations = List.copyOf(history);
      this.state = model.initial();
      link();
    }

    private void link() {
      record Timed(long nanos, Event event) {}
      List<Timed> all = new ArrayList<>();
      for (int i = 0; i < operations.size(); i++) {
        Event start = new Event(i, true);
        all.add(new Timed(operations.get(i).startNanos(), start));
        if (!operations.get(i).isPending()) {
          start.end = new Event(i, false);
          all.add(new Timed(operations.get(i).endNanos(), start.end));
          endsLeft++;
        }
      }
      // at the same time those that start come first: they may have gone on at once
      all.sort(
          Comparator.comparing(Timed::nanos, (a, b) -> Long.signum(a - b))
              .thenComparing(timed -> timed.event.isStart ? 0 : 1));
      Event last = head;
      for (Timed timed : all) {
        last.next = timed.event;
        timed.event.previous = last;
        last = timed.event;
      }
    }

    Optional<String> run() {
      Event event = head.next;
      while (endsLeft > 0 && event != null) {
        if (!event.isStart) {
          // it ends here, and nothing that may come before it leads on
          if (steps.isEmpty()) {
            return Optional.of(describe());
          }
          event = goBack();
        } else {
          event = tryNext(event) ? head.next : event.next;
        }
      }
      return Optional.empty();
    }

    private boolean tryNext(Event start) {
      Optional<S> after = model.after(state, operations.get(start.number));
      if (after.isEmpty()) {
        return false;
      }
      BitSet with = (BitSet) done.clone();
      with.set(start.number);
      if (!been.add(new Been<>(with, after.get()))) {
        return false;
      }
      steps.push(new Step<>(start, state));
      done.set(start.number);
      state = after.get();
      start.remove();
      if (start.end != null) {
        start.end.remove();
        endsLeft--;
      }
      return true;
    }

    private @Nullable Event goBack() {
      if (steps.size() > longest.size()) {
        longest = steps.stream().map(step -> step.start.number).toList();
        stateThere = state;
      }
      Step<S> last = steps.pop();
      Event start = last.start;
      state = last.before;
      done.clear(start.number);
      if (start.end != null) {
        start.end.putBack();
        endsLeft++;
      }
      start.putBack();
      return start.next;
    }

    private String describe() {
      String before =
          longest.stream()
              .limit(SHOWN)
              .map(number -> "  " + operations.get(number))
              .collect(Collectors.joining(System.lineSeparator()));
      Set<Integer> placed = new HashSet<>(longest);
      List<String> left = new ArrayList<>();
      for (int i = 0; i < operations.size() && left.size() < SHOWN; i++) {
        if (!placed.contains(i)) {
          left.add("  " + operations.get(i));
        }
      }
      return ("no order of %d operations gives these answers; %d fit, the last ones first%n%s%n"
              + "which leads to %s; among the others are%n%s")
          .formatted(
              operations.size(),
              longest.size(),
              before,
              stateThere,
              String.join(System.lineSeparator(), left));
    }
  }
}
