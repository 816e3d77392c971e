package taskpool.examples.copier;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * The folder to be copied. It is walked lazily, once per purpose, so its size in memory does not
 * grow with the number of files. Symbolic links are not followed.
 *
 * @param root its real path
 * @param leftOut names of folders that are not looked at
 */
record SourceTree(Path root, Set<String> leftOut) {

  /** What is found, by its path relative to the root. */
  interface Visitor {
    /** A folder, before what is in it; the root's path is empty. */
    default boolean folder(Path path) {
      return true;
    }

    default void file(Path path, long size) {}

    default void link(Path path) {}

    /** What can't be copied, and why. */
    default void other(Path path, String reason) {}
  }

  /** Visits everything; goes on after what can't be read. */
  void walk(Visitor visitor) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean unwanted =
                !folder.equals(root) && leftOut.contains(String.valueOf(folder.getFileName()));
            boolean wanted = !unwanted && visitor.folder(root.relativize(folder));
            return wanted ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Path path = root.relativize(file);
            if (attributes.isRegularFile()) {
              visitor.file(path, attributes.size());
            } else if (attributes.isSymbolicLink()) {
              visitor.link(path);
            } else {
              visitor.other(path, "neither a file nor a folder nor a link");
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            visitor.other(root.relativize(file), Failures.reason(e));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException e) {
            if (e != null) {
              visitor.other(root.relativize(folder), Failures.reason(e));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * What a link is to say in the copy.
   *
   * @throws IOException if it leads out of the tree, or can't be read
   */
  Path linkText(Path link) throws IOException {
    Path inner = link.getParent();
    Path folder = inner == null ? root : root.resolve(inner);
    Path text = Files.readSymbolicLink(root.resolve(link));
    Path inTree = root.relativize(folder).resolve(text).normalize();
    Path target = realPath(folder.resolve(text));
    if (!target.startsWith(root)) {
      throw new IOException("a link that leads out of the folder, to " + Failures.printable(text));
    }
    boolean leavesByName = text.isAbsolute() || inTree.startsWith("..");
    return leavesByName ? folder.relativize(target) : text;
  }

  /** Where a path leads; by its name only if there is nothing. */
  private static Path realPath(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException nothingThere) {
      return path.normalize();
    }
  }
}
