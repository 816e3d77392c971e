package taskpool.system.contract;

import java.io.Serializable;
import taskpool.function.Function1;
import taskpool.function.Function2;
import taskpool.sync.SharedObjects;

/**
 * Something to be done with a primitive, as it goes to a party. Written by Java's own serialization
 * because it is no business of the pool, whose primitives are what is tested.
 *
 * @param source gets the primitive out of a pool by its name
 */
record Work<P, R>(
    Function2<SharedObjects, String, P> source, String name, Function1<? super P, R> step)
    implements Serializable {

  R on(SharedObjects objects) throws Exception {
    return step.apply(source.apply(objects, name));
  }
}
