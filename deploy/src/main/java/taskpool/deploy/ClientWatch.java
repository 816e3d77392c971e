package taskpool.deploy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether processes of this machine that have sessions are still there. They are not this
 * one's children, so nobody tells it. On one thread, from the first of them on. Thread-safe.
 */
final class ClientWatch implements AutoCloseable {
  private static final long LOOK_MILLIS = 50;

  private final Listener listener;
  private final Map<Integer, Client> clients = new HashMap<>();
  private @Nullable ScheduledExecutorService thread;
  private boolean closed;

  /** Is told of ends, on the thread that looks. */
  interface Listener {
    void clientExited(int session, long pid);
  }

  private record Client(int session, long pid, Optional<ProcessHandle> process) {
    boolean isGone() {
      return process.isEmpty() || !process.get().isAlive();
    }
  }

  ClientWatch(Listener listener) {
    this.listener = listener;
  }

  /** Tells of the end of a session's process, once, and also if it is gone already. */
  synchronized void add(int session, long pid) {
    if (closed || clients.containsKey(session)) {
      return;
    }
    clients.put(session, new Client(session, pid, ProcessHandle.of(pid)));
    if (thread == null) {
      thread = Executors.newSingleThreadScheduledExecutor(ClientWatch::daemon);
      var unused = thread.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread daemon = new Thread(work, "client-watch");
    daemon.setDaemon(true);
    return daemon;
  }

  private void look() {
    gone().forEach(client -> listener.clientExited(client.session, client.pid));
  }

  private synchronized List<Client> gone() {
    List<Client> gone = new ArrayList<>(clients.values());
    gone.removeIf(client -> !client.isGone());
    gone.forEach(client -> clients.remove(client.session));
    return gone;
  }

  /** Looks no more. */
  @Override
  public synchronized void close() {
    closed = true;
    clients.clear();
    if (thread != null) {
      thread.shutdown();
    }
  }
}
