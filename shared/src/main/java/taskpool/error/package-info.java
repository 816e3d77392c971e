/**
 * What can go wrong, by name. Every exception here reaches the submitting program, either from the
 * call that is wrong or from the handle of a task; none of them ever crosses the wire as an object.
 */
@NullMarked
package taskpool.error;

import org.jspecify.annotations.NullMarked;
