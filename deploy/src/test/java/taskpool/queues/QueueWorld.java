package taskpool.queues;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import taskpool.coordinator.sync.Primitives;
import taskpool.protocol.Items;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/** One run: a coordinator's queue, processes that use it, and messages in between. */
final class QueueWorld {
  static final int LONGEST_WAIT_NANOS = 100;

  /** After so long nobody waits for the answer to a recall any more. */
  private static final long DELAY_NANOS = 1_000_000_000;

  private static final int MOST_AFTERWARDS = 100_000;

  /** How a run is made up. */
  record Plan(
      int capacity,
      int processes,
      int threads,
      int steps,
      double interrupts,
      double deaths,
      double delays) {}

  private final Random random;
  private final Plan plan;
  private final QueueAccount account;
  private final Primitives primitives;
  private final List<QueueProcess> processes = new ArrayList<>();
  private final Map<Integer, ArrayDeque<SyncReply>> replies = new HashMap<>();
  private final Map<Integer, Map<Long, SyncRequest>> asked = new HashMap<>();
  private final StringBuilder trace = new StringBuilder();

  /** How likely each kind of step is in this run: some have slow networks, some lazy threads. */
  private final double[] weights = new double[5];

  private final double puts;
  private long nowNanos;

  QueueWorld(long seed, Plan plan) {
    this.random = new Random(seed);
    this.plan = plan;
    this.account = new QueueAccount(plan.capacity);
    this.primitives = new Primitives(this::reply, circle -> true);
    this.puts = 0.2 + 0.6 * random.nextDouble();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.pow(10, 2 * random.nextDouble());
    }
    for (int i = 1; i <= plan.processes; i++) {
      start();
    }
  }

  private QueueProcess start() {
    int session = replies.size() + 1;
    QueueProcess process = new QueueProcess(session, plan.capacity, plan.threads, account, random);
    processes.add(process);
    replies.put(session, new ArrayDeque<>());
    asked.put(session, new HashMap<>());
    return process;
  }

  /**
   * Runs to the end.
   *
   * @throws AssertionError if something happened that must not, or did not that must
   */
  void run() {
    try {
      for (int i = 0; i < plan.steps; i++) {
        step();
      }
      comeToRest();
      checkWaits();
      takeTheRest();
      account.checkAllTaken();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(e.getMessage() + System.lineSeparator() + trace, e);
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation is on no class path of ours
  private void log(String what, Object... values) {
    trace.append(String.format(Locale.ROOT, what, values)).append(System.lineSeparator());
  }

  /** Lets one thing happen that can. */
  private void step() {
    double chance = random.nextDouble();
    if (chance < plan.deaths) {
      die(anyOf(processes));
    } else if (chance < plan.deaths + plan.interrupts) {
      QueueThread thread = anyOf(anyOf(processes).threads);
      log("%s is interrupted", thread);
      thread.interrupt();
    } else if (chance < plan.deaths + plan.interrupts + 0.01) {
      nowNanos += random.nextInt(LONGEST_WAIT_NANOS);
      primitives.tick(nowNanos);
    } else if (chance < plan.deaths + plan.interrupts + 0.01 + plan.delays) {
      log("a long time passes");
      account.delayed();
      nowNanos += DELAY_NANOS;
      primitives.tick(nowNanos);
    } else {
      List<Runnable> possible = new ArrayList<>();
      List<Double> likely = new ArrayList<>();
      for (QueueProcess process : processes) {
        addMessages(process, possible, likely);
        for (QueueThread thread : process.threads) {
          if (thread.isIdle()) {
            possible.add(() -> thread.begin(puts));
            likely.add(weights[4]);
          }
        }
      }
      anyOf(possible, likely).run();
    }
  }

  private void addMessages(QueueProcess process, List<Runnable> possible, List<Double> likely) {
    if (process.hasMail()) {
      possible.add(process::readMail);
      likely.add(weights[0]);
    }
    if (process.hasRequests()) {
      possible.add(() -> request(process));
      likely.add(weights[1]);
    }
    if (!replies.get(process.session).isEmpty()) {
      possible.add(() -> process.receive(replies.get(process.session).remove()));
      likely.add(weights[2]);
    }
    for (QueueThread thread : process.threads) {
      if (thread.canGoOn()) {
        possible.add(
            () -> {
              log("%s goes on", thread);
              thread.goOn();
            });
        likely.add(weights[3]);
      }
    }
  }

  private <T> T anyOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private Runnable anyOf(List<Runnable> possible, List<Double> likely) {
    double left = random.nextDouble() * likely.stream().mapToDouble(Double::doubleValue).sum();
    int next = 0;
    while (next < possible.size() - 1 && left >= likely.get(next)) {
      left -= likely.get(next++);
    }
    return possible.isEmpty() ? () -> {} : possible.get(next);
  }

  private void request(QueueProcess process) {
    SyncRequest request = process.pollRequest();
    log(
        "%s > %s %d %d",
        process, request.operation(), request.argument() & Integer.MAX_VALUE, request.id());
    Map<Long, SyncRequest> asks = asked.get(process.session);
    switch (request.operation()) {
      case STORE -> QueueThread.names(Items.split(request.payload())).forEach(account::arrived);
      case PUT_BACK -> putBack(asks.get(-request.argument()));
      default -> asks.put(request.id(), request);
    }
    primitives.request(process.session, request, nowNanos);
  }

  private void putBack(SyncRequest items) {
    QueueThread.names(Items.split(items.payload())).forEach(account::cameBack);
  }

  private void reply(int session, SyncReply reply) {
    log("> %d %s %d %d", session, reply.status(), reply.value(), reply.id());
    if (reply.id() >= 0) {
      SyncRequest request = asked.get(session).remove(reply.id());
      QueueAccount.check(request != null, "%d is answered twice: %s", session, reply);
      answered(session, request, reply);
    }
    replies.get(session).add(reply);
  }

  private void answered(int session, SyncRequest request, SyncReply reply) {
    boolean ok = reply.status() == Status.OK;
    switch (request.operation()) {
      case STATE -> account.toldSize(reply.value());
      case TAKE -> {
        if (ok) {
          List<byte[]> items = Items.split(reply.payload());
          List<byte[]> left = items.subList(0, (int) reply.value());
          QueueThread.names(left).forEach(account::left);
          asked
              .get(session)
              .put(
                  -reply.id(),
                  new SyncRequest(0, 1, SyncOperation.PUT_BACK, 0, 0, Items.join(left)));
          account.sent(session, QueueThread.names(items));
          log("  with %s", QueueThread.names(items));
        } else if (reply.status() == Status.TIMED_OUT) {
          account.toldEmpty();
        }
      }
      case PUT -> {
        if (ok) {
          QueueThread.names(Items.split(request.payload())).forEach(account::putAsked);
        } else if (reply.status() == Status.TIMED_OUT) {
          account.toldFull();
        }
      }
      case RESERVE -> {
        if (ok) {
          account.roomGranted();
        } else if (reply.status() == Status.TIMED_OUT) {
          account.toldFull();
        }
      }
      default -> {}
    }
  }

  private void die(QueueProcess process) {
    log("%s dies", process);
    processes.remove(process);
    account.died(process.session, process.die());
    primitives.sessionClosed(process.session, nowNanos);
    start();
  }

  /** Lets all messages arrive and all time pass. */
  private void comeToRest() {
    int left = MOST_AFTERWARDS;
    boolean moving = true;
    while (moving) {
      QueueAccount.check(--left > 0, "does not come to rest");
      List<Runnable> possible = new ArrayList<>();
      List<Double> likely = new ArrayList<>();
      processes.forEach(process -> addMessages(process, possible, likely));
      if (!possible.isEmpty()) {
        anyOf(possible, likely).run();
      } else if (primitives.nextDeadlineNanos().isPresent()) {
        nowNanos = primitives.nextDeadlineNanos().getAsLong();
        primitives.tick(nowNanos);
      } else {
        moving = false;
      }
    }
  }

  private void checkWaits() {
    List<String> putters = new ArrayList<>();
    List<String> takers = new ArrayList<>();
    for (QueueProcess process : processes) {
      for (QueueThread thread : process.threads) {
        SyncOperation operation = thread.waitsFor();
        if (operation == SyncOperation.TAKE) {
          takers.add(thread.toString());
        } else if (operation != null) {
          putters.add(thread.toString());
        }
      }
    }
    account.checkWaits(putters, takers);
  }

  /** A process more takes what is left, and puts what those want that wait. */
  private void takeTheRest() {
    log("--- the rest");
    QueueProcess last = start();
    QueueThread thread = last.threads.get(0);
    int before = -1;
    while (account.takenCount() > before) {
      before = account.takenCount();
      thread.take(0);
      comeToRest();
    }
    for (int i = 0; i < processes.size() * plan.threads && waiting(SyncOperation.TAKE) > 0; i++) {
      thread.put(0);
      comeToRest();
    }
    for (QueueProcess process : processes) {
      for (QueueThread waiting : process.threads) {
        QueueAccount.check(waiting.isIdle(), "%s still waits for %s", waiting, waiting.waitsFor());
      }
    }
  }

  private long waiting(SyncOperation operation) {
    return processes.stream()
        .flatMap(process -> process.threads.stream())
        .filter(thread -> thread.waitsFor() == operation)
        .count();
  }
}
