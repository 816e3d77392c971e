package taskpool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import taskpool.function.Action0;
import taskpool.function.Action1;
import taskpool.function.Action2;
import taskpool.function.Action3;
import taskpool.function.Action4;
import taskpool.function.Action5;
import taskpool.spi.ProcessSettings;

/**
 * Sets up a {@link JvmProcess}; may make several of a kind. A process with JVM options, variables
 * or a directory of its own needs a new JVM, where others find one that stands ready. Not
 * thread-safe.
 */
public final class JvmProcessBuilder {
  private static final int MAX_NAME = 1_000;

  private @Nullable String name;
  private boolean daemon;
  private final List<String> jvmOptions = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private @Nullable Path directory;

  JvmProcessBuilder() {}

  /**
   * Its name; {@code JvmProcess-N} if not said.
   *
   * @throws IllegalArgumentException if it is blank, or longer than {@value #MAX_NAME} characters
   */
  public JvmProcessBuilder name(String name) {
    if (Objects.requireNonNull(name, "name").isBlank()) {
      throw new IllegalArgumentException("a process's name can't be blank");
    }
    if (name.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "a process's name may have %d characters, not %d".formatted(MAX_NAME, name.length()));
    }
    this.name = name;
    return this;
  }

  /** Whether it is ended when its parent ends, instead of waited for; it is not if not said. */
  public JvmProcessBuilder daemon(boolean daemon) {
    this.daemon = daemon;
    return this;
  }

  /** Further options of its JVM, such as {@code -Xmx256m} or {@code -Dkey=value}. */
  public JvmProcessBuilder jvmOptions(String... options) {
    jvmOptions.addAll(List.of(options));
    return this;
  }

  /** One more variable in its environment, which else is this process's. */
  public JvmProcessBuilder environment(String variable, String value) {
    environment.put(
        Objects.requireNonNull(variable, "variable"),
        Objects.requireNonNull(value, () -> "value of " + variable));
    return this;
  }

  /** Where it works; where this process does if not said. */
  public JvmProcessBuilder directory(Path directory) {
    this.directory = directory;
    return this;
  }

  /** The process, of a call; see {@link JvmProcess#of(Call)}. */
  public JvmProcess of(Call<?> call) {
    return FunctionProcess.create(this, call);
  }

  /** The process, of a call by name; see {@link JvmProcess#of(Call)}. */
  public JvmProcess of(NamedCall call) {
    return of(call.build());
  }

  /** The process, of a function; see {@link JvmProcess#of(Call)}. */
  public JvmProcess of(Action0 action) {
    return of(Call.of(action));
  }

  /** The process, of a function with its argument; see {@link JvmProcess#of(Call)}. */
  public <A extends @Nullable Object> JvmProcess of(Action1<? super A> action, A a) {
    return of(Call.of(action, a));
  }

  /** The process, of a function with its arguments; see {@link JvmProcess#of(Call)}. */
  public <A extends @Nullable Object, B extends @Nullable Object> JvmProcess of(
      Action2<? super A, ? super B> action, A a, B b) {
    return of(Call.of(action, a, b));
  }

  /** The process, of a function with its arguments; see {@link JvmProcess#of(Call)}. */
  public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
      JvmProcess of(Action3<? super A, ? super B, ? super C> action, A a, B b, C c) {
    return of(Call.of(action, a, b, c));
  }

  /** The process, of a function with its arguments; see {@link JvmProcess#of(Call)}. */
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object>
      JvmProcess of(
          Action4<? super A, ? super B, ? super C, ? super D> action, A a, B b, C c, D d) {
    return of(Call.of(action, a, b, c, d));
  }

  /** The process, of a function with its arguments; see {@link JvmProcess#of(Call)}. */
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object>
      JvmProcess of(
          Action5<? super A, ? super B, ? super C, ? super D, ? super E> action,
          A a,
          B b,
          C c,
          D d,
          E e) {
    return of(Call.of(action, a, b, c, d, e));
  }

  String nameOr(String otherwise) {
    return name == null ? otherwise : name;
  }

  boolean isDaemon() {
    return daemon;
  }

  ProcessSettings settings() {
    return new ProcessSettings(jvmOptions, environment, Optional.ofNullable(directory));
  }
}
