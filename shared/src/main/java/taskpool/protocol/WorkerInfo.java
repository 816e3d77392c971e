package taskpool.protocol;

/**
 * Who a worker is.
 *
 * @param number unique in its pool and never used again; its name is {@code worker-<number>}
 * @param slots how many tasks it runs at a time
 */
public record WorkerInfo(int number, long pid, String host, int slots) {
  /** The name that users see. */
  public String name() {
    return "worker-" + number;
  }
}
