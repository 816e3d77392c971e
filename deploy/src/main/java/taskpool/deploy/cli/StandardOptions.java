package taskpool.deploy.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import taskpool.node.Node;

/**
 * What every command has: the options for help, version and logging, and the list of exit codes.
 *
 * <p>The options for logging become system properties while the command line is read, before
 * anything logs. Worker JVMs inherit those properties.
 */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = StandardOptions.Version.class,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all well",
      "1:something failed, such as a file that was not copied",
      "2:wrong usage",
      "130:interrupted with Ctrl-C"
    })
final class StandardOptions {
  private static final String LEVEL = Node.LOG_LEVEL_PROPERTY;
  private static final String FILE = "taskpool.log.file";
  private static final String CONFIGURATION = "logback.configurationFile";
  private static final String TO_FILE = "taskpool-logback-file.xml";

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description =
          "What to log: error, warn, info or debug. Default: error, info with --log-file.")
  void level(LogLevel level) {
    System.setProperty(LEVEL, level.name());
  }

  @Option(
      names = "--log-file",
      paramLabel = "FILE",
      converter = WritableFile.class,
      description = "Log to the end of this file, workers included; the console shows errors only.")
  void file(Path file) {
    System.setProperty(FILE, file.toString());
    if (System.getProperty(LEVEL) == null) {
      System.setProperty(LEVEL, LogLevel.info.name());
    }
    if (System.getProperty(CONFIGURATION) == null) {
      System.setProperty(CONFIGURATION, TO_FILE);
    }
  }

  /** Creates the file if it is not there, so that a wrong name is noticed at once. */
  static final class WritableFile implements ITypeConverter<Path> {
    @Override
    public Path convert(String name) {
      try {
        Path file = Path.of(name).toAbsolutePath();
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
        return file;
      } catch (IOException | InvalidPathException e) {
        throw new TypeConversionException(
            "%s can't be written (%s): name a file in a folder that exists"
                .formatted(name, e.getClass().getSimpleName()));
      }
    }
  }

  /** The version of the build. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      Properties properties = new Properties();
      try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
        properties.load(Objects.requireNonNull(in, "version.properties"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new String[] {"taskpool " + properties.getProperty("version")};
    }
  }
}
