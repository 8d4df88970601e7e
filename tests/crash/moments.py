"""Killing a process at a moment that nobody chose."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.crash.child import Child
from tests.crash.trial import Route, Trial


@dataclass
class Moments:
    """Draws how long a child may live: anywhere in its work, as long as that was found to take.

    Every other time in the last third, where a COMMIT is.
    """

    choose: random.Random
    seconds: float
    drawn: int = field(default=0)

    def next(self) -> float:
        self.drawn += 1
        low = 0.66 if self.drawn % 2 else 0.0
        return self.choose.uniform(low, 1.0) * self.seconds

    def learn(self, died: bool) -> None:
        """What ended before it was killed takes less time than was thought."""
        self.seconds *= 1.02 if died else 0.85


def timed(trial: Trial, route: Route) -> float:
    """How long a child needs for the way, in seconds."""
    started = time.monotonic()
    assert not Child(lambda: trial.work(route.direction, route.target)).was_killed()
    return time.monotonic() - started


def killed_after(
    trial: Trial, route: Route, seconds: float, is_time: Callable[[], bool] = lambda: True
) -> bool:
    """Kill a child so long after it set out and it was time; whether it was still on the way."""
    reading, writing = os.pipe()

    def work() -> None:
        os.close(reading)
        os.write(writing, b"!")
        trial.work(route.direction, route.target)

    trial.at = f"{route.direction} to {route.target}, killed after {seconds:.4f} s"
    child = Child(work)
    os.close(writing)
    os.read(reading, 1)
    os.set_blocking(reading, False)
    while not (is_time() or is_closed(reading)):
        time.sleep(0.001)
    time.sleep(seconds)
    child.kill()
    os.close(reading)
    return child.was_killed()


def is_closed(pipe: int) -> bool:
    try:
        return os.read(pipe, 1) == b""
    except BlockingIOError:
        return False
