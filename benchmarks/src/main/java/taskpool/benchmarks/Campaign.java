package taskpool.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import taskpool.benchmarks.Schedule.Step;

/** Goes through a schedule, step by step, and collects the figures. */
final class Campaign {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration QUICK_LIMIT = Duration.ofMinutes(2);

  private final Launchers launchers;
  private final Programs programs;
  private final ProgramRun program;
  private final boolean quick;

  Campaign(Launchers launchers, Programs programs, boolean quick) {
    this.launchers = launchers;
    this.programs = programs;
    this.quick = quick;
    this.program = new ProgramRun(programs, quick ? QUICK_LIMIT : LIMIT);
  }

  /** Runs all steps; one that fails is noted, its output shown, and the rest goes on. */
  Results run(List<Step> steps) throws IOException, InterruptedException {
    Results results = new Results();
    try (RunProgress progress = RunProgress.of(steps)) {
      for (Step step : steps) {
        progress.starts(step);
        if (results.failure(step.workload(), step.entrant()).isEmpty()) {
          run(step, results);
        }
        progress.ended(step);
      }
    }
    return results;
  }

  private void run(Step step, Results results) throws IOException, InterruptedException {
    Entrant entrant = step.entrant();
    Workload workload = step.workload();
    Launchers.Launcher launcher = launchers.of(entrant);
    try {
      program
          .run(
              workload,
              launcher.command(workload.arguments(entrant, quick)),
              launcher.environment())
          .forEach((line, figures) -> results.add(line, entrant, figures));
    } catch (ProgramRun.FailedException e) {
      if (programs.isEnding()) {
        throw new InterruptedException();
      }
      results.failed(workload, entrant, e.reason());
      System.err.printf("%n%s failed: %s%n%s%n", step, e.reason(), e.output());
    }
  }
}
