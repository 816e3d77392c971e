package taskpool.coordinator.sync;

/**
 * Who asks: one request of a session.
 *
 * @param request unique in the session
 */
record Caller(int session, long request) {}
