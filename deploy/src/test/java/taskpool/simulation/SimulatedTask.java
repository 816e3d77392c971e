package taskpool.simulation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.Outcome;
import taskpool.protocol.Terms;

/** A task of a run: what it is made of, and what has happened to it. */
final class SimulatedTask {
  /**
   * How a task behaves when it runs.
   *
   * @param endless whether it runs until it is interrupted
   * @param poison whether it kills its worker
   * @param stubborn whether an interrupt does not make it end sooner
   * @param waitNanos how long it waits in the middle, with its slot lent; 0 for not at all
   * @param failures so many of its first runs fail with what is worth another run
   * @param terms what it asks for, if anything
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
      boolean stubborn,
      long waitNanos,
      int failures,
      @Nullable Terms terms) {
    @Nullable String key() {
      return terms == null ? null : terms.key();
    }
  }

  private static final int KEYED_BYTES = 20;

  final int session;
  final long id;
  final Plan plan;
  final byte[] payload;

  final List<SimulatedWorker> ranOn = new ArrayList<>();
  final List<SimulatedWorker> leasedTo = new ArrayList<>();

  /** Where it runs now; a worker that died with it stays here. */
  final Set<SimulatedWorker> runningOn = new LinkedHashSet<>();

  /** Which lease was each attempt; more than one when some came back unstarted. */
  final Map<Integer, Set<Long>> leasesOfAttempt = new HashMap<>();

  /** Runs that came to their end and failed with what is worth another run. */
  int failedRuns;

  boolean expired;
  long submittedNanos;
  boolean cancelAsked;
  boolean cancelAccepted;
  boolean cancelledByWorker;
  @Nullable Outcome outcome;

  SimulatedTask(int session, long id, Plan plan) {
    this.session = session;
    this.id = id;
    this.plan = plan;
    this.payload =
        plan.key() == null
            ? filler(session * 31L + id, plan.payloadBytes())
            : filler(plan.key().hashCode(), KEYED_BYTES);
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
    return new Outcome(lease, kindOfRun(), result(arguments));
  }

  private Outcome.Kind kindOfRun() {
    if (plan.terms() != null && plan.terms().retry() != null && failedRuns < plan.failures()) {
      failedRuns++;
      return Outcome.Kind.RETRY_FAILURE;
    }
    return plan.fails() ? Outcome.Kind.FAILURE : Outcome.Kind.VALUES;
  }

  /** Whether it may end like this: having run to its end, if that is not to be repeated. */
  private boolean mayEndAs(Outcome.Kind kind) {
    if (kind == Outcome.Kind.VALUES && plan.key() != null) {
      return true; // of another task with its key
    }
    if (kind == Outcome.Kind.FAILURE && plan.terms() != null && plan.terms().retry() != null) {
      // a run that was killed at its limit is a failed one, too
      return plan.fails()
          || (failedRuns > 0 && failedRuns + lostWorkers() >= plan.terms().retry().attempts());
    }
    return kind == (plan.fails() ? Outcome.Kind.FAILURE : Outcome.Kind.VALUES);
  }

  private byte[] result(byte[] arguments) {
    CRC32 checksum = new CRC32();
    checksum.update(arguments);
    String key = plan.key();
    int resultBytes = key == null ? plan.resultBytes() : KEYED_BYTES;
    return ByteBuffer.allocate(20 + resultBytes)
        .putInt(key == null ? session : 0)
        .putLong(key == null ? id : key.hashCode())
        .putLong(checksum.getValue())
        .put(filler(key == null ? id : 0, resultBytes))
        .array();
  }

  boolean isRight(Outcome outcome) {
    return mayEndAs(outcome.kind()) && Arrays.equals(outcome.payload(), result(payload));
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
            (plan.poison() ? "poison, " : "") + (plan.terms() == null ? "" : plan.terms() + ", "),
            payload.length + " bytes, ",
            ranOn,
            leasedTo,
            cancelAsked ? ", cancel asked" : "",
            outcome == null ? "" : ", " + outcome.kind());
  }
}
