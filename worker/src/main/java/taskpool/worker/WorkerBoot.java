package taskpool.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import taskpool.codec.EncodedCall;
import taskpool.codec.SizedBytes;

/**
 * What a worker process is told at its start, over its standard input, so that nothing of it stands
 * on the command line.
 *
 * @param coordinator the coordinator actor's address and path
 * @param slots how many tasks to run at a time
 * @param poolWorkers how many workers the pool has
 * @param limits how long it bears with its tasks
 * @param heartbeat how often it says that it lives
 * @param payloads the folder for large payloads, if there is one on this host
 * @param initializer what to run before the first task
 */
public record WorkerBoot(
    int number,
    String coordinator,
    int slots,
    int poolWorkers,
    WorkerLimits limits,
    Duration heartbeat,
    Optional<Path> payloads,
    Optional<EncodedCall> initializer) {

  /** Writes it and flushes. */
  public void writeTo(OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    out.writeInt(number);
    out.writeUTF(coordinator);
    out.writeInt(slots);
    out.writeInt(poolWorkers);
    out.writeLong(limits.cancelGrace().toNanos());
    out.writeInt(limits.tasks());
    out.writeInt(limits.heapPercent());
    out.writeLong(heartbeat.toNanos());
    out.writeUTF(payloads.map(Path::toString).orElse(""));
    out.writeBoolean(initializer.isPresent());
    if (initializer.isPresent()) {
      SizedBytes.write(out, initializer.get().function());
      SizedBytes.write(out, initializer.get().payload());
    }
    out.flush();
  }

  /** Reads it; throws {@link java.io.EOFException} if the parent is gone before it was written. */
  public static WorkerBoot readFrom(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    int number = in.readInt();
    String coordinator = in.readUTF();
    int slots = in.readInt();
    int poolWorkers = in.readInt();
    WorkerLimits limits =
        new WorkerLimits(Duration.ofNanos(in.readLong()), in.readInt(), in.readInt());
    Duration heartbeat = Duration.ofNanos(in.readLong());
    Optional<Path> payloads =
        Optional.of(in.readUTF()).filter(path -> !path.isEmpty()).map(Path::of);
    Optional<EncodedCall> initializer =
        in.readBoolean()
            ? Optional.of(new EncodedCall(SizedBytes.read(in), SizedBytes.read(in)))
            : Optional.empty();
    return new WorkerBoot(
        number, coordinator, slots, poolWorkers, limits, heartbeat, payloads, initializer);
  }
}
