package taskpool;

/**
 * How far a running task says it is.
 *
 * @param done how much is done, in the task's own unit
 * @param total how much there is to do, in the same unit; 0 if unknown
 */
public record TaskProgress(long done, long total, String message) {}
