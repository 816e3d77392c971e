/** What {@code taskpool-logback-file.xml} needs beyond Logback itself. */
@NullMarked
package taskpool.examples.logging;

import org.jspecify.annotations.NullMarked;
