/**
 * The multi-process file copier. Entry type: {@link taskpool.examples.copier.Copier}, with the
 * functions that run in the workers; {@link taskpool.examples.copier.CopyRun} walks the folder,
 * submits a task per file and watches them.
 *
 * <p>Guaranteed: a file in the target is complete under its name or not there; what was not copied
 * is named, and the exit code tells.
 */
@NullMarked
package taskpool.examples.copier;

import org.jspecify.annotations.NullMarked;
