package taskpool.queues;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import taskpool.client.SyncCalls.Handler;
import taskpool.client.sync.QueueStock;
import taskpool.client.sync.QueueStock.Taking;
import taskpool.protocol.Items;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/**
 * A thread of a process that puts and takes, one after the other: does what a queue's methods do,
 * but where they would block it is not called until its answer is there.
 */
final class QueueThread {
  private static final int LARGE_BYTES = 5_000;
  private static final int MOST_DRAINED = 3;

  /** Waits for an answer. */
  private static final class Call {
    final SyncRequest request;
    final Handler handler;
    final Consumer<SyncReply> then;
    @Nullable SyncReply reply;
    boolean withdrawn;

    Call(SyncRequest request, Handler handler, Consumer<SyncReply> then) {
      this.request = request;
      this.handler = handler;
      this.then = then;
    }
  }

  private final QueueProcess process;
  private final int number;
  private final QueueAccount account;
  private final Random random;
  private @Nullable Call call;
  private int lastItem;

  QueueThread(QueueProcess process, int number, QueueAccount account, Random random) {
    this.process = process;
    this.number = number;
    this.account = account;
    this.random = random;
  }

  boolean isDead() {
    return process.isDead();
  }

  boolean isIdle() {
    return call == null;
  }

  /** Whether its answer is there. */
  boolean canGoOn() {
    return call != null && call.reply != null;
  }

  /** What it waits for; null if it does not. */
  @Nullable SyncOperation waitsFor() {
    return call == null ? null : call.request.operation();
  }

  private long anyTimeout() {
    return switch (random.nextInt(3)) {
      case 0 -> 0;
      case 1 -> 1 + random.nextInt(QueueWorld.LONGEST_WAIT_NANOS);
      default -> SyncRequest.FOR_EVER;
    };
  }

  /** Begins something. */
  void begin(double puts) {
    if (random.nextDouble() < puts) {
      put(anyTimeout());
    } else {
      switch (random.nextInt(5)) {
        case 0 -> ask(SyncOperation.STATE, 0, 0, null, Handler.KEEPS, reply -> {}, true);
        case 1 -> drain(1 + random.nextInt(MOST_DRAINED));
        default -> take(anyTimeout());
      }
    }
  }

  void put(long timeoutNanos) {
    String item = "%s:%d".formatted(this, ++lastItem);
    byte[] bytes = item.getBytes(UTF_8);
    if (random.nextInt(10) == 0) {
      byte[] large = Arrays.copyOf(bytes, LARGE_BYTES);
      byte[] single = Items.join(List.of(large));
      ask(SyncOperation.PUT, 0, timeoutNanos, single, Handler.KEEPS, reply -> {}, false);
    } else if (process.stock.store(bytes)) {
      account.put(item);
    } else {
      ask(
          SyncOperation.RESERVE,
          QueueStock.wantedRoom(),
          timeoutNanos,
          null,
          process.stock.reserving(),
          reply -> {
            if (process.stock.fill(reply, bytes)) {
              account.roomUsed();
              account.put(item);
            }
          },
          false);
    }
  }

  void take(long timeoutNanos) {
    byte[] first = process.stock.takeAhead();
    if (first != null) {
      account.taken(name(first), this);
    } else {
      takeMore(1, timeoutNanos);
    }
  }

  private void drain(int most) {
    int left = most;
    for (byte[] next = process.stock.takeAhead(); next != null; ) {
      account.taken(name(next), this);
      next = --left > 0 ? process.stock.takeAhead() : null;
    }
    if (left > 0) {
      takeMore(left, 0);
    }
  }

  private void takeMore(int most, long timeoutNanos) {
    Taking taking = process.stock.taking(most);
    ask(
        SyncOperation.TAKE,
        taking.argument(),
        timeoutNanos,
        null,
        taking,
        reply -> taking.taken(reply).forEach(item -> account.taken(name(item), this)),
        false);
  }

  private void ask(
      SyncOperation operation,
      long argument,
      long timeoutNanos,
      byte @Nullable [] payload,
      Handler handler,
      Consumer<SyncReply> then,
      boolean looks) {
    if (looks) {
      process.stock.beforeLook();
    }
    SyncRequest request =
        new SyncRequest(process.nextId(), 1, operation, argument, timeoutNanos, payload);
    call = new Call(request, handler, then);
    process.request(request, this);
  }

  /** Gives up what it waits for, if it is anything that may take long. */
  void interrupt() {
    Call interrupted = call;
    if (interrupted != null
        && !interrupted.withdrawn
        && interrupted.request.operation() != SyncOperation.STATE
        && interrupted.request.timeoutNanos() != 0) {
      account.disturbed();
      interrupted.withdrawn = true;
      process.tell(SyncOperation.WITHDRAW, interrupted.request.id());
    }
  }

  /** Its answer has come. On the session's thread. */
  void arrived(SyncReply reply) {
    Call answered = call;
    QueueAccount.check(
        answered != null && answered.request.id() == reply.id() && answered.reply == null,
        "%s is told %s, and did not ask",
        this,
        reply);
    answered.handler.arrived(reply);
    answered.reply = reply;
  }

  /** Goes on with its answer, as {@link taskpool.client.SyncCalls} does. */
  void goOn() {
    Call done = call;
    call = null;
    SyncReply reply = done.reply;
    Status status = reply.status();
    boolean over = status == Status.WITHDRAWN || status == Status.TIMED_OUT;
    if (done.withdrawn && !over && done.request.operation() == SyncOperation.TAKE) {
      account.strayed(names(Items.split(reply.payload()).subList(0, (int) reply.value())));
    }
    if (done.withdrawn && (over || done.handler.giveBack(reply))) {
      if (!over && done.request.operation() == SyncOperation.RESERVE) {
        account.roomUsed();
      }
      return;
    }
    done.then.accept(reply);
  }

  static String name(byte[] item) {
    return new String(item, UTF_8).trim();
  }

  static List<String> names(List<byte[]> items) {
    List<String> names = new ArrayList<>();
    items.forEach(item -> names.add(name(item)));
    return names;
  }

  @Override
  public String toString() {
    return process + "." + number;
  }
}
