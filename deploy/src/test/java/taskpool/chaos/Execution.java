package taskpool.chaos;

/**
 * One execution of a task, as the worker that ran it has written it down.
 *
 * @param startNanos {@link System#nanoTime}, which all processes of a Linux machine share
 * @param ended whether it came to its end there
 */
record Execution(long task, int attempt, long pid, long startNanos, boolean ended) {}
