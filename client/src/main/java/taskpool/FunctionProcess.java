package taskpool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import taskpool.client.sync.GivenBarriers;
import taskpool.codec.Arguments;
import taskpool.payload.Payloads;

/** A process that runs a call. The arguments travel as they are when it is created. */
final class FunctionProcess extends JvmProcess {
  private final transient Call<?> call;
  private final transient Code code;

  private FunctionProcess(JvmProcessBuilder settings, Call<?> call, Code code) {
    super(settings);
    this.call = call;
    this.code = code;
  }

  static FunctionProcess create(JvmProcessBuilder settings, Call<?> call) {
    GivenBarriers barriers = new GivenBarriers();
    byte[] payload =
        barriers.collect(
            () -> Arguments.encode(call.closure(), call.arguments(), Payloads.inMessages()));
    Code code = new Code(false, call.closure().function().encodedRef(), payload, barriers);
    return new FunctionProcess(settings, call, code);
  }

  @Override
  public void run() throws Exception {
    List<@Nullable Object> arguments = new ArrayList<>(call.closure().captured());
    arguments.addAll(call.arguments());
    try {
      call.closure().function().invoke(arguments.toArray());
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("neither exception nor error", e);
    }
  }

  @Override
  Code code() {
    return code;
  }
}
