package taskpool.benchmarks.hazelcast;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.collection.IQueue;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import taskpool.benchmarks.contender.Contender;
import taskpool.benchmarks.contender.ContenderProgram;
import taskpool.benchmarks.contender.Meeting;
import taskpool.benchmarks.contender.MemberProcesses;
import taskpool.benchmarks.contender.NumberQueue;
import taskpool.benchmarks.contender.QueueBarrier;
import taskpool.benchmarks.hazelcast.TaskCall.Function;

/** A client of two members with a thread for tasks each. */
public final class HazelcastProgram implements Contender {
  private final MemberProcesses members;
  private final HazelcastInstance client;
  private final IExecutorService executor;

  private HazelcastProgram() throws IOException {
    String cluster = UUID.randomUUID().toString();
    List<String> ports =
        MemberProcesses.freePorts().stream().map(port -> Integer.toString(port)).toList();
    members = MemberProcesses.start(HazelcastMember.class, cluster, ports.get(0), ports.get(1));
    members.awaitStarted();
    ClientConfig config = new ClientConfig();
    config.setClusterName(cluster);
    config.setProperty("hazelcast.logging.type", "none");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    ports.forEach(port -> config.getNetworkConfig().addAddress("127.0.0.1:" + port));
    config.getSerializationConfig().addDataSerializableFactory(TaskCall.FACTORY, TaskCall.EMPTY);
    client = HazelcastClient.newHazelcastClient(config);
    executor = client.getExecutorService(HazelcastMember.EXECUTOR);
  }

  /** See {@link ContenderProgram}. */
  public static void main(String... arguments) {
    ContenderProgram.main(HazelcastProgram::new, arguments);
  }

  @Override
  public Pending<Integer> noOp(int number) {
    Future<Object> result = executor.submit(new TaskCall(Function.NO_OP, number, null));
    return () -> (Integer) result.get();
  }

  @Override
  public Pending<byte[]> echo(byte[] payload) {
    Future<Object> result = executor.submit(new TaskCall(Function.ECHO, 0, payload));
    return () -> (byte[]) result.get();
  }

  @Override
  public Pending<Long> burn(long cpuNanos) {
    Future<Object> result = executor.submit(new TaskCall(Function.BURN, cpuNanos, null));
    return () -> (Long) result.get();
  }

  @Override
  public Pending<Long> processId() {
    Future<Object> result = executor.submit(new TaskCall(Function.PROCESS_ID, 0, null));
    return () -> (Long) result.get();
  }

  @Override
  public NumberQueue queue(int capacity) {
    Queues.configureNumbers(client, capacity);
    IQueue<Integer> queue = Queues.numbers(client);
    return new NumberQueue() {
      @Override
      public void put(int number) throws InterruptedException {
        queue.put(number);
      }

      @Override
      public void putAll(List<Integer> numbers) throws InterruptedException {
        try {
          boolean unused = queue.addAll(numbers);
        } catch (IllegalStateException e) {
          // It is full, has taken none, and the bulk call does not wait for room.
          for (int number : numbers) {
            queue.put(number);
          }
        }
      }

      @Override
      public Pending<Long> takeSum(int count, int batch) {
        Future<Object> result = executor.submit(TaskCall.takeSum(count, batch));
        return () -> (Long) result.get();
      }
    };
  }

  @Override
  public Meeting meeting() {
    Queues.configureBarrier(client);
    QueueBarrier barrier = Queues.barrier(client, 0);
    return new Meeting() {
      @Override
      public Pending<Integer> other(int rounds) {
        Future<Object> result = executor.submit(new TaskCall(Function.MEET, rounds, null));
        return () -> (Integer) result.get();
      }

      @Override
      public void await() throws InterruptedException {
        barrier.await();
      }
    };
  }

  @Override
  public void close() {
    client.shutdown();
    members.close();
  }
}
