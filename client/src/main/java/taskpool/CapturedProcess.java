package taskpool;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import taskpool.process.MarkedProcess;
import taskpool.process.ProcessExit;

/**
 * A process whose outputs are read to their end, which is when the last process that holds them has
 * ended. Those that {@link Process} has end with the process itself: what is written later, by a
 * process that it has left behind, is lost. So the outputs are named pipes here, whose names are
 * gone when it has started. Where there is no program {@code mkfifo}, or no room for temporary
 * files, they are those of {@link Process}.
 *
 * @param out its standard output; whoever reads it closes it
 * @param err its standard error; the same
 */
record CapturedProcess(MarkedProcess marked, InputStream out, InputStream err) {

  private static final String OUT = "out";
  private static final String ERR = "err";
  private static final String PREFIX = "taskpool-pipes-";

  /**
   * A process that is not known here may live elsewhere; but none takes so long to start another.
   */
  private static final Duration OLD = Duration.ofMinutes(1);

  private static final AtomicBoolean SWEPT = new AtomicBoolean();

  /** Starts one; its builder's redirections are lost. */
  static CapturedProcess start(ProcessBuilder builder) throws IOException {
    Path folder;
    try {
      folder = Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-");
      if (SWEPT.compareAndSet(false, true)) {
        sweep(folder.resolveSibling("."));
      }
    } catch (IOException e) {
      return startWithOwn(builder);
    }
    Path out = folder.resolve(OUT);
    Path err = folder.resolve(ERR);
    try {
      return makePipes(out, err) ? startWith(out, err, builder) : startWithOwn(builder);
    } finally {
      remove(folder);
    }
  }

  /** Removes what processes have left that were killed while they started another. */
  static void sweep(Path temporary) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*-*")) {
      for (Path folder : folders) {
        String pid = folder.toFile().getName().substring(PREFIX.length()).replaceAll("-.*", "");
        Instant made = Files.getLastModifiedTime(folder).toInstant();
        if (made.isBefore(Instant.now().minus(OLD))
            && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
          remove(folder);
        }
      }
    } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
      // somebody else sweeps, or has such names, too: no reason not to start a process
    }
  }

  private static void remove(Path folder) {
    delete(folder.resolve(OUT));
    delete(folder.resolve(ERR));
    delete(folder);
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // the process is there, and is not given up for a name
    }
  }

  private static boolean makePipes(Path out, Path err) {
    try {
      Process mkfifo =
          new ProcessBuilder("mkfifo", out.toString(), err.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      ProcessExit.of(mkfifo).join();
      return mkfifo.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static CapturedProcess startWithOwn(ProcessBuilder builder) throws IOException {
    builder.redirectOutput(ProcessBuilder.Redirect.PIPE);
    builder.redirectError(ProcessBuilder.Redirect.PIPE);
    MarkedProcess marked = MarkedProcess.start(builder);
    return new CapturedProcess(
        marked, marked.process().getInputStream(), marked.process().getErrorStream());
  }

  @SuppressWarnings("try") // to hold them open is all that is wanted
  private static CapturedProcess startWith(Path out, Path err, ProcessBuilder builder)
      throws IOException {
    builder.redirectOutput(out.toFile());
    builder.redirectError(err.toFile());
    // who opens one end of a pipe waits for the other, but not who opens both
    try (RandomAccessFile bothOut = new RandomAccessFile(out.toFile(), "rw");
        RandomAccessFile bothErr = new RandomAccessFile(err.toFile(), "rw")) {
      return closingIfNotStarted(
          new FileInputStream(out.toFile()),
          readOut ->
              closingIfNotStarted(
                  new FileInputStream(err.toFile()),
                  readErr ->
                      // a file's own readAllBytes asks for its position, which a pipe has not
                      new CapturedProcess(
                          MarkedProcess.start(builder),
                          new BufferedInputStream(readOut),
                          new BufferedInputStream(readErr))));
    }
  }

  private interface Start {
    CapturedProcess start(InputStream source) throws IOException;
  }

  private static CapturedProcess closingIfNotStarted(InputStream source, Start start)
      throws IOException {
    boolean started = false;
    try {
      CapturedProcess process = start.start(source);
      started = true;
      return process;
    } finally {
      if (!started) {
        source.close();
      }
    }
  }
}
