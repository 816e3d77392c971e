package taskpool.queues;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import taskpool.client.SyncCalls.Teller;
import taskpool.client.sync.QueueStock;
import taskpool.protocol.Items;
import taskpool.protocol.SyncKind;
import taskpool.protocol.SyncOpening;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/** A process with one end of the queue: its session's thread, and threads that use the queue. */
final class QueueProcess {
  final int session;
  final QueueStock stock;
  final List<QueueThread> threads = new ArrayList<>();

  /** What the session's thread has to do. */
  private final ArrayDeque<Runnable> mailbox = new ArrayDeque<>();

  private final ArrayDeque<SyncRequest> toCoordinator = new ArrayDeque<>();
  private final Map<Long, QueueThread> asking = new HashMap<>();
  private long lastId;
  private boolean dead;

  QueueProcess(int session, int capacity, int threadCount, QueueAccount account, Random random) {
    this.session = session;
    this.stock =
        new QueueStock(
            new QueueStock.Voice() {
              @Override
              public void tellSoon(Consumer<Teller> speech) {
                mailbox.add(() -> speech.accept(QueueProcess.this::say));
              }

              @Override
              public void tell(SyncOperation operation, long argument) {
                QueueProcess.this.tell(operation, argument);
              }
            });
    for (int i = 1; i <= threadCount; i++) {
      threads.add(new QueueThread(this, i, account, random));
    }
    SyncOpening opening = new SyncOpening(SyncKind.QUEUE, "it", new byte[0], toString(), 0);
    toCoordinator.add(
        new SyncRequest(nextId(), 1, SyncOperation.OPEN, capacity, 0, opening.encode()));
  }

  long nextId() {
    return ++lastId;
  }

  private void say(SyncOperation operation, long argument, byte @Nullable [] payload) {
    toCoordinator.add(new SyncRequest(nextId(), 1, operation, argument, 0, payload));
  }

  void tell(SyncOperation operation, long argument) {
    mailbox.add(() -> say(operation, argument, null));
  }

  void request(SyncRequest request, QueueThread asker) {
    asking.put(request.id(), asker);
    mailbox.add(() -> toCoordinator.add(request));
  }

  /** From the coordinator. */
  void receive(SyncReply reply) {
    mailbox.add(
        () -> {
          if (reply.status() == Status.RECALLED) {
            stock.recalled(this::say);
          } else {
            asking.remove(reply.id()).arrived(reply);
          }
        });
  }

  boolean hasMail() {
    return !mailbox.isEmpty();
  }

  void readMail() {
    mailbox.remove().run();
  }

  /** What the coordinator is to get next; null if there is nothing. */
  @Nullable SyncRequest pollRequest() {
    return toCoordinator.poll();
  }

  boolean hasRequests() {
    return !toCoordinator.isEmpty();
  }

  boolean isDead() {
    return dead;
  }

  /** It ends here and now; gives what it has put and never will arrive. */
  List<String> die() {
    dead = true;
    while (hasMail()) {
      readMail(); // to see what it would have said: nobody else knows what it has put
    }
    List<String> lost = new ArrayList<>();
    for (SyncRequest request : toCoordinator) {
      if (request.operation() == SyncOperation.STORE) {
        lost.addAll(QueueThread.names(Items.split(request.payload())));
      }
    }
    toCoordinator.clear();
    return lost;
  }

  @Override
  public String toString() {
    return Integer.toString(session);
  }
}
