"""How many examples a law is tried on."""

from __future__ import annotations

import os

DEEP = "FLASKMIG_EXAMPLES" in os.environ


def examples(normal: int) -> int:
    """``normal``, or as many as ``make test-deep`` asks for."""
    return max(normal, int(os.environ.get("FLASKMIG_EXAMPLES", "0")))
