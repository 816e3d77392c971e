/**
 * Work that goes on while its workers are killed and paused, and the proof that nothing of it gets
 * lost. Entry type: {@link taskpool.chaos.Chaos}, a program of its own; {@link
 * taskpool.chaos.Verdict} says what a run proves, and {@link taskpool.chaos.Saboteur} does the
 * harm. It talks to one local pool as any user's program does; of what is only for tests it uses
 * the list of worker processes.
 */
@NullMarked
package taskpool.chaos;

import org.jspecify.annotations.NullMarked;
