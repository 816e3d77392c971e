package taskpool.protocol;

/**
 * Marks the messages that leave a process. For Artery they are bound to Jackson CBOR in {@code
 * taskpool-akka.conf}; for the socket of a host {@link taskpool.node.Node} has a codec that must
 * know each of them.
 */
public interface Wire {}
