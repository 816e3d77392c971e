package taskpool.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import taskpool.error.FunctionVersionException;

/**
 * A function that can be called here and knows how its values travel. Both ends have one: the
 * client to write arguments and read results, the worker to read arguments, call and write results.
 * Immutable and thread-safe.
 */
public final class RemoteFunction {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private final FunctionRef ref;
  private final @Nullable ClassLoader loader;
  private final byte[] encodedRef;
  private final MethodHandle handle;

  /** Of the function itself: its parameters as they are declared. */
  private final MethodType type;

  private final List<ValueCodec> parameters;
  private final Scalar @Nullable [] scalars;
  private final Optional<ValueCodec> result;

  private RemoteFunction(
      FunctionRef ref,
      @Nullable ClassLoader loader,
      MethodHandle handle,
      MethodType type,
      List<ValueCodec> parameters,
      Optional<ValueCodec> result) {
    this.ref = ref;
    this.loader = loader;
    this.encodedRef = ref.encode();
    this.handle = handle;
    this.type = type;
    this.parameters = parameters;
    this.scalars =
        parameters.stream().allMatch(Scalar.class::isInstance)
            ? parameters.toArray(Scalar[]::new)
            : null;
    this.result = result;
  }

  /**
   * Finds the function.
   *
   * @throws FunctionVersionException if the class or method is missing or is another version
   */
  public static RemoteFunction resolve(FunctionRef ref, @Nullable ClassLoader loader) {
    Class<?> owner;
    MethodType signature;
    try {
      owner = Class.forName(ref.className(), false, loader);
      signature = MethodType.fromMethodDescriptorString(ref.descriptor(), loader);
    } catch (ClassNotFoundException | LinkageError | TypeNotPresentException e) {
      throw new FunctionVersionException(
          "the function %s can't be loaded here: %s".formatted(ref, e));
    }
    if (ClassDigest.of(owner) != ref.digest()) {
      throw new FunctionVersionException(
          ("the class %s is another version here than where the task was submitted; start both from"
                  + " the same build")
              .formatted(ref.className()));
    }
    try {
      return ref.isConstructor()
          ? ofConstructor(ref, loader, owner.getDeclaredConstructor(signature.parameterArray()))
          : ofMethod(ref, loader, find(owner, ref.method(), signature));
    } catch (ReflectiveOperationException e) {
      throw new FunctionVersionException(
          "the function %s%s can't be called here: %s"
              .formatted(ref, ref.descriptor(), e.getMessage()));
    }
  }

  /** This method of objects of that class, which is there for nothing but to be a function. */
  RemoteFunction asFunctionObject(Class<?> type) {
    List<ValueCodec> codecs = new ArrayList<>(parameters);
    codecs.set(0, ValueCodec.ofFunctionObject(type));
    return new RemoteFunction(ref, loader, handle, this.type, List.copyOf(codecs), result);
  }

  private static Method find(Class<?> owner, String name, MethodType signature)
      throws NoSuchMethodException {
    for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name)
            && method.getReturnType() == signature.returnType()
            && List.of(method.getParameterTypes()).equals(signature.parameterList())) {
          return method;
        }
      }
    }
    return owner.getMethod(name, signature.parameterArray());
  }

  private static RemoteFunction ofConstructor(
      FunctionRef ref, @Nullable ClassLoader loader, Constructor<?> constructor)
      throws IllegalAccessException {
    open(constructor);
    MethodHandle handle = LOOKUP.unreflectConstructor(constructor);
    return new RemoteFunction(
        ref,
        loader,
        spread(handle),
        handle.type(),
        codecs(List.of(), constructor),
        Optional.of(ValueCodec.of(constructor.getDeclaringClass())));
  }

  private static RemoteFunction ofMethod(
      FunctionRef ref, @Nullable ClassLoader loader, Method method)
      throws IllegalAccessException, ClassNotFoundException {
    open(method);
    List<Type> receiver =
        ref.receiver().isEmpty()
            ? List.of()
            : List.of(Class.forName(ref.receiver(), false, loader));
    MethodHandle handle = LOOKUP.unreflect(method);
    return new RemoteFunction(
        ref,
        loader,
        spread(handle),
        handle.type(),
        codecs(receiver, method),
        method.getReturnType() == void.class
            ? Optional.empty()
            : Optional.of(ValueCodec.of(method.getGenericReturnType())));
  }

  private static void open(Executable executable) {
    if (!Modifier.isPublic(executable.getModifiers())
        || !Modifier.isPublic(executable.getDeclaringClass().getModifiers())) {
      executable.trySetAccessible();
    }
  }

  private static MethodHandle spread(MethodHandle handle) {
    MethodHandle fixed = handle.asFixedArity();
    return fixed
        .asSpreader(Object[].class, fixed.type().parameterCount())
        .asType(MethodType.methodType(Object.class, Object[].class));
  }

  private static List<ValueCodec> codecs(List<Type> receiver, Executable executable) {
    Type[] generic = executable.getGenericParameterTypes();
    Type[] types =
        generic.length == executable.getParameterCount() ? generic : executable.getParameterTypes();
    List<ValueCodec> codecs = new ArrayList<>();
    receiver.forEach(type -> codecs.add(ValueCodec.of(type)));
    for (Type type : types) {
      codecs.add(ValueCodec.of(type));
    }
    return List.copyOf(codecs);
  }

  public FunctionRef ref() {
    return ref;
  }

  /** Where the function was found, for classes that come with its results. */
  public @Nullable ClassLoader loader() {
    return loader;
  }

  /** The reference as it travels. Not to be changed. */
  public byte[] encodedRef() {
    return encodedRef;
  }

  /** The number of arguments that a caller gives, besides the captured values. */
  public int arity() {
    return parameters.size() - ref.captured();
  }

  ValueCodec parameter(int index) {
    return parameters.get(index);
  }

  /** Whether it can be given null there. */
  boolean takesNull(int index) {
    return !type.parameterType(index).isPrimitive();
  }

  int parameterCount() {
    return parameters.size();
  }

  /** All parameters, if they are all scalars. Not to be changed. */
  Scalar @Nullable [] scalars() {
    return scalars;
  }

  Optional<ValueCodec> result() {
    return result;
  }

  /** Calls the function; throws whatever it throws. Null for one without a result. */
  public @Nullable Object invoke(@Nullable Object[] arguments) throws Throwable {
    return (@Nullable Object) handle.invokeExact(arguments);
  }

  @Override
  public String toString() {
    return ref.toString();
  }
}
