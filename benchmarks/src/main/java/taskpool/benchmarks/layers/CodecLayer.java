package taskpool.benchmarks.layers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import taskpool.Call;
import taskpool.codec.Arguments;
import taskpool.codec.RemoteFunction;
import taskpool.codec.Results;
import taskpool.payload.Payloads;
import taskpool.protocol.Outcome;

/** What it costs to turn a call into bytes and back, and its result likewise. */
final class CodecLayer {
  private static final int CALLS = 200_000;
  private static final int WARM_UP_ROUNDS = 5;
  private static final int ROUNDS = 9;

  private final RemoteFunction function = SampleTask.remoteFunction();
  private final byte[] payload = SampleTask.payload();
  private final Outcome outcome = SampleTask.outcome(1, function);

  /** Where values end, so that no compiler finds them to be of no use. */
  private long sink;

  void measure(Consumer<Figure> out) {
    measure("encode a call", this::encodeCall, out);
    measure("decode a call", this::decodeCall, out);
    measure("encode a result", this::encodeResult, out);
    measure("decode a result", this::decodeResult, out);
    if (sink == 0) {
      throw new IllegalStateException("nothing was done");
    }
  }

  private static void measure(String name, Runnable work, Consumer<Figure> out) {
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      repeat(work);
    }
    Cost cost = Cost.median(ROUNDS, () -> once(work));
    out.accept(new Figure(name, cost.nanos(), "ns"));
    out.accept(new Figure(name, cost.allocatedBytes(), "bytes allocated"));
  }

  private static Cost once(Runnable work) {
    Meter meter = new Meter();
    meter.run(() -> repeat(work));
    return meter.costOfOneOf(CALLS);
  }

  private static void repeat(Runnable work) {
    for (int i = 0; i < CALLS; i++) {
      work.run();
    }
  }

  private void encodeCall() {
    Call<Integer> call = SampleTask.call();
    sink += Arguments.encode(call.closure(), call.arguments(), Payloads.inMessages()).length;
  }

  private void decodeCall() {
    try {
      Arguments.decode(
          function, payload, false, Payloads.inMessages(), arguments -> sink += arguments.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void encodeResult() {
    sink += SampleTask.outcome(1, function).id();
  }

  private void decodeResult() {
    try {
      List<?> results = Results.decode(function, outcome, 1, Payloads.inMessages());
      sink += results.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
