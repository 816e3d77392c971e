/** The life of a task as one table. Entry type: {@link taskpool.lifecycle.TaskState}. */
@NullMarked
package taskpool.lifecycle;

import org.jspecify.annotations.NullMarked;
