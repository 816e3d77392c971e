package taskpool.codec;

import java.io.Serializable;

/** Functional interfaces of the shapes that users have, for the codec's tests. */
final class Fn {
  private Fn() {}

  interface F0<R> extends Serializable {
    R apply() throws Exception;
  }

  interface F1<A, R> extends Serializable {
    R apply(A a) throws Exception;
  }

  interface F2<A, B, R> extends Serializable {
    R apply(A a, B b) throws Exception;
  }

  interface A1<A> extends Serializable {
    void run(A a) throws Exception;
  }
}
