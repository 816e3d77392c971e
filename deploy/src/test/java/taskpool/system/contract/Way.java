package taskpool.system.contract;

import java.util.List;
import taskpool.TaskPool;
import taskpool.client.SecondEnd;

/** Where those are who share a primitive. */
enum Way {
  /** One over the program's own pool, two over another end of it in the same process. */
  TWO_SYSTEMS {
    @Override
    List<Seat> seats(TaskPool pool, SecondEnd second) {
      return List.of(
          new ThreadSeat(pool, "one"),
          new ThreadSeat(second.objects(), "two"),
          new ThreadSeat(second.objects(), "three"));
    }
  },

  /** Two in the program, one in a task. */
  PROGRAM_AND_WORKER {
    @Override
    List<Seat> seats(TaskPool pool, SecondEnd second) throws Exception {
      return List.of(new ThreadSeat(pool, "one"), TaskSeat.in(pool), new ThreadSeat(pool, "three"));
    }
  },

  /** Each in a task, all in workers of their own. */
  TWO_WORKERS {
    @Override
    List<Seat> seats(TaskPool pool, SecondEnd second) throws Exception {
      return List.of(TaskSeat.in(pool), TaskSeat.in(pool), TaskSeat.in(pool));
    }
  };

  /** Three of them. */
  abstract List<Seat> seats(TaskPool pool, SecondEnd second) throws Exception;
}
