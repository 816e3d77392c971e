package taskpool;

/** A process whose function is not known here: it has come by itself, or runs elsewhere. */
final class KnownProcess extends JvmProcess {
  KnownProcess(String name, ProcessLife life) {
    super(name, life);
  }

  @Override
  public void run() {
    throw new IllegalStateException("what %s runs is not known here".formatted(name()));
  }
}
