package taskpool.client.sync;

import taskpool.client.PoolReference;
import taskpool.protocol.SyncKind;

/**
 * A primitive on its way to another process.
 *
 * @param parameter what it is made with, should it not be there
 * @param condition the name of a lock's condition, if it is one
 */
public record SyncReference(
    PoolReference pool, SyncKind kind, String name, long parameter, String condition) {}
