package taskpool.node;

import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import com.typesafe.config.Config;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that runs all actors of a process: it spins a moment before it sleeps. */
public final class SpinningDispatcher extends ExecutorServiceConfigurator {

  /** Called by Akka. */
  public SpinningDispatcher(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
    return () -> new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new SpinningQueue(), threads);
  }

  private static final class SpinningQueue extends LinkedBlockingQueue<Runnable> {
    private static final long serialVersionUID = 1;
    private final transient BriefSpin spin = new BriefSpin();

    @Override
    public Runnable take() throws InterruptedException {
      Runnable next = poll();
      if (next == null) {
        spin.await(() -> !isEmpty());
        next = super.take();
        spin.learn();
      }
      return next;
    }
  }
}
