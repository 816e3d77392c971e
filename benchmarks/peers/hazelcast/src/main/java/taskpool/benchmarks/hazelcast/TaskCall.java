package taskpool.benchmarks.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import taskpool.benchmarks.contender.Tasks;

/** A call of one of the {@link Tasks}, in the fastest of Hazelcast's own serial forms. */
final class TaskCall implements Callable<Object>, IdentifiedDataSerializable, HazelcastInstanceAware {
  static final int FACTORY = 1;

  /** Creates the empty calls that are then read into. */
  static final DataSerializableFactory EMPTY = id -> new TaskCall();

  /** Which of the tasks. */
  enum Function {
    NO_OP,
    ECHO,
    BURN,
    PROCESS_ID,
    TAKE_SUM,
    MEET
  }

  private static final Function[] FUNCTIONS = Function.values();

  private Function function = Function.NO_OP;
  private long argument;
  private int batch;
  private byte @Nullable [] payload;
  private @Nullable HazelcastInstance member;

  private TaskCall() {}

  TaskCall(Function function, long argument, byte @Nullable [] payload) {
    this.function = function;
    this.argument = argument;
    this.payload = payload;
  }

  /** A call of {@link Tasks#takeSum} on the queue of numbers. */
  static TaskCall takeSum(int count, int batch) {
    TaskCall call = new TaskCall(Function.TAKE_SUM, count, null);
    call.batch = batch;
    return call;
  }

  @Override
  public Object call() throws InterruptedException {
    return switch (function) {
      case NO_OP -> Tasks.noOp((int) argument);
      case ECHO -> Tasks.echo(payload == null ? new byte[0] : payload);
      case BURN -> Tasks.burn(argument);
      case PROCESS_ID -> Tasks.processId();
      case TAKE_SUM -> Tasks.takeSum(Queues.numbers(member()), (int) argument, batch);
      case MEET -> Queues.barrier(member(), 1).await((int) argument);
    };
  }

  private HazelcastInstance member() {
    return Objects.requireNonNull(member);
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    member = instance;
  }

  @Override
  public int getFactoryId() {
    return FACTORY;
  }

  @Override
  public int getClassId() {
    return 1;
  }

  @Override
  @SuppressWarnings("EnumOrdinal") // both ends are of the same build
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeByte(function.ordinal());
    out.writeLong(argument);
    out.writeInt(batch);
    out.writeByteArray(payload);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    function = FUNCTIONS[in.readByte()];
    argument = in.readLong();
    batch = in.readInt();
    payload = in.readByteArray();
  }
}
