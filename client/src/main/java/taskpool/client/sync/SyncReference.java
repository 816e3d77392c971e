package taskpool.client.sync;

import taskpool.client.PoolReference;
import taskpool.protocol.SyncKind;

/**
 * A primitive on its way to another process.
 *
 * @param parameter what it is made with, should it not be there, as far as that is a number
 * @param initial the same, as far as it is none
 * @param part which part of it: the name of a lock's condition, the number of a pipe's end; else
 *     empty
 */
public record SyncReference(
    PoolReference pool, SyncKind kind, String name, long parameter, byte[] initial, String part) {}
