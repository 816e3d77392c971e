package taskpool.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import taskpool.error.NotSendableException;
import taskpool.payload.Payloads;

/** Callables and runnables as functions. */
class CallablesTest {
  /** Both, so that it matters what it is handed over as. */
  record Both(int number) implements Callable<Integer>, Runnable {
    @Override
    public Integer call() {
      return number;
    }

    @Override
    public void run() {
      throw new IllegalStateException("run " + number);
    }
  }

  /** Has no state, and so no fields to be written. */
  static final class Stateless implements Callable<List<String>> {
    @Override
    public List<String> call() {
      return List.of("stateless");
    }
  }

  record Empty() implements Callable<String> {
    @Override
    public String call() {
      return "empty";
    }
  }

  /** What a subclass does is in what it inherits. */
  interface Greeting extends Callable<String> {
    String name();

    @Override
    default String call() {
      return "hello " + name();
    }
  }

  record Named(String name) implements Greeting {}

  @SuppressWarnings("ClassCanBeStatic") // it is the class that can't be sent
  final class Inner implements Callable<String> {
    @Override
    public String call() {
      return CallablesTest.this.toString();
    }
  }

  private static Object travel(Closure closure) throws IOException {
    byte[] payload = Arguments.encode(closure, Arrays.asList(), Payloads.inMessages());
    RemoteFunction there =
        RemoteFunction.resolve(
            FunctionRef.decode(closure.function().encodedRef()),
            CallablesTest.class.getClassLoader());
    return Travel.run(there, payload, false).get(0);
  }

  private static Object call(Callable<?> callable) throws IOException {
    return travel(Closure.ofCallable(callable));
  }

  @Test
  void anObjectOfANamedClassTravels() throws IOException {
    assertThat(call(new Both(7))).isEqualTo(7);
    assertThat(call(new Stateless())).isEqualTo(List.of("stateless"));
    assertThat(call(new Empty())).isEqualTo("empty");
    assertThat(call(new Named("river"))).isEqualTo("hello river");
    assertThat(travel(Closure.ofRunnable(new Both(8)))).isInstanceOf(Failure.class);
  }

  @Test
  void aLambdaTravelsIfItIsSerializable() throws IOException {
    assertThat(call((Callable<Integer> & Serializable) () -> 42)).isEqualTo(42);
    Callable<Integer> plain = () -> 42;
    assertThatThrownBy(() -> call(plain))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining("declare it as a taskpool.function.SendableCallable");
  }

  @Test
  void whatIsBoundToThisProcessIsRefusedWithTheMend() {
    assertThatThrownBy(() -> Closure.ofRunnable(new FutureTask<>(new Empty())))
        .isInstanceOf(NotSendableException.class)
        .hasMessage(
            "a java.util.concurrent.FutureTask belongs to this process and can't be sent: hand over"
                + " what it would call");
    Callable<String> anonymous =
        new Callable<>() {
          @Override
          public String call() {
            return "anonymous";
          }
        };
    assertThatThrownBy(() -> call(anonymous))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining("write it as a lambda");
    assertThatThrownBy(() -> call(new Inner()))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining(Inner.class.getName());
  }
}
