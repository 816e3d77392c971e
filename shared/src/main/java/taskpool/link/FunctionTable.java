package taskpool.link;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions of one batch under construction: each is in it once. Confined to its builder. */
public final class FunctionTable {
  private final List<byte[]> functions = new ArrayList<>(1);
  private final Map<ByteBuffer, Integer> indexes = new HashMap<>();
  private byte @Nullable [] last;
  private int lastIndex;

  /** The index of a function in the batch; adds it if it is new. */
  public int indexOf(byte[] function) {
    if (function != last) {
      lastIndex = indexes.computeIfAbsent(ByteBuffer.wrap(function), key -> add(function));
      last = function;
    }
    return lastIndex;
  }

  private int add(byte[] function) {
    functions.add(function);
    return functions.size() - 1;
  }

  /** The functions so far, in index order. */
  public List<byte[]> functions() {
    return List.copyOf(functions);
  }
}
