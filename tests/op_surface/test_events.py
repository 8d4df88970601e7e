"""Events that SQLAlchemy fires around tables, which types and plugins count on."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.op_surface import ours, peer
from tests.op_surface.conftest import MakeFresh
from tests.op_surface.form import Form
from tests.op_surface.state import state

# A plugin's listeners: on every table, and on one.
_LISTENERS = """
def note(what):
    def listener(target, bind, **kw):
        bind.execute(sa.text("INSERT INTO posts (id, n) VALUES (%d, %d)" % (what, what)))
    return listener
"""
_LISTENING = (
    _LISTENERS + 'op.create_table("t", sa.Column("a", sa.Integer()), '
    'listeners=[("before_create", note(11)), ("after_create", note(12))])\n'
    'op.drop_table("t", listeners=[("before_drop", note(13)), ("after_drop", note(14))])\n'
)
_DDL = (
    'def made(target, bind, **kw):\n    sa.DDL("CREATE INDEX made ON t (a)")(target, bind, **kw)\n'
    'op.create_table("t", sa.Column("a", sa.Integer()), listeners=[("after_create", made)])\n'
)
_DOMAIN = (
    'op.create_table("t", sa.Column("a", postgresql.DOMAIN("positive", sa.Integer(), '
    'check="VALUE > 0")), sa.Column("b", sa.Enum("x", name="letter")))\n'
)
FORMS = (
    Form(name="listeners", body=_LISTENING),
    Form(name="DDL", body=_DDL),
    Form(name="domain and enum", body=_DOMAIN, on=("postgresql",)),
)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_listeners_are_called(database: str, fresh: MakeFresh, tmp_path: Path) -> None:
    """Listeners to a table that is made or dropped are called as by Alembic, in a script too."""
    empty = fresh(database)
    for number, form in enumerate(FORMS):
        if database not in form.on:
            continue
        files = ours.Files(tmp_path / str(number), empty(), form)
        files.run_both()
        left = state(files.engine)
        plan = files.plan_both()
        engine = empty()
        ours.run_plan(plan, engine)
        assert state(engine) == left, form.name
        engine = empty()
        assert not peer.online(form, engine).refused
        assert state(engine) == left, form.name


def test_listeners_of_all_tables(fresh: MakeFresh, tmp_path: Path) -> None:
    """What listens to every table, as plugins do, hears of those that a revision makes."""
    heard = []

    def listener(target: sa.Table, bind: object, **_: object) -> None:
        heard.append((target.name, [column.name for column in target.columns]))

    form = Form(name="any", body='op.create_table("t", sa.Column("a", sa.Integer()))\n')
    files = ours.Files(tmp_path, fresh("sqlite")(), form)
    sa.event.listen(sa.Table, "after_create", listener)
    try:
        files.run_both()
    finally:
        sa.event.remove(sa.Table, "after_create", listener)
    assert heard == [
        ("users", ["id", "name", "age", "mail"]),
        ("posts", ["id", "user_id", "n"]),
        ("t", ["a"]),
    ]
