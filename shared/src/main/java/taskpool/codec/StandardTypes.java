package taskpool.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper.DefaultTypeResolverBuilder;
import com.fasterxml.jackson.databind.ObjectMapper.DefaultTyping;
import com.fasterxml.jackson.databind.jsontype.impl.LaissezFaireSubTypeValidator;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The closed list of types that may stand where only {@code Object}, {@code Number}, {@code
 * Comparable} … is declared, for instance in the erased {@code List} of a lambda's parameter. Each
 * has a short name of ours, so a value keeps its type ({@code 5L} stays a {@code Long}) and yet no
 * class name is ever taken from the wire.
 */
final class StandardTypes extends DefaultTypeResolverBuilder {
  private static final long serialVersionUID = 1L;

  private static final Map<String, Class<?>> TYPES =
      Map.ofEntries(
          Map.entry("byte", Byte.class),
          Map.entry("short", Short.class),
          Map.entry("int", Integer.class),
          Map.entry("long", Long.class),
          Map.entry("float", Float.class),
          Map.entry("double", Double.class),
          Map.entry("bool", Boolean.class),
          Map.entry("char", Character.class),
          Map.entry("string", String.class),
          Map.entry("bigint", BigInteger.class),
          Map.entry("decimal", BigDecimal.class),
          Map.entry("bytes", byte[].class),
          Map.entry("ints", int[].class),
          Map.entry("longs", long[].class),
          Map.entry("doubles", double[].class),
          Map.entry("floats", float[].class),
          Map.entry("booleans", boolean[].class),
          Map.entry("chars", char[].class),
          Map.entry("shorts", short[].class),
          Map.entry("objects", Object[].class),
          Map.entry("strings", String[].class),
          Map.entry("list", ArrayList.class),
          Map.entry("deque", ArrayDeque.class),
          Map.entry("set", LinkedHashSet.class),
          Map.entry("sortedset", TreeSet.class),
          Map.entry("map", LinkedHashMap.class),
          Map.entry("sortedmap", TreeMap.class),
          Map.entry("uuid", UUID.class),
          Map.entry("uri", URI.class),
          Map.entry("path", Path.class),
          Map.entry("instant", Instant.class),
          Map.entry("duration", Duration.class),
          Map.entry("date", LocalDate.class),
          Map.entry("time", LocalTime.class),
          Map.entry("datetime", LocalDateTime.class),
          Map.entry("zoneddatetime", ZonedDateTime.class));

  private static final Map<Class<?>, String> NAMES =
      TYPES.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private static final Set<Class<?>> OPEN_DECLARATIONS =
      Set.of(Object.class, Number.class, Comparable.class, Serializable.class, CharSequence.class);

  /** What a list, a set or a map is declared as, if not as one of the {@link #TYPES}. */
  private static final Set<Class<?>> COLLECTIONS =
      Set.of(Iterable.class, Collection.class, List.class, Set.class, Map.class);

  StandardTypes() {
    super(DefaultTyping.JAVA_LANG_OBJECT, LaissezFaireSubTypeValidator.instance);
    init(JsonTypeInfo.Id.CUSTOM, new ByShortName());
    inclusion(JsonTypeInfo.As.WRAPPER_ARRAY);
  }

  /** Whether all that may be declared so may as well be declared {@code Object}. */
  static boolean cover(JavaType declared) {
    Class<?> raw = declared.getRawClass();
    return (TYPES.containsValue(raw)
            || OPEN_DECLARATIONS.contains(raw)
            || COLLECTIONS.contains(raw))
        && declared.getBindings().getTypeParameters().stream().allMatch(StandardTypes::cover);
  }

  @Override
  public boolean useForType(JavaType declared) {
    return OPEN_DECLARATIONS.contains(declared.getRawClass());
  }

  private static final class ByShortName extends TypeIdResolverBase {
    @Override
    public String idFromValue(Object value) {
      return idFromValueAndType(value, value.getClass());
    }

    @Override
    public String idFromValueAndType(@Nullable Object value, Class<?> type) {
      String name = NAMES.get(type);
      if (name != null) {
        return name;
      }
      if (value instanceof Path) {
        return "path";
      }
      if (value instanceof List) {
        return "list";
      }
      if (value instanceof Set) {
        return "set";
      }
      if (value instanceof Map) {
        return "map";
      }
      throw new IllegalArgumentException(
          ("%s stands where only Object (or an erased type, as in a lambda's List) is declared; use a"
                  + " method whose parameter or result declares it")
              .formatted(type.getName()));
    }

    @Override
    public JavaType typeFromId(DatabindContext context, String id) {
      Class<?> type = TYPES.get(id);
      if (type == null) {
        throw new IllegalArgumentException("no standard type is called " + id);
      }
      return context.constructType(type);
    }

    @Override
    public JsonTypeInfo.Id getMechanism() {
      return JsonTypeInfo.Id.CUSTOM;
    }
  }
}
