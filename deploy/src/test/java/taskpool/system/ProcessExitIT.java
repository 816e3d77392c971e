package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import taskpool.Call;
import taskpool.JvmProcess;

/**
 * Programs with processes: what those write and are called, and what is left at the end: nothing.
 */
class ProcessExitIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** How soon after the death of the parent nothing of it may be left; what the design promises. */
  private static final Duration TREE_GONE = Duration.ofSeconds(2);

  @TempDir Path temp;

  static void say(String what) {
    System.out.println(what + " " + ProcessHandle.current().pid());
  }

  static void sayThenAwait(String what, Path go) throws Exception {
    say(what);
    Gate.await(go);
    System.out.println("end of " + what);
  }

  /** Who is who, two generations down. */
  static final class Family {
    static void tell() {
      JvmProcess current = JvmProcess.current();
      JvmProcess parent = JvmProcess.parent().orElseThrow();
      long ppid = ProcessHandle.current().parent().orElseThrow().pid();
      System.out.printf(
          "%s daemon=%s number-%d parent=%s%n",
          current.name(),
          current.daemon(),
          current.pid() == ProcessHandle.current().pid() ? 1 : 0,
          parent.pid() == ppid && parent.isAlive() ? parent.name() : "?");
    }

    static void haveChildren() throws Exception {
      tell();
      for (JvmProcess child :
          List.of(
              JvmProcess.of(Family::tell),
              JvmProcess.builder().name("kid").daemon(true).of(Family::tell))) {
        child.start();
        child.join();
      }
    }

    public static void main(String[] args) throws Exception {
      JvmProcess first = JvmProcess.of(Family::tell);
      JvmProcess second = JvmProcess.of(Family::haveChildren);
      System.out.println(first.name() + " and " + second.name());
      second.start();
      second.join();
      first.start();
      first.join();
    }
  }

  @Test
  void namesTellWhoStartedWhom() throws Exception {
    Program program = CLUSTER.launch(Family.class);
    assertThat(program.exitCode()).as(program.transcript()).isZero();
    assertThat(program.out())
        .containsExactly(
            "JvmProcess-1 and JvmProcess-2",
            "JvmProcess-2 daemon=false number-1 parent=MainProcess",
            "JvmProcess-2:1 daemon=false number-1 parent=JvmProcess-2",
            "kid daemon=true number-1 parent=JvmProcess-2",
            "JvmProcess-1 daemon=false number-1 parent=MainProcess");
    assertThat(program.err()).isEmpty();
  }

  /** One that fails. */
  static final class Failing {
    static void fail(int number) {
      throw new IllegalArgumentException("not " + number);
    }

    public static void main(String[] args) throws Exception {
      JvmProcess process = JvmProcess.of(Failing::fail, 3);
      process.start();
      process.join();
      System.out.println("exit code " + process.exitCode().getAsInt());
    }
  }

  @Test
  void anExceptionIsOnStandardErrorAndTheExitCodeOne() throws Exception {
    Program program = CLUSTER.launch(Failing.class);
    assertThat(program.exitCode()).isZero();
    assertThat(program.out()).containsExactly("exit code 1");
    assertThat(program.err().get(0))
        .contains("JvmProcess-1", "java.lang.IllegalArgumentException: not 3");
    assertThat(program.err()).anyMatch(line -> line.contains("ProcessExitIT$Failing.fail"));
  }

  /** Returns, or exits, with a daemon and another process running. */
  static final class Leaving {
    public static void main(String[] args) {
      Path go = Path.of(args[0]);
      int code = Integer.parseInt(args[1]);
      JvmProcess.of(ProcessExitIT::sayThenAwait, "other", go).start();
      JvmProcess.builder()
          .daemon(true)
          .of(Call.of(ProcessExitIT::sayThenAwait, "daemon", go))
          .start();
      System.out.println("started");
      try {
        Gate.await(go.resolveSibling("leave"));
      } catch (InterruptedException e) {
        return;
      }
      System.out.println("end of main");
      if (code >= 0) {
        System.exit(code);
      }
    }
  }

  private static ProcessHandle said(Program program, String what) {
    String line = program.awaitLine(text -> text.startsWith(what + " "));
    return ProcessHandle.of(Long.parseLong(line.substring(what.length() + 1))).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 5})
  void daemonsAreEndedAndOthersWaitedFor(int exitCode) throws Exception {
    Path go = temp.resolve("go");
    Program program = CLUSTER.launch(Leaving.class, go.toString(), Integer.toString(exitCode));
    ProcessHandle daemon = said(program, "daemon");
    ProcessHandle other = said(program, "other");
    assertThat(daemon.isAlive()).isTrue();
    Gate.open(temp.resolve("leave"));
    program.awaitLine("end of main"::equals);
    TestCluster.awaitGone(List.of(daemon), LIMIT);
    assertThat(other.isAlive()).isTrue();
    assertThat(program.isRunning()).isTrue();
    Gate.open(go);
    assertThat(program.exitCode()).isEqualTo(Math.max(0, exitCode));
    assertThat(program.out()).contains("end of other").doesNotContain("end of daemon");
    assertThat(program.err()).isEmpty();
    assertThat(ProcessTable.running(List.of(other))).isEmpty();
  }

  /** Three generations, each with an outside program. */
  static final class Tree {
    static void sleepInChild(String who, int generations) throws Exception {
      if (generations > 0) {
        JvmProcess.of(Tree::sleepInChild, "grand" + who, generations - 1).start();
      }
      Process sleep = new ProcessBuilder("sleep", "1000").inheritIO().start();
      System.out.println("sleep of " + who + " " + sleep.pid());
      sleep.waitFor();
    }

    public static void main(String[] args) throws Exception {
      JvmProcess.of(Tree::sleepInChild, "child", 1).start();
      JvmProcess.builder().daemon(true).of(Call.of(Tree::sleepInChild, "daemon", 0)).start();
      if (args.length > 0) {
        Gate.await(Path.of(args[0]));
        System.out.println("end of main");
      } else {
        TimeUnit.DAYS.sleep(1);
      }
    }
  }

  /** Three processes and their three sleeps, and the program itself. */
  private static List<ProcessHandle> awaitTree(Program program) {
    await()
        .atMost(LIMIT)
        .until(
            () ->
                program.out().stream().filter(line -> line.startsWith("sleep")).count() == 3
                    || !program.isRunning());
    List<ProcessHandle> tree = new ArrayList<>(program.descendants());
    assertThat(tree).as(program.transcript()).hasSizeGreaterThanOrEqualTo(6);
    tree.add(program.handle());
    return tree;
  }

  @ParameterizedTest
  @CsvSource({"KILL, 9", "TERM, 15", "HUP, 1"})
  void nothingOutlivesAParentThatIsSignalled(String signal, int number) throws Exception {
    Program program = CLUSTER.launch(new TestCluster.Launch(Tree.class).asAtTerminal());
    List<ProcessHandle> tree = awaitTree(program);
    program.signal(signal); // to it alone
    TestCluster.awaitGone(tree, TREE_GONE);
    assertThat(program.exitCode()).isEqualTo(128 + number);
    assertThat(program.err()).isEmpty();
  }

  @Test
  void nothingOutlivesCtrlC() throws Exception {
    Program program = CLUSTER.launch(new TestCluster.Launch(Tree.class).asAtTerminal());
    List<ProcessHandle> tree = awaitTree(program);
    program.signalGroup("INT");
    TestCluster.awaitGone(tree, TREE_GONE);
    assertThat(program.exitCode()).isEqualTo(128 + 2);
    assertThat(program.err()).isEmpty();
  }

  /** When it waits for its children already, it is in the middle of its shutdown. */
  @ParameterizedTest
  @ValueSource(strings = {"KILL", "TERM"})
  void nothingOutlivesAParentThatIsSignalledWhileItWaitsAtItsEnd(String signal) throws Exception {
    Path go = temp.resolve("go");
    Program program =
        CLUSTER.launch(new TestCluster.Launch(Tree.class).asAtTerminal(), go.toString());
    List<ProcessHandle> tree = awaitTree(program);
    ProcessHandle daemonsSleep = said(program, "sleep of daemon");
    Gate.open(go);
    program.awaitLine("end of main"::equals);
    TestCluster.awaitGone(
        List.of(daemonsSleep), LIMIT); // now it waits for the other two generations
    assertThat(said(program, "sleep of grandchild").isAlive()).isTrue();
    assertThat(program.isRunning()).isTrue();
    program.signal(signal);
    TestCluster.awaitGone(tree, TREE_GONE);
  }

  /** Says which processes it has after its first one, and who becomes the second. */
  static final class Sparing {
    private static Set<Long> children() {
      return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    public static void main(String[] args) throws Exception {
      JvmProcess first = JvmProcess.of(ProcessExitIT::say, "first");
      System.out.println("before " + children().size());
      first.start();
      first.join();
      await().atMost(LIMIT).until(() -> children().size() == Integer.getInteger("spares"));
      Set<Long> spares = children();
      System.out.println("spares " + spares.size());
      JvmProcess special =
          JvmProcess.builder()
              .environment("SOME", "thing")
              .of(Call.of(ProcessExitIT::say, "special"));
      special.start();
      special.join();
      System.out.println("special was spare: " + spares.contains(special.pid()));
      JvmProcess second = JvmProcess.of(ProcessExitIT::say, "second");
      second.start();
      second.join();
      System.out.println("second was spare: " + spares.contains(second.pid()));
      await().atMost(LIMIT).until(() -> children().size() == Integer.getInteger("spares"));
      children().forEach(pid -> System.out.println("left " + pid));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void sparesBecomeProcessesAndEndWithTheProgram(int spares) throws Exception {
    Program program =
        CLUSTER.launch(
            new TestCluster.Launch(Sparing.class)
                .jvmOptions("-Dspares=" + spares, "-Dtaskpool.process.spares=" + spares));
    assertThat(program.exitCode()).as(program.transcript()).isZero();
    assertThat(program.out())
        .contains(
            "before 0",
            "spares " + spares,
            "special was spare: false",
            "second was spare: " + (spares > 0));
    List<ProcessHandle> left =
        program.out().stream()
            .filter(line -> line.startsWith("left "))
            .flatMap(line -> ProcessHandle.of(Long.parseLong(line.substring(5))).stream())
            .toList();
    assertThat(ProcessTable.running(left)).isEmpty();
    assertThat(program.out().stream().filter(line -> line.startsWith("left "))).hasSize(spares);
    assertThat(program.err()).isEmpty();
  }

  @Test
  void aSpareThatIsKilledIsNotMissed() throws Exception {
    Program program = CLUSTER.launch(Unlucky.class);
    assertThat(program.exitCode()).as(program.transcript()).isZero();
    assertThat(program.out()).endsWith("exit code 0");
    assertThat(program.err()).isEmpty();
  }

  /** Loses its spare. */
  static final class Unlucky {
    public static void main(String[] args) throws IOException, InterruptedException {
      JvmProcess first = JvmProcess.of(ProcessExitIT::say, "first");
      first.start();
      first.join();
      await().atMost(LIMIT).until(() -> ProcessHandle.current().children().count() == 1);
      ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
      await().atMost(LIMIT).until(() -> ProcessHandle.current().children().findAny().isEmpty());
      JvmProcess second = JvmProcess.of(ProcessExitIT::say, "second");
      second.start();
      second.join();
      System.out.println("exit code " + second.exitCode().getAsInt());
    }
  }
}
