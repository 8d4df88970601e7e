"""The journal knows which revisions a squashed one did the work of."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from flaskmig.engine import commands
from flaskmig.engine.records.journal import journal_of
from tests.execute.chain import Chain

CUT = 'with op.get_context().autocommit_block():\n    op.execute("SELECT 1")'


def _replaced(chain: Chain) -> frozenset[str]:
    with chain.engine.connect() as connection:
        return journal_of(chain.history(connection)).replaced_by(["plain1", "end2"])


@pytest.mark.parametrize("body", ["pass", CUT])
def test_what_a_squashed_revision_replaces(tmp_path: Path, engine: Engine, body: str) -> None:
    """It is there once the revision ran, in one part or in several, or was stamped."""
    chain = Chain(tmp_path / "migrations", engine)
    chain.add("plain1")
    chain.add("end2", body, before='replaces = ("start", "middle")\n')
    commands.upgrade(chain.project)
    assert _replaced(chain) == {"start", "middle"}
    commands.stamp(chain.project, ["plain1"])
    assert _replaced(chain) == frozenset()
    commands.stamp(chain.project, ["end2"])
    assert _replaced(chain) == {"start", "middle"}
