package taskpool.sync;

import java.util.Map;
import java.util.concurrent.ConcurrentMap;

/**
 * A dictionary that all processes of a pool see; {@code multiprocessing.Manager().dict()}, and a
 * {@link ConcurrentMap}. Keys and values are written when they are put in, so what is got is a
 * copy: two are the same if they are written alike.
 *
 * <p>Thread-safe. {@code get}, {@code put}, {@code putIfAbsent}, {@code replace}, {@code remove},
 * {@code containsKey}, {@code clear} and {@code size} are one question to the coordinator each, and
 * one step for others. {@code compute}, {@code computeIfAbsent}, {@code computeIfPresent} and
 * {@code merge} may call their function again if another one has changed the entry meanwhile, as
 * {@link ConcurrentMap} says. Views and iterators show what was in it when they were made, in the
 * order in which the keys came; what is removed through them is removed here. Neither keys nor
 * values are null. What a process has put in stays when it dies.
 */
public interface SharedDict<K, V> extends ConcurrentMap<K, V> {
  /** All entries as they are now, read in one step. */
  Map<K, V> toMap();
}
