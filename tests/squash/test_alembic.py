"""The real Alembic on squashed files: a plain chain, and the same database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from flaskmig.engine.configuration.project import Options
from tests.conftest import MakeDatabase
from tests.squash.project import History, history
from tests.squash.test_same_database import ServerOf

_ENV = """
from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=None)
with context.begin_transaction():
    context.run_migrations()
"""


class _Peer:
    """The real Alembic on the folder of a history."""

    def __init__(self, whole: History) -> None:
        self.engine = whole.engine
        (whole.folder / "env.py").write_text(_ENV)
        self.config = Config()
        self.config.set_main_option("script_location", str(whole.folder))
        self.config.set_main_option("path_separator", "os")

    def run(self, verb: str, target: str) -> None:
        with self.engine.begin() as connection:
            self.config.attributes["connection"] = connection
            getattr(command, verb)(self.config, target)

    @property
    def chain(self) -> list[str]:
        script = ScriptDirectory.from_config(self.config)
        return [each.revision for each in script.walk_revisions()]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_alembic_runs_the_squashed_file(
    tmp_path: Path, kind: str, make_database: MakeDatabase, server_of: ServerOf
) -> None:
    """Alembic sees a plain chain, makes of it what flaskmig makes, and both take turns."""
    whole = history(tmp_path / "migrations", make_database(kind))
    whole.options = replace(Options(), write_for="alembic", env_py="ignore")
    ours = whole.on(make_database(kind))
    ours.to()
    inside = whole.on(make_database(kind))
    inside.to("c3")
    whole.squash("b2:g8")
    assert (
        "from flaskmig"
        not in (whole.folder / "versions" / "g8_squashed_7_revisions.py").read_text()
    )
    peer = _Peer(whole)
    assert peer.chain == ["h9", "g8", "a1"]
    peer.run("upgrade", "head")
    schema, rows = whole.seen(server_of(whole.engine))
    wanted = ours.seen(server_of(ours.engine))
    assert (schema, rows) == wanted
    peer.run("downgrade", "a1")
    assert whole.rows() == {"a1"}
    whole.to("g8")
    peer.run("upgrade", "head")
    assert whole.seen(server_of(whole.engine)) == wanted
    inside.to("g8")
    _Peer(inside).run("upgrade", "head")
    assert inside.seen(server_of(inside.engine)) == wanted
    assert not sa.inspect(whole.engine).has_table("scratch")
