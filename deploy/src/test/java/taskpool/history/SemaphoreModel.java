package taskpool.history;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A semaphore: {@code acquire} of so many permits gives {@code yes}, or {@code no} if the time was
 * over before; {@code release}; and {@code died} of a whole process, at any time after its death.
 *
 * @param permits how many it has
 */
public record SemaphoreModel(int permits) implements Model<Map<String, Integer>> {
  @Override
  public Map<String, Integer> initial() {
    return Map.of();
  }

  @Override
  public Optional<Map<String, Integer>> after(Map<String, Integer> before, Operation operation) {
    if (operation.name().equals("acquire") && LockModel.FAILED.equals(operation.result())) {
      return Optional.of(before); // others may have come first
    }
    Map<String, Integer> held = new TreeMap<>(before);
    switch (operation.name()) {
      case "acquire" ->
          held.merge(operation.process(), Integer.parseInt(operation.argument()), Integer::sum);
      case "release" ->
          held.merge(operation.process(), -Integer.parseInt(operation.argument()), Integer::sum);
      case "died" -> held.remove(operation.process());
      default -> throw new IllegalArgumentException(operation.toString());
    }
    held.values().removeIf(count -> count == 0);
    int out = held.values().stream().mapToInt(Integer::intValue).sum();
    boolean tooFew = held.values().stream().anyMatch(count -> count < 0);
    return Optional.of(held).filter(after -> !tooFew && out <= permits);
  }
}
