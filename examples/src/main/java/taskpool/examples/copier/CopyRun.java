package taskpool.examples.copier;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import taskpool.TaskPool;

/**
 * Copies a folder through a pool, then proves through the same pool that the copies are equal. To
 * be used once.
 */
final class CopyRun {
  private static final int UNDER_WAY = 256;
  private static final long UNDER_WAY_BYTES = 1 << 20;

  private final SourceTree source;
  private final Path target;
  private final int workers;
  private final Failures failures = new Failures();
  private final AtomicLong copiedFiles = new AtomicLong();
  private final AtomicLong copiedBytes = new AtomicLong();
  private final AtomicLong verifiedFiles = new AtomicLong();
  private final AtomicInteger repeated = new AtomicInteger();

  /**
   * A copy to be made.
   *
   * @param target a folder that exists
   */
  CopyRun(SourceTree source, Path target, int workers) {
    this.source = source;
    this.target = target;
    this.workers = workers;
  }

  /** Copies, verifies and prints; whether everything was copied. */
  boolean run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (TaskPool pool =
        TaskPool.builder()
            .workers(workers)
            .name("copier")
            .window(UNDER_WAY, UNDER_WAY_BYTES)
            .start()) {
      Extent total = count(); // while the workers come up
      copy(pool, total);
      verify(pool, total);
    }
    failures.printTo(System.err);
    System.out.println(summary(Duration.ofNanos(System.nanoTime() - start)));
    return failures.size() == 0 && verifiedFiles.get() == copiedFiles.get();
  }

  private Extent count() throws IOException {
    Extent[] total = {new Extent(0, 0)};
    source.walk(
        new SourceTree.Visitor() {
          @Override
          public void file(Path path, long size) {
            total[0] = total[0].plus(size);
          }
        });
    return total[0];
  }

  private void copy(TaskPool pool, Extent total) throws IOException, InterruptedException {
    try (CopyProgress progress = CopyProgress.of("copying", total);
        Staging staging = Staging.in(target, progress::silence)) {
      Pass pass = new Pass(progress, failures);
      source.walk(new Copying(pool, pass, staging.folder()));
      pass.await();
    }
  }

  /** Makes folders and links, and lets the pool copy the files. */
  private final class Copying implements SourceTree.Visitor {
    private final TaskPool pool;
    private final Pass pass;
    private final Path staging;

    Copying(TaskPool pool, Pass pass, Path staging) {
      this.pool = pool;
      this.pass = pass;
      this.staging = staging;
    }

    @Override
    public boolean folder(Path path) {
      Path folder = target.resolve(path);
      try {
        Files.createDirectory(folder);
        return true;
      } catch (FileAlreadyExistsException e) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          return true;
        }
        failures.add(path, "something else than a folder is in its place: " + folder);
      } catch (IOException e) {
        failures.add(path, Failures.reason(e));
      }
      return false;
    }

    @Override
    public void file(Path path, long size) {
      pass.add(
          path,
          size,
          pool.applyAsync(Copier::copy, source.root().resolve(path), target.resolve(path), staging),
          CopyRun.this::copied);
    }

    @Override
    public void link(Path path) {
      try {
        Path link = target.resolve(path);
        Path text = source.linkText(path);
        if (!Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
          Files.deleteIfExists(link);
        }
        Files.createSymbolicLink(link, text);
      } catch (IOException e) {
        failures.add(path, Failures.reason(e));
      }
    }

    @Override
    public void other(Path path, String reason) {
      failures.add(path, reason);
    }
  }

  private void copied(Copier.Copied file) {
    copiedFiles.incrementAndGet();
    copiedBytes.addAndGet(file.bytes());
    if (file.attempt() > 1) {
      repeated.incrementAndGet();
    }
  }

  private void verify(TaskPool pool, Extent total) throws IOException, InterruptedException {
    try (CopyProgress progress = CopyProgress.of("verifying", total)) {
      Pass pass = new Pass(progress, failures);
      source.walk(new Verifying(pool, pass));
      pass.await();
    }
  }

  /** Lets the pool compare the files that were copied; looks at folders and links itself. */
  private final class Verifying implements SourceTree.Visitor {
    private final TaskPool pool;
    private final Pass pass;

    Verifying(TaskPool pool, Pass pass) {
      this.pool = pool;
      this.pass = pass;
    }

    @Override
    public boolean folder(Path path) {
      return !failures.contains(path);
    }

    @Override
    public void file(Path path, long size) {
      if (!failures.contains(path)) {
        pass.add(
            path,
            size,
            pool.applyAsync(Copier::verify, source.root().resolve(path), target.resolve(path)),
            bytes -> verifiedFiles.incrementAndGet());
      }
    }

    @Override
    public void link(Path path) {
      try {
        if (!Files.readSymbolicLink(target.resolve(path)).equals(source.linkText(path))) {
          failures.add(path, "the link's copy leads elsewhere");
        }
      } catch (IOException e) {
        failures.add(path, Failures.reason(e));
      }
    }

    @Override
    public void other(Path path, String reason) {
      failures.add(path, reason);
    }
  }

  private String summary(Duration time) {
    long equal = verifiedFiles.get();
    StringBuilder line = new StringBuilder();
    line.append("copied %d files, %s".formatted(copiedFiles.get(), Extent.size(copiedBytes.get())));
    line.append(equal == copiedFiles.get() ? ", verified" : ", only %d verified".formatted(equal));
    line.append(", %d workers".formatted(workers));
    line.append(String.format(Locale.ROOT, ", %.1f s", time.toMillis() / 1e3));
    if (repeated.get() > 0) {
      line.append(", %d copied again after a worker died".formatted(repeated.get()));
    }
    if (failures.size() > 0) {
      line.append(", %d not copied".formatted(failures.size()));
    }
    return line.toString();
  }
}
