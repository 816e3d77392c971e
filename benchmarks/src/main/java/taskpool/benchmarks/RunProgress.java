package taskpool.benchmarks;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import taskpool.benchmarks.Schedule.Step;

/** Shows on standard error what is running, how far the run is and how long it takes yet. */
abstract class RunProgress implements AutoCloseable {
  /** The launcher says how wide the terminal is; 0 if there is none. */
  private static final String COLUMNS = "taskpool.terminal.columns";

  private final ArrayDeque<Step> left;
  private final int total;

  /** Seconds of one step, as the last one of the same entrant took. */
  private final Map<Entrant, Double> secondsPerStep = new EnumMap<>(Entrant.class);

  private long startNanos;

  private RunProgress(List<Step> steps) {
    this.left = new ArrayDeque<>(steps);
    this.total = steps.size();
  }

  /** A bar on a terminal, lines elsewhere. */
  static RunProgress of(List<Step> steps) {
    int columns = Integer.getInteger(COLUMNS, 0);
    return columns > 0 ? new Bar(steps, columns) : new Lines(steps);
  }

  final void starts(Step step) {
    startNanos = System.nanoTime();
    show(step, total - left.size(), total, timeLeft());
  }

  final void ended(Step step) {
    left.remove();
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    secondsPerStep.merge(step.entrant(), seconds, (before, now) -> (before + now) / 2);
  }

  private String timeLeft() {
    if (secondsPerStep.isEmpty()) {
      return "";
    }
    double mean =
        secondsPerStep.values().stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double seconds =
        left.stream().mapToDouble(step -> secondsPerStep.getOrDefault(step.entrant(), mean)).sum();
    Duration time = Duration.ofSeconds(Math.round(seconds));
    return time.toMinutes() > 0
        ? ", about %d min left".formatted(Math.round(seconds / 60))
        : ", about %d s left".formatted(time.toSeconds());
  }

  abstract void show(Step step, int done, int total, String timeLeft);

  @Override
  public abstract void close();

  private static final class Lines extends RunProgress {
    Lines(List<Step> steps) {
      super(steps);
    }

    @Override
    void show(Step step, int done, int total, String timeLeft) {
      System.err.printf("[%d/%d] round %d, %s%s%n", done + 1, total, step.round(), step, timeLeft);
    }

    @Override
    public void close() {}
  }

  private static final class Bar extends RunProgress {
    private final ProgressBar bar;

    Bar(List<Step> steps, int columns) {
      super(steps);
      bar =
          new ProgressBarBuilder()
              .setTaskName("measuring")
              .setInitialMax(steps.size())
              .setConsumer(new BarLine(columns))
              .setStyle(ProgressBarStyle.ASCII)
              .hideEta()
              .build();
    }

    @Override
    void show(Step step, int done, int total, String timeLeft) {
      bar.stepTo(done);
      bar.setExtraMessage(" round %d, %s%s".formatted(step.round(), step, timeLeft));
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** Writes the bar over itself; the library's own way takes Ctrl-C away from the JVM. */
  private record BarLine(int columns) implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return columns - 1;
    }

    @Override
    public void accept(String rendered) {
      System.err.print("\r" + rendered);
    }

    @Override
    public void close() {
      System.err.println();
    }
  }
}
