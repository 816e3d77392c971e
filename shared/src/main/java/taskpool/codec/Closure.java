package taskpool.codec;

import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import taskpool.error.NotSendableException;

/**
 * A lambda or method reference taken apart: the function, and the values it captured.
 *
 * <p>What never changes for one place in the source (the method) is looked up once per lambda
 * class.
 *
 * @param function the method behind it
 * @param captured the values that travel with it, in the order of the method's leading parameters
 */
public record Closure(RemoteFunction function, List<Object> captured) {

  /** How to take apart the instances of one class. */
  private interface Shape {
    Closure takeApart(Object function);
  }

  private static final ClassValue<Shape> FUNCTIONS = new Shapes(Closure::methodOfFunction);
  private static final ClassValue<Shape> CALLABLES = new Shapes(type -> method(type, "call"));
  private static final ClassValue<Shape> RUNNABLES = new Shapes(type -> method(type, "run"));

  /**
   * Takes a function apart.
   *
   * @throws NotSendableException if it is neither a lambda, a method reference nor an instance of a
   *     named class, or its class has no class file that a worker could load
   */
  public static Closure of(Serializable function) {
    return FUNCTIONS
        .get(Objects.requireNonNull(function, "function").getClass())
        .takeApart(function);
  }

  /**
   * Takes a callable apart; it need not be serializable if it is an instance of a named class.
   *
   * @throws NotSendableException as {@link #of}
   */
  public static Closure ofCallable(Callable<?> callable) {
    return CALLABLES
        .get(Objects.requireNonNull(callable, "callable").getClass())
        .takeApart(callable);
  }

  /**
   * Takes a runnable apart; it need not be serializable if it is an instance of a named class.
   *
   * @throws NotSendableException as {@link #of}
   */
  public static Closure ofRunnable(Runnable runnable) {
    return RUNNABLES
        .get(Objects.requireNonNull(runnable, "runnable").getClass())
        .takeApart(runnable);
  }

  /** The shapes of all classes, seen through one kind of functional interface. */
  private static final class Shapes extends ClassValue<Shape> {
    private final Function<Class<?>, Method> methodOf;

    Shapes(Function<Class<?>, Method> methodOf) {
      this.methodOf = methodOf;
    }

    @Override
    protected Shape computeValue(Class<?> type) {
      Optional<Method> writeReplace =
          Arrays.stream(type.getDeclaredMethods())
              .filter(m -> m.getName().equals("writeReplace") && m.getParameterCount() == 0)
              .findFirst();
      return writeReplace.isPresent()
          ? lambdaShape(type, writeReplace.get())
          : instanceShape(type, methodOf);
    }
  }

  private static Shape lambdaShape(Class<?> type, Method writeReplace) {
    if (!writeReplace.trySetAccessible()) {
      throw new NotSendableException(
          "the function written in %s can't be read: its module must open package %s to taskpool"
              .formatted(type.getName(), type.getPackageName()));
    }
    return new LambdaShape(type.getClassLoader(), writeReplace);
  }

  /** An object of a named class that implements a functional interface itself. */
  private static Shape instanceShape(Class<?> type, Function<Class<?>, Method> methodOf) {
    checkNamed(type);
    FunctionRef ref = FunctionRef.of(methodOf.apply(type), type, 1);
    RemoteFunction function =
        RemoteFunction.resolve(ref, type.getClassLoader()).asFunctionObject(type);
    return instance -> new Closure(function, List.of(instance));
  }

  private static void checkNamed(Class<?> type) {
    if (type.isHidden()) {
      throw new NotSendableException(
          ("the lambda %s can't be sent, as its type is not serializable: declare it as a"
                  + " taskpool.function.SendableCallable or SendableRunnable, or write it where it"
                  + " is handed over")
              .formatted(type.getName()));
    }
    if (type.isAnonymousClass() || type.isLocalClass()) {
      throw new NotSendableException(
          ("a function of the %s class %s can't be sent: write it as a lambda, a method reference"
                  + " or an instance of a named class")
              .formatted(type.isLocalClass() ? "local" : "anonymous", type.getName()));
    }
    if (isPlatform(type.getClassLoader()) || Future.class.isAssignableFrom(type)) {
      throw new NotSendableException(
          "a %s belongs to this process and can't be sent: hand over what it would call"
              .formatted(type.getName()));
    }
  }

  private static boolean isPlatform(@Nullable ClassLoader loader) {
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  private static Method methodOfFunction(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(m -> m.getName().equals("apply") || m.getName().equals("run"))
        .filter(m -> !m.isBridge() && !m.isDefault() && !Modifier.isAbstract(m.getModifiers()))
        .findFirst()
        .orElseThrow(
            () -> new NotSendableException(type.getName() + " has no public apply or run"));
  }

  /** The one without parameters, which may be inherited; of bridges what they lead to. */
  private static Method method(Class<?> type, String name) {
    try {
      return type.getMethod(name);
    } catch (NoSuchMethodException e) {
      throw new NotSendableException("%s has no public %s".formatted(type.getName(), name), e);
    }
  }

  private static final class LambdaShape implements Shape {
    private final ClassLoader loader;
    private final Method writeReplace;
    private volatile @Nullable RemoteFunction function;

    LambdaShape(ClassLoader loader, Method writeReplace) {
      this.loader = loader;
      this.writeReplace = writeReplace;
    }

    @Override
    public Closure takeApart(Object lambda) {
      RemoteFunction known = function;
      if (known != null && known.ref().captured() == 0) {
        return new Closure(known, List.of());
      }
      SerializedLambda parts = serializedForm(lambda);
      String receiver = receiverOf(parts);
      if (known == null || !known.ref().receiver().equals(receiver)) {
        known = RemoteFunction.resolve(refOf(parts, receiver), loader);
        function = known;
      }
      Object[] captured = new Object[parts.getCapturedArgCount()];
      Arrays.setAll(captured, parts::getCapturedArg);
      return new Closure(known, Arrays.asList(captured));
    }

    /**
     * The class that an instance method is called on: of the captured object, else as the
     * functional interface's type says. The method itself may be inherited.
     */
    private String receiverOf(SerializedLambda parts) {
      int kind = parts.getImplMethodKind();
      if (kind == MethodHandleInfo.REF_invokeStatic
          || kind == MethodHandleInfo.REF_newInvokeSpecial) {
        return "";
      }
      if (parts.getCapturedArgCount() == 0) {
        return MethodType.fromMethodDescriptorString(parts.getInstantiatedMethodType(), loader)
            .parameterType(0)
            .getName();
      }
      Class<?> captured = parts.getCapturedArg(0).getClass();
      boolean ofTheProgram = captured.getClassLoader() != null && !captured.isAnonymousClass();
      return ofTheProgram ? captured.getName() : parts.getImplClass().replace('/', '.');
    }

    private SerializedLambda serializedForm(Object lambda) {
      try {
        if (writeReplace.invoke(lambda) instanceof SerializedLambda parts) {
          return parts;
        }
      } catch (ReflectiveOperationException e) {
        throw new NotSendableException("the function " + lambda + " can't be taken apart", e);
      }
      throw new NotSendableException("the function " + lambda + " is no lambda");
    }

    private FunctionRef refOf(SerializedLambda parts, String receiver) {
      String className = parts.getImplClass().replace('/', '.');
      try {
        Class<?> owner = Class.forName(className, false, loader);
        return new FunctionRef(
            className,
            receiver,
            parts.getImplMethodName(),
            parts.getImplMethodSignature(),
            parts.getCapturedArgCount(),
            ClassDigest.of(owner));
      } catch (ClassNotFoundException e) {
        throw new NotSendableException("the class " + className + " of a function is missing", e);
      }
    }
  }
}
