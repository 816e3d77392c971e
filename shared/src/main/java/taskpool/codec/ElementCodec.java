package taskpool.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import taskpool.error.NotSendableException;

/**
 * Writes and reads the elements of something shared, by their declared type. Thread-safe.
 *
 * <p>Who shares it may declare more or less of it: the elements of a program's {@code
 * pool.<Path>queue("files")} are known as {@code Object} there, and as {@code Path} by a task with
 * a parameter {@code ClusterQueue<Path>}. So the standard types are written as {@code Object} is,
 * however they are declared.
 */
public final class ElementCodec {
  private final ValueCodec codec;
  private final String what;

  private ElementCodec(ValueCodec codec, String what) {
    this.codec = codec;
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
    return new ElementCodec(ValueCodec.of(standard ? Object.class : declared), what);
  }

  /**
   * Writes an element.
   *
   * @throws NotSendableException if it can't be sent
   */
  public byte[] encode(Object element) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = Cbor.MAPPER.getFactory().createGenerator(bytes)) {
      codec.write(element, out);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new NotSendableException(
          "%s takes no %s (%s): %s"
              .formatted(what, element.getClass().getName(), element, Unsendable.reason(e)),
          e);
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

  /**
   * Reads an element.
   *
   * @throws NotSendableException if it is of another type here than where it was written
   */
  public @Nullable Object decode(byte[] bytes) {
    try (JsonParser in = Cbor.MAPPER.getFactory().createParser(bytes)) {
      in.nextToken();
      return codec.read(in);
    } catch (IOException | RuntimeException e) {
      throw new NotSendableException(
          "an element of %s can't be read: %s".formatted(what, Unsendable.reason(e)), e);
    }
  }
}
