"""The pools of Python's standard library, with what the workloads need of them."""

import concurrent.futures
import multiprocessing

WORKERS = 2


class MultiprocessingPool:
    def __init__(self, start_method):
        self._pool = multiprocessing.get_context(start_method).Pool(WORKERS)

    def submit(self, function, *arguments):
        """Starts a task; returns the function that waits for its result."""
        return self._pool.apply_async(function, arguments).get

    def map(self, function, items):
        return self._pool.map(function, items)

    def close(self):
        self._pool.close()
        self._pool.join()


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
    if name == "ProcessPool":
        return ExecutorPool()
    raise SystemExit(f"there is no pool {name}")
