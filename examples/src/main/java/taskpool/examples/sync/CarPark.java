package taskpool.examples.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import taskpool.JvmProcess;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.deploy.cli.CommandExit;
import taskpool.deploy.cli.Demo;
import taskpool.deploy.cli.Main;
import taskpool.sync.ClusterQueue;
import taskpool.sync.ClusterSemaphore;

/** Eight cars at once, each a task, in a car park of three places. */
@Command(name = "semaphore", description = "8 cars come at once to a car park of 3 places.")
public final class CarPark implements Demo {
  private static final int PLACES = 3;
  private static final int CARS = 8;
  private static final int WORKERS = 2;
  private static final long PARKED_MILLIS = 100;

  @Option(
      names = "--kill",
      description = "Then kill a process that is parked: its place is free again.")
  private boolean kill;

  /** Takes the options of the demo. */
  public static void main(String... args) {
    System.exit(Main.execute(new CarPark(), args));
  }

  /** Gives how many cars are in there with this one. */
  static int park(int car, ClusterSemaphore places, ClusterQueue<Integer> parked)
      throws InterruptedException {
    places.acquire();
    try {
      parked.put(car);
      Thread.sleep(PARKED_MILLIS);
      int cars = parked.size();
      parked.remove(car);
      return cars;
    } finally {
      places.release();
    }
  }

  static void parkAndDie(ClusterSemaphore places, ClusterQueue<Long> victims)
      throws InterruptedException {
    places.acquire();
    Victim.await(victims);
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    try (TaskPool pool =
        TaskPool.builder().workers(WORKERS).slotsPerWorker(CARS / WORKERS).start()) {
      ClusterSemaphore places = pool.boundedSemaphore("places", PLACES);
      ClusterQueue<Integer> parked = pool.queue("parked");
      List<TaskHandle<Integer>> cars = new ArrayList<>();
      for (int car = 1; car <= CARS; car++) {
        cars.add(pool.applyAsync(CarPark::park, car, places, parked));
      }
      int most = 0;
      for (TaskHandle<Integer> car : cars) {
        most = Math.max(most, car.get());
      }
      System.out.printf("%d cars have parked, %d at a time at most%n", CARS, most);
      if (kill) {
        killTheParked(places, Victim.queue(pool));
      }
      System.out.printf("%d places are free%n", places.availablePermits());
      return most <= PLACES ? CommandExit.OK : CommandExit.FAILED;
    }
  }

  private static void killTheParked(ClusterSemaphore places, ClusterQueue<Long> victims)
      throws IOException, InterruptedException {
    JvmProcess car = JvmProcess.of(CarPark::parkAndDie, places, victims);
    car.start();
    long pid = victims.take();
    System.out.printf("a car parks, %d places are free%n", places.availablePermits());
    Victim.signal("-9", pid);
    car.join();
    places.acquire(PLACES); // as soon as its place is free
    places.release(PLACES);
  }
}
