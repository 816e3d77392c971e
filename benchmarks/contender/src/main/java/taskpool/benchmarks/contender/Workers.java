package taskpool.benchmarks.contender;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.TreeSet;

/** The worker processes of a pool. */
final class Workers {
  private static final int COUNT = 2;
  private static final int KIBIBYTES_OF_MEBIBYTE = 1024;

  private Workers() {}

  /** Waits until each worker has run a task; gives their process ids. */
  static Set<Long> awaitAll(Contender pool) throws Exception {
    Set<Long> seen = new TreeSet<>();
    ArrayDeque<Contender.Pending<Long>> pending = new ArrayDeque<>();
    while (seen.size() < COUNT) {
      while (pending.size() < COUNT) {
        pending.add(pool.processId());
      }
      seen.add(pending.remove().await());
    }
    for (Contender.Pending<Long> rest : pending) {
      rest.await();
    }
    return seen;
  }

  /** The mean resident memory of processes of this machine, in MiB. */
  static double residentMebibytes(Set<Long> processes) throws IOException {
    long kibibytes = 0;
    for (long process : processes) {
      kibibytes +=
          Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .map(line -> line.replaceAll("[^0-9]", ""))
              .mapToLong(Long::parseLong)
              .findFirst()
              .orElseThrow();
    }
    return (double) kibibytes / processes.size() / KIBIBYTES_OF_MEBIBYTE;
  }
}
