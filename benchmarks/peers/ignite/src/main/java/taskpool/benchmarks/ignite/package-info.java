/** Ignite's compute grid as a contender: two server nodes, and a client node that submits. */
@NullMarked
package taskpool.benchmarks.ignite;

import org.jspecify.annotations.NullMarked;
