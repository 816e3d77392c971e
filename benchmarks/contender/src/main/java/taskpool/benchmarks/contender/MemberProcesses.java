package taskpool.benchmarks.contender;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The JVMs of a pool that does not start any by itself, on this program's class path and with its
 * JVM options. A member says {@value #STARTED} on a line when it is ready, and ends when its
 * standard input does. Not thread-safe.
 */
public final class MemberProcesses implements AutoCloseable {
  /** What a member prints when it is ready. */
  public static final String STARTED = "started";

  private static final int COUNT = 2;
  private static final int END_SECONDS = 5;

  private final List<Process> members = new ArrayList<>();

  /** Two ports of the loopback interface that are free at this moment. */
  public static List<Integer> freePorts() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket one = new ServerSocket(0, 1, loopback);
        ServerSocket two = new ServerSocket(0, 1, loopback)) {
      return List.of(one.getLocalPort(), two.getLocalPort());
    }
  }

  /**
   * Starts two members, with their number (0 and 1) and then the given arguments; does not wait.
   */
  public static MemberProcesses start(Class<?> main, String... arguments) throws IOException {
    MemberProcesses all = new MemberProcesses();
    for (int number = 0; number < COUNT; number++) {
      List<String> command = new ArrayList<>();
      command.add(ProcessHandle.current().info().command().orElse("java"));
      command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      command.add(main.getName());
      command.add(Integer.toString(number));
      command.addAll(List.of(arguments));
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
      all.members.add(builder.start());
    }
    return all;
  }

  /** Waits until all are ready. */
  public void awaitStarted() throws IOException {
    for (Process member : members) {
      BufferedReader output =
          new BufferedReader(
              new InputStreamReader(member.getInputStream(), StandardCharsets.UTF_8));
      String line = output.readLine();
      while (line != null && !line.equals(STARTED)) {
        line = output.readLine();
      }
      if (line == null) {
        throw new IOException("a member ended before it was ready");
      }
      drain(output);
    }
  }

  /** So that a talkative member never waits for its words to be read. */
  private static void drain(BufferedReader output) {
    Thread thread = new Thread(() -> output.lines().forEach(line -> {}), "member-output");
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends the members; kills those that do not go. */
  @Override
  public void close() {
    for (Process member : members) {
      try {
        member.getOutputStream().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    for (Process member : members) {
      try {
        if (!member.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
          member.destroyForcibly();
        }
      } catch (InterruptedException e) {
        member.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
