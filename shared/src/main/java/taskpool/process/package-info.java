/**
 * What has to be known of processes of the operating system, whoever starts them: how one ended
 * ({@link taskpool.process.ExitCode}), and how it is killed with all that it started ({@link
 * taskpool.process.ProcessTree}).
 */
@NullMarked
package taskpool.process;

import org.jspecify.annotations.NullMarked;
