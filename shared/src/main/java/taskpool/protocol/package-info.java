/**
 * Every message that crosses a process boundary. Entry types: {@link
 * taskpool.protocol.CoordinatorCommand}, {@link taskpool.protocol.WorkerCommand}, {@link
 * taskpool.protocol.ClientCommand}.
 *
 * <p>Clients and workers each talk to the coordinator, never to each other. All steady traffic is
 * numbered batches (see {@link taskpool.link}); payloads are bytes that only the two ends decode.
 * All messages are bound to Jackson CBOR through {@link taskpool.protocol.Wire}; records are
 * written as arrays, so the order of their components is the wire format.
 */
@NullMarked
package taskpool.protocol;

import org.jspecify.annotations.NullMarked;
