package taskpool.codec;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import taskpool.error.NotSendableException;

/** Words the error for a value that cannot be written. */
final class Unsendable {
  private static final int MAX_VALUE_CHARS = 80;
  private static final int MAX_PATH = 10;

  private Unsendable() {}

  static NotSendableException because(
      String role, RemoteFunction function, @Nullable Object value, Throwable cause) {
    String type = value == null ? "null" : "a " + value.getClass().getName();
    return new NotSendableException(
        "%s of %s, %s (%s), can't be sent to another process%s: %s"
            .formatted(role, function, type, describe(value), path(cause), reason(cause)),
        cause);
  }

  private static String describe(@Nullable Object value) {
    try {
      String text = String.valueOf(value);
      return text.length() <= MAX_VALUE_CHARS ? text : text.substring(0, MAX_VALUE_CHARS) + "…";
    } catch (RuntimeException | StackOverflowError e) {
      return "its toString fails with " + e.getClass().getName();
    }
  }

  private static String path(Throwable cause) {
    if (!(cause instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
      return "";
    }
    String more = mapping.getPath().size() > MAX_PATH ? "…" : "";
    return mapping.getPath().stream()
        .limit(MAX_PATH)
        .map(
            ref ->
                ref.getFieldName() == null ? "[" + ref.getIndex() + "]" : "." + ref.getFieldName())
        .collect(Collectors.joining("", ", at ", more));
  }

  /** Why it can not be written or read, in a few words. */
  static String reason(Throwable cause) {
    if (cause instanceof InvalidDefinitionException undefined
        && undefined.getOriginalMessage().contains("no Creators")) {
      return "%s can't be created there: give it a constructor without parameters (it may be private)"
          .formatted(undefined.getType().getRawClass().getName());
    }
    if (cause instanceof JsonMappingException mapping) {
      return mapping.getOriginalMessage().startsWith("Document nesting depth")
          ? "it contains itself, or values in values more than 1,000 deep"
          : mapping.getOriginalMessage();
    }
    if (cause instanceof ClassCastException) {
      return "it is not of the declared type";
    }
    if (cause instanceof StackOverflowError) {
      return "it contains itself";
    }
    return cause instanceof NotSendableException
        ? String.valueOf(cause.getMessage())
        : cause.toString();
  }
}
