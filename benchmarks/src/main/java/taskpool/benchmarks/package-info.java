/**
 * Measures taskpool and its peers side by side, in one run on one machine.
 *
 * <p>Entry: {@link taskpool.benchmarks.BenchmarksCommand}, started by {@code benchmarks/run}. A
 * {@link taskpool.benchmarks.Campaign} goes through a {@link taskpool.benchmarks.Schedule}; each of
 * its steps starts one contender's program afresh for one {@link taskpool.benchmarks.Workload} and
 * reads the figures from its output. Whatever a program has started is gone when its step ends, and
 * when the harness ends. How and why it is done so is in {@code benchmarks/NOTES.md}.
 */
@NullMarked
package taskpool.benchmarks;

import org.jspecify.annotations.NullMarked;
