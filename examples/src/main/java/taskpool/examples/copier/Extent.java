package taskpool.examples.copier;

import java.util.Locale;

/** How much there is to copy. */
record Extent(long files, long bytes) {
  private static final double MEGABYTE = 1e6;

  Extent plus(long moreBytes) {
    return new Extent(files + 1, bytes + moreBytes);
  }

  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
  }
}
