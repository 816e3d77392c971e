/**
 * The command line. Entry type: {@link taskpool.deploy.cli.Main}; programs to be tried out with it
 * are services of type {@link taskpool.deploy.cli.Demo}.
 *
 * <p>Guaranteed: a command line that can't be carried out gives one line on standard error and exit
 * code 2, a failure one line and 1, never a stack trace.
 */
@NullMarked
package taskpool.deploy.cli;

import org.jspecify.annotations.NullMarked;
