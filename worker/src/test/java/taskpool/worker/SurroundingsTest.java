package taskpool.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
  private final Surroundings surroundings = Surroundings.now();
  private final List<Object> before = seen();

  @AfterEach
  void restore() {
    surroundings.restore();
  }

  private static List<Object> seen() {
    Thread thread = Thread.currentThread();
    List<Object> seen = new ArrayList<>();
    seen.add(System.in);
    seen.add(System.out);
    seen.add(System.err);
    seen.add(Locale.getDefault());
    seen.add(Locale.getDefault(Locale.Category.DISPLAY));
    seen.add(Locale.getDefault(Locale.Category.FORMAT));
    seen.add(TimeZone.getDefault());
    seen.add(thread.getName());
    seen.add(thread.getPriority());
    seen.add(thread.getContextClassLoader());
    return seen;
  }

  @Test
  @SuppressWarnings("ThreadPriorityCheck")
  void everythingIsPutBack() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Thread thread = Thread.currentThread();
    System.setIn(InputStream.nullInputStream());
    System.setOut(nowhere);
    System.setErr(nowhere);
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
    thread.setName("mine");
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.setContextClassLoader(new URLClassLoader(new URL[0]));
    List<Object> changed = seen();
    for (int i = 0; i < before.size(); i++) {
      assertThat(changed.get(i)).isNotEqualTo(before.get(i));
    }
    surroundings.restore();
    assertThat(seen()).isEqualTo(before);
  }

  @Test
  void localesForOnePurposeArePutBack() {
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG"));
    surroundings.restore();
    assertThat(seen()).isEqualTo(before);
    Locale.setDefault(Locale.Category.DISPLAY, Locale.forLanguageTag("ar-EG"));
    surroundings.restore();
    assertThat(seen()).isEqualTo(before);
  }
}
