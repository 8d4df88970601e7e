"""When the calls of a block are carried out, and what happens where one of them cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flaskmig.errors import (
    ExecutionError,
    FlaskmigError,
    ObjectNotFoundError,
    OperationError,
    UnsupportedOperationError,
)
from tests.batch.blocks.block import START
from tests.batch.databases import two_databases
from tests.batch.judge import begin, by_flaskmig, left
from tests.execute.chain import Chain, line_of

_REBUILDS = (
    "b.alter_column('a', nullable=False)",
    "b.alter_column('a', type_=sa.Integer())",
    "b.create_unique_constraint('u', ['b'])",
    "b.drop_constraint('ck_b')",
    "b.add_column(sa.Column('d', sa.Integer(), sa.Computed('b * 2', persisted=True)))",
)


def refused(folder: Path, body: str, error: type[Exception] = FlaskmigError) -> Exception:
    """The error that a body ends with; the database is as it was before."""
    with two_databases() as (ours, untouched):
        begin(ours, START)
        begin(untouched, START)
        with pytest.raises(error) as caught:
            by_flaskmig(folder, ours, body)
        assert left(ours) == left(untouched)
    return caught.value


def test_one_rebuild(tmp_path: Path) -> None:
    """All that needs the table rebuilt is one rebuild."""
    with two_databases() as (engine, _):
        begin(engine, START)
        copies: list[str] = []

        def note(_c: object, _u: object, sql: str, *_: object) -> None:
            copies.extend([sql] if "INSERT" in sql and "SELECT" in sql else [])

        sa.event.listen(engine, "before_cursor_execute", note)
        body = "with op.batch_alter_table('t', recreate='always', copy_from=None,\n"
        body += "        partial_reordering=[('c', 'a')]) as b:\n"
        body += "".join(f"    {call}\n" for call in _REBUILDS if "'a'" not in call)
        body += "    b.add_column(sa.Column('e', sa.Integer()), insert_after='id')\n"
        body += "    b.alter_column('owner_id', new_column_name='who')\n"
        by_flaskmig(tmp_path, engine, body)
        rebuilt = [sql for sql in copies if '"_flaskmig_new_t"' in sql]
        assert len(rebuilt) == 1, copies


@pytest.mark.parametrize("call", _REBUILDS)
def test_never_is_never(call: str, tmp_path: Path) -> None:
    """A call that needs a rebuild is refused where the file says never, and nothing is done."""
    body = f"with op.batch_alter_table('t', recreate='never') as b:\n    {call}"
    error = refused(tmp_path, body, UnsupportedOperationError)
    assert "recreate='never'" in str(error)


def test_a_word_that_is_none(tmp_path: Path) -> None:
    """Only the three words are taken for recreate."""
    body = "with op.batch_alter_table('t', recreate='sometimes'):\n    pass"
    assert "auto, always, never" in str(refused(tmp_path, body, ValueError))


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        ("b.drop_column('nosuch')", ObjectNotFoundError),
        ("b.drop_constraint('nosuch', 'check')", ObjectNotFoundError),
        ("b.alter_column('nosuch', nullable=True)", ObjectNotFoundError),
        ("b.drop_index('nosuch')", ObjectNotFoundError),
        ("b.create_unique_constraint('u', ['owner_id', 'b'])\n    b.drop_column('nosuch')", None),
        ("b.create_check_constraint('k', 'b > 5')", ExecutionError),
    ],
)
def test_an_error_names_its_line(call: str, kind: type[Exception] | None, tmp_path: Path) -> None:
    """An error names the line of the call it belongs to, though that is carried out later."""
    body = "with op.batch_alter_table('t') as b:\n    b.add_column(sa.Column('d', sa.Text()))\n"
    body += f"    {call}\n    b.create_index('ix_d', ['d'])"
    error = refused(tmp_path, body, kind or ObjectNotFoundError)
    path = tmp_path / "versions" / "a1.py"
    line = line_of(path, call.split("\n    ")[-1])
    assert f"a1.py:{line}" in str(error), error


def test_an_error_in_the_block(tmp_path: Path) -> None:
    """Where the block itself fails, none of its calls is carried out."""
    body = "with op.batch_alter_table('t') as b:\n    b.drop_column('c')\n    1 / 0"
    refused(tmp_path, body, ZeroDivisionError)


@pytest.mark.parametrize(
    ("options", "call"),
    [
        ("partial_reordering=[('a', 'nosuch')]", "pass"),
        ("partial_reordering=[('a', 'b'), ('b', 'a')]", "pass"),
        ("", "b.add_column(sa.Column('d', sa.Integer()), insert_after='nosuch')"),
        (
            "copy_from=sa.Table('t', sa.MetaData(), *[sa.Column(name, sa.Integer()) "
            "for name in ('id', 'more')])",
            "pass",
        ),
    ],
)
def test_what_cannot_be(options: str, call: str, tmp_path: Path) -> None:
    """Arguments that name what is not there, or contradict each other, say so."""
    body = f"with op.batch_alter_table('t', recreate='always', {options}) as b:\n    {call}"
    error = refused(tmp_path, body, OperationError)
    assert isinstance(error, FlaskmigError)
    assert error.hint


def test_a_second_place_for_what_is_dropped(tmp_path: Path) -> None:
    """What goes with a column may be dropped by name after it, as it may before it."""
    body = "with op.batch_alter_table('t') as b:\n    b.drop_column('owner_id')\n"
    body += "    b.drop_constraint('fk_owner')\n    b.drop_column('c')\n    b.drop_index('ix_c')"
    with two_databases() as (engine, _):
        begin(engine, START)
        by_flaskmig(tmp_path, engine, body)
        columns = left(engine)["columns"]
        assert isinstance(columns, dict)
        assert columns["t"] == ["id", "a", "b"]


def test_former_names(tmp_path: Path) -> None:
    """Arguments under the names of long ago do what they did."""
    body = """
with op.batch_alter_table('t') as b:
    b.drop_constraint('ck_b', type='check')
    b.create_check_constraint(name='ck_c', condition="c <> ''")
    b.create_unique_constraint(name='uq_c', local_cols=['c'])
    b.create_foreign_key(name='fk2', referent='owners', local_cols=['id'], remote_cols=['id'])
    b.create_index(name='ix_b', columns=['b'])
    b.alter_column('a', name='d')
"""
    start = START.replace("(5, NULL, 7,", "(2, NULL, 7,").replace("(2, 'y',", "(3, 'y',")
    start = start.replace("(2, 'bob')", "(2, 'bob'), (3, 'eve')")
    with two_databases() as (engine, _):
        begin(engine, start)
        by_flaskmig(tmp_path, engine, body)
        inspector = sa.inspect(engine)
        checks = [each["name"] for each in inspector.get_check_constraints("t")]
        assert checks == ["ck_c"]
        assert {each["name"] for each in inspector.get_unique_constraints("t")} == {"uq_a", "uq_c"}
        assert {each["name"] for each in inspector.get_foreign_keys("t")} == {"fk_owner", "fk2"}
        assert {each["name"] for each in inspector.get_indexes("t")} == {"ix_c", "ix_b"}
        assert "d" in [each["name"] for each in inspector.get_columns("t")]


def test_again_after_it_was_interrupted(tmp_path: Path, sqlite_engine: Engine) -> None:
    """A block in a revision that is resumed comes to the same statements the second time."""
    begin(sqlite_engine, START)
    chain = Chain(tmp_path, sqlite_engine)
    body = """
with op.batch_alter_table('t', recreate='always', partial_reordering=[('c', 'a')],
        reflect_kwargs={'listeners': [('column_reflect', lambda i, t, c: None)]},
        naming_convention={'pk': 'pk_%(table_name)s'}) as b:
    b.add_column(sa.Column('d', sa.Integer()))
with op.get_context().autocommit_block():
    op.execute("VACUUM")
op.execute("INSERT INTO done VALUES (1)")
"""
    chain.add("a1", body)
    with pytest.raises(ExecutionError):
        chain.upgrade()
    begin(sqlite_engine, "CREATE TABLE done (x);")
    chain.upgrade()
    assert chain.query("SELECT * FROM done") == [(1,)]
    columns = chain.columns("t")
    assert columns.index("c") < columns.index("a")
    assert "d" in columns
