package taskpool.examples.logging;

import ch.qos.logback.core.PropertyDefinerBase;

/** The id of this process, for a log file that several write to. */
public final class ProcessId extends PropertyDefinerBase {
  @Override
  public String getPropertyValue() {
    return Long.toString(ProcessHandle.current().pid());
  }
}
