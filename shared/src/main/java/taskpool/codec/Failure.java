package taskpool.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;
import taskpool.error.NotSendableException;
import taskpool.error.RemoteStackTrace;
import taskpool.error.RemoteTaskException;

/**
 * An exception as data: class name, message, stack as text, cause. Rebuilt at the caller as the
 * same class where that class has a constructor from {@code (String)} or {@code (String,
 * Throwable)}, else as {@link RemoteTaskException}.
 *
 * @param worker the worker that saw it: name, process id and host
 * @param stack as {@code printStackTrace} wrote it, causes included; only on the outermost
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Failure(
    String type, @Nullable String message, String worker, String stack, @Nullable Failure cause) {

  private static final int MAX_STACK_CHARS = 64 * 1024;
  private static final int MAX_CAUSES = 20;

  /** Turns an exception into data; never fails. */
  public static Failure of(Throwable error, String worker) {
    try {
      return describe(error, worker, stackOf(error), MAX_CAUSES);
    } catch (RuntimeException | StackOverflowError e) {
      return new Failure(
          NotSendableException.class.getName(),
          "the error, a %s, can't be sent: it fails to describe itself with %s"
              .formatted(error.getClass().getName(), e.getClass().getName()),
          worker,
          "",
          null);
    }
  }

  private static Failure describe(Throwable error, String worker, String stack, int depth) {
    Throwable cause = error.getCause();
    return new Failure(
        error.getClass().getName(),
        error.getMessage(),
        worker,
        stack,
        cause == null || depth == 0 ? null : describe(cause, worker, "", depth - 1));
  }

  private static String stackOf(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.getBuffer().length() <= MAX_STACK_CHARS
        ? text.toString()
        : text.getBuffer().substring(0, MAX_STACK_CHARS) + "…";
  }

  public byte[] encode() {
    try {
      return Cbor.MAPPER.writeValueAsBytes(this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Failure decode(byte[] bytes) {
    try {
      return Cbor.MAPPER.readValue(bytes, Failure.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rebuilds the exception, with the remote stack hanging on it as a {@link RemoteStackTrace}. */
  public Throwable toThrowable(@Nullable ClassLoader loader) {
    Throwable error = rebuild(loader);
    error.addSuppressed(new RemoteStackTrace(worker, stack));
    return error;
  }

  private Throwable rebuild(@Nullable ClassLoader loader) {
    Throwable rebuiltCause = cause == null ? null : cause.rebuild(loader);
    Throwable error = instantiate(loader, rebuiltCause);
    if (error == null) {
      error = new RemoteTaskException(type, message == null ? "" : message);
    }
    if (rebuiltCause != null && error.getCause() == null) {
      try {
        error.initCause(rebuiltCause);
      } catch (IllegalStateException fixedCause) {
        error.addSuppressed(rebuiltCause);
      }
    }
    return error;
  }

  /** The exception as its own class, or null if that can't be had with the same message. */
  private @Nullable Throwable instantiate(@Nullable ClassLoader loader, @Nullable Throwable cause) {
    try {
      Class<?> found = Class.forName(type, false, loader);
      if (!Throwable.class.isAssignableFrom(found)) {
        return null;
      }
      Throwable error = construct(found.asSubclass(Throwable.class), cause);
      return error != null && java.util.Objects.equals(error.getMessage(), message) ? error : null;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return null;
    }
  }

  private @Nullable Throwable construct(Class<? extends Throwable> found, @Nullable Throwable cause)
      throws ReflectiveOperationException {
    for (Constructor<?> constructor : found.getDeclaredConstructors()) {
      Class<?>[] parameters = constructor.getParameterTypes();
      boolean accessible = constructor.trySetAccessible();
      if (accessible && parameters.length == 1 && parameters[0] == String.class) {
        return (Throwable) constructor.newInstance(message);
      }
    }
    for (Constructor<?> constructor : found.getDeclaredConstructors()) {
      Class<?>[] parameters = constructor.getParameterTypes();
      if (parameters.length == 2
          && parameters[0] == String.class
          && parameters[1] == Throwable.class
          && constructor.trySetAccessible()) {
        return (Throwable) constructor.newInstance(message, cause);
      }
    }
    return null;
  }
}
