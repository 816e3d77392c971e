package taskpool.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    List<String> first = List.of("socket:[1]", "socket:[2]", "pipe:[3]", "pipe:[4]", "/e");
    List<String> then =
        List.of("socket:[2]", "socket:[5]", "socket:[6]", "pipe:[7]", "/f", "/e", "/e");
    Holdings before = new Holdings(first, List.of(1L, 2L));
    Holdings after = new Holdings(then, List.of(2L, 3L));
    assertThat(after.descriptorsMoreThan(before))
        .containsExactlyInAnyOrder("socket:[6]", "/f", "/e");
    assertThat(after.processesMoreThan(before)).containsExactly(3L);
  }

  @Test
  void aSocketIsDescribed() throws Exception {
    Holdings before = Holdings.now(List::of);
    try (ServerSocket socket = new ServerSocket(0)) {
      String descriptor =
          Holdings.now(List::of).descriptorsMoreThan(before).stream()
              .filter(target -> target.startsWith("socket"))
              .findFirst()
              .orElseThrow();
      String port = "%04X".formatted(socket.getLocalPort());
      assertThat(Holdings.describe(descriptor)).startsWith(descriptor + " of tcp").contains(port);
      assertThat(Holdings.describe("/a/file")).isEqualTo("/a/file");
    }
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
