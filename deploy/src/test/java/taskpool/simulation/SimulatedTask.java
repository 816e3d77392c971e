package taskpool.simulation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.Outcome;

/** A task of a run: what it is made of, and what has happened to it. */
final class SimulatedTask {
  /**
   * How a task behaves when it runs.
   *
   * @param endless whether it runs until it is interrupted
   * @param poison whether it kills its worker
   * @param stubborn whether an interrupt does not make it end sooner
   */
  record Plan(
      String function,
      int payloadBytes,
      int resultBytes,
      long runNanos,
      int reports,
      boolean fails,
      boolean endless,
      boolean poison,
      boolean stubborn) {}

  final int session;
  final long id;
  final Plan plan;
  final byte[] payload;

  final List<SimulatedWorker> ranOn = new ArrayList<>();
  final List<SimulatedWorker> leasedTo = new ArrayList<>();

  /** Which lease was each attempt; more than one when some came back unstarted. */
  final Map<Integer, Set<Long>> leasesOfAttempt = new HashMap<>();

  boolean cancelAsked;
  boolean cancelAccepted;
  boolean cancelledByWorker;
  @Nullable Outcome outcome;

  SimulatedTask(int session, long id, Plan plan) {
    this.session = session;
    this.id = id;
    this.plan = plan;
    this.payload = filler(session * 31L + id, plan.payloadBytes());
  }

  private static byte[] filler(long seed, int length) {
    byte[] bytes = new byte[length];
    long value = seed;
    for (int i = 0; i < length; i++) {
      value = value * 6364136223846793005L + 1442695040888963407L;
      bytes[i] = (byte) (value >>> 56);
    }
    return bytes;
  }

  byte[] function() {
    return plan.function().getBytes(StandardCharsets.UTF_8);
  }

  String name() {
    return session + "-" + id;
  }

  /** Whether its payload travels whole, so that it keeps its place among others. */
  boolean isSmall(int batchBytes) {
    return payload.length <= batchBytes / 4;
  }

  /** What running it with these arguments gives. */
  Outcome run(long lease, byte[] function, byte[] arguments) {
    if (!Arrays.equals(function, function())) {
      throw new AssertionError("task " + name() + " came with another function");
    }
    return new Outcome(lease, kind(), result(arguments));
  }

  private Outcome.Kind kind() {
    return plan.fails() ? Outcome.Kind.FAILURE : Outcome.Kind.VALUES;
  }

  private byte[] result(byte[] arguments) {
    CRC32 checksum = new CRC32();
    checksum.update(arguments);
    return ByteBuffer.allocate(20 + plan.resultBytes())
        .putInt(session)
        .putLong(id)
        .putLong(checksum.getValue())
        .put(filler(id, plan.resultBytes()))
        .array();
  }

  boolean isRight(Outcome outcome) {
    return outcome.kind() == kind() && Arrays.equals(outcome.payload(), result(payload));
  }

  /** How many workers it was leased to have been lost. */
  long lostWorkers() {
    return new HashSet<>(leasedTo).stream().filter(SimulatedWorker::isLost).count();
  }

  @Override
  public String toString() {
    return "task %s (%s%s%srun on %s, leased to %s%s%s)"
        .formatted(
            name(),
            plan.endless() ? "endless, " : "",
            plan.poison() ? "poison, " : "",
            payload.length + " bytes, ",
            ranOn,
            leasedTo,
            cancelAsked ? ", cancel asked" : "",
            outcome == null ? "" : ", " + outcome.kind());
  }
}
