package taskpool.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import taskpool.TaskPool;
import taskpool.client.sync.SessionObjects;

/** The pools that this process has to do with: its own, and those that were sent to it. */
public final class KnownPools {
  private static final Map<String, Known> POOLS = new ConcurrentHashMap<>();

  private record Known(Supplier<TaskPool> pool, BooleanSupplier idle) {}

  /** One that was sent here. */
  private record Referred(ReferredPool pool) implements Supplier<TaskPool> {
    @Override
    public TaskPool get() {
      return pool;
    }
  }

  private KnownPools() {}

  /**
   * References to this coordinator's pool lead there from now on.
   *
   * @param idle whether none of its tasks that this process knows of is unfinished; must not block
   */
  public static void add(String coordinator, Supplier<TaskPool> pool, BooleanSupplier idle) {
    POOLS.put(coordinator, new Known(pool, idle));
  }

  /** Whether no task that this process has submitted, to whichever pool, is unfinished. */
  public static boolean allIdle() {
    return POOLS.values().stream().allMatch(known -> known.idle().getAsBoolean());
  }

  /** The pool has ended. */
  public static void remove(String coordinator) {
    POOLS.remove(coordinator);
  }

  /** The same of one that was sent here. */
  static void remove(ReferredPool pool) {
    POOLS.computeIfPresent(
        pool.reference().coordinator(),
        (coordinator, known) -> known.pool.equals(new Referred(pool)) ? null : known);
  }

  /** The primitives of a pool as this process sees them. */
  public static SessionObjects objects(PoolReference reference) {
    if (resolve(reference) instanceof SharingPool pool) {
      return pool.objects();
    }
    throw new IllegalStateException("no pool of ours: " + reference.name());
  }

  /** The pool, or a new end of it: one for each pool, so that all share a session. */
  public static TaskPool resolve(PoolReference reference) {
    return POOLS
        .computeIfAbsent(
            reference.coordinator(),
            unknown -> {
              ReferredPool referred = new ReferredPool(reference);
              return new Known(new Referred(referred), referred::isIdle);
            })
        .pool()
        .get();
  }
}
