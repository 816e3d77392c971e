/**
 * Decides which worker runs which task. Entry types: {@link taskpool.coordinator.CoordinatorActor},
 * the actor, and {@link taskpool.coordinator.Coordinator}, the decisions behind it as plain Java.
 *
 * <p>Clients submit over their session, workers hold leases and report outcomes; both ends are
 * reached through a {@link taskpool.link.Link} each. Guaranteed: a task ends once; a task whose
 * worker dies is leased again up to a bound; sessions share the workers fairly; leasing costs the
 * same whatever the number of workers and queued tasks. User code never runs here, payloads are
 * opaque.
 */
@NullMarked
package taskpool.coordinator;

import org.jspecify.annotations.NullMarked;
