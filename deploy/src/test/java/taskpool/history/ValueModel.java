package taskpool.history;

import java.util.Optional;

/**
 * A value: {@code get}, {@code getAndSet} and {@code compareAndSet}, whose argument is what is
 * expected and what is next, with a blank in between.
 */
public record ValueModel(String initial) implements Model<String> {
  @Override
  public Optional<String> after(String before, Operation operation) {
    String result = operation.result();
    String argument = operation.argument();
    return switch (operation.name()) {
      case "get" -> Optional.of(before).filter(now -> result == null || now.equals(result));
      case "getAndSet" ->
          Optional.of(argument).filter(next -> result == null || before.equals(result));
      case "compareAndSet" -> {
        String[] words = argument.split(" ", -1);
        boolean done = before.equals(words[0]);
        yield Optional.of(done ? words[1] : before)
            .filter(next -> result == null || Boolean.parseBoolean(result) == done);
      }
      default -> throw new IllegalArgumentException(operation.toString());
    };
  }
}
