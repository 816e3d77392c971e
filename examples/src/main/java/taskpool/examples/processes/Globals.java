package taskpool.examples.processes;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import taskpool.JvmProcess;
import taskpool.deploy.cli.Demo;

/** What one process does to a static field, the others do not see. */
@Command(
    name = "globals",
    description = "Changes a static field, which each process has for itself.")
public final class Globals implements Demo {
  private static final List<Integer> NUMBERS = new ArrayList<>(List.of(11, 22));

  static void change() {
    for (int i = 0; i < 3; i++) {
      NUMBERS.add(i);
    }
    tell();
  }

  static void tell() {
    System.out.printf("%s: %s%n", JvmProcess.current().name(), NUMBERS);
  }

  /** Takes no arguments. */
  public static void main(String... args) throws InterruptedException {
    JvmProcess first = JvmProcess.of(Globals::change);
    first.start();
    first.join();
    JvmProcess second = JvmProcess.of(Globals::tell);
    second.start();
    second.join();
    tell();
  }

  @Override
  public Integer call() throws InterruptedException {
    main();
    return 0;
  }
}
