"""The revision files as one database needs them: where it is decides about replaced ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flaskmig.engine.records.journal import journal_of

if TYPE_CHECKING:
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.records.history import History


def located(scripts: Scripts, history: History) -> Scripts:
    """The files with the old revisions in place of a squashed one, where that is needed.

    It is where the database is at one of them, or half through one; the others are never read.
    """
    if not scripts.replacers:
        return scripts
    cut = {each.revision for each in journal_of(history).all_unfinished()}
    return scripts.at(history.texts() | cut)
