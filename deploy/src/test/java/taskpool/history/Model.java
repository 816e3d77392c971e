package taskpool.history;

import java.util.Optional;

/**
 * How an object behaves that is asked one thing after the other.
 *
 * @param <S> its state: immutable, and equal to one that behaves alike
 */
public interface Model<S> {
  S initial();

  /** The state afterwards; empty if it can't give this answer now. Pending: whatever it answers. */
  Optional<S> after(S before, Operation operation);
}
