package taskpool.benchmarks.ignite;

import org.apache.ignite.Ignition;
import org.apache.ignite.lang.IgniteCallable;
import taskpool.benchmarks.contender.Tasks;

/** A call of one of the {@link Tasks}. No record: Ignite's binary form can't read those. */
abstract class TaskCall<R> implements IgniteCallable<R> {

  static final class NoOp extends TaskCall<Integer> {
    private final int number;

    NoOp(int number) {
      this.number = number;
    }

    @Override
    public Integer call() {
      return Tasks.noOp(number);
    }
  }

  static final class Echo extends TaskCall<byte[]> {
    private final byte[] payload;

    Echo(byte[] payload) {
      this.payload = payload;
    }

    @Override
    public byte[] call() {
      return Tasks.echo(payload);
    }
  }

  static final class Burn extends TaskCall<Long> {
    private final long cpuNanos;

    Burn(long cpuNanos) {
      this.cpuNanos = cpuNanos;
    }

    @Override
    public Long call() {
      return Tasks.burn(cpuNanos);
    }
  }

  static final class ProcessId extends TaskCall<Long> {
    @Override
    public Long call() throws InterruptedException {
      return Tasks.processId();
    }
  }

  static final class TakeSum extends TaskCall<Long> {
    private final int count;
    private final int batch;

    TakeSum(int count, int batch) {
      this.count = count;
      this.batch = batch;
    }

    @Override
    public Long call() throws InterruptedException {
      return Tasks.takeSum(Queues.numbers(Ignition.localIgnite()), count, batch);
    }
  }

  static final class Meet extends TaskCall<Integer> {
    private final int rounds;

    Meet(int rounds) {
      this.rounds = rounds;
    }

    @Override
    public Integer call() throws InterruptedException {
      return Queues.barrier(Ignition.localIgnite(), 1).await(rounds);
    }
  }
}
