/**
 * The shapes of a task: {@code Function0} to {@code Function5} return a result, {@code Action0} to
 * {@code Action5} do not, {@link taskpool.function.Args} holds the arguments of one call of {@code
 * starmap}. {@code SendableCallable} and {@code SendableRunnable} are the same for where the JDK's
 * own are asked for.
 *
 * <p>All are serializable only so that the compiler keeps the name of the method behind a lambda or
 * method reference; what travels is that name and the captured values, never a serialized object. A
 * function is an action whose result may be ignored, which is why each {@code FunctionN} extends
 * {@code ActionN}: an overloaded call is never ambiguous between the two.
 */
@NullMarked
package taskpool.function;

import org.jspecify.annotations.NullMarked;
