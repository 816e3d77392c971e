package taskpool.codec;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The one mapper for functions, arguments and results. An object's state is its fields, whatever
 * their visibility, as with {@code pickle}; Jackson's annotations are honoured.
 */
final class Cbor {
  private static final ReferenceModule REFERENCES = new ReferenceModule();

  static final CBORMapper MAPPER = create();

  private Cbor() {}

  /** Whether values that are declared so travel as references. */
  static boolean isReference(Class<?> declared) {
    return REFERENCES.handles(declared);
  }

  /** A generator that leaves its target open. */
  static JsonGenerator generator(OutputStream target) throws IOException {
    return MAPPER
        .getFactory()
        .createGenerator(target)
        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  /** A parser that leaves its source open. */
  static JsonParser parser(InputStream source) throws IOException {
    return MAPPER.getFactory().createParser(source).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
  }

  private static CBORMapper create() {
    CBORFactory factory =
        CBORFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();
    return CBORMapper.builder(factory)
        .addModule(new ParameterNamesModule())
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule())
        .addModule(new PathModule())
        .addModule(new PlatformTypes())
        .addModule(REFERENCES)
        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
        .visibility(PropertyAccessor.GETTER, Visibility.NONE)
        .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
        .visibility(PropertyAccessor.SETTER, Visibility.NONE)
        .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
        .setDefaultTyping(new StandardTypes())
        .build();
  }
}
