/**
 * The faces of {@code java.util.concurrent} that a pool has. Entry types: {@link
 * taskpool.client.executor.SessionExecutor} and {@link
 * taskpool.client.executor.SessionCompletionService}, over any {@link
 * taskpool.client.executor.ExecutorPool}. Not for users to import.
 *
 * <p>Nothing here talks to the coordinator but through the pool and its tasks' handles. An executor
 * that has been terminated has no task that runs, or could yet run.
 */
@NullMarked
package taskpool.client.executor;

import org.jspecify.annotations.NullMarked;
