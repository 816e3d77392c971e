package taskpool.history;

import java.util.Optional;

/**
 * A lock that is not reentrant: {@code acquire} gives the token, or {@code no} if the time was over
 * before; {@code release}; and {@code died} of a whole process, at any time after its death.
 */
public final class LockModel implements Model<LockModel.State> {
  static final String FAILED = "no";

  /**
   * Who has it.
   *
   * @param owner empty if it is free
   * @param token the last one that is known
   */
  public record State(String owner, long token) {}

  @Override
  public State initial() {
    return new State("", 0);
  }

  @Override
  public Optional<State> after(State before, Operation operation) {
    return switch (operation.name()) {
      case "acquire" -> acquired(before, operation);
      case "release" ->
          Optional.of(new State("", before.token))
              .filter(next -> before.owner.equals(operation.actor()));
      case "died" ->
          Optional.of(
              before.owner.startsWith(operation.process() + "/")
                  ? new State("", before.token)
                  : before);
      default -> throw new IllegalArgumentException(operation.toString());
    };
  }

  private static Optional<State> acquired(State before, Operation operation) {
    String result = operation.result();
    boolean free = before.owner.isEmpty();
    if (FAILED.equals(result)) {
      return Optional.of(before).filter(state -> !free);
    }
    long token = result == null ? before.token : Long.parseLong(result);
    return Optional.of(new State(operation.actor(), token))
        .filter(next -> free && (result == null || token > before.token));
  }
}
