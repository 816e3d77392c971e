package taskpool.system.contract;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import taskpool.function.Function2;
import taskpool.sync.SharedObjects;

/** What a primitive promises to parties anywhere; each contract has a new one. */
@ParameterizedClass(name = "{0}")
@EnumSource
abstract class PrimitiveContract<P> {
  /** A wait that is to end by itself. */
  static final Duration LIMIT = Duration.ofSeconds(30);

  /** A wait whose time is to be over. */
  static final Duration MOMENT = Duration.ofMillis(20);

  private static final AtomicInteger LAST = new AtomicInteger();

  private final Function2<SharedObjects, String, P> source;
  private List<Seat> seats = List.of();

  @Parameter Way way;

  Party<P> one;
  Party<P> two;
  Party<P> three;

  /**
   * The contract of a primitive.
   *
   * @param source gets it out of a pool by its name
   */
  PrimitiveContract(Function2<SharedObjects, String, P> source) {
    this.source = source;
  }

  @BeforeEach
  void meet() throws Exception {
    seats = way.seats(PrimitiveContractsIT.pool(), PrimitiveContractsIT.secondEnd());
    List<Party<P>> parties = partiesOf(source);
    one = parties.get(0);
    two = parties.get(1);
    three = parties.get(2);
  }

  Function2<SharedObjects, String, P> source() {
    return source;
  }

  /** The same parties with another primitive. */
  <Q> List<Party<Q>> partiesOf(Function2<SharedObjects, String, Q> other) {
    String name = "contract " + LAST.incrementAndGet();
    return seats.stream().map(seat -> new Party<>(seat, other, name)).toList();
  }

  List<Party<P>> all() {
    return List.of(one, two, three);
  }

  @AfterEach
  void part() throws Exception {
    Exception last = null;
    for (Seat seat : seats) {
      try {
        seat.close();
      } catch (Exception e) {
        last = e;
      }
    }
    if (last != null) {
      throw last;
    }
  }
}
