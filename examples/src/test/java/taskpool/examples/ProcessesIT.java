package taskpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import taskpool.examples.processes.ChildrenAtExit;
import taskpool.examples.processes.ExitCodes;
import taskpool.examples.processes.Globals;
import taskpool.examples.processes.OutsideProgram;
import taskpool.examples.processes.ProcessIds;
import taskpool.examples.processes.SingAndDance;
import taskpool.examples.processes.SingerProcess;

class ProcessesIT {

  private static Matcher matched(String pattern, String line) {
    Matcher matcher = Pattern.compile(pattern).matcher(line);
    assertThat(matcher.matches()).as("\"%s\" is like \"%s\"", line, pattern).isTrue();
    return matcher;
  }

  @Test
  void singAndDance() throws Exception {
    try (ExampleProcess example = ExampleProcess.java(SingAndDance.class).start().expectExit(0)) {
      List<String> lines = example.out();
      assertThat(lines.subList(0, 6))
          .containsExactly(
              "Yuki sings ...",
              "Yuki sings ...",
              "Yuki sings ...",
              "Nagato dances ...",
              "Nagato dances ...",
              "Nagato dances ...");
      matched("one after the other: [0-9.,]+ s", lines.get(6));
      assertThat(lines.subList(7, 13)).containsExactlyInAnyOrderElementsOf(lines.subList(0, 6));
      matched("as two processes: [0-9.,]+ s", lines.get(13));
      assertThat(lines).hasSize(14);
      assertThat(example.err()).isEmpty();
    }
  }

  @Test
  void aChildIsWaitedFor() throws Exception {
    try (ExampleProcess example = ExampleProcess.java(ChildrenAtExit.class).start().expectExit(0)) {
      assertThat(example.out())
          .containsOnlyOnce("the main process is done", "the work is done")
          .endsWith("the work is done");
      assertThat(example.out()).filteredOn("working ..."::equals).hasSize(10);
      assertThat(example.err()).isEmpty();
    }
  }

  @Test
  void aDaemonIsEnded() throws Exception {
    try (ExampleProcess example =
        ExampleProcess.java(ChildrenAtExit.class).start("--daemon").expectExit(0)) {
      assertThat(example.out())
          .contains("the main process is done")
          .doesNotContain("the work is done");
      assertThat(example.err()).isEmpty();
    }
  }

  @Test
  void processIds() throws Exception {
    try (ExampleProcess example = ExampleProcess.java(ProcessIds.class).start().expectExit(0)) {
      List<String> lines = example.out();
      String main = matched("MainProcess: pid (\\d+)", lines.get(0)).group(1);
      String child = matched("its child: pid (\\d+)", lines.get(1)).group(1);
      assertThat(lines.get(2)).isEqualTo("the child JvmProcess-1: pid %s, parent %s", child, main);
      assertThat(child).isNotEqualTo(main);
      assertThat(example.err()).isEmpty();
    }
  }

  @Test
  void runStaysInTheProcessAndStartDoesNot() throws Exception {
    try (ExampleProcess example =
        ExampleProcess.java(SingerProcess.Program.class).start().expectExit(0)) {
      List<String> lines = example.out();
      String here = matched("this is process (\\d+)", lines.get(0)).group(1);
      String child = matched("JvmProcess-1 was process (\\d+)", lines.get(3)).group(1);
      assertThat(lines.get(1)).endsWith(" is sung in process " + here);
      assertThat(lines.get(2)).endsWith(" is sung in process " + child);
      assertThat(child).isNotEqualTo(here);
      assertThat(example.err()).isEmpty();
    }
  }

  @Test
  void globalsAreNotShared() throws Exception {
    try (ExampleProcess example = ExampleProcess.java(Globals.class).start().expectExit(0)) {
      assertThat(example.out())
          .containsExactly(
              "JvmProcess-1: [11, 22, 0, 1, 2]", "JvmProcess-2: [11, 22]", "MainProcess: [11, 22]");
      assertThat(example.err()).isEmpty();
    }
  }

  @Test
  void exitCodes() throws Exception {
    try (ExampleProcess example = ExampleProcess.java(ExitCodes.class).start().expectExit(0)) {
      assertThat(example.out())
          .containsExactly(
              "returns: exit code 0",
              "throws an exception: exit code 1",
              "calls System.exit(3): exit code 3",
              "is told to end: exit code -15",
              "is killed: exit code -9",
              "children left: []");
      assertThat(example.err().get(0)).contains("JvmProcess-2", "the file is not there");
    }
  }

  @Test
  void theLauncherKnowsThem() throws Exception {
    try (ExampleProcess demo = ExampleProcess.launcher().start("demo", "globals").expectExit(0)) {
      assertThat(demo.out()).endsWith("MainProcess: [11, 22]");
    }
  }

  @Test
  void anOutsideProgram() throws Exception {
    try (ExampleProcess example = ExampleProcess.java(OutsideProgram.class).start().expectExit(0)) {
      assertThat(example.out())
          .containsExactly(
              "$ sort -n",
              "here: [4, 30, 100], exit code 0",
              "in a task: [1, 2], exit code 0",
              "with an error: [], exit code 2",
              "too slow: [sleep, 1000] was still running after PT0.3S and has been killed");
      assertThat(example.err()).isEmpty();
    }
  }
}
