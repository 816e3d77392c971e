package taskpool.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The settings that processes start with are those of {@code taskpool-akka.conf} over the
 * libraries' reference settings. To renew them: {@code mvn -pl shared test
 * -Dtest=MergedSettingsTest -Dsettings.renew}.
 */
class MergedSettingsTest {
  private static final Path FILE = Path.of("src/main/resources", NodeSystem.MERGED);

  @Test
  void areUpToDate() throws IOException {
    String merged = merged().root().render(ConfigRenderOptions.concise()) + "\n";
    if (System.getProperty("settings.renew") != null) {
      Files.writeString(FILE, merged);
    }

    assertThat(Files.readString(FILE).equals(merged))
        .as("%s is what is merged now; if not, see this test's description", FILE)
        .isTrue();
  }

  private static Config merged() {
    ClassLoader loader = MergedSettingsTest.class.getClassLoader();
    Config ours = ConfigFactory.parseResources(loader, "taskpool-akka.conf");
    Config all =
        ours.withFallback(ConfigFactory.defaultReferenceUnresolved(loader))
            .withoutPath("akka.test")
            .withoutPath("akka.actor.testkit")
            .resolve();
    return withoutUnused(all).withoutPath("taskpool");
  }

  /** Takes away the serializers of what is never sent here: loading them takes a while. */
  private static Config withoutUnused(Config all) {
    Set<String> used = Set.copyOf(all.getStringList("taskpool.serializers"));
    Set<String> miscTypes = Set.copyOf(all.getStringList("taskpool.akka-misc-types"));
    Map<String, Object> serializers =
        new HashMap<>(all.getObject("akka.actor.serializers").unwrapped());
    serializers.keySet().retainAll(used);
    Map<String, Object> bindings =
        new HashMap<>(all.getObject("akka.actor.serialization-bindings").unwrapped());
    bindings.values().retainAll(used);
    bindings
        .entrySet()
        .removeIf(
            binding ->
                binding.getValue().equals("akka-misc") && !miscTypes.contains(binding.getKey()));
    return all.withValue("akka.actor.serializers", ConfigValueFactory.fromMap(serializers))
        .withValue("akka.actor.serialization-bindings", ConfigValueFactory.fromMap(bindings));
  }
}
