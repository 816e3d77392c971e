package taskpool.codec;

import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return shapeOf(type);
        }
      };

  /**
   * Takes a function apart.
   *
   * @throws NotSendableException if it is neither a lambda, a method reference nor an instance of a
   *     named class, or its class has no class file that a worker could load
   */
  public static Closure of(Serializable function) {
    return SHAPES.get(function.getClass()).takeApart(function);
  }

  private static Shape shapeOf(Class<?> type) {
    Optional<Method> writeReplace =
        Arrays.stream(type.getDeclaredMethods())
            .filter(m -> m.getName().equals("writeReplace") && m.getParameterCount() == 0)
            .findFirst();
    if (writeReplace.isEmpty()) {
      return instanceShape(type);
    }
    Method method = writeReplace.get();
    if (!method.trySetAccessible()) {
      throw new NotSendableException(
          "the function written in %s can't be read: its module must open package %s to taskpool"
              .formatted(type.getName(), type.getPackageName()));
    }
    return new LambdaShape(type.getClassLoader(), method);
  }

  /** An object of a named class that implements one of our functional interfaces itself. */
  private static Shape instanceShape(Class<?> type) {
    if (type.isAnonymousClass() || type.isHidden() || type.isLocalClass()) {
      throw new NotSendableException(
          ("a function of the %s class %s can't be sent: write it as a lambda, a method reference"
                  + " or an instance of a named class")
              .formatted(type.isLocalClass() ? "local" : "anonymous", type.getName()));
    }
    Method method =
        Arrays.stream(type.getMethods())
            .filter(m -> m.getName().equals("apply") || m.getName().equals("run"))
            .filter(m -> !m.isBridge() && !m.isDefault() && !Modifier.isAbstract(m.getModifiers()))
            .findFirst()
            .orElseThrow(
                () -> new NotSendableException(type.getName() + " has no public apply or run"));
    FunctionRef ref = FunctionRef.of(method, type, 1);
    RemoteFunction function = RemoteFunction.resolve(ref, type.getClassLoader());
    return instance -> new Closure(function, List.of(instance));
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
