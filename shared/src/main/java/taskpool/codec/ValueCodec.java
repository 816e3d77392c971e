package taskpool.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import taskpool.error.NotSendableException;

/** Writes and reads the values of one parameter or result. Thread-safe. */
interface ValueCodec {
  void write(@Nullable Object value, JsonGenerator out) throws IOException;

  /** Reads the value at the parser's current token. */
  @Nullable Object read(JsonParser in) throws IOException;

  /** The codec for a declared type; Jackson is not touched if that is a scalar. */
  static ValueCodec of(Type type) {
    Optional<Scalar> scalar = type instanceof Class<?> raw ? Scalar.of(raw) : Optional.empty();
    return scalar.isPresent() ? scalar.get() : new ByJackson(Cbor.MAPPER.constructType(type));
  }

  /**
   * The codec for an object that is a function itself. Other than a value it may have no state at
   * all: its class says what it does.
   */
  static ValueCodec ofFunctionObject(Class<?> type) {
    return isStateless(type)
        ? new ByJackson(
            Cbor.MAPPER.constructType(type),
            Cbor.MAPPER.writerFor(type).without(SerializationFeature.FAIL_ON_EMPTY_BEANS))
        : of(type);
  }

  private static boolean isStateless(Class<?> type) {
    for (Class<?> part = type; part != null && part != Object.class; part = part.getSuperclass()) {
      if (!Arrays.stream(part.getDeclaredFields())
          .allMatch(field -> Modifier.isStatic(field.getModifiers()))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Any type that is no {@link Scalar}. A class's first value is read back at once, to find here
   * what would fail there.
   */
  final class ByJackson implements ValueCodec {
    private final JavaType type;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final Set<Class<?>> proven = ConcurrentHashMap.newKeySet();

    ByJackson(JavaType type) {
      this(type, Cbor.MAPPER.writerFor(type));
    }

    ByJackson(JavaType type, ObjectWriter writer) {
      this.type = type;
      this.writer = writer;
      this.reader = Cbor.MAPPER.readerFor(type);
    }

    @Override
    public void write(@Nullable Object value, JsonGenerator out) throws IOException {
      if (value != null && !proven.contains(value.getClass())) {
        prove(value);
        proven.add(value.getClass());
      }
      writer.writeValue(out, value);
    }

    private void prove(Object value) throws IOException {
      Class<?> sent = value.getClass();
      if (sent.isHidden() || (sent.isAnonymousClass() && !(value instanceof Enum))) {
        throw new NotSendableException(
            "a lambda or anonymous class has no name to be found by in another process");
      }
      Object arrived = reader.readValue(writer.writeValueAsBytes(value));
      if (value instanceof Collection
          || value instanceof Map
          || value instanceof Enum
          || Cbor.isReference(type.getRawClass())) {
        return;
      }
      if (arrived == null || arrived.getClass() != sent) {
        throw new NotSendableException(
            "declared as %s it would arrive as %s"
                .formatted(
                    type.getRawClass().getName(),
                    arrived == null ? "null" : "a " + arrived.getClass().getName()));
      }
    }

    @Override
    public @Nullable Object read(JsonParser in) throws IOException {
      return reader.readValue(in); // null, too: it stands for an empty Optional
    }
  }
}
