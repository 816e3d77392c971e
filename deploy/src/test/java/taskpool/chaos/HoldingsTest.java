package taskpool.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldingsTest {
  private static final Duration LIMIT = Duration.ofMillis(1);

  @TempDir Path folder;

  @Test
  void theNumberOfASocketDoesNotMatter() {
    assertThat(Holdings.kind("socket:[4711]")).isEqualTo("socket");
    assertThat(Holdings.kind("anon_inode:[eventpoll]")).isEqualTo("anon_inode:[eventpoll]");
    assertThat(Holdings.kind("/a/file:[x]")).isEqualTo("/a/file:[x]");
  }

  @Test
  void onlyMoreIsALeak() {
    Holdings before = new Holdings(Map.of("socket", 2, "pipe", 3), List.of(1L, 2L));
    Holdings after = new Holdings(Map.of("socket", 4, "pipe", 1, "/f", 1), List.of(2L, 3L));
    assertThat(after.descriptorsMoreThan(before))
        .containsExactlyInAnyOrder("socket", "socket", "/f");
    assertThat(after.processesMoreThan(before)).containsExactly(3L);
  }

  @Test
  void anOpenFileIsSeenUntilItIsClosed() throws Exception {
    Holdings before = Holdings.now(List::of);
    Path file = Files.createFile(folder.resolve("open"));
    try (FileChannel open = FileChannel.open(file)) {
      assertThat(open.isOpen()).isTrue();
      assertThat(Holdings.settled(before, List::of, LIMIT).descriptorsMoreThan(before))
          .contains(file.toRealPath().toString());
    }
    assertThat(Holdings.now(List::of).descriptorsMoreThan(before))
        .doesNotContain(file.toRealPath().toString());
  }

  @Test
  void aProcessThatIsLeftIsSeen() throws Exception {
    Holdings before = Holdings.now(List::of);
    List<ProcessHandle> left = List.of(ProcessHandle.current());
    assertThat(Holdings.settled(before, () -> left, LIMIT).processesMoreThan(before))
        .containsExactly(ProcessHandle.current().pid());
  }
}
