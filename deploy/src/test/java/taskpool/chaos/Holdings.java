package taskpool.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What this process holds: file descriptors, by what they lead to, and processes.
 *
 * @param descriptors how many lead to the same file, or to something of the same kind
 */
record Holdings(Map<String, Integer> descriptors, List<Long> processes) {
  private static final long POLL_MILLIS = 100;

  /** What there is now. */
  static Holdings now(Supplier<List<ProcessHandle>> running) throws IOException {
    Map<String, Integer> descriptors = new TreeMap<>();
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      open.forEach(fd -> target(fd, descriptors));
    }
    return new Holdings(descriptors, running.get().stream().map(ProcessHandle::pid).toList());
  }

  private static void target(Path descriptor, Map<String, Integer> counts) {
    try {
      counts.merge(kind(Files.readSymbolicLink(descriptor).toString()), 1, Integer::sum);
    } catch (IOException closedMeanwhile) {
      // such as the one that the listing itself needs
    }
  }

  /** Sockets and pipes have a number each, files a name: {@code socket:[4711]} is a socket. */
  static String kind(String target) {
    return target.replaceFirst(":\\[[0-9]+\\]$", "");
  }

  /** The descriptors that are here and were not in the other. */
  List<String> descriptorsMoreThan(Holdings before) {
    List<String> more = new ArrayList<>();
    descriptors.forEach(
        (kind, count) -> {
          for (int i = before.descriptors.getOrDefault(kind, 0); i < count; i++) {
            more.add(kind);
          }
        });
    return more;
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
