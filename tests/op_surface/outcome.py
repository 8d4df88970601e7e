"""What both tools make of a form on one database, and what is to be said against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from tests.counts import DEEP
from tests.op_surface import ours, peer
from tests.op_surface.form import Form
from tests.op_surface.reasons import ENDS_OTHERWISE, WRITES_OTHERWISE
from tests.op_surface.report import changing, same, section
from tests.op_surface.state import state

Fresh: TypeAlias = Callable[[], Engine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The statements of both, online and by ``--sql``, and what the databases hold afterwards.

    ``peer_left`` is None where Alembic cannot run the form, not even in batch blocks.
    """

    key: tuple[str, str]
    online: tuple[str, ...]
    script: tuple[str, ...]
    peer_online: peer.Ran
    peer_script: peer.Ran
    left: dict[str, object]
    script_left: dict[str, object]
    peer_left: dict[str, object] | None

    @property
    def writes_alike(self) -> bool:
        """Whether the statements are Alembic's, where the database takes those."""
        pairs = ((self.online, self.peer_online), (self.script, self.peer_script))
        return bool(self.peer_online.refused) or all(
            same(mine, theirs.statements) for mine, theirs in pairs if not theirs.refused
        )

    def faults(self) -> Iterator[str]:
        """What is wrong: a difference without a reason, or a reason without a difference."""
        where = f"{self.key[0]} on {self.key[1]}"
        if self.left != self.script_left:
            yield f"{where}: the script leaves\n{self.script_left}\nand not\n{self.left}"
        if not peer.IS_TODAYS:
            return
        ends = ENDS_OTHERWISE.get(self.key)
        if ends is None and self.left != self.peer_left:
            yield f"{where}: Alembic leaves\n{self.peer_left}\nand not\n{self.left}"
        if ends is not None and self.left == self.peer_left:
            yield f"{where}: it leaves what Alembic leaves, and there is a reason why not"
        writes = WRITES_OTHERWISE.get(self.key)
        if writes is None and not self.writes_alike:
            yield f"{where}: its statements are not Alembic's:\n{chr(10).join(self.shown())}"
        if writes is not None and self.writes_alike:
            yield f"{where}: its statements are Alembic's, and there is a reason why not"

    def shown(self) -> Iterator[str]:
        """The statements as the expected file has them, Alembic's where they are others."""
        because = WRITES_OTHERWISE.get(self.key)
        yield from self.mine()
        for title, mine, theirs in (
            ("Alembic", self.online, self.peer_online),
            ("Alembic with --sql", self.script, self.peer_script),
        ):
            if theirs.refused:
                yield f"-- {title}: {theirs.refused}"
            elif self.peer_online.refused:
                # Nobody could run these.
                continue
            elif not same(mine, theirs.statements):
                yield from section(f"{title}; {because}", theirs.statements)
        if self.key in ENDS_OTHERWISE:
            yield f"-- Alembic leaves another database: {ENDS_OTHERWISE[self.key]}"

    def mine(self) -> Iterator[str]:
        """The statements of flaskmig as the expected file has them."""
        yield from section(self.key[0], self.online)
        if not same(self.online, self.script):
            yield from section("with --sql", self.script)


def outcome_of(group: str, form: Form, database: str, fresh: Fresh, folder: Path) -> Outcome:
    """Run a form with both tools; ``fresh`` gives an empty database."""
    files = ours.Files(folder, fresh(), form)
    online = changing(files.run_both())
    left = state(files.engine)
    plan = files.plan_both()
    script = changing(ours.statements_of(plan))
    script_left = left
    if DEEP or not same(online, script):
        engine = fresh()
        ours.run_plan(plan, engine)
        script_left = state(engine)
    engine = fresh()
    peer_online = peer.online(form, engine)
    peer_left: dict[str, object] | None = None
    if peer_online.refused:
        engine = fresh()
        try:
            peer.in_batch(form, engine)
            peer_left = state(engine)
        except (SQLAlchemyError, NotImplementedError, KeyError, ValueError):
            # Neither way: there is nothing to compare with.
            peer_left = None
    else:
        peer_left = state(engine)
    return Outcome(
        key=(f"{group}/{form.name}", database),
        online=online,
        script=script,
        peer_online=peer_online,
        peer_script=peer.offline(form, database),
        left=left,
        script_left=script_left,
        peer_left=peer_left,
    )
