/**
 * Downloads one after the other and side by side. Entry type: {@link
 * taskpool.examples.downloads.Downloads}, which starts the {@link
 * taskpool.examples.downloads.FileServer} that it loads from.
 */
@NullMarked
package taskpool.examples.downloads;

import org.jspecify.annotations.NullMarked;
