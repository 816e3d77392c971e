package taskpool.benchmarks;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Who is measured. */
enum Entrant {
  TASKPOOL("taskpool"),
  /** The same from a JVM without a class archive, as a program starts that does not ask for one. */
  TASKPOOL_PLAIN("taskpool(plain)"),
  MP_POOL("mp.Pool"),
  MP_POOL_SPAWN("mp.Pool(spawn)"),
  /** No pool: a process of multiprocessing, with a queue or barrier that it is born with. */
  MP_PROCESS("mp.Process"),
  PROCESS_POOL("ProcessPool"),
  HAZELCAST("Hazelcast"),
  IGNITE("Ignite"),
  /** No pool: two processes and a socket between them. */
  SOCKET("socket");

  /** Those that {@code --peers} chooses from; the others come along with one of them. */
  static final Set<Entrant> CHOICES =
      EnumSet.of(TASKPOOL, MP_POOL, PROCESS_POOL, HAZELCAST, IGNITE);

  private final String label;

  Entrant(String label) {
    this.label = label;
  }

  static Optional<Entrant> byLabel(String label) {
    return Arrays.stream(values()).filter(entrant -> entrant.label.equals(label)).findFirst();
  }

  /** The name in the table, on the command line and in the JSON. */
  String label() {
    return label;
  }

  /** Whether it is one that taskpool is compared with. */
  boolean isPeer() {
    return this != TASKPOOL && this != TASKPOOL_PLAIN && this != SOCKET;
  }

  /** Whether it takes part when these were chosen. */
  boolean takesPart(Set<Entrant> chosen) {
    return switch (this) {
      case TASKPOOL_PLAIN -> chosen.contains(TASKPOOL);
      case MP_POOL_SPAWN, MP_PROCESS -> chosen.contains(MP_POOL);
      case SOCKET -> true;
      default -> chosen.contains(this);
    };
  }

  @Override
  public String toString() {
    return label;
  }
}
