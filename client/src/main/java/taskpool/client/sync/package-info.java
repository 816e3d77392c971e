/**
 * The submitting end of the primitives of {@link taskpool.sync}. Entry type: {@link
 * taskpool.client.sync.SessionObjects}, which a pool's session gives them out by.
 *
 * <p>Each is a name and a number in the session; all that is known of its state is at the
 * coordinator.
 */
@NullMarked
package taskpool.client.sync;

import org.jspecify.annotations.NullMarked;
