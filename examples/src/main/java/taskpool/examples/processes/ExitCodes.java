package taskpool.examples.processes;

import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import taskpool.JvmProcess;
import taskpool.deploy.cli.Demo;

/** The ways in which a process may end, and what its parent sees of them. */
@Command(
    name = "exit-codes",
    description = "Processes that end well, by an error, by their own choice and by signals.")
public final class ExitCodes implements Demo {

  static void returns() {}

  static void fails() {
    throw new IllegalStateException("the file is not there");
  }

  static void sleeps() throws InterruptedException {
    TimeUnit.DAYS.sleep(1);
  }

  private static void report(String what, JvmProcess process) throws InterruptedException {
    process.join();
    System.out.printf("%s: exit code %d%n", what, process.exitCode().orElseThrow());
    process.close();
  }

  private static JvmProcess started(JvmProcess process) {
    process.start();
    return process;
  }

  /** Takes no arguments. */
  public static void main(String... args) throws InterruptedException {
    report("returns", started(JvmProcess.of(ExitCodes::returns)));
    report("throws an exception", started(JvmProcess.of(ExitCodes::fails)));
    report("calls System.exit(3)", started(JvmProcess.of(System::exit, 3)));
    JvmProcess terminated = started(JvmProcess.of(ExitCodes::sleeps));
    terminated.terminate();
    report("is told to end", terminated);
    JvmProcess killed = started(JvmProcess.of(ExitCodes::sleeps));
    killed.kill();
    report("is killed", killed);
    System.out.println("children left: " + JvmProcess.activeChildren());
  }

  @Override
  public Integer call() throws InterruptedException {
    main();
    return 0;
  }
}
