package taskpool.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;

/**
 * Refuses, where they stand, objects of the JDK that Jackson knows no form for: threads, streams,
 * sockets. It would take them for beans, write what it can reach and fail at reading it back,
 * without a word on where in the value the object was.
 */
final class PlatformTypes extends SimpleModule {
  private static final long serialVersionUID = 1L;

  PlatformTypes() {
    super("taskpool-platform-types");
    setSerializerModifier(new Refusing());
  }

  private static final class Refusing extends BeanSerializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonSerializer<?> modifySerializer(
        SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
      ClassLoader loader = bean.getBeanClass().getClassLoader();
      boolean platform = loader == null || loader == ClassLoader.getPlatformClassLoader();
      return platform && serializer instanceof BeanSerializerBase ? new Refusal() : serializer;
    }
  }

  private static final class Refusal extends StdSerializer<Object> {
    private static final long serialVersionUID = 1L;

    Refusal() {
      super(Object.class);
    }

    @Override
    public void serialize(Object value, JsonGenerator out, SerializerProvider provider)
        throws JsonMappingException {
      throw JsonMappingException.from(
          out, "a %s is more than data".formatted(value.getClass().getName()));
    }

    @Override
    public void serializeWithType(
        Object value, JsonGenerator out, SerializerProvider provider, TypeSerializer type)
        throws JsonMappingException {
      serialize(value, out, provider);
    }
  }
}
