package taskpool.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The types that CBOR has itself, by far the most frequent. A function that has no others is served
 * without Jackson, by {@link CborWriter} and {@link CborReader}. Every one may be null.
 */
enum Scalar implements ValueCodec {
  INT {
    @Override
    void writeValue(Object value, CborWriter out) throws IOException {
      out.write((int) value);
    }

    @Override
    Object readValue(CborReader in) throws IOException {
      return in.readInt();
    }

    @Override
    void writeValue(Object value, JsonGenerator out) throws IOException {
      out.writeNumber((int) value);
    }

    @Override
    Object readValue(JsonParser in) throws IOException {
      return in.getIntValue();
    }

    @Override
    List<@Nullable Object> collector() {
      return new NumberCollector(Integer.class);
    }

    @Override
    List<@Nullable Object> readAll(CborReader in, int count) throws IOException {
      int[] values = new int[count];
      for (int i = 0; i < count; i++) {
        if (in.readNull()) {
          return withNulls(PrimitiveList.of(Arrays.copyOf(values, i)), in, count);
        }
        values[i] = in.readInt();
      }
      return PrimitiveList.of(values);
    }
  },
  LONG {
    @Override
    void writeValue(Object value, CborWriter out) throws IOException {
      out.write((long) value);
    }

    @Override
    Object readValue(CborReader in) throws IOException {
      return in.readLong();
    }

    @Override
    void writeValue(Object value, JsonGenerator out) throws IOException {
      out.writeNumber((long) value);
    }

    @Override
    Object readValue(JsonParser in) throws IOException {
      return in.getLongValue();
    }

    @Override
    List<@Nullable Object> collector() {
      return new NumberCollector(Long.class);
    }

    @Override
    List<@Nullable Object> readAll(CborReader in, int count) throws IOException {
      long[] values = new long[count];
      for (int i = 0; i < count; i++) {
        if (in.readNull()) {
          return withNulls(PrimitiveList.of(Arrays.copyOf(values, i)), in, count);
        }
        values[i] = in.readLong();
      }
      return PrimitiveList.of(values);
    }
  },
  DOUBLE {
    @Override
    void writeValue(Object value, CborWriter out) throws IOException {
      out.write((double) value);
    }

    @Override
    Object readValue(CborReader in) throws IOException {
      return in.readDouble();
    }

    @Override
    void writeValue(Object value, JsonGenerator out) throws IOException {
      out.writeNumber((double) value);
    }

    @Override
    Object readValue(JsonParser in) throws IOException {
      return in.getDoubleValue();
    }

    @Override
    List<@Nullable Object> collector() {
      return new NumberCollector(Double.class);
    }

    @Override
    List<@Nullable Object> readAll(CborReader in, int count) throws IOException {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        if (in.readNull()) {
          return withNulls(PrimitiveList.of(Arrays.copyOf(values, i)), in, count);
        }
        values[i] = in.readDouble();
      }
      return PrimitiveList.of(values);
    }
  },
  BOOLEAN {
    @Override
    void writeValue(Object value, CborWriter out) throws IOException {
      out.write((boolean) value);
    }

    @Override
    Object readValue(CborReader in) throws IOException {
      return in.readBoolean();
    }

    @Override
    void writeValue(Object value, JsonGenerator out) throws IOException {
      out.writeBoolean((boolean) value);
    }

    @Override
    Object readValue(JsonParser in) throws IOException {
      return in.getBooleanValue();
    }
  },
  STRING {
    @Override
    void writeValue(Object value, CborWriter out) throws IOException {
      out.write((String) value);
    }

    @Override
    Object readValue(CborReader in) throws IOException {
      return in.readString();
    }

    @Override
    void writeValue(Object value, JsonGenerator out) throws IOException {
      out.writeString((String) value);
    }

    @Override
    Object readValue(JsonParser in) throws IOException {
      return in.getText();
    }
  },
  BYTES {
    @Override
    void writeValue(Object value, CborWriter out) throws IOException {
      out.write((byte[]) value);
    }

    @Override
    Object readValue(CborReader in) throws IOException {
      return in.readBytes();
    }

    @Override
    void writeValue(Object value, JsonGenerator out) throws IOException {
      out.writeBinary((byte[]) value);
    }

    @Override
    Object readValue(JsonParser in) throws IOException {
      return in.getBinaryValue();
    }
  };

  private static final Map<Class<?>, Scalar> BY_TYPE =
      Map.ofEntries(
          Map.entry(int.class, INT),
          Map.entry(Integer.class, INT),
          Map.entry(long.class, LONG),
          Map.entry(Long.class, LONG),
          Map.entry(double.class, DOUBLE),
          Map.entry(Double.class, DOUBLE),
          Map.entry(boolean.class, BOOLEAN),
          Map.entry(Boolean.class, BOOLEAN),
          Map.entry(String.class, STRING),
          Map.entry(byte[].class, BYTES));

  /** The scalar that values of this class are. */
  static Optional<Scalar> of(Class<?> type) {
    return Optional.ofNullable(BY_TYPE.get(type));
  }

  abstract void writeValue(Object value, CborWriter out) throws IOException;

  abstract Object readValue(CborReader in) throws IOException;

  abstract void writeValue(Object value, JsonGenerator out) throws IOException;

  abstract Object readValue(JsonParser in) throws IOException;

  /** An empty list for results of many calls. */
  List<@Nullable Object> collector() {
    return new ArrayList<>();
  }

  /** Reads so many values; may be a list that can't be changed. */
  List<@Nullable Object> readAll(CborReader in, int count) throws IOException {
    return readRest(new ArrayList<>(count), in, count);
  }

  /** Goes on with the others after a null has been read. */
  List<@Nullable Object> withNulls(List<@Nullable Object> before, CborReader in, int count)
      throws IOException {
    List<@Nullable Object> values = new ArrayList<>(count);
    values.addAll(before);
    values.add(null);
    return readRest(values, in, count);
  }

  private List<@Nullable Object> readRest(List<@Nullable Object> values, CborReader in, int count)
      throws IOException {
    while (values.size() < count) {
      values.add(read(in));
    }
    return values;
  }

  void write(@Nullable Object value, CborWriter out) throws IOException {
    if (value == null) {
      out.writeNull();
    } else {
      writeValue(value, out);
    }
  }

  @Nullable Object read(CborReader in) throws IOException {
    return in.readNull() ? null : readValue(in);
  }

  @Override
  public void write(@Nullable Object value, JsonGenerator out) throws IOException {
    if (value == null) {
      out.writeNull();
    } else {
      writeValue(value, out);
    }
  }

  @Override
  public @Nullable Object read(JsonParser in) throws IOException {
    return in.currentToken() == JsonToken.VALUE_NULL ? null : readValue(in);
  }
}
