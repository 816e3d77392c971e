package taskpool.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
public record Failure(List<Thrown> chain, String worker, String stack) {

  /** One exception of the chain. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  public record Thrown(String type, @Nullable String message) {}

  private static final int MAX_STACK_CHARS = 64 * 1024;
  private static final int MAX_CHAIN = 20;

  /** Turns an exception into data, whatever its methods do; fails for want of memory only. */
  public static Failure of(Throwable error, String worker) {
    try {
      return new Failure(chainOf(error), worker, stackOf(error));
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      String message =
          "the error, a %s, can't be sent: it fails to describe itself with %s"
              .formatted(error.getClass().getName(), e.getClass().getName());
      return new Failure(
          List.of(new Thrown(NotSendableException.class.getName(), message)), worker, "");
    }
  }

  private static List<Thrown> chainOf(Throwable error) {
    List<Thrown> chain = new ArrayList<>();
    Throwable next = error;
    while (next != null && chain.size() < MAX_CHAIN) {
      chain.add(new Thrown(next.getClass().getName(), next.getMessage()));
      next = next.getCause();
    }
    return chain;
  }

  private static String stackOf(Throwable error) {
    Page page = new Page();
    try {
      error.printStackTrace(new PrintWriter(page));
    } catch (PageFull e) {
      // it is cut off below
    }
    return page.upTo(MAX_STACK_CHARS);
  }

  /** Takes no more than is sent: some chains of causes have no end. */
  private static final class Page extends StringWriter {
    @Override
    public void write(String text, int from, int length) {
      super.write(text, from, length);
      if (getBuffer().length() > MAX_STACK_CHARS) {
        throw new PageFull();
      }
    }

    String upTo(int most) {
      if (getBuffer().length() <= most) {
        return toString();
      }
      boolean splits = Character.isHighSurrogate(getBuffer().charAt(most - 1));
      return getBuffer().substring(0, splits ? most - 1 : most) + "…";
    }
  }

  private static final class PageFull extends RuntimeException {
    private static final long serialVersionUID = 1L;
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

  /** The exception's message. */
  public @Nullable String message() {
    return chain.get(0).message();
  }

  /** Rebuilds the exception, with the remote stack hanging on it as a {@link RemoteStackTrace}. */
  public Throwable toThrowable(@Nullable ClassLoader loader) {
    Throwable error = null;
    for (int i = chain.size() - 1; i >= 0; i--) {
      error = rebuild(chain.get(i), error, loader);
    }
    Throwable whole = Objects.requireNonNull(error);
    whole.addSuppressed(new RemoteStackTrace(worker, stack));
    return whole;
  }

  private static Throwable rebuild(
      Thrown thrown, @Nullable Throwable cause, @Nullable ClassLoader loader) {
    Throwable error = instantiate(thrown, cause, loader);
    if (error == null) {
      String message = thrown.message();
      error = new RemoteTaskException(thrown.type(), message == null ? "" : message);
    }
    if (cause != null && error.getCause() == null) {
      try {
        error.initCause(cause);
      } catch (IllegalStateException fixedCause) {
        error.addSuppressed(cause);
      }
    }
    return error;
  }

  /** The exception as its own class, or null if that can't be had with the same message. */
  private static @Nullable Throwable instantiate(
      Thrown thrown, @Nullable Throwable cause, @Nullable ClassLoader loader) {
    try {
      Class<?> found = Class.forName(thrown.type(), false, loader);
      if (!Throwable.class.isAssignableFrom(found)) {
        return null;
      }
      Throwable error = construct(found.asSubclass(Throwable.class), thrown.message(), cause);
      return error != null && Objects.equals(error.getMessage(), thrown.message()) ? error : null;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return null;
    }
  }

  private static @Nullable Throwable construct(
      Class<? extends Throwable> type, @Nullable String message, @Nullable Throwable cause)
      throws ReflectiveOperationException {
    Constructor<?> ofMessage = constructor(type, String.class);
    if (ofMessage != null) {
      return (Throwable) ofMessage.newInstance(message);
    }
    Constructor<?> ofBoth = constructor(type, String.class, Throwable.class);
    return ofBoth == null ? null : (Throwable) ofBoth.newInstance(message, cause);
  }

  private static @Nullable Constructor<?> constructor(Class<?> type, Class<?>... parameters) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      return constructor.trySetAccessible() ? constructor : null;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
