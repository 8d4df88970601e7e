"""Second connections and calls of op in any order: no row is lost, none is kept that should not."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest

from flaskmig.errors import OperationError
from tests.contexts.files import Files
from tests.counts import SEED, rounds

START = """
engine = op.get_bind().engine
insert = sa.text("INSERT INTO t (id) VALUES (:id)")
a, b, c = engine.connect(), Session(engine), engine.connect()
"""
NAMES = ("op", "a", "b", "c")
KINDS = ("insert", "insert", "read", "commit", "commit", "rollback", "fail", "nest")


@dataclass
class Expected:
    """What the rows must be: ``is_refused`` where what is rolled back is mixed with others'."""

    kept: set[int] = field(default_factory=lambda: {1})
    pending: dict[str, set[int]] = field(default_factory=lambda: {name: set() for name in NAMES})
    mixed: set[str] = field(default_factory=set)
    is_refused: bool = False

    def acts(self, actor: str) -> None:
        self.mixed |= {name for name in NAMES if name != actor and self.pending[name]}

    def insert(self, actor: str, row: int) -> None:
        self.acts(actor)
        (self.kept if actor == "op" else self.pending[actor]).add(row)

    def commit(self, actor: str) -> None:
        self.kept |= self.pending[actor]
        self._forget(actor)

    def roll_back(self, actor: str) -> None:
        self.is_refused = self.is_refused or actor in self.mixed
        self._forget(actor)

    def _forget(self, actor: str) -> None:
        self.pending[actor] = set()
        self.mixed.discard(actor)


def program(chance: random.Random) -> tuple[str, Expected]:
    """A function's body of random calls, and what is to be there after it."""
    lines, expected = [START.strip()], Expected()
    for row in range(2, 2 + chance.randint(3, 12)):
        actor = chance.choice(NAMES)
        if actor == "op":
            expected.insert("op", row)
            lines.append(f'op.execute("INSERT INTO t (id) VALUES ({row})")')
            continue
        match chance.choice(KINDS):
            case "nest":
                # What somebody else does in a savepoint of the actor's, and in another's.
                other = chance.choice([name for name in NAMES[1:] if name != actor])
                writes = chance.random() < 0.5
                lines.append(f"with {actor}.begin_nested():")
                expected.acts(actor)
                lines.append(f'    {actor}.execute(sa.text("SELECT count(*) FROM t"))')
                if writes:
                    expected.insert(actor, row)
                    lines.append(f'    {actor}.execute(insert, {{"id": {row}}})')
                expected.insert("op", row + 100)
                lines.append(f'    op.execute("INSERT INTO t (id) VALUES ({row + 100})")')
                if chance.random() < 0.5:
                    expected.insert(other, row + 200)
                    lines.append(f'    {other}.execute(insert, {{"id": {row + 200}}})')
                expected.acts(actor)
            case "insert":
                expected.insert(actor, row)
                lines.append(f'{actor}.execute(insert, {{"id": {row}}})')
            case "read":
                expected.acts(actor)
                lines.append(f'{actor}.execute(sa.text("SELECT count(*) FROM t"))')
            case "commit":
                expected.commit(actor)
                lines.append(f"{actor}.commit()")
            case "rollback":
                expected.roll_back(actor)
                lines.append(f"{actor}.rollback()")
            case "fail":
                expected.acts(actor)
                expected.roll_back(actor)
                lines += [
                    "try:",
                    f'    {actor}.execute(insert, {{"id": 1}})',
                    "except sa.exc.IntegrityError:",
                    "    pass",
                    f"{actor}.rollback()",
                ]
    for actor in NAMES[1:]:
        expected.roll_back(actor)
        lines.append(f"{actor}.close()")
    return "\n".join(lines), expected


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_any_order(files: Files) -> None:
    """What is committed stays, what is rolled back goes, and else the revision is undone."""
    table = 'op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True))\n'
    begin = 'op.execute("DELETE FROM t")\nop.execute("INSERT INTO t (id) VALUES (1)")\n'
    files.write("start", table + 'op.execute("INSERT INTO t (id) VALUES (1)")')
    files.upgrade()
    refused = 0
    for number in range(rounds(40, 3000)):
        before = files.query("SELECT id FROM t ORDER BY id")
        body, expected = program(random.Random(SEED + number))
        parent = files.last
        path = files.write(f"r{number}", begin + body)
        if expected.is_refused:
            refused += 1
            with pytest.raises(OperationError, match="cannot be undone alone"):
                files.upgrade()
            assert files.query("SELECT id FROM t ORDER BY id") == before, body
            path.unlink()
            files.last = parent
            continue
        files.upgrade()
        found = {row[0] for row in files.query("SELECT id FROM t")}
        assert found == expected.kept, body
        # A chain of thousands would be read again each time.
        path.rename(files.folder / f"{number}.done")
        files.last = parent
        with files.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'start'")
            connection.exec_driver_sql("DELETE FROM flaskmig_journal WHERE revision <> 'start'")
    assert refused > 3
