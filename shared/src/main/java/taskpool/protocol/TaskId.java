package taskpool.protocol;

/** How a task is called outside the protocol, the same at both ends. */
public final class TaskId {
  private TaskId() {}

  /** The id of a session's task: {@code 5f3a-17}. */
  public static String of(int session, long task) {
    return Integer.toHexString(session) + "-" + task;
  }
}
