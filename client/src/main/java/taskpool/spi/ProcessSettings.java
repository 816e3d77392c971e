package taskpool.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is special about a process's JVM. Immutable.
 *
 * @param jvmOptions options after our own
 * @param environment variables beside those of this process
 * @param directory where it works, if not where this process does
 */
public record ProcessSettings(
    List<String> jvmOptions, Map<String, String> environment, Optional<Path> directory) {

  /** Takes copies. */
  public ProcessSettings {
    jvmOptions = List.copyOf(jvmOptions);
    environment = Map.copyOf(environment);
  }

  /** Whether nothing is: any JVM that stands ready will do. */
  public boolean isPlain() {
    return jvmOptions.isEmpty() && environment.isEmpty() && directory.isEmpty();
  }
}
