package taskpool.benchmarks.contender;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Random;

/** W4: large payloads there and back, a few in flight. */
final class Echo implements Measurement {
  private static final double MEBIBYTE = 1024 * 1024;

  @Override
  public Map<String, Double> repetition(Contender pool, Sizes sizes) throws Exception {
    int tasks = sizes.get("tasks");
    int bytes = sizes.get("bytes");
    int inFlight = sizes.get("inFlight");
    byte[] payload = new byte[bytes];
    new Random(4).nextBytes(payload);
    ArrayDeque<Contender.Pending<byte[]>> pending = new ArrayDeque<>(inFlight);
    long start = System.nanoTime();
    for (int i = 0; i < tasks; i++) {
      if (pending.size() == inFlight) {
        check(pending.remove(), bytes);
      }
      pending.add(pool.echo(payload));
    }
    while (!pending.isEmpty()) {
      check(pending.remove(), bytes);
    }
    return Map.of("W4", Measurement.perSecond(tasks * (bytes / MEBIBYTE), start));
  }

  private static void check(Contender.Pending<byte[]> task, int bytes) throws Exception {
    if (task.await().length != bytes) {
      throw new IllegalStateException("an echo is not what was sent");
    }
  }
}
