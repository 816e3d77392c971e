/**
 * Functions and values as data. Entry types: {@link taskpool.codec.Closure} takes a lambda or
 * method reference apart, {@link taskpool.codec.RemoteFunction} puts it together again in another
 * process and knows how its arguments and results are written.
 *
 * <p>Values are written as Jackson CBOR by the declared types of the method's parameters and
 * result. No Java serialization, and no class name is read from a payload, except of exceptions
 * (see {@link taskpool.codec.Failure}); where a declared type is {@code Object} or erased, a closed
 * list of standard types is told apart (see {@link taskpool.codec.StandardTypes}). Values that
 * can't be copied travel as references (see {@link taskpool.codec.ReferenceType}). Scalars are
 * written without Jackson, by {@link taskpool.codec.CborWriter} and {@link
 * taskpool.codec.CborReader}, and so is the protocol within a host.
 */
@NullMarked
package taskpool.codec;

import org.jspecify.annotations.NullMarked;
