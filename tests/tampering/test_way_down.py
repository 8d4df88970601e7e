"""A way down of several revisions that cannot be gone to its end is not begun."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from flaskmig.engine import commands
from flaskmig.engine.configuration.project import Project
from flaskmig.errors import ExecutionError, FlaskmigError, IrreversibleError
from tests.conftest import MakeDatabase
from tests.databases import NAMES
from tests.execute.chain import Chain, line_of

FULL = "users has rows, and nothing says what they get"
GUARD = f'op.irreversible("{FULL}", table="users")'
DROP = 'op.drop_table("users")'

# What downgrade() of the lowest revision is, and what of it is said.
STOPS = {
    "irreversible": ('op.irreversible("gone for good")', "gone for good"),
    "after_others": ('op.execute("SELECT 1")\nop.irreversible("gone")', "gone"),
    "by_keyword": ('op.irreversible(reason="gone")', "gone"),
    "in_a_batch": ('with op.batch_alter_table("users"):\n    op.irreversible("gone")', "gone"),
    "raises": ('raise RuntimeError("never")', "RuntimeError: never"),
    "raises_a_class": ("raise NotImplementedError", "NotImplementedError"),
    "in_a_helper": ("refuse()", "RuntimeError: no way"),
    "name_that_is_imported": ('irreversible("gone")', "gone"),
    "rows": (f"{GUARD}\n{DROP}", FULL),
    "rows_after_a_note": (f'"""Says why."""\n{GUARD}\n{DROP}', FULL),
}
HELPER = """
from flaskmig.op import irreversible

def refuse():
    raise RuntimeError("no way")
"""
# Whether these stop is only known when they run.
GOES_ON = {
    "condition": f'if op.get_bind() is None:\n    raise RuntimeError("never")\n{DROP}',
    "return_before": f"if op.get_bind() is not None:\n    {DROP}\n    return\nraise RuntimeError",
    "after_return": f'{DROP}\nreturn\nraise RuntimeError("never")',
    "suppressed": "from contextlib import suppress\nwith suppress(RuntimeError):\n"
    f'    raise RuntimeError("never")\n{DROP}',
    "caught": f'try:\n    raise RuntimeError("never")\nexcept RuntimeError:\n    {DROP}',
    "loop": f"for name in ():\n    raise RuntimeError(name)\n{DROP}",
    "function_inside": f'def never():\n    raise RuntimeError("never")\n{DROP}',
    "rows_deleted_before": f'op.execute("DELETE FROM users")\n{GUARD}\n{DROP}',
    "another_table": f'op.irreversible("no", table="nonesuch")\n{DROP}'.replace(
        "nonesuch", "empty"
    ),
}


@pytest.fixture
def chain(tmp_path: Path, make_database: MakeDatabase) -> Callable[..., Chain]:
    """Makes three applied revisions, of which the lowest has the given downgrade()."""

    def make(downgrade: str, *, middle: str = "pass", kind: str = "sqlite") -> Chain:
        found = Chain(tmp_path / "migrations", make_database(kind))
        found.add(
            "low1",
            'op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True))\n'
            'op.create_table("empty", sa.Column("id", sa.Integer(), primary_key=True))\n'
            'op.execute("INSERT INTO users VALUES (1)")',
            downgrade,
            before=HELPER,
        )
        found.add("middle2", 'op.execute("SELECT 1")', middle)
        found.add(
            "high3",
            'op.create_table("high", sa.Column("id", sa.Integer()))',
            'op.drop_table("high")',
        )
        commands.upgrade(found.project)
        return found

    return make


def content(chain: Chain) -> tuple[set[str], frozenset[str], list[tuple[object, ...]]]:
    """Tables, version rows and users, all raw."""
    with chain.engine.connect() as connection:
        tables = set(sa.inspect(connection).get_table_names())
        users = [tuple(row) for row in connection.exec_driver_sql("SELECT id FROM users")]
        return tables, chain.rows(), users


def refused(chain: Chain, target: str = "base") -> IrreversibleError:
    """The error of a downgrade that did nothing."""
    before = content(chain)
    with pytest.raises(IrreversibleError) as caught:
        commands.downgrade(chain.project, target)
    assert content(chain) == before
    return caught.value


@pytest.mark.parametrize("name", STOPS)
def test_nothing_is_undone(chain: Callable[..., Chain], name: str) -> None:
    """The error says which revision it is, where in its file and why, and how far down is a way."""
    body, reason = STOPS[name]
    found = chain(body)
    error = refused(found)
    assert "low1" in error.message
    assert reason in error.message
    assert "line " in error.message
    assert "flask db downgrade low1" in error.hint
    commands.downgrade(found.project, "low1")
    assert found.rows() == {"low1"}
    assert "flask db downgrade" not in refused(found).hint


@pytest.mark.parametrize("name", GOES_ON)
def test_what_is_not_known_before(chain: Callable[..., Chain], name: str) -> None:
    """A downgrade() that may well work is not refused for what it has in it."""
    found = chain(GOES_ON[name])
    commands.downgrade(found.project, "base")
    assert found.rows() == frozenset()
    assert "users" not in found.tables()


def test_the_line(chain: Callable[..., Chain]) -> None:
    """The line is that of the call."""
    found = chain('op.execute("SELECT 1")\nop.irreversible("gone")')
    line = line_of(found.folder / "versions" / "low1.py", 'op.irreversible("gone")')
    assert f"low1.py, line {line})" in refused(found).message


@pytest.mark.parametrize("kind", NAMES)
def test_a_table_that_is_empty(chain: Callable[..., Chain], kind: str) -> None:
    """What stops only where a table has rows does so only then, looked at before anything runs."""
    found = chain(f"{GUARD}\n{DROP}\nop.drop_table('empty')", kind=kind)
    assert "op.irreversible out" in refused(found).hint
    with found.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM users")
    commands.downgrade(found.project, "base")
    assert "users" not in found.tables()


def test_rows_that_go_on_the_way(chain: Callable[..., Chain]) -> None:
    """Where a revision above names the table, its rows may be gone by then: it is tried."""
    found = chain(f"{GUARD}\n{DROP}", middle='op.execute("DELETE FROM users")')
    commands.downgrade(found.project, "base")
    assert found.rows() == frozenset()


def without_downgrade(path: Path, name: str = "downgrade") -> None:
    path.write_text(path.read_text().partition(f"\n\ndef {name}(")[0] + "\n")


def test_a_file_without_downgrade(chain: Callable[..., Chain]) -> None:
    """A file that only says how to upgrade is not taken for undone by doing nothing."""
    found = chain("pass")
    without_downgrade(found.folder / "versions" / "low1.py")
    commands.repair(found.project, accept=["low1"])
    assert "upgrade() and no downgrade()" in refused(found).message
    with pytest.raises((IrreversibleError, ExecutionError), match="not how to downgrade"):
        found.downgrade()
    assert found.rows() == {"low1"}


def test_several_databases(tmp_path: Path, make_database: MakeDatabase) -> None:
    """Where one of several databases has no way down, none of them is begun."""
    engines = {"": make_database("sqlite"), "events": make_database("sqlite")}
    made = Chain(tmp_path / "migrations", engines[""])
    path = made.add(
        "only1", 'op.execute("CREATE TABLE one (id INTEGER)")', 'op.execute("DROP TABLE one")'
    )
    path.write_text(
        path.read_text()
        + "\n\ndef upgrade_events():\n    op.execute('CREATE TABLE two (id INTEGER)')\n"
        + "\n\ndef downgrade_events():\n    op.irreversible('events stay')\n"
    )
    project: Project = replace(
        made.project,
        binds=("", "events"),
        engines=engines.__getitem__,
        metadata={"": sa.MetaData(), "events": sa.MetaData()},
    )
    commands.upgrade(project)
    _stays(project, engines, "events stay")
    without_downgrade(path, "downgrade_events")
    commands.repair(project, accept=["only1"])
    _stays(project, engines, "upgrade_events() and no downgrade_events()")


def _stays(project: Project, engines: dict[str, sa.Engine], reason: str) -> None:
    with pytest.raises(IrreversibleError) as caught:
        commands.downgrade(project)
    assert reason in caught.value.message
    assert sa.inspect(engines[""]).has_table("one")
    assert sa.inspect(engines["events"]).has_table("two")


def test_scripts_stop_too(chain: Callable[..., Chain]) -> None:
    """No script is written for a way down that has no end."""
    found = chain('op.irreversible("gone for good")')
    with pytest.raises(FlaskmigError, match="gone for good"):
        commands.downgrade_script(found.project, "high3:base")
