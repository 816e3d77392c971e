package taskpool.chaos;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a run lasts, and how often what happens in it. In a short run things happen more often,
 * so that each does a few times.
 */
record Plan(Duration length, long killMillis, long pauseMillis) {
  static final int DEFAULT_SECONDS = 25;

  private static final int MIN_SECONDS = 5;
  private static final int MAX_SECONDS = 86_400;
  private static final Duration KILLS = Duration.ofSeconds(3);
  private static final Duration PAUSES = Duration.ofSeconds(20);
  private static final int TIMES = 4;

  static Plan ofSeconds(int seconds) {
    Duration length = Duration.ofSeconds(seconds);
    long often = length.toMillis() / TIMES;
    return new Plan(length, Math.min(KILLS.toMillis(), often), Math.min(PAUSES.toMillis(), often));
  }

  /** What a command line asks for; empty if it makes no sense. */
  static Optional<Plan> parse(String... arguments) {
    if (arguments.length == 0) {
      return Optional.of(ofSeconds(DEFAULT_SECONDS));
    }
    if (arguments.length > 1 || !arguments[0].matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    int seconds = Integer.parseInt(arguments[0]);
    return seconds < MIN_SECONDS || seconds > MAX_SECONDS
        ? Optional.empty()
        : Optional.of(ofSeconds(seconds));
  }

  static String usage() {
    return "chaos.sh [seconds], from %d to %d, %d if not said"
        .formatted(MIN_SECONDS, MAX_SECONDS, DEFAULT_SECONDS);
  }
}
