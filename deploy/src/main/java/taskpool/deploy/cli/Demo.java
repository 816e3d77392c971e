package taskpool.deploy.cli;

import java.util.concurrent.Callable;

/**
 * A sub-command of {@code taskpool demo}: a picocli command that is found as a service, so that
 * examples plug in without the launcher knowing them. Returns its exit code, see {@link
 * CommandExit}.
 */
public interface Demo extends Callable<Integer> {}
