package taskpool.client;

import java.util.Optional;

/**
 * What leads to a pool from another process of its host.
 *
 * @param name of the pool as it stands in thread names there
 * @param coordinator the coordinator actor's address and path
 * @param workers how many workers the pool has
 * @param slots how many tasks it runs at a time
 * @param payloads the folder for large payloads, if there is one
 */
public record PoolReference(
    String name, String coordinator, int workers, int slots, Optional<String> payloads) {}
