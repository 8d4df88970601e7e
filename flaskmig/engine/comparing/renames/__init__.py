"""Which drop and add pairs are really renames, and how sure that is.

A rename keeps the rows, a drop and an add lose them; a wrong rename puts one thing's rows under
another's name. So what is said outright always counts, what is certain is done, and what is
only likely is asked or listed. Pure; `plan_renames` runs before `compare`.
"""

from __future__ import annotations

from flaskmig.engine.comparing.renames.apart import Apart, parse_apart
from flaskmig.engine.comparing.renames.candidate import RenameCandidate
from flaskmig.engine.comparing.renames.followers import followers
from flaskmig.engine.comparing.renames.plan import Renames, plan_renames
from flaskmig.engine.comparing.renames.words import Kind, Rename, parse, parse_all, rename_of

__all__ = [
    "Apart",
    "Kind",
    "Rename",
    "RenameCandidate",
    "Renames",
    "followers",
    "parse",
    "parse_all",
    "parse_apart",
    "plan_renames",
    "rename_of",
]
