package taskpool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    return new FunctionProcess(settings, call, Code.of(false, call.closure(), call.arguments()));
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
