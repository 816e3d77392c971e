package taskpool.coordinator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.LostWorker;
import taskpool.protocol.Overdue;

/**
 * What has befallen a task besides being run. Most tasks have none of it, and millions may be
 * queued, so it is kept apart. Confined to the coordinator.
 */
final class Mishaps {
  /** Stands for that of a task that has none; never changed. */
  static final Mishaps NONE = new Mishaps();

  /** Runs that have failed and been repeated. */
  int failures;

  /** The workers that may have died of it. */
  final List<LostWorker> deaths = new ArrayList<>(1);

  /** Why its worker is going to be killed, if it is. */
  @Nullable Overdue overdue;

  /** Whether it is queued only until another task with its key has ended; it is in no lane then. */
  boolean waitsForKey;

  int unansweredCancels;
  boolean cancelAccepted;
}
