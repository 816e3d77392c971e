package taskpool.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import taskpool.error.NotSendableException;
import taskpool.payload.Payloads;

/**
 * Writes and reads the elements of something shared, by their declared type. Thread-safe.
 *
 * <p>Who shares it may declare more or less of it: the elements of a program's {@code
 * pool.<Path>queue("files")} are known as {@code Object} there, and as {@code Path} by a task with
 * a parameter {@code ClusterQueue<Path>}. So the standard types are written as {@code Object} is,
 * however they are declared: a {@link Scalar} after its number, without Jackson, which takes ten
 * times as long for an int.
 */
public final class ElementCodec {
  private static final Scalar[] SCALARS = Scalar.values();
  private static final int EXPECTED_BYTES = 16;

  private final ValueCodec codec;
  private final boolean standard;
  private final String what;

  private ElementCodec(ValueCodec codec, boolean standard, String what) {
    this.codec = codec;
    this.standard = standard;
    this.what = what;
  }

  /**
   * The codec for elements that are declared so; where that is {@code Object}, for the standard
   * types.
   *
   * @param what names it in errors
   */
  public static ElementCodec of(Type declared, String what) {
    boolean standard = StandardTypes.cover(Cbor.MAPPER.constructType(declared));
    return new ElementCodec(ValueCodec.of(standard ? Object.class : declared), standard, what);
  }

  /**
   * Writes an element.
   *
   * @throws NotSendableException if it can't be sent
   */
  public byte[] encode(Object element) {
    try {
      Optional<Scalar> scalar = standard ? Scalar.of(element.getClass()) : Optional.empty();
      return scalar.isPresent() ? encode(scalar.get(), element) : encodeByJackson(element);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new NotSendableException(
          "%s takes no %s (%s): %s"
              .formatted(what, element.getClass().getName(), element, Unsendable.reason(e)),
          e);
    }
  }

  @SuppressWarnings("EnumOrdinal") // it is what travels
  private static byte[] encode(Scalar scalar, Object element) throws IOException {
    try (CborWriter out = new CborWriter(EXPECTED_BYTES, Payloads.inMessages())) {
      out.write(scalar.ordinal());
      scalar.writeValue(element, out);
      return out.finish();
    }
  }

  private byte[] encodeByJackson(Object element) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = Cbor.MAPPER.getFactory().createGenerator(bytes)) {
      codec.write(element, out);
    }
    return bytes.toByteArray();
  }

  /** Writes what is looked for: empty if it can't be sent, and so can't have been either. */
  public Optional<byte[]> encodeSought(@Nullable Object element) {
    try {
      return Optional.ofNullable(element).map(this::encode);
    } catch (NotSendableException e) {
      return Optional.empty();
    }
  }

  /** Whether an element is written as this one is; none is if this one can't be sent. */
  public Predicate<byte[]> writtenAs(@Nullable Object element) {
    Optional<byte[]> sought = encodeSought(element);
    return written -> sought.isPresent() && Arrays.equals(written, sought.get());
  }

  /**
   * Reads an element.
   *
   * @throws NotSendableException if it is of another type here than where it was written
   */
  public @Nullable Object decode(byte[] bytes) {
    try {
      return isScalar(bytes) ? decodeScalar(new CborReader(bytes)) : decodeByJackson(bytes);
    } catch (IOException | RuntimeException e) {
      throw new NotSendableException(
          "an element of %s can't be read: %s".formatted(what, Unsendable.reason(e)), e);
    }
  }

  /** Jackson writes a standard type as a list of its name and its value, which begins otherwise. */
  private boolean isScalar(byte[] bytes) {
    return standard && bytes.length > 0 && bytes[0] >= 0 && bytes[0] < SCALARS.length;
  }

  private static Object decodeScalar(CborReader in) throws IOException {
    return SCALARS[in.readInt()].readValue(in);
  }

  private @Nullable Object decodeByJackson(byte[] bytes) throws IOException {
    try (JsonParser in = Cbor.MAPPER.getFactory().createParser(bytes)) {
      in.nextToken();
      Object element = codec.read(in);
      if (in.nextToken() != null) {
        throw new IOException("it was put under another declaration");
      }
      return element;
    }
  }
}
