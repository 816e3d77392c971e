package taskpool.simulation;

import java.time.Duration;
import taskpool.link.LinkSettings;

/**
 * What a seed has in store.
 *
 * @param slots the most that a worker has
 * @param tasksPerWorker after so many tasks a worker is replaced; 0 for never
 * @param links most runs have much smaller batches than real ones, so that a few kilobytes already
 *     travel in chunks and fill windows
 * @param firstClientLocal whether the first client lives in the coordinator's process
 */
record Scenario(
    int clients,
    int workers,
    int slots,
    int tasksPerWorker,
    LinkSettings links,
    boolean firstClientLocal,
    Load load,
    Sharing sharing,
    Weather weather,
    Faults faults) {

  /**
   * The tasks of each client.
   *
   * @param endless tasks that run until they are interrupted; each is cancelled some time
   * @param poison tasks that kill their worker
   * @param demanding how likely a task asks for more than to be run
   */
  record Load(
      int tasks,
      long shortestNanos,
      long longestNanos,
      double large,
      int largestBytes,
      int endless,
      int poison,
      double demanding) {}

  /**
   * The threads of each client that contend for what clients share, beside the tasks.
   *
   * @param parkers of a semaphore
   * @param parties of a barrier
   * @param queueUsers producers, consumers or both
   * @param queueRoom the queue's bound; 0 if it has none
   */
  record Sharing(int lockers, int parkers, int parties, int queueUsers, int queueRoom) {}

  /** The network until {@code stormNanos}; after that it is calm. */
  record Weather(
      long stormNanos, double drop, double duplicate, long jitterNanos, double partitions) {}

  /**
   * What dies, and who changes his mind.
   *
   * @param suspicions workers that are given up though they live, and die later
   * @param pauses workers that are suspended for a while
   * @param workersRunOut whether no worker can be started any more after some time
   */
  record Faults(
      int kills,
      int suspicions,
      int pauses,
      int clientDeaths,
      double cancels,
      boolean workersRunOut) {
    static final Faults NONE = new Faults(0, 0, 0, 0, 0, false);
  }

  static final long MICRO = 1_000;
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000_000_000;

  static Scenario of(Dice dice) {
    int clients = dice.between(1, 4);
    int workers = dice.chance(0.3) ? 1 : dice.between(1, 6);
    int slots = dice.chance(0.4) ? 1 : dice.between(1, 3);
    LinkSettings links = links(dice);
    boolean calm = dice.chance(0.1);
    return new Scenario(
        clients,
        workers,
        slots,
        calm || dice.chance(0.8) ? 0 : dice.between(1, 20),
        links,
        dice.chance(0.2),
        load(dice, links, calm),
        sharing(dice),
        calm ? new Weather(SECOND, 0, 0, 0, 0) : weather(dice),
        calm ? Faults.NONE : faults(dice, clients));
  }

  /** Whether nothing goes wrong in it, so that order can be relied on. */
  boolean isFaultless() {
    return faults.equals(Faults.NONE) && weather.drop() == 0 && weather.jitterNanos() == 0;
  }

  /** Workers say that they live only for so long, or a run would not come to rest. */
  long heartbeatsUntilNanos() {
    return isFaultless() ? 0 : weather.stormNanos() + 20 * SECOND;
  }

  private static LinkSettings links(Dice dice) {
    int kind = dice.between(0, 9);
    return kind == 0
        ? LinkSettings.remote()
        : kind <= 5 ? small(512, 4096) : small(4096, 16 * 1024);
  }

  private static LinkSettings small(int batchBytes, int windowBytes) {
    return new LinkSettings(batchBytes, windowBytes, 4, 2, Duration.ofMillis(300));
  }

  private static Load load(Dice dice, LinkSettings links, boolean calm) {
    boolean small = links.batchBytes() <= 4096;
    int endless = calm ? 0 : Math.max(0, dice.between(-2, 4));
    int poison = calm || dice.chance(0.85) ? 0 : dice.between(1, 2);
    double demanding = calm || dice.chance(0.4) ? 0 : dice.fraction() * 0.6;
    double large = small ? dice.fraction() * 0.3 : 0.05;
    int largest = links.batchBytes() * (small ? 12 : 5);
    return switch (dice.between(0, 2)) {
      case 0 ->
          new Load(
              dice.between(20, 250),
              MICRO,
              200 * MICRO,
              large,
              largest,
              endless,
              poison,
              demanding);
      case 1 ->
          new Load(
              dice.between(10, 60), MICRO, 2 * SECOND, large, largest, endless, poison, demanding);
      default ->
          new Load(
              dice.between(5, 25), MILLI, 3 * SECOND, large, largest, endless, poison, demanding);
    };
  }

  private static Sharing sharing(Dice dice) {
    return new Sharing(
        some(dice), some(dice), some(dice), some(dice), dice.chance(0.3) ? 0 : dice.between(1, 12));
  }

  private static int some(Dice dice) {
    return dice.chance(0.5) ? 0 : dice.between(1, 3);
  }

  private static Weather weather(Dice dice) {
    return new Weather(
        dice.spread(SECOND / 20, 15 * SECOND),
        dice.chance(0.2) ? 0 : dice.fraction() * 0.3,
        dice.chance(0.3) ? 0 : dice.fraction() * 0.3,
        dice.spread(MICRO, SECOND / 2),
        dice.chance(0.5) ? 0 : dice.fraction() * 0.3);
  }

  private static Faults faults(Dice dice, int clients) {
    return new Faults(
        Math.max(0, dice.between(-3, 8)),
        Math.max(0, dice.between(-4, 2)),
        Math.max(0, dice.between(-3, 3)),
        dice.chance(0.3) ? dice.between(0, clients - 1) : 0,
        dice.chance(0.5) ? dice.fraction() * 0.5 : 0,
        dice.chance(0.06));
  }
}
