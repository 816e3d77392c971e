package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import taskpool.error.NotSendableException;
import taskpool.sync.Pipe;

/** What a pipe promises. */
abstract class PipeContract extends PrimitiveContract<Pipe<Object>> {
  private static final int ROUNDS = 30;

  PipeContract() {
    super((objects, name) -> objects.pipe(name));
  }

  @Test
  void whatIsSentAtOneEndIsReceivedAtTheOther() throws Exception {
    for (int i = 0; i < 3; i++) {
      int number = i;
      one.run(pipe -> pipe.first().send(number));
      two.run(pipe -> pipe.second().send("answer " + number));
    }
    for (int i = 0; i < 3; i++) {
      assertThat(two.<Object>ask(pipe -> pipe.second().receive())).isEqualTo(i);
      assertThat(one.<Object>ask(pipe -> pipe.first().receive())).isEqualTo("answer " + i);
    }
    assertThat(one.<Object>ask(pipe -> pipe.first().poll(Duration.ZERO))).isNull();
  }

  @Test
  void saysWhetherAMessageIsHere() throws Exception {
    assertThat(two.is(pipe -> pipe.second().isReady())).isFalse();
    assertThat(two.<Object>ask(pipe -> pipe.second().poll(MOMENT))).isNull();
    assertThat(two.<Object>ask(pipe -> pipe.second().poll(Duration.ofDays(-1)))).isNull();
    one.run(pipe -> pipe.first().send("a"));
    assertThat(two.is(pipe -> pipe.second().isReady())).isTrue();
    assertThat(one.is(pipe -> pipe.first().isReady())).isFalse(); // that is the other way
    assertThat(two.<Object>ask(pipe -> pipe.second().poll(Duration.ZERO))).isEqualTo("a");
    assertThat(two.is(pipe -> pipe.second().isReady())).isFalse();
  }

  @Test
  void whatCantBeSentIsNot() throws Exception {
    for (Party<Pipe<Object>> party : List.of(one, two)) {
      assertThatThrownBy(() -> party.run(pipe -> pipe.first().send(null)))
          .isInstanceOf(NullPointerException.class);
      assertThatThrownBy(() -> party.run(pipe -> pipe.first().send(new Object())))
          .isInstanceOf(NotSendableException.class);
    }
    assertThat(three.is(pipe -> pipe.second().isReady())).isFalse();
  }

  @Test
  void whatIsReceivedIsACopy() throws Exception {
    two.run(
        pipe -> {
          List<Object> mine = new ArrayList<>(List.of("a"));
          pipe.first().send(mine);
          mine.add("b");
        });
    assertThat(one.<Object>ask(pipe -> pipe.second().receive())).isEqualTo(List.of("a"));
  }

  @Test
  void thoseWhoWaitAtAnEndReceiveInTheirOrder() throws Exception {
    var first = two.start(pipe -> pipe.second().receive()).thatWaits();
    var second = three.start(pipe -> pipe.second().poll(LIMIT)).thatWaits();
    one.run(pipe -> pipe.first().send(1));
    assertThat(first.get()).isEqualTo(1);
    second.thatWaits();
    one.run(pipe -> pipe.first().send(2));
    assertThat(second.get()).isEqualTo(2);
  }

  @Test
  void aClosedEndIsReadToItsEndAtTheOther() throws Exception {
    one.run(pipe -> pipe.first().send(1));
    one.run(pipe -> pipe.first().send(2));
    one.run(pipe -> pipe.first().close());
    one.run(pipe -> pipe.first().close()); // harmless
    assertThat(two.<Object>ask(pipe -> pipe.second().receive())).isEqualTo(1);
    assertThat(two.<Object>ask(pipe -> pipe.second().poll(Duration.ZERO))).isEqualTo(2);
    for (Party<Pipe<Object>> party : all()) {
      assertThatThrownBy(() -> party.run(pipe -> pipe.second().receive()))
          .isInstanceOf(EOFException.class);
      assertThatThrownBy(() -> party.run(pipe -> pipe.second().poll(Duration.ZERO)))
          .isInstanceOf(EOFException.class);
      assertThatThrownBy(() -> party.run(pipe -> pipe.second().send(3)))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> party.run(pipe -> pipe.first().send(3)))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> party.run(pipe -> pipe.first().receive()))
          .isInstanceOf(EOFException.class);
    }
  }

  @Test
  void closingAnEndEndsTheWaitsAtBoth() throws Exception {
    var atThis = two.start(pipe -> pipe.first().receive()).thatWaits();
    var atTheOther = three.start(pipe -> pipe.second().poll(LIMIT)).thatWaits();
    one.run(pipe -> pipe.first().close());
    assertThatThrownBy(atThis::get).isInstanceOf(EOFException.class);
    assertThatThrownBy(atTheOther::get).isInstanceOf(EOFException.class);
  }

  @Test
  void anInterruptThatCameBeforeIsLookedAtFirst() throws Exception {
    one.run(pipe -> pipe.first().send(1));
    for (Party<Pipe<Object>> party : List.of(one, two)) {
      party.run(pipe -> Interrupts.areLookedAtFirst(() -> pipe.first().send(2)));
      party.run(pipe -> Interrupts.areLookedAtFirst(() -> pipe.second().receive()));
      party.run(pipe -> Interrupts.areLookedAtFirst(() -> pipe.second().poll(Duration.ZERO)));
    }
    assertThat(two.<Object>ask(pipe -> pipe.second().receive())).isEqualTo(1);
    assertThat(two.is(pipe -> pipe.second().isReady())).isFalse();
  }

  @Test
  void whoIsInterruptedWhileItWaitsReceivesNothing() throws Exception {
    var interrupted = two.start(pipe -> pipe.second().receive()).thatWaits();
    var behind = three.start(pipe -> pipe.second().receive()).thatWaits();
    interrupted.interrupted();
    assertThatThrownBy(interrupted::get).isInstanceOf(InterruptedException.class);
    one.run(pipe -> pipe.first().send(1));
    assertThat(behind.get()).isEqualTo(1);
  }

  @Test
  void anInterruptAtTheMomentOfASendLosesNothing() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      int message = round;
      var racing =
          two.start(pipe -> Interrupts.in(() -> received(pipe, message))).thatWaits().interrupted();
      one.run(pipe -> pipe.first().send(message));
      if (racing.get()) {
        three.run(pipe -> received(pipe, message));
      }
    }
    assertThat(two.<Object>ask(pipe -> pipe.second().poll(Duration.ZERO))).isNull();
  }

  private static void received(Pipe<Object> pipe, int message) throws Exception {
    assertThat(pipe.second().poll(LIMIT)).isEqualTo(message);
  }

  @Test
  void aSenderWaitsForAReceiverInTheEnd() throws Exception {
    int most =
        one.<Integer>ask(
            pipe -> {
              for (int i = 0; i < 1_000; i++) {
                pipe.first().send(i);
              }
              return 1_000;
            });
    var waiting = one.begin(pipe -> pipe.first().send(most)).thatWaits();
    assertThat(two.<Object>ask(pipe -> pipe.second().receive())).isEqualTo(0);
    waiting.get();
    var interrupted = one.begin(pipe -> pipe.first().send("never")).thatWaits().interrupted();
    assertThatThrownBy(interrupted::get).isInstanceOf(InterruptedException.class);
    two.run(
        pipe -> {
          for (int i = 1; i <= most; i++) {
            assertThat(pipe.second().receive()).isEqualTo(i);
          }
          assertThat(pipe.second().poll(Duration.ZERO)).isNull();
        });
  }

  @Test
  void nothingIsHereWhereItIsClosed() throws Exception {
    one.run(pipe -> pipe.first().send("a"));
    two.run(pipe -> pipe.second().close());
    assertThat(two.is(pipe -> pipe.second().isReady())).isFalse();
  }
}
