/**
 * What each layer of taskpool costs by itself: nanoseconds, allocated bytes, messages, bytes on the
 * wire. For {@code benchmarks/run --layers}, and for the test that holds the counts down.
 *
 * <p>Entry: {@link taskpool.benchmarks.layers.LayersProgram}. The cores (client's session,
 * coordinator, worker) are driven as their actors do it, without actors, threads or sockets.
 */
@NullMarked
package taskpool.benchmarks.layers;

import org.jspecify.annotations.NullMarked;
