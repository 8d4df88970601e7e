"""Folders that imports of a revision file look in first."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


@contextmanager
def found_first(folders: Sequence[str]) -> Iterator[None]:
    """Have imports look in these folders before all others, until the end of the block.

    They are relative to the working directory. What is imported meanwhile stays imported.
    """
    sys.path[:0] = folders
    try:
        yield
    finally:
        for folder in folders:
            # The file may have changed the list, and put another one in its place.
            if folder in sys.path:
                sys.path.remove(folder)
