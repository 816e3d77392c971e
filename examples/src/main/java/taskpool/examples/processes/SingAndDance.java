package taskpool.examples.processes;

import picocli.CommandLine.Command;
import taskpool.Call;
import taskpool.JvmProcess;
import taskpool.deploy.cli.Demo;

/** Two things to do, first one after the other, then as two processes. */
@Command(
    name = "sing-and-dance",
    description = "Sings and dances, one after the other and as 2 processes, timed.")
public final class SingAndDance implements Demo {

  static void sing(String name, int num) throws InterruptedException {
    for (int i = 0; i < num; i++) {
      System.out.println(name + " sings ...");
      Thread.sleep(500);
    }
  }

  static void dance(String name, int num) throws InterruptedException {
    for (int i = 0; i < num; i++) {
      System.out.println(name + " dances ...");
      Thread.sleep(500);
    }
  }

  /** Takes no arguments. */
  public static void main(String... args) throws InterruptedException {
    long start = System.nanoTime();
    sing("Yuki", 3);
    dance("Nagato", 3);
    System.out.printf("one after the other: %.1f s%n", (System.nanoTime() - start) / 1e9);

    start = System.nanoTime();
    JvmProcess singing = JvmProcess.of(SingAndDance::sing, "Yuki", 3);
    JvmProcess dancing =
        JvmProcess.of(
            Call.named(SingAndDance.class.getName() + "#dance")
                .arg("name", "Nagato")
                .arg("num", 3));
    singing.start();
    dancing.start();
    singing.join();
    dancing.join();
    System.out.printf("as two processes: %.1f s%n", (System.nanoTime() - start) / 1e9);
  }

  @Override
  public Integer call() throws InterruptedException {
    main();
    return 0;
  }
}
