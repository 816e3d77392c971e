package taskpool.examples.downloads;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server on this machine whose files are as far away as one likes. Thread-safe. */
final class FileServer implements AutoCloseable {
  private static final int FILE_BYTES = 256 * 1024;
  private static final int OK = 200;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Duration latency;
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostUnderWay = new AtomicInteger();

  private FileServer(HttpServer server, Duration latency) {
    this.server = server;
    this.latency = latency;
  }

  static FileServer start(Duration latency) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    FileServer files = new FileServer(HttpServer.create(address, 0), latency);
    files.server.createContext("/", files::serve);
    files.server.setExecutor(files.threads);
    files.server.start();
    return files;
  }

  URI uri(String file) {
    return URI.create("http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), file));
  }

  private void serve(HttpExchange request) throws IOException {
    try (request) {
      cover(latency);
      byte[] contents = new byte[FILE_BYTES];
      new Random(request.getRequestURI().getPath().hashCode()).nextBytes(contents);
      request.sendResponseHeaders(OK, contents.length);
      request.getResponseBody().write(contents);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server is being closed
    }
  }

  private void cover(Duration distance) throws InterruptedException {
    mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    try {
      Thread.sleep(distance.toMillis());
    } finally {
      underWay.decrementAndGet();
    }
  }

  /** The most requests that were there at a time, since this was last asked. */
  int mostAtATime() {
    return mostUnderWay.getAndSet(0);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
