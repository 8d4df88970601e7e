"""One statement of a revision, as the parts of the run take it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flaskmig.dialects.base import Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One statement to carry out.

    ``sha256`` is asked for only where the journal needs it. ``in_transaction`` says that it does
    not cut the revision, ``has_own_transaction`` that outside of the revision's transaction it can
    be in one by itself, together with what the journal says of it. ``is_of_session`` marks what
    only holds for a session and is gone with it. ``effect`` looks whether a statement that was
    begun outside of a transaction took effect; None where nobody can tell. ``is_ours`` says that
    a dialect made it, and no person.
    """

    sql: str
    sha256: Callable[[], str]
    action: Callable[[], None]
    in_transaction: bool = True
    has_own_transaction: bool = False
    is_of_session: bool = False
    is_ours: bool = False
    effect: Callable[[], Effect | None] = lambda: None
