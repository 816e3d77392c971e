package taskpool.lifecycle;

/** What can happen to a task, as the coordinator sees it. */
public enum TaskEvent {
  /** The time before which it must not start is over. */
  DUE("its time has come"),
  /** A worker with credit was given the task. */
  LEASE("a worker takes it"),
  /** The worker gave the task back before it had begun. */
  RETURN("handed back unstarted"),
  /** The worker died; attempts are left. */
  LOSE("its worker died, attempts left"),
  /** It has seen too many of its workers die to be tried on another one. */
  QUARANTINE("it killed too many workers"),
  /** No worker can be started. */
  GIVE_UP("no worker can be started"),
  /** Its run took longer than its hard limit, and was ended with its worker. */
  EXPIRE("its hard limit is over"),
  /** The function threw, and the task's terms ask for another run later. */
  RETRY("the function threw, attempts left"),
  /** Its key belongs to a call of another function. */
  REFUSE("its key belongs to another function"),
  /** Another task with its key has ended with a result. */
  SHARE("another one of its key has a result"),
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
