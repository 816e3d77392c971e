package taskpool.deploy.cli;

import java.io.IOException;
import java.util.Objects;
import java.util.ServiceLoader;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line {@code taskpool}. */
@Command(
    name = "taskpool",
    description = "A task pool whose every worker is a JVM of its own.",
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  private static final String NO_COMMAND = "Missing required subcommand";

  private Main() {}

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String... args) {
    CommandLine demo = new CommandLine(new DemoCommand());
    for (Demo found : ServiceLoader.load(Demo.class)) {
      demo.addSubcommand(found);
    }
    System.exit(execute(new CommandLine(new Main()).addSubcommand(demo), args));
  }

  /** Runs one example as if it were a program of its own; for its main method. */
  public static int execute(Demo demo, String... args) {
    return execute(new CommandLine(demo), args);
  }

  private static int execute(CommandLine command, String... args) {
    addStandardOptions(command);
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::wrongUsage)
        .setExecutionExceptionHandler((e, failed, parsed) -> failed(e))
        .execute(args);
  }

  private static void addStandardOptions(CommandLine command) {
    command.addMixin("standardOptions", new StandardOptions());
    command.getSubcommands().values().forEach(Main::addStandardOptions);
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    StringBuilder line = new StringBuilder(firstLine(e));
    if (line.indexOf(NO_COMMAND) == 0) {
      line.replace(0, line.length(), "no command given, there is: ");
      line.append(String.join(", ", command.getSubcommands().keySet()));
    }
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      line.append("; did you mean ").append(String.join(" or ", unmatched.getSuggestions()));
    }
    line.append(" (see ").append(command.getCommandSpec().qualifiedName()).append(" --help)");
    complain(line.toString());
    return CommandExit.USAGE;
  }

  private static int failed(Exception e) {
    if (e instanceof InterruptedException) {
      complain("interrupted");
      return CommandExit.INTERRUPTED;
    }
    LoggerFactory.getLogger(Main.class).debug("the command failed", e);
    String kind = e instanceof IOException ? "" : e.getClass().getSimpleName() + ": ";
    complain(kind + firstLine(e));
    return CommandExit.FAILED;
  }

  private static String firstLine(Exception e) {
    return Objects.requireNonNullElse(e.getMessage(), "no more is known")
        .lines()
        .findFirst()
        .orElse("");
  }

  private static void complain(String line) {
    System.err.println("taskpool: " + line);
  }
}
