package taskpool.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import taskpool.TaskPool;

/**
 * Counts the slots of an idle pool by as many tasks that wait for each other. They communicate by
 * files: a task leaves one when it has begun, and goes when it finds the one that says so.
 */
final class SlotCount {
  private static final String OVER = "over";
  private static final long POLL_MILLIS = 5;

  private SlotCount() {}

  /** A task: says that it is here and stays until the count is over. */
  static void attend(Path meeting, int number) throws IOException, InterruptedException {
    Files.writeString(meeting.resolve(Integer.toString(number)), "");
    while (Files.isDirectory(meeting) && !Files.exists(meeting.resolve(OVER))) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /**
   * How many tasks run at the same time.
   *
   * @param meeting a new folder
   * @param expected so many are tried
   * @param limit how long to wait for the last ones
   */
  static int of(TaskPool pool, Path meeting, int expected, Duration limit)
      throws IOException, InterruptedException {
    Files.createDirectory(meeting);
    for (int i = 0; i < expected; i++) {
      var unused = pool.applyAsync(SlotCount::attend, meeting, i);
    }
    long deadline = System.nanoTime() + limit.toNanos();
    int slots = present(meeting);
    while (slots < expected && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      slots = present(meeting);
    }
    Files.writeString(meeting.resolve(OVER), "");
    return slots;
  }

  private static int present(Path meeting) throws IOException {
    try (Stream<Path> files = Files.list(meeting)) {
      return (int) files.count();
    }
  }
}
