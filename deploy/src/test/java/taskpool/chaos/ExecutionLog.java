package taskpool.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the workers of a run write down about the tasks that they execute: a folder with a file for
 * each process. A line is with the kernel before the task goes on, so no death loses one.
 *
 * @param folder is there already
 */
record ExecutionLog(Path folder) {
  private static final String START = "start";
  private static final String END = "end";

  /** In a worker: a task begins here. */
  void started(long task, int attempt, long pid) throws IOException {
    append(pid, "%s %d %d %d %d%n".formatted(START, task, attempt, pid, System.nanoTime()));
  }

  /** In a worker: it has come to its end. */
  void ended(long task, long pid) throws IOException {
    append(pid, "%s %d%n".formatted(END, task));
  }

  private void append(long pid, String line) throws IOException {
    Path file = folder.resolve(pid + ".log");
    Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** All that has been written so far. */
  List<Execution> read() throws IOException {
    List<Execution> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        all.addAll(parse(Files.readAllLines(file)));
      }
    }
    return all;
  }

  /** The executions that one process has noted. */
  static List<Execution> parse(List<String> lines) {
    List<Execution> all = new ArrayList<>();
    Map<Long, Integer> open = new HashMap<>();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      long task = Long.parseLong(words[1]);
      if (words[0].equals(START)) {
        open.put(task, all.size());
        all.add(
            new Execution(
                task,
                Integer.parseInt(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                false));
      } else {
        int begun = open.remove(task);
        all.set(begun, ended(all.get(begun)));
      }
    }
    return all;
  }

  private static Execution ended(Execution begun) {
    return new Execution(begun.task(), begun.attempt(), begun.pid(), begun.startNanos(), true);
  }
}
