package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskOptions;
import taskpool.TaskPool;

/**
 * Every way in which a task can go wrong, at every moment at which code of its author runs in a
 * worker: the caller has the right error soon, and the pool its full strength.
 *
 * <ul>
 *   <li><b>while its argument is read</b>: in the constructor that builds the argument
 *   <li><b>while it runs</b>: in the function
 *   <li><b>while its result is written</b>: in the method that gives the result's next element
 * </ul>
 *
 * <p>Giving something that can't be sent means: the argument has become such a value while it was
 * read, and is the function's result; the function's result is one; an element of the result is
 * one.
 */
class FaultMatrixIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final TaskOptions LIMITED =
      TaskOptions.none().withHardTimeout(Duration.ofSeconds(1));
  private static final Duration CLOSES_WITHIN = Duration.ofSeconds(10);

  private static TaskPool pool;

  /** What goes wrong. */
  enum Fault {
    THROWS {
      @Override
      Object strike() {
        throw new IllegalStateException("as planned");
      }
    },
    EXITS {
      @Override
      Object strike() {
        System.exit(7);
        return "unreachable";
      }
    },
    IS_KILLED {
      @Override
      Object strike() {
        Signals.send("KILL", ProcessHandle.current().pid());
        return HANGS.strike();
      }
    },
    HANGS {
      @Override
      Object strike() {
        while (true) {
          LockSupport.park(); // an interrupt makes no difference
        }
      }
    },
    GIVES_UNSENDABLE {
      @Override
      Object strike() {
        return Thread.currentThread();
      }
    },
    THROWS_UNSENDABLE {
      @Override
      Object strike() {
        throw new Wordless();
      }
    };

    /** Goes wrong, and gives something if that does not end it. */
    abstract Object strike();
  }

  /** An exception that can't say what it is about. */
  private static final class Wordless extends RuntimeException {
    @Override
    public String getMessage() {
      throw new UnsupportedOperationException("no words for it");
    }
  }

  /** When it goes wrong. */
  enum Moment {
    READING {
      @Override
      TaskHandle<?> submit(TaskPool to, Fault fault) {
        return to.applyAsync(FaultMatrixIT::echo, new ReadTrap(fault, "harmless here"));
      }
    },
    RUNNING {
      @Override
      TaskHandle<?> submit(TaskPool to, Fault fault) {
        return to.applyAsync(Fault::strike, fault);
      }
    },
    WRITING {
      @Override
      TaskHandle<?> submit(TaskPool to, Fault fault) {
        return to.applyAsync(FaultMatrixIT::trapped, fault);
      }
    };

    abstract TaskHandle<?> submit(TaskPool to, Fault fault);
  }

  /** Goes wrong when it is built in a worker. */
  record ReadTrap(Fault fault, Object content) {
    ReadTrap {
      if (TaskContext.find().isPresent()) {
        content = fault.strike();
      }
    }
  }

  /** Goes wrong when somebody looks at what it holds. */
  private static final class WriteTrap extends AbstractList<Object> {
    private final Fault fault;

    WriteTrap(Fault fault) {
      this.fault = fault;
    }

    @Override
    public Object get(int index) {
      return fault.strike();
    }

    @Override
    public int size() {
      return 1;
    }
  }

  static Object echo(ReadTrap trap) {
    return trap.content();
  }

  static List<Object> trapped(Fault fault) {
    return new WriteTrap(fault);
  }

  @BeforeAll
  static void start() {
    pool = CLUSTER.pool(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          THROWS            | READING | NotSendableException  | as planned
          THROWS            | RUNNING | IllegalStateException | as planned
          THROWS            | WRITING | NotSendableException  | as planned
          EXITS             | READING | PoisonTaskException   | exit code 7
          EXITS             | RUNNING | PoisonTaskException   | exit code 7
          EXITS             | WRITING | PoisonTaskException   | exit code 7
          IS_KILLED         | READING | PoisonTaskException   | exit code -9
          IS_KILLED         | RUNNING | PoisonTaskException   | exit code -9
          IS_KILLED         | WRITING | PoisonTaskException   | exit code -9
          HANGS             | READING | TaskTimeoutException  | hard limit of PT1S
          HANGS             | RUNNING | TaskTimeoutException  | hard limit of PT1S
          HANGS             | WRITING | TaskTimeoutException  | hard limit of PT1S
          GIVES_UNSENDABLE  | READING | NotSendableException  | java.lang.Thread
          GIVES_UNSENDABLE  | RUNNING | NotSendableException  | java.lang.Thread
          GIVES_UNSENDABLE  | WRITING | NotSendableException  | java.lang.Thread
          THROWS_UNSENDABLE | READING | NotSendableException  | no words for it
          THROWS_UNSENDABLE | RUNNING | NotSendableException  | Wordless
          THROWS_UNSENDABLE | WRITING | NotSendableException  | no words for it
          """)
  void endsWithTheRightErrorAndHarmsNobody(
      Fault fault, Moment moment, String errorName, String text) throws Exception {
    TaskHandle<?> handle = moment.submit(fault == Fault.HANGS ? pool.with(LIMITED) : pool, fault);
    Throwable thrown = catchThrowable(() -> handle.get(LIMIT));
    assertThat(thrown).isNotInstanceOf(TimeoutException.class);
    assertThat(thrown).isInstanceOf(ExecutionException.class);
    assertThat(thrown.getCause()).hasMessageContaining(text);
    assertThat(thrown.getCause().getClass().getSimpleName()).isEqualTo(errorName);
    assertThat(TestCluster.pids(pool)).hasSize(2);
  }

  @AfterAll
  static void thePoolClosesCleanly() throws Exception {
    assertThat(TestCluster.pids(pool)).hasSize(2);
    pool.shutdown();
    assertThat(pool.join(CLOSES_WITHIN)).isTrue();
    assertThat(ProcessTable.workers()).isEmpty();
  }
}
