package taskpool.function;

import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Callable} that a lambda can be and still be sent. As the more special type it is the one
 * that a lambda becomes where a method takes either.
 */
@FunctionalInterface
public interface SendableCallable<T extends @Nullable Object> extends Callable<T>, Serializable {}
