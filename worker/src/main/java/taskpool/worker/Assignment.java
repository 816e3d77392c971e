package taskpool.worker;

import org.jspecify.annotations.Nullable;
import taskpool.protocol.Terms;

/**
 * A lease with all that is needed to run it.
 *
 * @param lease its number
 * @param session who submitted the task
 * @param task the task's number in that session
 * @param attempt 1 for the first run
 * @param function the encoded function
 * @param bulk whether the payload holds the arguments of many calls
 * @param terms what the submitter asked for, if anything
 */
public record Assignment(
    long lease,
    int session,
    long task,
    int attempt,
    byte[] function,
    boolean bulk,
    @Nullable Terms terms,
    byte[] payload) {}
