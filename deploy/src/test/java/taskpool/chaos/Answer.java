package taskpool.chaos;

import java.util.Optional;

/**
 * What a pool said of a task, each time that it said something.
 *
 * @param error what was wrong; empty if it was the right result
 */
record Answer(long task, Optional<String> error) {
  static Answer right(long task) {
    return new Answer(task, Optional.empty());
  }

  static Answer wrong(long task, String error) {
    return new Answer(task, Optional.of(error));
  }
}
