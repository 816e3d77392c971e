package taskpool.coordinator.sync;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The processes that were given a barrier by who started them, and so are awaited there. Who gave
 * it says when one has ended, as that may be before it has told the coordinator anything. Each call
 * that can find one missing gives the reason for which the others wait in vain. Confined to the
 * coordinator.
 */
final class Parties {
  private final Map<Long, Party> parties = new HashMap<>();

  private static final class Party {
    String name = "a process";
    boolean came;

    /** The session of who gave it the barrier; null if that is gone or has not said so yet. */
    @Nullable Integer giver;

    /** Its own session; null if it has none yet, or no more. */
    @Nullable Integer own;
  }

  private Party party(long id) {
    return parties.computeIfAbsent(id, unknown -> new Party());
  }

  /** A process is about to start. May come after what it says itself. */
  void given(long id, String name, int giver) {
    Party party = party(id);
    party.name = name;
    party.giver = giver;
  }

  /** A process knows the barrier now; its number is 0 if nobody gave it that. */
  void opened(long id, int session) {
    if (id != 0) {
      party(id).own = session;
    }
  }

  /** A process waits there, maybe not the first time. */
  void came(int session) {
    for (Party party : parties.values()) {
      party.came |= Integer.valueOf(session).equals(party.own);
    }
  }

  /** A process has ended by itself. */
  Optional<String> ended(long id, String name) {
    Party party = parties.remove(id);
    return party == null || party.came
        ? Optional.empty()
        : Optional.of(name + " ended before it came");
  }

  /** A process has died. */
  Optional<String> died(long id, String name) {
    Party party = parties.remove(id);
    return party == null ? Optional.empty() : Optional.of(name + " died");
  }

  /** The process of this session has died, and that is known. */
  void forget(int session) {
    parties.values().removeIf(party -> Integer.valueOf(session).equals(party.own));
  }

  /**
   * A session is gone. One that gave the barrier to a process and has not said how that ended has
   * been killed, and the process with it.
   */
  Optional<String> sessionClosed(int session) {
    Integer closed = session;
    Optional<String> why = Optional.empty();
    for (Map.Entry<Long, Party> entry : List.copyOf(parties.entrySet())) {
      Party party = entry.getValue();
      if (closed.equals(party.giver)) {
        parties.remove(entry.getKey());
        why = Optional.of(party.name + (party.came ? " died" : " ended before it came"));
      } else if (closed.equals(party.own)) {
        party.own = null;
        if (party.giver == null) {
          parties.remove(entry.getKey());
        }
      }
    }
    return why;
  }
}
