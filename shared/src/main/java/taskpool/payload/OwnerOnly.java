package taskpool.payload;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Permissions for nobody but the user, where the file system knows of such. */
final class OwnerOnly {
  private static final FileAttribute<Set<PosixFilePermission>> FILE = attribute("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER = attribute("rwx------");

  private OwnerOnly() {}

  static FileAttribute<?>[] file(Path path) {
    return where(path, FILE);
  }

  static FileAttribute<?>[] folder(Path path) {
    return where(path, FOLDER);
  }

  private static FileAttribute<?>[] where(Path path, FileAttribute<?> attribute) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix ? new FileAttribute<?>[] {attribute} : new FileAttribute<?>[0];
  }

  private static FileAttribute<Set<PosixFilePermission>> attribute(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
