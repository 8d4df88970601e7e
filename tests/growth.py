"""How the work of a function grows with what it is given, as calls and not as time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def calls(function: Callable[[], object]) -> int:
    """How many functions, of Python and of C, are called while this one runs."""
    count = 0

    def note(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count


def growth(work: Callable[[int], Callable[[], object]], size: int) -> float:
    """How many times the calls of ``work(size)`` those of ``work(4 * size)`` are.

    About 4 where the work grows with the size, about 16 where it grows with its square.
    """
    return calls(work(4 * size)) / calls(work(size))
