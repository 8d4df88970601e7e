"""A backend is ended or killed, or the server is stopped and started again, at each step."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from tests.counts import SEED, rounds
from tests.databases import postgresql_database
from tests.faults.faults import FAULTS, backend_of, dsn, wait_until_up
from tests.faults.scripts import SCRIPTS, Beginning, Script, borders_of, judge
from tests.postgres import Server, start_server

# Most are quick; a server that recovers takes a second or two.
WEIGHTS = {"terminate": 5, "kill": 2, "restart": 2, "crash": 1}


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """A server that nobody else uses, to be stopped and killed."""
    with start_server() as server:
        with psycopg.connect(dsn(server), autocommit=True) as connection:
            # Without it a COMMIT of the last moment is lost with the server, as documented.
            connection.execute("ALTER ROLE postgres SET synchronous_commit = on")
        yield server


class AtStatement:
    """Does something once, before or after the n-th statement that an engine runs."""

    def __init__(self, engine: sa.Engine) -> None:
        self.statements: list[str] = []
        self.at: int | None = None
        self.is_after = False
        self.act: Any = None
        sa.event.listen(engine, "before_cursor_execute", self._before)
        sa.event.listen(engine, "after_cursor_execute", self._after)

    def begin(self, at: int | None = None, is_after: bool = False, act: Any = None) -> None:
        self.statements.clear()
        self.at, self.is_after, self.act = at, is_after, act

    def _before(self, connection: Any, cursor: Any, sql: str, *_: Any) -> None:
        self.statements.append(sql)
        if not self.is_after:
            self._maybe(cursor)

    def _after(self, connection: Any, cursor: Any, sql: str, *_: Any) -> None:
        if self.is_after:
            self._maybe(cursor)

    def _maybe(self, cursor: Any) -> None:
        if self.at == len(self.statements) - 1:
            self.at = None
            self.act(backend_of(cursor))


@pytest.mark.parametrize("name", SCRIPTS)
def test_faults_at_every_step(name: str, own_server: Server, tmp_path: Path) -> None:
    """Whatever ends a connection or the server, what is reported is there and a rerun finishes."""
    each = -(-rounds(30, 300) // len(SCRIPTS))
    with postgresql_database(own_server) as engine:
        url = engine.url.render_as_string(hide_password=False)
        script = Script(tmp_path, url, name)
        beginning = Beginning(script)
        borders = borders_of(script, beginning)
        through = sa.create_engine(url, poolclass=NullPool)
        watch = AtStatement(through)
        beginning.make()
        judge(script, script.run(through), script.state(), borders)
        count = len(watch.statements)
        beginning.close()
        for number in range(each):
            draw = random.Random(f"{SEED} {name} {number}")
            fault = draw.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
            # Spread over the statements, so that few rounds meet all parts of the run.
            at = (number * count // each + draw.randrange(max(1, count // each))) % count
            is_after = draw.random() < 0.5
            beginning = Beginning(script, again=beginning)
            beginning.make()
            watch.begin(at, is_after, lambda pid, what=fault: FAULTS[what](own_server, pid))
            outcome = script.run(through)
            sql = watch.statements[at] if at < len(watch.statements) else "(not reached)"
            wait_until_up(own_server)
            try:
                judge(script, outcome, script.state(), borders)
                if outcome.error is not None:
                    again = script.run()
                    assert again.error is None, again.error
                    assert script.state() == borders[-1]
            except AssertionError as error:
                when = "after" if is_after else "before"
                error.add_note(
                    f"seed {SEED}, {name}, round {number}: {fault} {when} statement {at}, {sql!r}; "
                    f"reported {outcome}; FLASKMIG_SEED and FLASKMIG_ROUNDS make it happen again"
                )
                raise
            finally:
                beginning.close()
        through.dispose()
