package taskpool.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import taskpool.payload.Payloads;

/**
 * A function by name, as {@code pickle} sends one: which method of which class, and how many of its
 * first parameters are filled by values captured where it was written.
 *
 * @param className as {@link Class#getName} gives it
 * @param receiver the class of the object that an instance method is called on, which may be a
 *     subclass; empty for a static method or constructor
 * @param method the method's name; {@code <init>} for a constructor
 * @param descriptor the method's erased parameter and result types, in class file form
 * @param captured the number of leading values (receiver included) that travel with the function
 * @param digest of the class file, see {@link ClassDigest}
 */
public record FunctionRef(
    String className,
    String receiver,
    String method,
    String descriptor,
    int captured,
    long digest) {

  static final String CONSTRUCTOR = "<init>";

  private static final int EXPECTED_BYTES = 128;

  /** The reference to a method as it is called on a {@code receiver}; ignored for a static one. */
  public static FunctionRef of(Method method, Class<?> receiver, int captured) {
    return new FunctionRef(
        method.getDeclaringClass().getName(),
        Modifier.isStatic(method.getModifiers()) ? "" : receiver.getName(),
        method.getName(),
        MethodType.methodType(method.getReturnType(), method.getParameterTypes())
            .toMethodDescriptorString(),
        captured,
        ClassDigest.of(method.getDeclaringClass()));
  }

  /** The reference as bytes; equal references give equal bytes. */
  public byte[] encode() {
    try (CborWriter out = new CborWriter(EXPECTED_BYTES, Payloads.inMessages())) {
      out.write(className);
      out.write(receiver);
      out.write(method);
      out.write(descriptor);
      out.write(captured);
      out.write(digest);
      return out.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what {@link #encode} wrote. */
  public static FunctionRef decode(byte[] bytes) {
    try {
      CborReader in = new CborReader(bytes);
      return new FunctionRef(
          in.readString(),
          in.readString(),
          in.readString(),
          in.readString(),
          in.readInt(),
          in.readLong());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isConstructor() {
    return method.equals(CONSTRUCTOR);
  }

  /** The function as users write it: {@code com.acme.Sing#sing}. */
  @Override
  public String toString() {
    if (isConstructor()) {
      return "new " + className;
    }
    return className + "#" + method;
  }
}
