package taskpool.examples.copier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on standard error how far the copy is, by bytes and files. Not thread-safe. */
abstract class CopyProgress implements AutoCloseable {
  private static final int DEFAULT_COLUMNS = 80;
  private static final int FULL = 100;

  private final long totalFiles;
  private final long totalBytes;
  private long files;
  private long bytes;
  private volatile boolean silent;

  private CopyProgress(Extent total) {
    this.totalFiles = total.files();
    this.totalBytes = total.bytes();
  }

  /**
   * A bar on a terminal, lines elsewhere.
   *
   * @param what what is being done, such as "copying"
   */
  static CopyProgress of(String what, Extent total) {
    int columns = terminalColumns();
    return columns > 0 ? new Bar(what, total, columns) : new Lines(what, total);
  }

  /** How wide the terminal is; 0 if there is none. The launcher says; else the system may. */
  private static int terminalColumns() {
    String told = System.getProperty("taskpool.terminal.columns");
    if (told != null) {
      return Integer.parseInt(told);
    }
    try {
      Path errors = Files.readSymbolicLink(Path.of("/proc/self/fd/2"));
      return errors.startsWith("/dev/pts") ? DEFAULT_COLUMNS : 0;
    } catch (IOException | UnsupportedOperationException e) {
      return 0;
    }
  }

  final void advance(long moreBytes, int moreFiles) {
    bytes += moreBytes;
    files += moreFiles;
    show(files, bytes);
  }

  /** Shows nothing from now on: the program is ending. Safe from any thread. */
  final void silence() {
    silent = true;
  }

  final boolean isSilent() {
    return silent;
  }

  abstract void show(long files, long bytes);

  @Override
  public abstract void close();

  final String filesDone() {
    return "%d/%d files".formatted(files, totalFiles);
  }

  /** By bytes; 100 only when the last file is done, which may be an empty one. */
  final int percent() {
    int byBytes = totalBytes == 0 ? FULL : (int) Math.min(FULL, FULL * bytes / totalBytes);
    return files < totalFiles ? Math.min(byBytes, FULL - 1) : byBytes;
  }

  private static final class Bar extends CopyProgress {
    private static final int UPDATE_MILLIS = 100;
    private static final long MEGABYTE = 1_000_000;
    private static final long KILOBYTE = 1_000;

    private final ProgressBar bar;

    Bar(String what, Extent total, int columns) {
      super(total);
      boolean large = total.bytes() >= 10 * MEGABYTE;
      bar =
          new ProgressBarBuilder()
              .setTaskName(what)
              .setInitialMax(total.bytes())
              .setUnit(large ? " MB" : " kB", large ? MEGABYTE : KILOBYTE)
              .setConsumer(new BarLine(columns))
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(UPDATE_MILLIS)
              .build();
      bar.setExtraMessage(" " + filesDone());
    }

    @Override
    void show(long files, long bytes) {
      bar.stepTo(bytes);
      bar.setExtraMessage(" " + filesDone());
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /**
   * A line that is written again and again. The library's own one takes Ctrl-C away from the JVM.
   */
  private final class BarLine implements ProgressBarConsumer {
    private final int columns;

    BarLine(int columns) {
      this.columns = columns;
    }

    @Override
    public int getMaxRenderedLength() {
      return columns - 1; // in the last one, some terminals start another line
    }

    @Override
    public void accept(String bar) {
      if (!isSilent()) {
        System.err.print("\r" + bar);
      }
    }

    @Override
    public void close() {
      System.err.println();
    }
  }

  private static final class Lines extends CopyProgress {
    private static final int STEP_PERCENT = 10;

    private final String what;
    private int next = STEP_PERCENT;

    Lines(String what, Extent total) {
      super(total);
      this.what = what;
    }

    @Override
    void show(long files, long bytes) {
      int percent = percent();
      if (percent >= next && !isSilent()) {
        next = percent - percent % STEP_PERCENT + STEP_PERCENT;
        System.err.printf(
            Locale.ROOT, "%s %d %%, %s, %s%n", what, percent, filesDone(), Extent.size(bytes));
      }
    }

    @Override
    public void close() {}
  }
}
