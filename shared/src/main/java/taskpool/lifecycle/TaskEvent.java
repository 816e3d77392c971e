package taskpool.lifecycle;

/** What can happen to a task, as the coordinator sees it. */
public enum TaskEvent {
  /** A worker with credit was given the task. */
  LEASE("a worker takes it"),
  /** The worker gave the task back before it had begun. */
  RETURN("handed back unstarted"),
  /** The worker died; attempts are left. */
  LOSE("its worker died, attempts left"),
  /** The worker died and the attempts are used up, or no worker can be started. */
  GIVE_UP("attempts used up"),
  /** The function returned. */
  FINISH("the function returned"),
  /** The function threw, or its values could not be read or written. */
  FAIL("the function threw"),
  /** The submitter cancelled it and it runs no more, or the submitter is gone. */
  CANCEL("cancelled");

  private final String label;

  TaskEvent(String label) {
    this.label = label;
  }

  /** The words on the diagram's arrow. */
  public String label() {
    return label;
  }
}
