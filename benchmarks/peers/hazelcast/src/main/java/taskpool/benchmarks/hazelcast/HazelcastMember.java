package taskpool.benchmarks.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import taskpool.benchmarks.contender.ContenderProgram;
import taskpool.benchmarks.contender.MemberProcesses;

/** A member of the cluster: runs one task at a time. */
final class HazelcastMember {
  static final String EXECUTOR = "tasks";

  private static final String LOOPBACK = "127.0.0.1";

  private HazelcastMember() {}

  /** The arguments: which member this is, the cluster's name, and the members' ports. */
  public static void main(String... arguments) {
    ContenderProgram.endWithInput();
    int number = Integer.parseInt(arguments[0]);
    Hazelcast.newHazelcastInstance(config(arguments[1], number, arguments[2], arguments[3]));
    System.out.println(MemberProcesses.STARTED);
  }

  private static Config config(String cluster, int number, String... ports) {
    Config config = new Config();
    config.setClusterName(cluster);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.logging.type", "none");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.getJetConfig().setEnabled(false);
    config.getExecutorConfig(EXECUTOR).setPoolSize(1);
    config.getSerializationConfig().addDataSerializableFactory(TaskCall.FACTORY, TaskCall.EMPTY);
    var network = config.getNetworkConfig();
    network.setPort(Integer.parseInt(ports[number])).setPortAutoIncrement(false);
    network.getInterfaces().setEnabled(true).addInterface(LOOPBACK);
    network.getJoin().getAutoDetectionConfig().setEnabled(false);
    network.getJoin().getMulticastConfig().setEnabled(false);
    var members = network.getJoin().getTcpIpConfig().setEnabled(true);
    for (String port : ports) {
      members.addMember(LOOPBACK + ":" + port);
    }
    return config;
  }
}
