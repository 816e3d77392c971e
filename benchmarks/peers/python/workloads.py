"""The workloads, each done and measured once; see the classes of the same names in Java."""

import collections
import math
import os
import random
import threading
import time

import tasks

WORKERS = 2
MEBIBYTE = 1 << 20


def throughput(pool, sizes):
    """W1: many no-ops, submitted one by one without waiting, then all awaited."""
    count = sizes["tasks"]
    start = time.perf_counter()
    pending = [pool.submit(tasks.no_op, i) for i in range(count)]
    for result in pending:
        result()
    return {"W1": count / (time.perf_counter() - start)}


def latency(pool, sizes):
    """W2: calls of a no-op, each when the one before has come back."""
    micros = []
    for i in range(sizes["calls"]):
        start = time.perf_counter_ns()
        pool.submit(tasks.no_op, i)()
        micros.append((time.perf_counter_ns() - start) / 1e3)
    return {"W2.p50": percentile(micros, 0.50), "W2.p99": percentile(micros, 0.99)}


def percentile(values, fraction):
    ordered = sorted(values)
    return ordered[max(0, math.ceil(fraction * len(ordered)) - 1)]


def bulk_map(pool, sizes):
    """W3: a map of the identity over many numbers."""
    count = sizes["elements"]
    numbers = list(range(count))
    start = time.perf_counter()
    mapped = pool.map(tasks.no_op, numbers)
    seconds = time.perf_counter() - start
    if mapped != numbers:
        raise ValueError("the map of the identity is not the identity")
    return {"W3": count / seconds}


def echo(pool, sizes):
    """W4: large payloads there and back, a few in flight."""
    length = sizes["bytes"]
    payload = random.Random(4).randbytes(length)
    pending = collections.deque()
    start = time.perf_counter()
    for _ in range(sizes["tasks"]):
        if len(pending) == sizes["inFlight"]:
            check(pending.popleft()(), length)
        pending.append(pool.submit(tasks.echo, payload))
    while pending:
        check(pending.popleft()(), length)
    return {"W4": sizes["tasks"] * (length / MEBIBYTE) / (time.perf_counter() - start)}


def check(arrived, length):
    if len(arrived) != length:
        raise ValueError("an echo is not what was sent")


def utilisation(pool, sizes):
    """W5: tasks that keep a core busy, all submitted at once: how busy are both cores?"""
    start = time.perf_counter_ns()
    pending = [pool.submit(tasks.burn, sizes["cpuMicros"] * 1000) for _ in range(sizes["tasks"])]
    used = sum(result() for result in pending)
    return {"W5": 100 * used / (WORKERS * (time.perf_counter_ns() - start))}


def queue_transfer(pool, sizes):
    """W8: numbers through a bounded queue, put by the program and taken by a task, one by one."""
    return {"W8": transfer_rate(pool, sizes)}


def batch_transfer(pool, sizes):
    """W8.batch: Python's queues have no bulk call, so it is one by one again."""
    return {"W8.batch": transfer_rate(pool, sizes)}


def transfer_rate(pool, sizes):
    count = sizes["elements"]
    queue = pool.shared("Queue", sizes["capacity"])
    start = time.perf_counter()
    total = pool.submit_with(queue, tasks.take_sum, count)
    for number in range(count):
        queue.put(number)
    taken = total()
    seconds = time.perf_counter() - start
    if taken != count * (count - 1) // 2:
        raise ValueError("what was taken is not what was put")
    return count / seconds


def barrier_rounds(pool, sizes):
    """W9: the program and a task meet at a barrier, again and again."""
    rounds = sizes["rounds"]
    barrier = pool.shared("Barrier", 2)
    met = pool.submit_with(barrier, tasks.meet, 1 + rounds)
    barrier.wait()  # only now both are there
    start = time.perf_counter()
    for _ in range(rounds):
        barrier.wait()
    seconds = time.perf_counter() - start
    if met() != 1 + rounds:
        raise ValueError("the two parties have not met equally often")
    return {"W9": rounds / seconds}


def fairness(pool, sizes):
    """W11: tasks of uneven length from several threads at once through one pool."""
    submitters = sizes["submitters"]
    each = sizes["tasks"] // submitters
    barrier = threading.Barrier(submitters)
    done = [0] * submitters
    when_first_ended = []

    def await_oldest(pending, submitter):
        pending.popleft()()
        done[submitter] += 1

    def submit(submitter):
        lengths = random.Random(submitter)
        barrier.wait()
        pending = collections.deque()
        for _ in range(each):
            if len(pending) == sizes["inFlight"]:
                await_oldest(pending, submitter)
            pending.append(
                pool.submit(tasks.burn, lengths.randint(0, sizes["maxCpuMicros"]) * 1000)
            )
        while pending:
            await_oldest(pending, submitter)
        if not when_first_ended:
            when_first_ended.append(list(done))

    threads = [threading.Thread(target=submit, args=(i,)) for i in range(submitters)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = submitters * each / (time.perf_counter() - start)
    first = when_first_ended[0]
    return {"W11.rate": rate, "W11.share": 100 * min(first) * submitters / sum(first)}


def by_task_length(pool, sizes):
    """The chart: throughput by the length of the tasks."""
    rates = {}
    for micros in (1, 10, 100, 1_000, 10_000, 100_000):
        rates[f"throughput.{micros}us"] = rate(pool, micros, sizes)
    return rates


def rate(pool, micros, sizes):
    """More tasks each time, until they take long enough to be told apart from the start."""
    count = 8
    while True:
        start = time.perf_counter()
        pending = [pool.submit(tasks.burn, micros * 1000) for _ in range(count)]
        for result in pending:
            result()
        seconds = time.perf_counter() - start
        if count >= sizes["tasks"] or seconds * 1000 >= sizes["millis"]:
            return count / seconds
        count = min(sizes["tasks"], 2 * count)


def await_workers(pool):
    """Waits until each worker has run a task; returns their process ids."""
    seen = set()
    pending = collections.deque()
    while len(seen) < WORKERS:
        while len(pending) < WORKERS:
            pending.append(pool.submit(tasks.process_id))
        seen.add(pending.popleft()())
    for result in pending:
        result()
    return seen


def memory(pool, sizes):
    """W10: what workers weigh when they have done next to nothing, and after work of all kinds."""
    workers = await_workers(pool)
    time.sleep(2)
    idle = resident_mebibytes(workers)
    throughput(pool, sizes)
    bulk_map(pool, sizes)
    echo(pool, {"tasks": sizes["payloads"], "bytes": MEBIBYTE, "inFlight": 8})
    time.sleep(2)
    return {"W10.idle": [idle], "W10.after": [resident_mebibytes(workers)]}


def resident_mebibytes(processes):
    kibibytes = 0
    for process in processes:
        with open(f"/proc/{process}/status", encoding="utf-8") as status:
            kibibytes += next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))
    return kibibytes / len(processes) / 1024


MEASUREMENTS = {
    "W1": throughput,
    "W2": latency,
    "W3": bulk_map,
    "W4": echo,
    "W5": utilisation,
    "W8": queue_transfer,
    "W8.batch": batch_transfer,
    "W9": barrier_rounds,
    "W11.fair": fairness,
    "chart": by_task_length,
}
