package taskpool.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A message with a payload of any size. Without a payload it means: the chunks that came under the
 * same id are it.
 */
public interface Parcel<P> {
  /** The number that its chunks carry too; unique per direction of one link. */
  long id();

  /** The payload, or null when it travels in chunks. */
  byte @Nullable [] payload();

  /** The same parcel with another payload. */
  P withPayload(byte @Nullable [] payload);
}
