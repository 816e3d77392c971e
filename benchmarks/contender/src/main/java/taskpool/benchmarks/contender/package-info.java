/**
 * What every contender's program on the JVM has in common: the tasks, the workloads, and the words
 * between a program and the harness that starts it.
 *
 * <p>Entry: {@link taskpool.benchmarks.contender.ContenderProgram}. A contender implements {@link
 * taskpool.benchmarks.contender.Contender} and nothing else, so all of them do the same work. Only
 * the JDK is used here: no peer has another one's libraries on its class path. The same in Python
 * is in {@code benchmarks/peers/python}.
 */
@NullMarked
package taskpool.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
