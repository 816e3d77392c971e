package taskpool.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What this process holds: file descriptors, by what they lead to, and processes.
 *
 * @param descriptors where they lead, such as {@code socket:[4711]}, one for each
 */
record Holdings(List<String> descriptors, List<Long> processes) {
  private static final long POLL_MILLIS = 100;

  /** What there is now. */
  static Holdings now(Supplier<List<ProcessHandle>> running) throws IOException {
    List<String> descriptors = new ArrayList<>();
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : open.toList()) {
        try {
          descriptors.add(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException closedMeanwhile) {
          // such as the one that the listing itself needs
        }
      }
    }
    return new Holdings(descriptors, running.get().stream().map(ProcessHandle::pid).toList());
  }

  /** Sockets and pipes have a number each, files a name: {@code socket:[4711]} is a socket. */
  static String kind(String target) {
    return target.replaceFirst(":\\[[0-9]+\\]$", "");
  }

  /**
   * The descriptors of which there are more than in the other. One socket may have taken the place
   * of another, and so with pipes.
   */
  List<String> descriptorsMoreThan(Holdings before) {
    List<String> fresh = new ArrayList<>(descriptors);
    before.descriptors.forEach(fresh::remove);
    List<String> gone = new ArrayList<>(before.descriptors);
    descriptors.forEach(gone::remove);
    for (String each : gone) {
      fresh.stream()
          .filter(one -> kind(one).equals(kind(each)))
          .findFirst()
          .ifPresent(fresh::remove);
    }
    return fresh;
  }

  /** A descriptor's target, and of a socket what the system knows of it. */
  static String describe(String target) throws IOException {
    String number = target.replaceFirst("^socket:\\[([0-9]+)\\]$", "$1");
    for (String table : List.of("unix", "tcp", "tcp6", "udp", "udp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/self/net", table))) {
        if (List.of(line.trim().split("\\s+")).contains(number)) {
          return target + " of " + table + ": " + line.trim();
        }
      }
    }
    return target;
  }

  /** The processes that are here and were not in the other. */
  List<Long> processesMoreThan(Holdings before) {
    return processes.stream().filter(pid -> !before.processes.contains(pid)).toList();
  }

  /** What there is when nothing is there that was not before, or when the time is up. */
  static Holdings settled(Holdings before, Supplier<List<ProcessHandle>> running, Duration limit)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    Holdings now = now(running);
    while (!(now.descriptorsMoreThan(before).isEmpty() && now.processesMoreThan(before).isEmpty())
        && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      now = now(running);
    }
    return now;
  }
}
