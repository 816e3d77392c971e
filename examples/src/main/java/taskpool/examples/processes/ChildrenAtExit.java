package taskpool.examples.processes;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import taskpool.JvmProcess;
import taskpool.deploy.cli.Demo;
import taskpool.deploy.cli.Main;

/** A program that is done before its child is: it waits for it, or ends it if it is a daemon. */
@Command(
    name = "children-at-exit",
    description = "Ends before its child process does, and waits for it; a daemon it ends.")
public final class ChildrenAtExit implements Demo {

  @Option(names = "--daemon", description = "The child is a daemon.")
  private boolean daemon;

  static void work() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      System.out.println("working ...");
      Thread.sleep(200);
    }
    System.out.println("the work is done");
  }

  /** Takes the options of the demo. */
  public static void main(String... args) {
    System.exit(Main.execute(new ChildrenAtExit(), args));
  }

  @Override
  public Integer call() throws InterruptedException {
    JvmProcess child = JvmProcess.builder().daemon(daemon).of(ChildrenAtExit::work);
    child.start();
    Thread.sleep(1000);
    System.out.println("the main process is done");
    return 0;
  }
}
