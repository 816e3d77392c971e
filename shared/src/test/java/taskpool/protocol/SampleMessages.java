package taskpool.protocol;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import java.util.List;

/** Messages of every kind that leaves a process, with every component in use. */
public final class SampleMessages {
  private SampleMessages() {}

  /** All of them, some more than once; their actors are probes. */
  public static List<Wire> all(ActorTestKit kit) {
    ActorRef<WorkerCommand> worker = kit.<WorkerCommand>createTestProbe().ref();
    ActorRef<ClientCommand> client = kit.<ClientCommand>createTestProbe().ref();
    byte[] some = {1, 2, 3};
    Header header = new Header(7, 5);
    Chunk chunk = new Chunk(9, 100, some);
    Progress progress = new Progress(4, 1, 2, "half, 半, half a pair: \ud83d");
    Outcome outcome = new Outcome(4, Outcome.Kind.MIXED, some);
    CancelAnswer answer = new CancelAnswer(4, true);
    Cancel cancel = new Cancel(4, false);
    SyncRequest request =
        new SyncRequest(11, 2, SyncOperation.ACQUIRE, 3, SyncRequest.FOR_EVER, some);
    SyncReply reply = new SyncReply(11, SyncReply.Status.NOT_OWNER, 1L << 40, null);
    Terms.Retry retry = new Terms.Retry(3, 1, 2, List.of("java.io.IOException"));
    Terms terms = new Terms(9, 1L << 40, 5, 6, retry, "key");
    Terms fewTerms = new Terms(0, 0, 0, 0, null, null);
    return List.of(
        new CoordinatorCommand.RegisterWorker(new WorkerInfo(3, 4711, "host", 2), worker),
        new CoordinatorCommand.FromWorker(
            3,
            header,
            new WorkerBatch(
                List.of(progress),
                List.of(chunk),
                List.of(outcome, outcome.withPayload(null)),
                List.of(answer),
                List.of(new Overdue(5, Overdue.Reason.CANCELLED, true)),
                List.of(1L, 1L << 40),
                3,
                12)),
        new CoordinatorCommand.FromWorker(3, new Header(0, 5), null),
        new CoordinatorCommand.OpenSession(1, 1L << 31, client),
        new CoordinatorCommand.FromClient(
            1,
            header,
            new ClientBatch(
                List.of(some),
                List.of(chunk),
                List.of(
                    new Submission(8, 0, true, terms, some),
                    new Submission(9, 0, false, null, null)),
                List.of(cancel),
                List.of(request))),
        new WorkerCommand.FromCoordinator(
            header,
            new LeaseBatch(
                List.of(some),
                List.of(chunk),
                List.of(
                    new Lease(1L << 50, 1, 8, 2, 0, false, fewTerms, some),
                    new Lease(2, 1, 9, 1, 0, true, null, null)),
                List.of(cancel))),
        new ClientCommand.CoordinatorEnded("closed"),
        new ClientCommand.FromCoordinator(
            header,
            new CompletionBatch(
                List.of(progress),
                List.of(chunk),
                List.of(outcome),
                List.of(answer),
                List.of(reply))));
  }
}
