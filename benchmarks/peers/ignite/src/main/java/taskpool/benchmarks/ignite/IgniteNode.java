package taskpool.benchmarks.ignite;

import java.util.List;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.logger.NullLogger;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;
import taskpool.benchmarks.contender.ContenderProgram;
import taskpool.benchmarks.contender.MemberProcesses;

/** A server node: runs one task at a time. */
final class IgniteNode {
  private static final String LOOPBACK = "127.0.0.1";

  private IgniteNode() {}

  /** The arguments: which node this is, the folder for its files, and the nodes' ports. */
  public static void main(String... arguments) {
    ContenderProgram.endWithInput();
    int number = Integer.parseInt(arguments[0]);
    List<String> ports = List.of(arguments[2], arguments[3]);
    IgniteConfiguration config = config("server-" + number, arguments[1], ports);
    ((TcpDiscoverySpi) config.getDiscoverySpi()).setLocalPort(Integer.parseInt(ports.get(number)));
    config.setPublicThreadPoolSize(1);
    Ignition.start(config);
    System.out.println(MemberProcesses.STARTED);
  }

  /** What all nodes have in common: quiet, on the loopback interface, nothing but compute. */
  static IgniteConfiguration config(String name, String folder, List<String> ports) {
    TcpDiscoveryVmIpFinder addresses = new TcpDiscoveryVmIpFinder();
    addresses.setAddresses(ports.stream().map(port -> LOOPBACK + ":" + port).toList());
    TcpDiscoverySpi discovery = new TcpDiscoverySpi();
    discovery.setIpFinder(addresses);
    discovery.setLocalPortRange(0);
    TcpCommunicationSpi communication = new TcpCommunicationSpi();
    communication.setLocalPort(Integer.parseInt(ports.get(0)) + 1);
    return new IgniteConfiguration()
        .setIgniteInstanceName(name)
        .setConsistentId(name)
        .setWorkDirectory(folder)
        .setLocalHost(LOOPBACK)
        .setDiscoverySpi(discovery)
        .setCommunicationSpi(communication)
        .setConnectorConfiguration(null)
        .setClientConnectorConfiguration(null)
        .setMetricsLogFrequency(0)
        .setGridLogger(new NullLogger());
  }
}
