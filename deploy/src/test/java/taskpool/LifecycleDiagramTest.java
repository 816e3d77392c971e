package taskpool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import taskpool.lifecycle.TaskState;

/** The diagram in the documentation is the table's. To renew it, paste what this test expects. */
class LifecycleDiagramTest {
  @Test
  void isUpToDate() throws IOException {
    String page = Files.readString(Path.of("../docs/architecture.md"));

    assertThat(page).contains("```mermaid\n" + TaskState.diagram() + "```");
  }
}
