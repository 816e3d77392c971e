"""The pools of Python's standard library, with what the workloads need of them."""

import concurrent.futures
import multiprocessing

WORKERS = 2


class MultiprocessingPool:
    def __init__(self, start_method):
        self._context = multiprocessing.get_context(start_method)
        self._pool = self._context.Pool(WORKERS)
        self._manager = None
        self._shared = {}

    def submit(self, function, *arguments):
        """Starts a task; returns the function that waits for its result."""
        return self._pool.apply_async(function, arguments).get

    def map(self, function, items):
        return self._pool.map(function, items)

    def shared(self, kind, size):
        """A queue or barrier of a manager: the only ones that a pool's tasks can be given."""
        if self._manager is None:
            self._manager = self._context.Manager()
        if kind not in self._shared:
            self._shared[kind] = getattr(self._manager, kind)(size)
        return self._shared[kind]

    def submit_with(self, shared, function, *arguments):
        """Starts a task that is given what shared() has returned, then the arguments."""
        return self.submit(function, shared, *arguments)

    def close(self):
        self._pool.close()
        self._pool.join()
        if self._manager is not None:
            self._manager.shutdown()


class OneProcess:
    """No pool: one process that runs what it is told, and shares what is there when it starts."""

    def __init__(self):
        self._context = multiprocessing.get_context("fork")
        self._shared = None
        self._process = None
        self._connection, self._its_connection = self._context.Pipe()

    def shared(self, kind, size):
        if self._shared is None:
            self._shared = getattr(self._context, kind)(size)
        return self._shared

    def submit_with(self, shared, function, *arguments):
        if self._process is None:
            self._process = self._context.Process(
                target=self._serve, args=(shared,), daemon=True
            )
            self._process.start()
            self._its_connection.close()  # so that its death ends the wait for its answer
        self._connection.send((function, arguments))
        return self._connection.recv

    def _serve(self, shared):
        while True:
            function, arguments = self._its_connection.recv()
            self._its_connection.send(function(shared, *arguments))

    def close(self):
        self._process.terminate()
        self._process.join()


class ExecutorPool:
    def __init__(self):
        self._pool = concurrent.futures.ProcessPoolExecutor(WORKERS)

    def submit(self, function, *arguments):
        """Starts a task; returns the function that waits for its result."""
        return self._pool.submit(function, *arguments).result

    def map(self, function, items):
        # Its own default is one item per task; this is the other pool's default.
        chunk_size = -(-len(items) // (WORKERS * 4))
        return list(self._pool.map(function, items, chunksize=chunk_size))

    def close(self):
        self._pool.shutdown()


def start(name):
    if name == "mp.Pool":
        return MultiprocessingPool("fork")
    if name == "mp.Pool(spawn)":
        return MultiprocessingPool("spawn")
    if name == "mp.Process":
        return OneProcess()
    if name == "ProcessPool":
        return ExecutorPool()
    raise SystemExit(f"there is no pool {name}")
