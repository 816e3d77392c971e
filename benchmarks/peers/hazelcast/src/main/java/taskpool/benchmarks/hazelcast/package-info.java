/** Hazelcast's executor service as a contender: two members, and a client that submits. */
@NullMarked
package taskpool.benchmarks.hazelcast;

import org.jspecify.annotations.NullMarked;
