"""A contender's program: the pool, the workload, its sizes; see ContenderProgram.java."""

import json
import sys
import time

import pools
import workloads


def measure(pool, measurement, sizes):
    """Warms up, then measures: at least one repetition and the given time, then so many."""
    start = time.perf_counter()
    while True:
        measurement(pool, sizes)
        if (time.perf_counter() - start) * 1000 >= sizes["warmupMillis"]:
            break
    figures = {}
    for _ in range(sizes["repetitions"]):
        for line, value in measurement(pool, sizes).items():
            figures.setdefault(line, []).append(value)
    return figures


def run(pool, workload, sizes):
    if workload == "W6":
        workloads.await_workers(pool)
        print("ready", flush=True)
        return {}
    if workload == "W10":
        return workloads.memory(pool, sizes)
    return measure(pool, workloads.MEASUREMENTS[workload], sizes)


def main(name, workload, *given):
    sizes = {key: int(value) for key, value in (size.split("=", 1) for size in given)}
    pool = pools.start(name)
    figures = run(pool, workload, sizes)
    pool.close()
    print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
