package taskpool.benchmarks;

import static taskpool.benchmarks.Entrant.HAZELCAST;
import static taskpool.benchmarks.Entrant.IGNITE;
import static taskpool.benchmarks.Entrant.MP_POOL;
import static taskpool.benchmarks.Entrant.MP_POOL_SPAWN;
import static taskpool.benchmarks.Entrant.MP_PROCESS;
import static taskpool.benchmarks.Entrant.PROCESS_POOL;
import static taskpool.benchmarks.Entrant.SOCKET;
import static taskpool.benchmarks.Entrant.TASKPOOL;
import static taskpool.benchmarks.Entrant.TASKPOOL_PLAIN;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything that is measured. A further workload is a constant here, a {@code Measurement} in the
 * package {@code contender}, and a function in {@code peers/python/workloads.py}.
 */
@SuppressWarnings("ImmutableEnumChecker") // its collections are unmodifiable
enum Workload {
  W1(
      "W1",
      Set.of(TASKPOOL, MP_POOL, PROCESS_POOL, HAZELCAST, IGNITE),
      Map.of("tasks", 100_000),
      Map.of(),
      Map.of("tasks", 10_000),
      Line.rate("W1", "tasks/s", Goal.atLeast(8, MP_POOL))),
  W2(
      "W2",
      Set.of(TASKPOOL, MP_POOL, PROCESS_POOL, HAZELCAST, IGNITE),
      Map.of("calls", 3_000),
      Map.of(),
      Map.of(),
      Line.cost("W2.p50", "us", Goal.atMost(1, MP_POOL)),
      Line.cost("W2.p99", "us", Goal.atMost(1, PROCESS_POOL))),
  /** What W2 can't be below, measured in the same run. */
  FLOOR(
      "W2.floor",
      Set.of(SOCKET),
      Map.of("calls", 3_000),
      Map.of(),
      Map.of(),
      Line.cost("floor.socket.p50", "us", null),
      Line.cost("floor.socket.p99", "us", null)),
  W3(
      "W3",
      Set.of(TASKPOOL, MP_POOL, PROCESS_POOL),
      Map.of("elements", 1_000_000),
      Map.of(),
      Map.of(),
      Line.rate("W3", "elements/s", Goal.atLeast(2, MP_POOL))),
  W4(
      "W4",
      Set.of(TASKPOOL, MP_POOL, PROCESS_POOL, HAZELCAST, IGNITE),
      Map.of("tasks", 200, "bytes", 1 << 20, "inFlight", 8),
      Map.of(),
      Map.of(),
      Line.rate("W4", "MiB/s", Goal.atLeast(2, PROCESS_POOL))),
  W5(
      "W5",
      Set.of(TASKPOOL, MP_POOL, PROCESS_POOL, HAZELCAST, IGNITE),
      Map.of("tasks", 200, "cpuMicros", 20_000),
      Map.of("tasks", 100),
      Map.of(),
      Line.rate("W5", "% busy", Goal.atLeast(98))),
  W6(
      "W6",
      Set.of(TASKPOOL, TASKPOOL_PLAIN, MP_POOL, MP_POOL_SPAWN, PROCESS_POOL, HAZELCAST, IGNITE),
      Map.of(),
      Map.of(),
      Map.of(),
      Line.cost("W6", "s", Goal.atMost(1.2))),
  W8(
      "W8",
      Set.of(TASKPOOL, MP_POOL, MP_PROCESS, HAZELCAST, IGNITE),
      Map.of("elements", 50_000, "capacity", 1_000, "batch", 1),
      Map.of(),
      Map.of("elements", 10_000),
      Line.rate("W8", "items/s", Goal.atLeast(1, MP_PROCESS))),
  W8_BATCH(
      "W8.batch",
      Set.of(TASKPOOL, MP_POOL, MP_PROCESS, HAZELCAST, IGNITE),
      Map.of("elements", 50_000, "capacity", 1_000, "batch", 100),
      Map.of(),
      Map.of("elements", 10_000),
      Line.rate("W8.batch", "items/s", Goal.atLeast(4, MP_PROCESS))),
  W9(
      "W9",
      Set.of(TASKPOOL, MP_POOL, MP_PROCESS, HAZELCAST, IGNITE),
      Map.of("rounds", 2_000),
      Map.of(),
      Map.of(),
      Line.rate("W9", "rounds/s", Goal.atLeast(1, MP_POOL))),
  W10(
      "W10",
      Set.of(TASKPOOL, MP_POOL, PROCESS_POOL, HAZELCAST, IGNITE),
      Map.of("tasks", 100_000, "elements", 1_000_000, "payloads", 200),
      Map.of(),
      Map.of("tasks", 20_000),
      Line.cost("W10.idle", "MiB", Goal.atMost(80)),
      Line.cost("W10.after", "MiB", Goal.atMost(200))),
  W11_SUBTASKS(
      "W11.subtasks",
      Set.of(TASKPOOL),
      Map.of("tasks", 1_000),
      Map.of(),
      Map.of(),
      Line.rate("W11.subtasks", "tasks/s", null)),
  W11_FAIR(
      "W11.fair",
      Set.of(TASKPOOL, MP_POOL, PROCESS_POOL, HAZELCAST, IGNITE),
      Map.of("tasks", 10_000, "submitters", 4, "inFlight", 100, "maxCpuMicros", 2_000),
      Map.of("tasks", 2_000),
      Map.of(),
      Line.rate("W11.rate", "tasks/s", null),
      Line.rate("W11.share", "% of even", Goal.atLeast(90))),
  /** Only with {@code --chart}. */
  CHART(
      "chart",
      Set.of(TASKPOOL, MP_POOL, PROCESS_POOL, HAZELCAST, IGNITE),
      Map.of("tasks", 100_000, "millis", 500, "repetitions", 2),
      Map.of("millis", 250, "repetitions", 1),
      Map.of(),
      Line.rate("throughput.1us", "tasks/s", null),
      Line.rate("throughput.10us", "tasks/s", null),
      Line.rate("throughput.100us", "tasks/s", null),
      Line.rate("throughput.1000us", "tasks/s", null),
      Line.rate("throughput.10000us", "tasks/s", null),
      Line.rate("throughput.100000us", "tasks/s", null));

  private static final int REPETITIONS = 3;
  private static final int WARMUP_MILLIS = 4_000;
  private static final int WARMUP_MOST_MILLIS = 20_000;
  private static final int QUICK_WARMUP_MILLIS = 2_000;
  private static final int QUICK_WARMUP_MOST_MILLIS = 12_000;
  private static final int LAUNCHES = 3;

  private final String id;
  private final Set<Entrant> entrants;
  private final Map<String, Integer> sizes;
  private final Map<String, Integer> quick;
  private final Map<String, Integer> quickPeers;
  private final List<Line> lines;

  /**
   * Creates a workload.
   *
   * @param sizes how large it is
   * @param quick what is smaller with {@code --quick}
   * @param quickPeers and what for the peers only, where it is a rate that counts
   */
  Workload(
      String id,
      Set<Entrant> entrants,
      Map<String, Integer> sizes,
      Map<String, Integer> quick,
      Map<String, Integer> quickPeers,
      Line... lines) {
    this.id = id;
    this.entrants = entrants;
    this.sizes = sizes;
    this.quick = quick;
    this.quickPeers = quickPeers;
    this.lines = List.of(lines);
  }

  String id() {
    return id;
  }

  List<Line> lines() {
    return lines;
  }

  boolean isFor(Entrant entrant) {
    return entrants.contains(entrant);
  }

  /** Whether {@code --only} means it: by its id or by what is before the dot. */
  boolean isCalled(String name) {
    return id.equals(name) || id.startsWith(name + ".");
  }

  /** How often its program is started in a round; each start of W6 gives one figure only. */
  int launches(boolean isQuick) {
    return this == W6 && !isQuick ? LAUNCHES : 1;
  }

  /** The arguments of an entrant's program. */
  List<String> arguments(Entrant entrant, boolean isQuick) {
    Map<String, Integer> all = new TreeMap<>();
    all.put("repetitions", REPETITIONS);
    all.put("warmupMillis", isQuick ? QUICK_WARMUP_MILLIS : WARMUP_MILLIS);
    all.put("warmupMostMillis", isQuick ? QUICK_WARMUP_MOST_MILLIS : WARMUP_MOST_MILLIS);
    all.putAll(sizes);
    if (isQuick) {
      all.putAll(quick);
      if (entrant.isPeer()) {
        all.putAll(quickPeers);
      }
    }
    if (this == W10 && !W3.isFor(entrant)) {
      all.put("elements", 0);
    }
    List<String> arguments = new ArrayList<>(List.of(id));
    all.forEach((name, value) -> arguments.add(name + "=" + value));
    return arguments;
  }
}
