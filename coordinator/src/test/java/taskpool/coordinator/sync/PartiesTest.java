package taskpool.coordinator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartiesTest {
  private static final int GIVER = 1;
  private static final int OWN = 2;
  private static final int OTHER = 3;
  private static final long BOB = 77;

  private final Parties parties = new Parties();

  private void given() {
    parties.given(BOB, "Bob", GIVER);
  }

  private void opened() {
    parties.opened(BOB, OWN);
  }

  @Test
  void oneThatEndsWithoutAWordIsMissing() {
    given();
    assertThat(parties.ended(BOB, "Bob (pid 9)")).contains("Bob (pid 9) ended before it came");
    assertThat(parties.ended(BOB, "Bob")).as("said once").isEmpty();
  }

  @Test
  void oneThatEndsBeforeItCameIsMissing() {
    given();
    opened();
    assertThat(parties.sessionClosed(OWN)).isEmpty();
    assertThat(parties.ended(BOB, "Bob")).contains("Bob ended before it came");
  }

  @Test
  void oneThatCameMayEnd() {
    given();
    opened();
    parties.came(OWN);
    assertThat(parties.sessionClosed(OWN)).isEmpty();
    assertThat(parties.ended(BOB, "Bob")).isEmpty();
  }

  @Test
  void oneThatCameMayNotDie() {
    given();
    opened();
    parties.came(OWN);
    assertThat(parties.died(BOB, "Bob")).contains("Bob died");
  }

  @Test
  void itsOwnWordsMayBeFasterThanThoseOfWhoStartedIt() {
    opened();
    parties.came(OWN);
    given();
    assertThat(parties.sessionClosed(OWN)).isEmpty();
    assertThat(parties.ended(BOB, "Bob")).isEmpty();
  }

  @Test
  void anotherOneThatComesIsNotIt() {
    given();
    opened();
    parties.came(OTHER);
    assertThat(parties.ended(BOB, "Bob")).isPresent();
  }

  @Test
  void itDiesWithWhoStartedIt() {
    given();
    assertThat(parties.sessionClosed(GIVER)).contains("Bob ended before it came");
    given();
    opened();
    parties.came(OWN);
    assertThat(parties.sessionClosed(GIVER)).contains("Bob died");
  }

  /** One that ends by itself says before how its children have ended. */
  @Test
  void itDiesWithWhoStartedItThoughThatIsSeenFirst() {
    given();
    opened();
    parties.came(OWN);
    assertThat(parties.sessionClosed(OWN)).isEmpty();
    assertThat(parties.sessionClosed(GIVER)).contains("Bob died");
  }

  @ParameterizedTest
  @ValueSource(longs = {BOB - 1, BOB + 1})
  void oneOfTwoIsEnough(long other) {
    given();
    parties.given(other, "Cyd", GIVER);
    parties.opened(other, OTHER);
    parties.came(OTHER);
    assertThat(parties.ended(other, "Cyd")).isEmpty();
    assertThat(parties.sessionClosed(GIVER)).contains("Bob ended before it came");
  }

  @Test
  void oneWhoseDeathIsKnownDiesOnce() {
    given();
    opened();
    parties.forget(OWN);
    assertThat(parties.died(BOB, "Bob")).isEmpty();
  }

  @Test
  void oneThatWasNotGivenItIsNotMissed() {
    parties.opened(0, OWN);
    assertThat(parties.sessionClosed(OWN)).isEmpty();
    parties.opened(BOB, OWN);
    assertThat(parties.sessionClosed(OWN)).isEmpty();
    assertThat(parties.sessionClosed(GIVER)).isEmpty();
  }
}
