"""How many examples a law is tried on, and how many rounds a family of faults gets."""

from __future__ import annotations

import os

DEEP = "FLASKMIG_EXAMPLES" in os.environ
SEED = int(os.environ.get("FLASKMIG_SEED", "20240229"))


def examples(normal: int) -> int:
    """``normal``, or as many as ``make test-deep`` asks for."""
    return max(normal, int(os.environ.get("FLASKMIG_EXAMPLES", "0")))


def rounds(normal: int, deep: int) -> int:
    """``normal``, or in a deep run ``deep``; FLASKMIG_ROUNDS sets another number for a run by hand.

    What is random in a round is drawn from SEED and the number of the round.
    """
    return int(os.environ.get("FLASKMIG_ROUNDS", deep if DEEP else normal))
