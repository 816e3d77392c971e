/**
 * The pools of the tutorials, as short as there: {@link taskpool.examples.pools.PoolOfThree} and
 * {@link taskpool.examples.pools.PoolOfFour}, each a main class.
 */
@NullMarked
package taskpool.examples.pools;

import org.jspecify.annotations.NullMarked;
