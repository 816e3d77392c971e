package taskpool.benchmarks.layers;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import taskpool.benchmarks.contender.ContenderProgram;

/**
 * Measures all layers, one after the other, and prints a line of JSON for each figure as soon as it
 * is there. A process of its own, because ten million queued tasks want a heap that the harness
 * does not have.
 */
public final class LayersProgram {
  private static final int BURST = 100_000;
  private static final int BURSTS = 5;
  private static final int[] WORKERS = {2, 100, 1_000};
  private static final int[] QUEUED = {10, 100_000, 10_000_000};
  private static final int FEW_QUEUED = 10_000;
  private static final int WARM_UP_MESSAGES = 2_000;
  private static final int MESSAGES = 200;
  private static final int EXCHANGES = 15;

  /** What a queued task takes at most. */
  private static final long BYTES_PER_QUEUED = 600;

  private LayersProgram() {}

  /** Takes no arguments. */
  public static void main(String... arguments) {
    ContenderProgram.endWithInput();
    Consumer<Figure> out = figure -> System.out.println(figure.json());
    new CodecLayer().measure(out);
    burst(out);
    for (int workers : WORKERS) {
      coordinator(workers, FEW_QUEUED, out);
    }
    for (int queued : QUEUED) {
      coordinator(2, queued, out);
    }
    System.exit(0);
  }

  private static void burst(Consumer<Figure> out) {
    try (WireSizes sizes = new WireSizes()) {
      List<Burst> bursts = new ArrayList<>();
      for (int i = 0; i < BURSTS; i++) {
        bursts.add(new Burst(sizes).run(BURST));
      }
      Burst burst = bursts.get(0); // all of them send the same
      double bytes = 0;
      double messages = 0;
      for (Hop hop : Hop.values()) {
        String name = "burst, " + hop.name().toLowerCase(Locale.ROOT);
        Burst.Traffic way = burst.traffic(hop);
        out.accept(new Figure(name, (double) way.bytes() / BURST, "bytes of messages/task"));
        bytes += way.bytes();
        messages += way.messages();
      }
      out.accept(new Figure("burst, all ways", bytes / BURST, "bytes of messages/task"));
      out.accept(new Figure("burst, on the wire", wireBytes(burst) / BURST, "bytes/task"));
      out.accept(new Figure("burst", 1_000 * messages / BURST, "messages/1,000 tasks"));
      core("client", bursts, Burst::client, out);
      core("coordinator", bursts, Burst::coordinator, out);
      core("worker", bursts, Burst::workers, out);
    }
  }

  /** Of a local pool: what is between the coordinator and the workers. */
  static double wireBytes(Burst burst) {
    return List.of(Hop.LEASE, Hop.OUTCOME).stream()
        .mapToDouble(hop -> burst.traffic(hop).bytes())
        .sum();
  }

  private static void core(
      String name, List<Burst> bursts, Function<Burst, Meter> core, Consumer<Figure> out) {
    Iterator<Burst> each = bursts.iterator();
    Cost cost = Cost.median(bursts.size(), () -> core.apply(each.next()).costOfOneOf(BURST));
    out.accept(new Figure("burst, " + name, cost.nanos(), "ns/task"));
    out.accept(new Figure("burst, " + name, cost.allocatedBytes(), "bytes allocated/task"));
  }

  private static void coordinator(int workers, int queued, Consumer<Figure> out) {
    String name = "coordinator, %,d workers, %,d queued".formatted(workers, queued);
    if (Runtime.getRuntime().maxMemory() < BYTES_PER_QUEUED * queued) {
      System.err.println("left out for want of memory: " + name);
      return;
    }
    BusyCoordinator coordinator = new BusyCoordinator(workers, queued);
    coordinator.exchange(WARM_UP_MESSAGES);
    Cost cost = Cost.median(EXCHANGES, () -> coordinator.exchange(MESSAGES));
    out.accept(new Figure(name, cost.nanos(), "ns/task"));
    out.accept(new Figure(name, cost.allocatedBytes(), "bytes allocated/task"));
  }
}
