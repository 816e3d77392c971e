package taskpool.node;

import java.util.ServiceLoader;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Keeps SLF4J from writing three lines to the console of a program that has no logging back end.
 * Where there is one, nothing is touched.
 */
final class QuietLogging {
  private static final String VERBOSITY = "slf4j.internal.verbosity";

  private QuietLogging() {}

  static void ensure() {
    boolean hasBackEnd =
        ServiceLoader.load(SLF4JServiceProvider.class, LoggerFactory.class.getClassLoader())
            .findFirst()
            .isPresent();
    if (hasBackEnd || System.getProperty(VERBOSITY) != null) {
      return;
    }
    System.setProperty(VERBOSITY, "ERROR");
    try {
      LoggerFactory.getILoggerFactory();
    } finally {
      System.clearProperty(VERBOSITY);
    }
  }
}
