package taskpool.examples.copier;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import taskpool.TaskPoolBuilder;
import taskpool.deploy.cli.CommandExit;
import taskpool.deploy.cli.Demo;

/** {@code taskpool demo copy}: checks what is asked for, then leaves it to {@link CopyRun}. */
@Command(
    name = "copy",
    description = {
      "Copies a folder, file by file, through a pool of worker processes, and proves the copies"
          + " equal by size and SHA-256.",
      "",
      "Sub-folders, empty files and empty folders come along, with the files' times and"
          + " permissions. Links are copied as links if they stay within SRC. A link that leads out,"
          + " a named pipe, a file that can't be read: each is reported and left out, the rest is"
          + " copied, and the exit code is 1.",
      ""
    })
public final class CopyDemo implements Demo {
  /** Set by the launcher: where it stands. */
  private static final String HOME_PROPERTY = "taskpool.home";

  private static final Set<String> LEFT_OUT_OF_CHECKOUT = Set.of("target", ".git");

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SRC",
      description =
          "The folder to copy. Default: the checkout of taskpool that this is started from, without"
              + " its folders target and .git.")
  private @Nullable String source;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DST",
      description =
          "The folder to create. Default: SRC-copy beside SRC; a new folder for temporary files if"
              + " SRC is not given either.")
  private @Nullable String target;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many worker processes. Default: ${DEFAULT-VALUE}.")
  private int workers;

  @Option(
      names = "--force",
      description =
          "Copy into DST even if it exists: files of the same name are replaced, others stay.")
  private boolean force;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (workers < 1 || workers > TaskPoolBuilder.MAX_WORKERS) {
      throw wrong(
          "--workers must be 1 to %d, not %d".formatted(TaskPoolBuilder.MAX_WORKERS, workers));
    }
    SourceTree tree = sourceTree();
    Path folder = targetFolder(tree.root());
    System.out.printf("copying %s to %s%n", tree.root(), folder);
    if (!tree.leftOut().isEmpty()) {
      System.out.println("leaving out folders called target and .git");
    }
    return new CopyRun(tree, folder, workers).run() ? CommandExit.OK : CommandExit.FAILED;
  }

  private SourceTree sourceTree() throws IOException {
    String given = source;
    if (given != null) {
      return new SourceTree(existingFolder(given), Set.of());
    }
    String home = System.getProperty(HOME_PROPERTY);
    if (home == null) {
      throw wrong("which folder? give SRC (only deploy/bin/taskpool knows a default)");
    }
    return new SourceTree(existingFolder(home), LEFT_OUT_OF_CHECKOUT);
  }

  private Path existingFolder(String name) throws IOException {
    Path folder = path("SRC", name);
    if (!Files.exists(folder)) {
      throw wrong("SRC " + name + " does not exist: give a folder that does");
    }
    if (!Files.isDirectory(folder)) {
      throw wrong("SRC " + name + " is not a folder: give the folder that it is in");
    }
    return folder.toRealPath();
  }

  private Path path(String what, String name) {
    try {
      if (name.isEmpty()) {
        throw new InvalidPathException(name, "it is empty");
      }
      return Path.of(name).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw wrong("%s \"%s\" is no path: %s".formatted(what, name, e.getReason()));
    }
  }

  private Path targetFolder(Path root) throws IOException {
    String given = target;
    if (given == null && source == null) {
      return Files.createTempDirectory("taskpool-copy-").toRealPath();
    }
    if (given == null && root.getFileName() == null) {
      throw wrong("DST is missing: there is nothing beside " + root);
    }
    Path wanted =
        given == null ? root.resolveSibling(root.getFileName() + "-copy") : path("DST", given);
    Path folder = realPath(wanted);
    if (folder.startsWith(root) || root.startsWith(folder)) {
      throw wrong(
          "DST %s and SRC %s are the same or one in the other: give a DST elsewhere"
              .formatted(wanted, root));
    }
    create(folder);
    return folder;
  }

  private void create(Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      checkMayCopyInto(folder);
      return;
    }
    try {
      if (folder.getParent() != null) {
        Files.createDirectories(folder.getParent());
      }
    } catch (IOException e) {
      throw cannotCreate(folder, e);
    }
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      checkMayCopyInto(folder); // another process was faster
    } catch (IOException e) {
      throw cannotCreate(folder, e);
    }
  }

  private void checkMayCopyInto(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw wrong("DST " + folder + " exists and is not a folder: give another");
    }
    if (!force) {
      throw wrong("DST " + folder + " exists: give another, or --force to copy into it");
    }
  }

  private static IOException cannotCreate(Path folder, IOException e) {
    return new IOException("DST %s can't be created: %s".formatted(folder, Failures.reason(e)), e);
  }

  /** The real path of what need not be there yet. */
  private static Path realPath(Path path) throws IOException {
    Path there = path;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there.toRealPath().resolve(there.relativize(path)).normalize();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
