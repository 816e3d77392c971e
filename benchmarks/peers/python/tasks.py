"""The functions that the contenders' workers run; see Tasks.java."""

import os
import time

HOLD_SECONDS = 0.001


def no_op(number):
    return number


def echo(payload):
    return payload


def burn(cpu_nanos):
    """Keeps its thread busy for so much of its own CPU time; returns what it took."""
    start = time.thread_time_ns()
    used = 0
    while used < cpu_nanos:
        used = time.thread_time_ns() - start
    return used


def process_id():
    """Which process it runs in; holds its slot for a moment, so that the next goes elsewhere."""
    time.sleep(HOLD_SECONDS)
    return os.getpid()


def take_sum(queue, count):
    """Takes so many numbers from a queue; returns their sum."""
    total = 0
    for _ in range(count):
        total += queue.get()
    return total


def meet(barrier, rounds):
    """Comes to a barrier so many times; returns how often the parties have met."""
    met = 0
    while met < rounds:
        barrier.wait()
        met += 1
    return met
