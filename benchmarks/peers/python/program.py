"""A contender's program: the pool, the workload, its sizes; see ContenderProgram.java."""

import json
import sys
import time

import pools
import workloads


def warm_up(pool, measurement, sizes):
    """The rule of WarmUp.java: the least time, then until several repetitions were no faster."""
    start = time.perf_counter()
    best, steady = float("inf"), 0
    while True:
        began = time.perf_counter()
        measurement(pool, sizes)
        took = time.perf_counter() - began
        steady += 1
        if took < 0.97 * best:
            best, steady = took, 0
        elapsed = (time.perf_counter() - start) * 1000
        if elapsed >= sizes["warmupMillis"] and (
            steady >= 3 or elapsed >= sizes["warmupMostMillis"]
        ):
            break


def measure(pool, measurement, sizes):
    """Warms up, then measures so many repetitions."""
    warm_up(pool, measurement, sizes)
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
