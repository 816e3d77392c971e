/**
 * The single processes of the tutorials, as short as there, each a main class: {@link
 * taskpool.examples.processes.SingAndDance} to begin with, then what becomes of children ({@link
 * taskpool.examples.processes.ChildrenAtExit}), who is who ({@link
 * taskpool.examples.processes.ProcessIds}), a process as a class ({@link
 * taskpool.examples.processes.SingerProcess}), what is not shared ({@link
 * taskpool.examples.processes.Globals}), how processes end ({@link
 * taskpool.examples.processes.ExitCodes}), and a program from outside ({@link
 * taskpool.examples.processes.OutsideProgram}).
 */
@NullMarked
package taskpool.examples.processes;

import org.jspecify.annotations.NullMarked;
