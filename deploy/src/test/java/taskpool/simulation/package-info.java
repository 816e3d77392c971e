/**
 * The decisions of clients, coordinator and workers run against each other in virtual time, over a
 * network that drops, delays, repeats and reorders, with deaths at any point. Entry types: {@link
 * taskpool.simulation.SimulationTest}, which runs many seeds, and {@link
 * taskpool.simulation.Simulation}, one run.
 *
 * <p>Everything a run does follows from its seed: the same seed gives the same run to the last
 * event.
 */
@NullMarked
package taskpool.simulation;

import org.jspecify.annotations.NullMarked;
