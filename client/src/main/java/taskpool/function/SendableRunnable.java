package taskpool.function;

import java.io.Serializable;

/**
 * A {@link Runnable} that a lambda can be and still be sent. As the more special type it is the one
 * that a lambda becomes where a method takes either.
 */
@FunctionalInterface
public interface SendableRunnable extends Runnable, Serializable {}
