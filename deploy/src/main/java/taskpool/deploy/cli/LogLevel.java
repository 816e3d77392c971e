package taskpool.deploy.cli;

/** What {@code --log-level} takes: the levels that both Akka and Logback know. */
public enum LogLevel {
  error,
  warn,
  info,
  debug
}
