package taskpool.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import taskpool.error.NotSendableException;

/** Tells versions of a class apart: the first eight bytes of its class file's SHA-256. */
final class ClassDigest {
  /** For classes of the JDK, which may well differ between two ends. */
  private static final long PLATFORM = 0;

  private static final ClassValue<Long> DIGESTS =
      new ClassValue<>() {
        @Override
        protected Long computeValue(Class<?> type) {
          return compute(type);
        }
      };

  private ClassDigest() {}

  /**
   * The digest of a class.
   *
   * @throws NotSendableException if no class file stands behind it, so no worker can load it
   */
  static long of(Class<?> type) {
    return DIGESTS.get(type);
  }

  private static long compute(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
      return PLATFORM;
    }
    String file =
        type.getName().substring(type.getPackageName().length()).replace(".", "") + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      if (in == null) {
        throw new NotSendableException(
            ("the class %s has no class file on the class path, so no worker can load it; compile it"
                    + " instead of running it from source")
                .formatted(type.getName()));
      }
      byte[] sha = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      return ByteBuffer.wrap(sha).getLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
