package taskpool.history;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what an actor asks and what it is answered, in a file of its own. A line is with the
 * kernel before the actor goes on, so no death loses one. For the actor's thread.
 *
 * <p>Times of different processes can be compared, as {@link System#nanoTime} is the host's
 * monotonic clock on Linux.
 */
public final class Recorder implements AutoCloseable {
  private static final String SEPARATOR = "\t";

  private final String actor;
  private final OutputStream file;

  /**
   * Begins a file.
   *
   * @param folder is there already
   * @param actor its process, a slash, and a name there
   */
  public Recorder(Path folder, String actor) throws IOException {
    this.actor = actor;
    this.file =
        Files.newOutputStream(
            folder.resolve(actor.replace('/', '-') + ".log"), StandardOpenOption.CREATE_NEW);
  }

  /** Asks something, between two lines. What throws has no answer, and may have happened. */
  public String record(String object, String name, String argument, Callable<String> asking)
      throws Exception {
    write("ask", actor, object, name, argument);
    String result = asking.call();
    write("told", result);
    return result;
  }

  private void write(String... words) throws IOException {
    String line = System.nanoTime() + SEPARATOR + String.join(SEPARATOR, words) + "\n";
    file.write(line.getBytes(StandardCharsets.UTF_8)); // at once, and not buffered
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** All that has been recorded in a folder. */
  public static List<Operation> read(Path folder) throws IOException {
    List<Operation> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        all.addAll(parse(Files.readString(file)));
      }
    }
    return all;
  }

  /** What one actor has recorded; the last line may be cut off. */
  static List<Operation> parse(String text) {
    List<Operation> all = new ArrayList<>();
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    String @Nullable [] asked = null;
    for (String line : whole.lines().toList()) {
      String[] words = line.split(SEPARATOR, -1);
      if (words[1].equals("ask")) {
        if (asked != null) {
          all.add(operation(asked, null, 0));
        }
        asked = words;
      } else if (asked != null) {
        all.add(operation(asked, words[2], Long.parseLong(words[0])));
        asked = null;
      }
    }
    if (asked != null) {
      all.add(operation(asked, null, 0));
    }
    return all;
  }

  private static Operation operation(String[] asked, @Nullable String result, long endNanos) {
    return new Operation(
        asked[2], asked[3], asked[4], asked[5], result, Long.parseLong(asked[0]), endNanos);
  }
}
