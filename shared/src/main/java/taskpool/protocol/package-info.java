/**
 * Every message that crosses a process boundary. Entry types: {@link
 * taskpool.protocol.CoordinatorCommand}, {@link taskpool.protocol.WorkerCommand}, {@link
 * taskpool.protocol.ClientCommand}.
 *
 * <p>Clients and workers each talk to the coordinator, never to each other. All steady traffic is
 * numbered batches (see {@link taskpool.link}); payloads are bytes that only the two ends decode.
 * For Artery all messages are bound to Jackson CBOR through {@link taskpool.protocol.Wire}, and
 * records are written as arrays; on the socket of a host the components follow one another without
 * more. Either way their order is the wire format.
 */
@NullMarked
package taskpool.protocol;

import org.jspecify.annotations.NullMarked;
