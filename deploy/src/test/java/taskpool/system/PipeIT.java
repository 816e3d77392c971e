package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.JvmProcess;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.sync.Pipe;
import taskpool.sync.PipeEnd;

/** Pipes between the program, tasks and single processes, and when an end closes or dies. */
class PipeIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static TaskPool pool;

  @TempDir Path temp;

  @BeforeAll
  static void start() {
    pool = CLUSTER.pool(2);
  }

  static int echo(PipeEnd<String> end) throws IOException, InterruptedException {
    int received = 0;
    try (end) {
      while (true) {
        String text = end.receive();
        received++;
        end.send(text + "!");
      }
    } catch (EOFException e) {
      return received;
    }
  }

  @Test
  void bothEndsSendAndReceiveUntilOneCloses() throws Exception {
    Pipe<String> pipe = pool.pipe("echo");
    TaskHandle<Integer> echo = pool.applyAsync(PipeIT::echo, pipe.second());
    try (PipeEnd<String> end = pipe.first()) {
      assertThat(end.poll(Duration.ZERO)).isNull();
      assertThat(end.isReady()).isFalse();
      for (String text : new String[] {"a", "b", "c"}) {
        end.send(text);
        assertThat(end.receive()).isEqualTo(text + "!");
      }
    }
    assertThat(echo.get(LIMIT)).isEqualTo(3);
    assertThatThrownBy(() -> pipe.first().send("late"))
        .isInstanceOf(IOException.class)
        .hasMessage("this end of pipe \"echo\" is closed");
    assertThatThrownBy(() -> pipe.first().receive()).isInstanceOf(EOFException.class);
  }

  static void stay(PipeEnd<String> end, Path mark) throws Exception {
    end.send("here");
    Gate.open(mark);
    Gate.await(mark.resolveSibling("never"));
  }

  @Test
  void theOtherEndOfADeadProcessIsReadToItsEnd() throws Exception {
    Pipe<String> pipe = pool.pipe("dead");
    Path mark = temp.resolve("mark");
    JvmProcess process = JvmProcess.of(PipeIT::stay, pipe.second(), mark);
    process.start();
    Gate.await(mark);
    process.kill();
    assertThat(pipe.first().receive()).isEqualTo("here");
    assertThatThrownBy(() -> pipe.first().receive())
        .isInstanceOf(EOFException.class)
        .hasMessage("the other end of pipe \"dead\" is closed");
    assertThatThrownBy(() -> pipe.first().send("too late")).isInstanceOf(IOException.class);
    assertThat(process.join(LIMIT)).isTrue();
  }
}
