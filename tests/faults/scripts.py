"""What is run while faults happen, and what must be there afterwards.

Each script is a project with revisions of a kind and a way to run them. What a database holds is
read from its catalogues, never by what is tested.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from flaskmig.engine import commands
from flaskmig.engine.configuration.project import Project
from flaskmig.engine.migrating.events import Event, RevisionDone
from flaskmig.errors import FlaskmigError
from tests.execute.chain import Chain
from tests.laws.judge import shape

OURS = ("alembic_version", "flaskmig_journal")

_UNFINISHED = """
SELECT concat_ws(' ', j.revision, e.ordinal, e.state)
  FROM flaskmig_journal j JOIN flaskmig_journal e ON e.revision = j.revision AND e.run = j.run
 WHERE j.ordinal = 0 AND j.state <> 'done' ORDER BY j.revision, e.ordinal
"""

CREATE = """
op.create_table(
    "t",
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("n", sa.Integer(), nullable=False),
)
op.execute("INSERT INTO t (id, n) VALUES (1, 1), (2, 2)")
"""
WIDEN = """
op.add_column("t", sa.Column("c", sa.Text(), server_default="x"))
op.execute("UPDATE t SET n = n * 2")
"""
INDEX = """
op.create_index("t_n", "t", ["n"])
op.execute("UPDATE t SET n = n * 2")
"""
OUTSIDE = """
op.execute("UPDATE t SET n = n * 2")
op.create_index("t_n", "t", ["n"], unique=True, postgresql_concurrently=True)
op.execute("UPDATE t SET n = n + 1 WHERE id = 2")
op.drop_index("t_n", "t", postgresql_concurrently=True)
op.execute("UPDATE t SET n = n * 2")
"""
UNSEEN = """
op.execute("UPDATE t SET n = n * 2")
with op.get_context().autocommit_block():
    op.execute("DO $$ BEGIN UPDATE t SET n = n + 100; COMMIT; END $$")
op.execute("UPDATE t SET n = n * 2")
"""
UNDO_WIDEN = """
op.execute("UPDATE t SET n = n / 2")
op.drop_column("t", "c")
"""
UNDO_INDEX = """
op.execute("UPDATE t SET n = n / 2")
op.drop_index("t_n", "t")
"""


@dataclass
class Outcome:
    """What flaskmig reports: the revisions that it says are done, and its error if there is one."""

    done: list[str]
    applied: list[str] = field(default_factory=list)
    error: FlaskmigError | None = None


@dataclass(frozen=True)
class State:
    """What a database holds: catalogues and rows, the version table, what the journal names."""

    shape: tuple[tuple[str, Any], ...]
    rows: tuple[Any, ...]
    versions: frozenset[str]
    unfinished: tuple[str, ...]

    @property
    def cut(self) -> set[str]:
        """The revisions that the journal names as begun and not done."""
        return {entry.split()[0] for entry in self.unfinished}


class Script:
    """Revisions, and a command that carries them out; ``path`` is what it goes through."""

    def __init__(self, folder: Path, url: str, name: str) -> None:
        self.name = name
        self.engine = sa.create_engine(url, poolclass=NullPool)
        self.chain = Chain(folder / name, self.engine)
        ADD[name](self.chain)
        self.is_downgrade = name == "downgrade"
        ids = [each.id for each in self.chain.scripts.graph.upgrade_path((), "head")]
        self.path = ids[::-1] if self.is_downgrade else ids

    def run(self, engine: sa.Engine | None = None) -> Outcome:
        """Run the command; with ``engine`` over that one instead of directly."""
        project = self.project(engine or self.engine)
        done: list[str] = []

        def notify(event: Event) -> None:
            if isinstance(event, RevisionDone):
                done.append(event.revision)

        command: Callable[..., tuple[commands.Ran, ...]] = commands.upgrade
        target = "head"
        if self.is_downgrade:
            command, target = commands.downgrade, "base"
        try:
            [ran] = command(project, target, notify=notify)
        except FlaskmigError as error:
            return Outcome(done, error=error)
        return Outcome(done, applied=[step.revision for step in ran.applied])

    def project(self, engine: sa.Engine) -> Project:
        """The project on a database that is reached in some way."""
        return Project(
            directory=self.chain.folder,
            options=self.chain.options,
            metadata={"": sa.MetaData()},
            engines=lambda bind: engine,
        )

    def state(self) -> State:
        """What the database holds, by its catalogues."""
        with self.engine.connect() as connection:
            found = shape(connection)

            def rows(table: str, sql: str) -> tuple[str, ...]:
                if f"relation public.{table} " not in found:
                    return ()
                return tuple(connection.exec_driver_sql(sql).scalars())

            return State(
                shape=tuple(
                    sorted(
                        (key, facts)
                        for key, facts in found.items()
                        if not any(name in key for name in OURS)
                    )
                ),
                rows=rows("t", "SELECT t::text FROM t ORDER BY id"),
                versions=frozenset(rows(OURS[0], "SELECT version_num FROM alembic_version")),
                unfinished=rows(OURS[1], _UNFINISHED),
            )

    def versions_after(self, done: list[str]) -> frozenset[str]:
        """What the version table must hold when those revisions, and no more, are done."""
        if not self.is_downgrade:
            return frozenset(done[-1:])
        left = [each for each in self.path if each not in done]
        return frozenset(left[:1])


class Beginning:
    """Brings a database back to where a script begins, within milliseconds."""

    def __init__(self, script: Script, *, again: Beginning | None = None) -> None:
        self._script = script
        self._texts: list[str] = again._texts if again else []
        engine = script.engine
        self._raw = psycopg.connect(
            engine.url.set(drivername="postgresql").render_as_string(hide_password=False),
            autocommit=True,
        )
        if script.is_downgrade and again is None:
            sa.event.listen(engine, "after_cursor_execute", self._note)
            script.chain.upgrade()
            sa.event.remove(engine, "after_cursor_execute", self._note)

    def make(self) -> None:
        """Everything away that is there, then what the script begins with."""
        self._raw.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        if self._texts:
            self._raw.execute("; ".join(self._texts))

    def close(self) -> None:
        self._raw.close()
        self._script.engine.dispose()

    def _note(self, connection: Any, cursor: Any, sql: str, parameters: Any, *_: Any) -> None:
        if sql.lstrip().split()[0] in ("CREATE", "ALTER", "INSERT", "UPDATE", "DELETE", "DROP"):
            several = parameters if isinstance(parameters, list) else [parameters]
            merge = psycopg.ClientCursor(self._raw).mogrify
            self._texts += [merge(sql, each) if each else sql for each in several]


def judge(script: Script, outcome: Outcome, state: State, borders: list[State]) -> None:
    """What was reported is what is there; ``borders`` are the states between revisions.

    Raises AssertionError that says what differs.
    """
    assert outcome.done == script.path[: len(outcome.done)]
    if outcome.error is None:
        assert outcome.applied == script.path == outcome.done
        assert state == borders[-1]
        return
    error = outcome.error
    at = getattr(error, "database_at", None)
    assert state.versions == script.versions_after(outcome.done), error.message
    assert at is None or frozenset(at) == state.versions, (at, state.versions)
    if state.unfinished:
        assert state.cut == {script.path[len(outcome.done)]}
        assert "goes on from there" in error.hint, error.hint
        assert "nothing of this revision" not in error.hint
    else:
        assert state == borders[len(outcome.done)], (error.message, error.hint)
        assert "are committed and noted" not in error.hint


def borders_of(script: Script, beginning: Beginning) -> list[State]:
    """The states before, between and after the revisions where nothing goes wrong."""
    beginning.make()
    found = [script.state()]
    direction = "downgrade" if script.is_downgrade else "upgrade"
    for revision in script.path:
        if script.is_downgrade:
            target = next(iter(script.versions_after(script.path[: len(found)])), "base")
            script.chain.downgrade(target)
        else:
            script.chain.upgrade(revision)
        found.append(script.state())
    assert len(set(found)) == len(found), direction
    return found


def _add_plain(chain: Chain) -> None:
    chain.add("a1", CREATE, 'op.drop_table("t")')
    chain.add("b2", WIDEN, UNDO_WIDEN)
    chain.add("c3", INDEX, UNDO_INDEX)


def _add_outside(chain: Chain) -> None:
    chain.add("a1", CREATE)
    chain.add("b2", OUTSIDE)


def _add_unseen(chain: Chain) -> None:
    chain.add("a1", CREATE)
    chain.add("b2", UNSEEN)


ADD: dict[str, Callable[[Chain], None]] = {
    "upgrade": _add_plain,
    "outside": _add_outside,
    "downgrade": _add_plain,
    "unseen": _add_unseen,
}
# Those that one more run always finishes; "unseen" has a statement that nobody can look for.
SCRIPTS = ("downgrade", "outside", "upgrade")
