package taskpool.worker.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import taskpool.process.ProcessMark;

class JvmCommandLineTest {
  private static final List<String> PROPERTIES =
      List.of(
          ClassArchive.FOLDER_PROPERTY,
          "taskpool.socket",
          "taskpool.log.level",
          "taskpool.process.spares");

  @AfterEach
  void clear() {
    PROPERTIES.forEach(System::clearProperty);
  }

  @Test
  void aWorkerHasThisProgramsPropertiesAndTheUsersOptionsComeLast() {
    PROPERTIES.forEach(property -> System.setProperty(property, "off"));
    JvmCommandLine line = new JvmCommandLine(Optional.empty(), List.of("-Dtaskpool.socket=on"));
    ClassArchive archive = ClassArchive.of("some.jar", Optional.empty());
    List<String> command = line.toProcessBuilder(archive, ProcessMark.unique()).command();
    assertThat(command)
        .containsOnlyOnce(PROPERTIES.stream().map(p -> "-D" + p + "=off").toArray(String[]::new))
        .containsSubsequence("-Dtaskpool.socket=off", "-Dtaskpool.socket=on");
  }
}
