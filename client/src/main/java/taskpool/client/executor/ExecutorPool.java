package taskpool.client.executor;

import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import taskpool.Call;
import taskpool.TaskOptions;

/** What executors need of a pool. Thread-safe. */
public interface ExecutorPool {

  /** Submits a call, as a pool does. */
  <R extends @Nullable Object> PoolTask<R> applyAsync(Call<R> call);

  /** The options of calls that have none of their own. */
  TaskOptions options();

  /** Submits a call; who is interrupted while there is no room for it hears what executors say. */
  default <R extends @Nullable Object> PoolTask<R> submitOrReject(Call<R> call) {
    try {
      return applyAsync(call);
    } catch (CancellationException e) {
      throw new RejectedExecutionException(e.getMessage(), e);
    }
  }
}
