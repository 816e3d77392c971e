package taskpool.examples.processes;

import picocli.CommandLine.Command;
import taskpool.JvmProcess;
import taskpool.deploy.cli.Demo;

/** {@code os.getpid()} and {@code os.getppid()} on both sides. */
@Command(name = "process-ids", description = "Prints the ids of a process and of its parent.")
public final class ProcessIds implements Demo {

  static void tell() {
    System.out.printf(
        "the child %s: pid %d, parent %d%n",
        JvmProcess.current().name(),
        JvmProcess.current().pid(),
        JvmProcess.parent().orElseThrow().pid());
  }

  /** Takes no arguments. */
  public static void main(String... args) throws InterruptedException {
    System.out.printf("%s: pid %d%n", JvmProcess.current().name(), ProcessHandle.current().pid());
    JvmProcess child = JvmProcess.of(ProcessIds::tell);
    child.start();
    System.out.printf("its child: pid %d%n", child.pid());
    child.join();
  }

  @Override
  public Integer call() throws InterruptedException {
    main();
    return 0;
  }
}
