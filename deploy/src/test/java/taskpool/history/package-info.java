/**
 * Histories of what processes asked of shared objects and when, and the proof that each object
 * behaved as if one had been asked after the other. Entry type: {@link
 * taskpool.history.Linearizability}, which checks a history against a {@link
 * taskpool.history.Model}; {@link taskpool.history.QueueVerdict} holds a queue against what is
 * promised of it when processes die. {@link taskpool.history.Recorder} writes histories down so
 * that no death loses a line, and {@link taskpool.history.Actor} makes some.
 */
@NullMarked
package taskpool.history;

import org.jspecify.annotations.NullMarked;
