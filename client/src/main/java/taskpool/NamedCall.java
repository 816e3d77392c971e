package taskpool;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import taskpool.codec.Closure;
import taskpool.codec.FunctionRef;
import taskpool.codec.RemoteFunction;

/**
 * A call of a function that is given by name, with arguments by position and by name, like {@code
 * apply_async(func, args, kwds)}. Each method returns a new call. Names need classes compiled with
 * {@code -parameters}; positions always work.
 *
 * <p>Arguments that do not fit the function are an error when the call is built, which lists the
 * right ones.
 */
public final class NamedCall {
  private final String name;
  private final List<Method> candidates;
  private final List<@Nullable Object> positional;
  private final Map<String, @Nullable Object> named;

  private NamedCall(
      String name,
      List<Method> candidates,
      List<@Nullable Object> positional,
      Map<String, @Nullable Object> named) {
    this.name = name;
    this.candidates = candidates;
    this.positional = positional;
    this.named = named;
  }

  static NamedCall of(String name) {
    int hash = name.indexOf('#');
    if (hash <= 0 || hash == name.length() - 1) {
      throw new IllegalArgumentException(
          "\"%s\" names no function; write it as com.acme.Sing#sing".formatted(name));
    }
    String className = name.substring(0, hash);
    String methodName = name.substring(hash + 1);
    List<Method> found =
        staticMethods(className).stream()
            .filter(method -> method.getName().equals(methodName))
            .toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no static method \"%s\"; it has %s"
              .formatted(
                  className,
                  methodName,
                  staticMethods(className).stream()
                      .map(Method::getName)
                      .distinct()
                      .sorted()
                      .collect(Collectors.joining(", "))));
    }
    return new NamedCall(name, found, List.of(), Map.of());
  }

  private static List<Method> staticMethods(String className) {
    try {
      ClassLoader context = Thread.currentThread().getContextClassLoader();
      Class<?> type =
          Class.forName(
              className, false, context != null ? context : NamedCall.class.getClassLoader());
      return Arrays.stream(type.getDeclaredMethods())
          .filter(method -> Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
          .toList();
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalArgumentException(
          "there is no class \"%s\" on the class path".formatted(className), e);
    }
  }

  /** The next arguments by position. */
  public NamedCall args(@Nullable Object... values) {
    List<@Nullable Object> more = new ArrayList<>(positional);
    more.addAll(Arrays.asList(values));
    return new NamedCall(name, candidates, more, named);
  }

  /**
   * An argument by name.
   *
   * @throws IllegalArgumentException if the function has no such parameter, or it is given already
   */
  public NamedCall arg(String parameter, @Nullable Object value) {
    if (named.containsKey(parameter)) {
      throw new IllegalArgumentException(
          "argument \"%s\" of %s is given twice".formatted(parameter, name));
    }
    if (candidates.stream().noneMatch(method -> parameterNames(method).contains(parameter))) {
      throw new IllegalArgumentException(
          "%s has no parameter \"%s\"; it is %s".formatted(name, parameter, signatures()));
    }
    Map<String, @Nullable Object> more = new LinkedHashMap<>(named);
    more.put(parameter, value);
    return new NamedCall(name, candidates, positional, more);
  }

  /**
   * The call, for submitting.
   *
   * @throws IllegalArgumentException if an argument is missing, extra or doubled, or fits no
   *     overload
   */
  public Call<@Nullable Object> build() {
    return returning(Object.class);
  }

  /** The call as one whose result is of the given type; checked when the result is read. */
  public <R> Call<R> returning(Class<R> type) {
    List<Method> fitting = candidates.stream().filter(this::fits).toList();
    if (fitting.size() != 1) {
      throw new IllegalArgumentException(complaint(fitting));
    }
    Method method = fitting.get(0);
    if (!MethodType.methodType(type)
            .wrap()
            .returnType()
            .isAssignableFrom(MethodType.methodType(method.getReturnType()).wrap().returnType())
        && type != Object.class) {
      throw new IllegalArgumentException(
          "%s returns %s, not %s"
              .formatted(name, method.getReturnType().getName(), type.getName()));
    }
    RemoteFunction function =
        RemoteFunction.resolve(
            FunctionRef.of(method, method.getDeclaringClass(), 0),
            method.getDeclaringClass().getClassLoader());
    return new Call<>(new Closure(function, List.of()), arrange(method));
  }

  private boolean fits(Method method) {
    List<String> names = parameterNames(method);
    return positional.size() + named.size() == names.size()
        && names.subList(positional.size(), names.size()).containsAll(named.keySet())
        && acceptsAll(method);
  }

  private boolean acceptsAll(Method method) {
    Class<?>[] types = method.getParameterTypes();
    List<? extends @Nullable Object> values = arrange(method);
    for (int i = 0; i < types.length; i++) {
      Object value = values.get(i);
      Class<?> boxed = MethodType.methodType(types[i]).wrap().returnType();
      if (value == null ? types[i].isPrimitive() : !boxed.isInstance(value)) {
        return false;
      }
    }
    return true;
  }

  private List<? extends @Nullable Object> arrange(Method method) {
    List<@Nullable Object> values = new ArrayList<>(positional);
    List<String> names = parameterNames(method);
    for (int i = positional.size(); i < names.size(); i++) {
      values.add(named.get(names.get(i)));
    }
    return values;
  }

  private String complaint(List<Method> fitting) {
    String given =
        java.util.stream.Stream.concat(
                positional.stream().map(NamedCall::typeName),
                named.entrySet().stream().map(e -> e.getKey() + ": " + typeName(e.getValue())))
            .collect(Collectors.joining(", ", "(", ")"));
    if (!fitting.isEmpty()) {
      return "%s with %s is ambiguous between %s".formatted(name, given, signatures());
    }
    if (candidates.size() == 1) {
      List<String> names = parameterNames(candidates.get(0));
      List<String> doubled =
          names.subList(0, Math.min(positional.size(), names.size())).stream()
              .filter(named::containsKey)
              .toList();
      if (!doubled.isEmpty()) {
        return "argument \"%s\" of %s is given by position and by name; it is %s"
            .formatted(doubled.get(0), name, signatures());
      }
      List<String> missing =
          names.stream()
              .skip(positional.size())
              .filter(parameter -> !named.containsKey(parameter))
              .toList();
      if (!missing.isEmpty()) {
        return "argument \"%s\" of %s is missing; it is %s"
            .formatted(missing.get(0), name, signatures());
      }
      if (positional.size() > names.size()) {
        return "%s takes %d arguments, not %d; it is %s"
            .formatted(name, names.size(), positional.size() + named.size(), signatures());
      }
    }
    return "%s can't be called with %s; it is %s".formatted(name, given, signatures());
  }

  private static String typeName(@Nullable Object value) {
    return value == null ? "null" : value.getClass().getSimpleName();
  }

  private static List<String> parameterNames(Method method) {
    return Arrays.stream(method.getParameters()).map(Parameter::getName).toList();
  }

  private String signatures() {
    return candidates.stream()
        .map(
            method ->
                Arrays.stream(method.getParameters())
                    .map(p -> p.getType().getSimpleName() + " " + p.getName())
                    .collect(Collectors.joining(", ", method.getName() + "(", ")")))
        .sorted()
        .collect(Collectors.joining(" or "));
  }
}
