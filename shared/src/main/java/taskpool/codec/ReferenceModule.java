package taskpool.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes and reads the values of every {@link ReferenceType} that there is. */
final class ReferenceModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  private final transient Set<Class<?>> types = new HashSet<>();

  ReferenceModule() {
    super("taskpool-references");
    for (ReferenceType<?, ?> type :
        ServiceLoader.load(ReferenceType.class, ReferenceModule.class.getClassLoader())) {
      add(type);
    }
  }

  private <T, R> void add(ReferenceType<T, R> type) {
    types.add(type.type());
    addSerializer(new Writer<>(type));
    addDeserializer(type.type(), new Reader<>(type, List.of()));
  }

  /** Whether what is declared so arrives as something else than was sent, and rightly so. */
  boolean handles(Class<?> declared) {
    return types.contains(declared);
  }

  private static final class Writer<T, R> extends StdSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient ReferenceType<T, R> type;

    Writer(ReferenceType<T, R> type) {
      super(type.type());
      this.type = type;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      provider.defaultSerializeValue(type.refer(value), out);
    }
  }

  private static final class Reader<T, R> extends StdDeserializer<T>
      implements ContextualDeserializer {
    private static final long serialVersionUID = 1L;

    private final transient ReferenceType<T, R> type;

    /** What the declaration says that it holds. */
    private final transient List<Type> arguments;

    Reader(ReferenceType<T, R> type, List<Type> arguments) {
      super(type.type());
      this.type = type;
      this.arguments = arguments;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, @Nullable BeanProperty property) {
      JavaType declared = context.getContextualType();
      return declared == null || declared.containedTypeCount() == 0
          ? this
          : new Reader<>(type, List.copyOf(declared.getBindings().getTypeParameters()));
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return type.resolve(context.readValue(in, type.form()), arguments);
    }
  }
}
