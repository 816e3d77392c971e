package taskpool.coordinator.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/** Stands for what could not be made, and says so. Confined to the coordinator. */
record NotMade(Answers answers, String why) implements Primitive {
  @Override
  public void handle(Caller caller, SyncRequest request) {
    answers.answer(caller, Status.REFUSED, 0, why.getBytes(UTF_8));
  }

  @Override
  public void giveUp(Caller caller, Status status) {
    // nobody waits
  }

  @Override
  public void sessionClosed(int session) {
    // it has nothing
  }
}
