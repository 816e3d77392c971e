package taskpool.examples.processes;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import taskpool.Subprocess;
import taskpool.TaskPool;
import taskpool.deploy.cli.Demo;
import taskpool.error.SubprocessTimeoutException;

/**
 * An outside program that is talked to, here and in a task: its input, its outputs, its exit code.
 */
@Command(
    name = "outside-program",
    description = "A program of the system that is given input, here and inside a task.")
public final class OutsideProgram implements Demo {

  static Subprocess.Result sorted(String input) throws IOException, InterruptedException {
    return Subprocess.of("sort", "-n").withInput(input).run();
  }

  private static void report(String where, Subprocess.Result result) {
    System.out.printf(
        "%s: %s, exit code %d%n", where, result.output().lines().toList(), result.exitCode());
  }

  /** Takes no arguments. */
  public static void main(String... args)
      throws IOException, InterruptedException, ExecutionException {
    System.out.println("$ sort -n");
    report("here", sorted("30\n4\n100\n"));
    try (TaskPool pool = TaskPool.local(1)) {
      report("in a task", pool.apply(OutsideProgram::sorted, "2\n1\n"));
    }
    report("with an error", Subprocess.of("sort", "/no/such/file").run());
    try {
      report("never", Subprocess.of("sleep", "1000").withTimeout(Duration.ofMillis(300)).run());
    } catch (SubprocessTimeoutException e) {
      System.out.println("too slow: " + e.getMessage());
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    main();
    return 0;
  }
}
