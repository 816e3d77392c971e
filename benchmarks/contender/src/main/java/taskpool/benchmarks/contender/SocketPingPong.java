package taskpool.benchmarks.contender;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The floor under W2: a message of 64 bytes to another process and back, over blocking sockets of
 * the loopback interface and with nothing else. No pool of processes can be faster without leaving
 * sockets behind.
 */
public final class SocketPingPong {
  private static final int MESSAGE_BYTES = 64;
  private static final String ECHO = "echo";

  private SocketPingPong() {}

  /** The arguments of a contender's program; or, in the other process, what to connect to. */
  public static void main(String... arguments) throws IOException, InterruptedException {
    if (arguments[0].equals(ECHO)) {
      echo(Integer.parseInt(arguments[1]));
      return;
    }
    ContenderProgram.endWithInput();
    Sizes sizes = Sizes.parse(arguments);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process other = startOther(server.getLocalPort());
      try (Socket socket = server.accept()) {
        socket.setTcpNoDelay(true);
        measure(socket, sizes);
      }
      other.waitFor(10, TimeUnit.SECONDS);
    }
    System.exit(0);
  }

  private static Process startOther(int port) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-cp",
            System.getProperty("java.class.path"),
            SocketPingPong.class.getName(),
            ECHO,
            Integer.toString(port))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void echo(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      byte[] message = new byte[MESSAGE_BYTES];
      while (socket.getInputStream().readNBytes(message, 0, MESSAGE_BYTES) == MESSAGE_BYTES) {
        socket.getOutputStream().write(message);
      }
    }
  }

  private static void measure(Socket socket, Sizes sizes) throws IOException {
    WarmUp warmUp = new WarmUp(sizes);
    while (warmUp.goesOn()) {
      repetition(socket, sizes.get("calls"));
    }
    List<Double> p50 = new ArrayList<>();
    List<Double> p99 = new ArrayList<>();
    for (int i = 0; i < sizes.get("repetitions"); i++) {
      List<Double> micros = repetition(socket, sizes.get("calls"));
      p50.add(Measurement.percentile(micros, 0.50));
      p99.add(Measurement.percentile(micros, 0.99));
    }
    ContenderProgram.print(Map.of("floor.socket.p50", p50, "floor.socket.p99", p99));
  }

  private static List<Double> repetition(Socket socket, int calls) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    OutputStream out = socket.getOutputStream();
    byte[] message = new byte[MESSAGE_BYTES];
    List<Double> micros = new ArrayList<>(calls);
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      out.write(message);
      in.readFully(message);
      micros.add((System.nanoTime() - start) / 1e3);
    }
    return micros;
  }
}
