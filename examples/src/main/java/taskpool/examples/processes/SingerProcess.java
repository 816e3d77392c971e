package taskpool.examples.processes;

import picocli.CommandLine.Command;
import taskpool.JvmProcess;
import taskpool.deploy.cli.Demo;

/** A process as a class of its own, with what it needs in its fields. */
public final class SingerProcess extends JvmProcess {
  private final String song;

  SingerProcess(String song) {
    this.song = song;
  }

  @Override
  public void run() {
    System.out.printf("%s is sung in process %d%n", song, ProcessHandle.current().pid());
  }

  /** Runs one here, and then as a process. */
  @Command(
      name = "process-subclass",
      description = "Calls run() of a process, which stays in this one, and then start().")
  public static final class Program implements Demo {
    /** Takes no arguments. */
    public static void main(String... args) throws InterruptedException {
      System.out.printf("this is process %d%n", ProcessHandle.current().pid());
      SingerProcess singer = new SingerProcess("Frère Jacques");
      singer.run();
      singer.start();
      singer.join();
      System.out.printf("%s was process %d%n", singer.name(), singer.pid());
    }

    @Override
    public Integer call() throws InterruptedException {
      main();
      return 0;
    }
  }
}
