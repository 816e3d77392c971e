package taskpool.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import taskpool.link.LinkSettings;
import taskpool.protocol.ClientBatch;
import taskpool.protocol.Outcome;
import taskpool.protocol.Progress;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncRequest;

class ClientSessionTest {
  private final List<ClientBatch> sent = new ArrayList<>();
  private final List<String> abandoned = new ArrayList<>();
  private final ClientSession session =
      new ClientSession(
          LinkSettings.remote(),
          (header, batch) -> {
            if (batch != null) {
              sent.add(batch);
            }
          });

  private void submit(long id) {
    session.submit(
        id,
        new byte[8],
        false,
        null,
        new byte[8],
        new ClientSession.Listener() {
          @Override
          public void onOutcome(Outcome outcome) {
            throw new AssertionError(outcome);
          }

          @Override
          public void onProgress(Progress progress) {
            throw new AssertionError(progress);
          }

          @Override
          public void onCancelAnswer(boolean accepted) {
            throw new AssertionError(accepted);
          }

          @Override
          public void onAbandoned(Throwable reason) {
            abandoned.add(id + " " + reason.getMessage());
          }
        });
  }

  @Test
  void whatHasBeenAbandonedDoesNotLeaveAnyMore() {
    submit(1);
    session.cancel(1, false);
    session.tell(new SyncRequest(2, 1, SyncOperation.WITHDRAW, 0, 0, null));
    assertThat(session.isEmpty()).isFalse();
    session.abandon(new IllegalStateException("closed"));
    assertThat(session.isEmpty()).isTrue();
    assertThat(session.bytes()).isZero();
    session.flush(0);
    assertThat(sent).isEmpty();
    assertThat(session.atRest()).isTrue();
  }

  @Test
  void theFirstReasonStands() {
    submit(1);
    session.abandon(new IllegalStateException("closed"));
    session.abandon(new IllegalStateException("gone"));
    submit(2);
    assertThat(abandoned).containsExactly("1 closed", "2 closed");
  }
}
