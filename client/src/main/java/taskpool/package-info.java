/**
 * What users import. Entry type: {@link taskpool.TaskPool}; then {@link taskpool.TaskHandle} for
 * what a submitted task gives, {@link taskpool.TaskContext} inside a running task, {@link
 * taskpool.Call} for a function with its arguments; {@link taskpool.PoolExecutor} for what speaks
 * {@code java.util.concurrent}; {@link taskpool.Subprocess} for programs that are not Java.
 *
 * <p>All types here are safe for use by many threads. Guaranteed: every submitted task ends exactly
 * once, with a result, an error or as cancelled; a worker's death re-runs what it held, so a task
 * may run more than once, but its handle completes once.
 */
@NullMarked
package taskpool;

import org.jspecify.annotations.NullMarked;
