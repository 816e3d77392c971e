package taskpool.worker.host;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which worker processes a host is to have: when to start one, when to let a spare one work, how
 * long to wait and when to give up. Plain Java: what happens to the processes in through the
 * methods, what is to be done out of {@link #next}. Confined to its agent's lock.
 *
 * <p>A spare one does not report for work, so its death says nothing of whether workers can be
 * started: the two are counted apart.
 */
final class WorkerRoster {
  /** After so many in a row that did not come up, and none that works, no more are started. */
  static final int MAX_FAILED_STARTS = 5;

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final int MAX_BACKOFF_SHIFT = 6;

  /** What is to be done with which process. */
  record Step(Kind kind, int number) {
    enum Kind {
      START_WORKER,
      START_SPARE,
      /** A spare one becomes a worker. */
      EMPLOY
    }
  }

  private enum Stage {
    SPARE,
    STARTING,
    READY
  }

  private final int wanted;
  private final int wantedSpares;
  private final int maxStarting;

  /** Those that live, oldest first. */
  private final Map<Integer, Stage> processes = new LinkedHashMap<>();

  private int lastNumber;
  private int failedStarts;
  private int deadSpares;

  /**
   * Creates one without processes.
   *
   * @param maxStarting so many workers at most come up at a time
   */
  WorkerRoster(int workers, int spares, int maxStarting) {
    this.wanted = workers;
    this.wantedSpares = spares;
    this.maxStarting = maxStarting;
  }

  /** What is to be done next, taken for done; empty if nothing is till something happens. */
  Optional<Step> next() {
    int workers = processes.size() - count(Stage.SPARE);
    if (workers < wanted && count(Stage.SPARE) > 0) {
      return Optional.of(employ());
    }
    if (startsNoMore()) {
      return Optional.empty();
    }
    if (workers < wanted && count(Stage.STARTING) < maxStarting) {
      return Optional.of(start(Step.Kind.START_WORKER, Stage.STARTING));
    }
    if (isComplete() && count(Stage.SPARE) < wantedSpares) {
      return Optional.of(start(Step.Kind.START_SPARE, Stage.SPARE));
    }
    return Optional.empty();
  }

  private Step start(Step.Kind kind, Stage stage) {
    processes.put(++lastNumber, stage);
    return new Step(kind, lastNumber);
  }

  private Step employ() {
    int oldest =
        processes.keySet().stream().filter(this::isSpare).findFirst().orElseThrow().intValue();
    processes.put(oldest, Stage.STARTING);
    return new Step(Step.Kind.EMPLOY, oldest);
  }

  private int count(Stage stage) {
    return (int) processes.values().stream().filter(each -> each == stage).count();
  }

  boolean isSpare(int number) {
    return processes.get(number) == Stage.SPARE;
  }

  /** Whether it is to report for work and has not. */
  boolean isStarting(int number) {
    return processes.get(number) == Stage.STARTING;
  }

  /** Whether all workers that are wanted have reported for work. */
  boolean isComplete() {
    return count(Stage.READY) == wanted;
  }

  /** A worker has reported for work; false if that is known, or it is dead. */
  boolean ready(int number) {
    if (!isStarting(number)) {
      return false;
    }
    processes.put(number, Stage.READY);
    failedStarts = 0;
    deadSpares = 0;
    return true;
  }

  /**
   * A process has ended.
   *
   * @return how long to wait before doing what is {@link #next}
   */
  Duration exited(int number) {
    Stage was = processes.remove(number);
    if (was == Stage.SPARE) {
      deadSpares++;
      return backoff(deadSpares);
    }
    if (was == Stage.STARTING) {
      failedStarts++;
    }
    return backoff();
  }

  /** A process could not even be started; the next step is to wait for {@link #backoff}. */
  void startFailed(int number) {
    processes.remove(number);
    failedStarts++;
  }

  /** How long to wait before a worker is started, after those that failed. */
  Duration backoff() {
    return backoff(failedStarts);
  }

  private static Duration backoff(int failures) {
    return failures == 0
        ? Duration.ZERO
        : FIRST_BACKOFF.multipliedBy(1L << Math.min(failures - 1, MAX_BACKOFF_SHIFT));
  }

  /** Not while a single worker is well: then the pool goes on with it, and trying too. */
  private boolean startsNoMore() {
    return failedStarts >= MAX_FAILED_STARTS && count(Stage.READY) == 0;
  }

  /** Whether no more are started and none is left that might yet report for work. */
  boolean hasGivenUp() {
    return startsNoMore() && processes.isEmpty();
  }
}
