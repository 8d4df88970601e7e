"""The connection is cut before and after every message, COMMIT included."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from flaskmig.engine import commands
from flaskmig.engine.commands.resolving import Said
from flaskmig.engine.executing import lost
from flaskmig.errors import InterruptedRevisionError
from tests.counts import DEEP
from tests.faults.proxy import Cut, Kind, Proxy, proxy_to
from tests.faults.scripts import SCRIPTS, Beginning, Outcome, Script, State, borders_of, judge
from tests.postgres import Server

KINDS: tuple[Kind, ...] = ("close", "reset", "torn", "shut")


@pytest.fixture(scope="module")
def proxy(postgresql_server: Server) -> Iterator[Proxy]:
    with proxy_to(postgresql_server.port) as found:
        yield found


class Cutting:
    """A script, run again and again through a proxy, cut at another place each time."""

    def __init__(self, script: Script, proxy: Proxy) -> None:
        self.script, self.proxy = script, proxy
        self.beginning = Beginning(script)
        self.borders: list[State] = borders_of(script, self.beginning)
        self.url = script.engine.url.set(
            port=proxy.port, query={"sslmode": "disable", "gssencmode": "disable"}
        )
        # What the next run was seen to go on from; it goes on from the same in the same way.
        self.mended: set[State] = set()
        self.messages = self.whole()
        self.asked = list(proxy.requests)

    def run(self) -> Outcome:
        """One run as of a new process: what SQLAlchemy asks first of a server is asked as well."""
        engine = sa.create_engine(self.url, poolclass=NullPool)
        try:
            return self.script.run(engine)
        finally:
            engine.dispose()

    def whole(self) -> int:
        """How many exchanges there are where none is cut."""
        self.beginning.make()
        self.proxy.begin(None)
        judge(self.script, self.run(), self.script.state(), self.borders)
        return len(self.proxy.requests)

    def cut(self, cut: Cut) -> None:
        """One run that is cut, what it reports, and the next run."""
        self.beginning.make()
        self.proxy.begin(cut)
        outcome = self.run()
        try:
            unseen = outcome.error is not None and "could not be seen" in outcome.error.message
            state = self.script.state()
            assert self.proxy.cut is None, "the run was over before it"
            if unseen:
                # Only where nobody could be asked, and only about one revision.
                assert cut.kind == "down"
                done = [*outcome.done, self.script.path[len(outcome.done)]]
                assert state.versions in (
                    self.script.versions_after(outcome.done),
                    self.script.versions_after(done),
                )
            else:
                judge(self.script, outcome, state, self.borders)
            if outcome.error is not None and (DEEP or state not in self.mended):
                self.mended.add(state)
                again = self.script.run()
                assert again.error is None, again.error
                assert self.script.state() == self.borders[-1]
        except AssertionError as error:
            request = self.proxy.requests[cut.exchange][:200]
            error.add_note(f"{self.script.name}: {cut}, at {request!r}, reported {outcome}")
            raise


@pytest.fixture(params=SCRIPTS)
def cutting(
    request: pytest.FixtureRequest, tmp_path: Path, postgresql_engine: sa.Engine, proxy: Proxy
) -> Iterator[Cutting]:
    url = postgresql_engine.url.render_as_string(hide_password=False)
    found = Cutting(Script(tmp_path, url, request.param), proxy)
    yield found
    found.beginning.close()


@pytest.fixture
def unseen(tmp_path: Path, postgresql_engine: sa.Engine, proxy: Proxy) -> Iterator[Cutting]:
    url = postgresql_engine.url.render_as_string(hide_password=False)
    found = Cutting(Script(tmp_path, url, "unseen"), proxy)
    yield found
    found.beginning.close()


def test_every_message(cutting: Cutting) -> None:
    """What is reported of a run whose connection is cut at any message is what is there."""
    for number in range(cutting.messages):
        for moment in ("before", "after"):
            for kind in KINDS if DEEP else [KINDS[number % len(KINDS)]]:
                cutting.cut(Cut(number, moment, kind))


def test_every_message_and_nobody_there_afterwards(
    cutting: Cutting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the database is gone after the cut, nothing is reported that is not known."""
    monkeypatch.setattr(lost, "RECONNECT_SECONDS", 0.05)
    for number in range(0, cutting.messages, 1 if DEEP else 9):
        for moment in ("before", "after"):
            cutting.cut(Cut(number, moment, "down"))


def test_answers_that_come_byte_by_byte(cutting: Cutting) -> None:
    """What arrives in pieces is waited for, and nothing is taken for a cut."""
    cutting.proxy.is_dribbling = True
    try:
        assert cutting.whole() == cutting.messages
    finally:
        cutting.proxy.is_dribbling = False


def test_a_statement_that_nobody_can_look_for(unseen: Cutting) -> None:
    """Only where the very statement was cut off is it in doubt, and then a person decides."""
    script = unseen.script
    [block] = [
        number
        for number, each in enumerate(unseen.asked)
        if b"DO $$" in each and b"INSERT" not in each
    ]
    around = range(block - 10, block + 10)
    for number in range(block - 20, unseen.messages) if DEEP else around:
        is_it = number == block
        for moment in ("before", "after"):
            unseen.beginning.make()
            unseen.proxy.begin(Cut(number, moment))
            outcome = unseen.run()
            place = f"exchange {number}, {moment}: {unseen.asked[number][:80]!r}"
            judge(script, outcome, script.state(), unseen.borders)
            again = script.run()
            if not is_it:
                assert again.error is None, (place, again.error)
            else:
                assert isinstance(again.error, InterruptedRevisionError), place
                assert "flask db resolve b2 --ran" in again.error.hint
                assert script.state().cut == {"b2"}
                said: Said = "ran" if moment == "after" else "not-run"
                commands.resolve(script.project(script.engine), "b2", said)
                assert script.run().error is None
            assert script.state() == unseen.borders[-1], place
