package taskpool.benchmarks.ignite;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCompute;
import org.apache.ignite.IgniteQueue;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.lang.IgniteFuture;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import taskpool.benchmarks.contender.Contender;
import taskpool.benchmarks.contender.ContenderProgram;
import taskpool.benchmarks.contender.Meeting;
import taskpool.benchmarks.contender.MemberProcesses;
import taskpool.benchmarks.contender.NumberQueue;
import taskpool.benchmarks.contender.QueueBarrier;

/** A client node of two server nodes with a thread for tasks each. */
public final class IgniteProgram implements Contender {
  private final MemberProcesses servers;
  private final Ignite client;
  private final IgniteCompute compute;

  private IgniteProgram() throws IOException, URISyntaxException {
    System.setProperty("IGNITE_QUIET", "true");
    System.setProperty("IGNITE_UPDATE_NOTIFIER", "false");
    List<String> ports =
        MemberProcesses.freePorts().stream().map(port -> Integer.toString(port)).toList();
    String folder = workFolder();
    servers = MemberProcesses.start(IgniteNode.class, folder, ports.get(0), ports.get(1));
    servers.awaitStarted();
    IgniteConfiguration config = IgniteNode.config("client", folder, ports).setClientMode(true);
    ((TcpDiscoverySpi) config.getDiscoverySpi()).setLocalPortRange(100);
    client = Ignition.start(config);
    compute = client.compute(client.cluster().forServers());
  }

  /** See {@link ContenderProgram}. */
  public static void main(String... arguments) {
    ContenderProgram.main(IgniteProgram::new, arguments);
  }

  /** Beside these classes, where the build's other products are. */
  private static String workFolder() throws URISyntaxException {
    return Path.of(IgniteProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .resolveSibling("work")
        .toString();
  }

  @Override
  public Pending<Integer> noOp(int number) {
    IgniteFuture<Integer> result = compute.callAsync(new TaskCall.NoOp(number));
    return result::get;
  }

  @Override
  public Pending<byte[]> echo(byte[] payload) {
    IgniteFuture<byte[]> result = compute.callAsync(new TaskCall.Echo(payload));
    return result::get;
  }

  @Override
  public Pending<Long> burn(long cpuNanos) {
    IgniteFuture<Long> result = compute.callAsync(new TaskCall.Burn(cpuNanos));
    return result::get;
  }

  @Override
  public Pending<Long> processId() {
    IgniteFuture<Long> result = compute.callAsync(new TaskCall.ProcessId());
    return result::get;
  }

  @Override
  public NumberQueue queue(int capacity) {
    IgniteQueue<Integer> queue = Queues.makeNumbers(client, capacity);
    return new NumberQueue() {
      @Override
      public void put(int number) {
        queue.put(number);
      }

      @Override
      public void putAll(List<Integer> numbers) {
        if (!queue.addAll(numbers)) { // no room for all of them, and it does not wait
          numbers.forEach(queue::put);
        }
      }

      @Override
      public Pending<Long> takeSum(int count, int batch) {
        IgniteFuture<Long> result = compute.callAsync(new TaskCall.TakeSum(count, batch));
        return result::get;
      }
    };
  }

  @Override
  public Meeting meeting() {
    QueueBarrier barrier = Queues.barrier(client, 0);
    return new Meeting() {
      @Override
      public Pending<Integer> other(int rounds) {
        IgniteFuture<Integer> result = compute.callAsync(new TaskCall.Meet(rounds));
        return result::get;
      }

      @Override
      public void await() throws InterruptedException {
        barrier.await();
      }
    };
  }

  @Override
  public void close() {
    client.close();
    servers.close();
  }
}
