package taskpool.system.contract;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;

/**
 * A seat in a task: its thread does the work over the pool that runs the task. Orders and answers
 * go over a socket, so that none of what is tested is needed for it, and the task does not lend its
 * slot while it has nothing to do.
 */
@SuppressWarnings("try") // a test may be interrupted while it closes
final class TaskSeat implements Seat {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private sealed interface Order extends Serializable {}

  private record Do(int id, Work<?, ?> work) implements Order {}

  private record Watch(int id) implements Order {}

  private record Interrupt(int id) implements Order {}

  private record End() implements Order {}

  private record Answer(int id, Object value, Throwable failure) implements Serializable {}

  private final TaskHandle<Long> task;
  private final Socket socket;
  private final ObjectOutputStream out;
  private final AtomicInteger lastOrder = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Object>> unanswered = new ConcurrentHashMap<>();

  private TaskSeat(TaskHandle<Long> task, Socket socket) throws IOException {
    this.task = task;
    this.socket = socket;
    this.out = output(socket);
    Thread reader = new Thread(this::read, "answers of " + task.id());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts the task, and waits until it runs. */
  static TaskSeat in(TaskPool pool) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout((int) LIMIT.toMillis());
      TaskHandle<Long> task = pool.applyAsync(TaskSeat::serve, server.getLocalPort());
      return new TaskSeat(task, server.accept());
    }
  }

  private static ObjectOutputStream output(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    ObjectOutputStream out =
        new ObjectOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    out.flush(); // its header, which the other end waits for
    return out;
  }

  private void read() {
    try (ObjectInputStream in = new ObjectInputStream(socket.getInputStream())) {
      while (true) {
        Answer answer = (Answer) in.readObject();
        CompletableFuture<Object> asked = unanswered.remove(answer.id());
        if (answer.failure() == null) {
          asked.complete(answer.value());
        } else {
          asked.completeExceptionally(answer.failure());
        }
      }
    } catch (IOException | ClassNotFoundException e) {
      unanswered.values().forEach(asked -> asked.completeExceptionally(e));
    }
  }

  private synchronized void send(Order order) {
    try {
      out.writeObject(order);
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException("the task is not there: " + task, e);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // it is what the step gives
  public <R> CompletableFuture<R> does(Work<?, R> work) {
    int id = lastOrder.incrementAndGet();
    CompletableFuture<Object> answer = new CompletableFuture<>();
    unanswered.put(id, answer);
    send(new Do(id, work));
    return (CompletableFuture<R>) answer;
  }

  @Override
  public void interrupt() {
    int id = lastOrder.incrementAndGet();
    CompletableFuture<Object> answer = new CompletableFuture<>();
    unanswered.put(id, answer);
    send(new Interrupt(id));
    Object unused = answer.join(); // what comes next must not overtake it
  }

  @Override
  public CompletableFuture<Void> waits() {
    int id = lastOrder.incrementAndGet();
    CompletableFuture<Object> answer = new CompletableFuture<>();
    unanswered.put(id, answer);
    send(new Watch(id));
    return answer.thenAccept(nothing -> {});
  }

  @Override
  public void close() throws Exception {
    try (socket) {
      send(new End());
      task.get(Duration.ofSeconds(10));
    } finally {
      task.cancel(true);
    }
  }

  /** In the task: follows orders until there are no more; gives the worker's process id. */
  private static long serve(int port) throws Exception {
    TaskContext context = TaskContext.current();
    WorkThread work = new WorkThread(context.pool());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      ObjectOutputStream out = output(socket);
      ObjectInputStream in = new ObjectInputStream(socket.getInputStream());
      Thread reader = new Thread(() -> follow(in, out, work), "orders");
      reader.setDaemon(true);
      reader.start();
      work.run();
    }
    return context.pid();
  }

  private static void follow(ObjectInputStream in, ObjectOutputStream out, WorkThread work) {
    try {
      while (follow((Order) in.readObject(), out, work)) {
        // the next one
      }
    } catch (IOException | ClassNotFoundException e) {
      // the program has gone
    } finally {
      work.stop();
    }
  }

  private static boolean follow(Order order, ObjectOutputStream out, WorkThread work) {
    if (order instanceof Do something) {
      var unused = work.does(something.work()).whenComplete(answering(something.id(), out));
    } else if (order instanceof Watch watch) {
      Runnable watching =
          () -> {
            try {
              work.awaitWaiting();
              answer(out, new Answer(watch.id(), null, null));
            } catch (InterruptedException | RuntimeException e) {
              answer(out, new Answer(watch.id(), null, e));
            }
          };
      // apart, for an interrupt may come next
      Thread watcher = new Thread(watching, "watch");
      watcher.setDaemon(true);
      watcher.start();
    } else if (order instanceof Interrupt interrupt) {
      work.interrupt();
      answer(out, new Answer(interrupt.id(), null, null));
    }
    return !(order instanceof End);
  }

  private static BiConsumer<Object, Throwable> answering(int id, ObjectOutputStream out) {
    return (value, failure) -> answer(out, new Answer(id, value, failure));
  }

  private static void answer(ObjectOutputStream out, Answer answer) {
    synchronized (out) {
      try {
        out.writeObject(answer);
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(answer.toString(), e);
      }
    }
  }
}
