package taskpool.protocol;

/** Marks the messages that leave a process; bound to Jackson CBOR in {@code taskpool-akka.conf}. */
public interface Wire {}
