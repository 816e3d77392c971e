package taskpool.examples.copier;

import java.util.Locale;

/** How much there is to copy. */
record Extent(long files, long bytes) {
  private static final int STEP = 1000;

  Extent plus(long moreBytes) {
    return new Extent(files + 1, bytes + moreBytes);
  }

  /** Bytes as people write them: {@code 4.5 MB}. */
  static String size(long bytes) {
    double value = bytes;
    String unit = "bytes";
    for (String larger : new String[] {"kB", "MB", "GB", "TB"}) {
      if (value < STEP) {
        break;
      }
      value /= STEP;
      unit = larger;
    }
    return String.format(Locale.ROOT, bytes < STEP ? "%.0f %s" : "%.1f %s", value, unit);
  }
}
