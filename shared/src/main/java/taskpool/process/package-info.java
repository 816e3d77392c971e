/**
 * What has to be known of processes of the operating system, whoever starts them: how one ended
 * ({@link taskpool.process.ExitCode}), when it does ({@link taskpool.process.ProcessExit}), how far
 * a JVM of ours has come ({@link taskpool.process.JvmStart}), how it is killed with all that it
 * started: what is still its descendant ({@link taskpool.process.ProcessTree}), what has left its
 * tree ({@link taskpool.process.ProcessMark}), or both ({@link taskpool.process.MarkedProcess});
 * and whether a signal is ending this one ({@link taskpool.process.EndingSignal}).
 */
@NullMarked
package taskpool.process;

import org.jspecify.annotations.NullMarked;
