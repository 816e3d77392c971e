package taskpool.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A message with a payload of any size. Without a payload it means: the chunks that came under the
 * same id are it.
 */
public interface Parcel<P> {
  /** A parcel's own size in a batch, besides its payload. */
  int OWN_BYTES = 24;

  /** The number that its chunks carry too; unique per direction of one link. */
  long id();

  /** The payload, or null when it travels in chunks. */
  byte @Nullable [] payload();

  /** What it takes in a batch at most, besides its payload. */
  default int ownBytes() {
    return OWN_BYTES;
  }

  /** The same parcel with another payload. */
  P withPayload(byte @Nullable [] payload);
}
