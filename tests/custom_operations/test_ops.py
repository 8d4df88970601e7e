"""The operations that come with ``op``, as objects: beside those of Alembic."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import alembic.operations.ops as peer
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flaskmig.engine.calls.custom import ops, toimpl
from flaskmig.engine.calls.custom.registry import IMPLEMENTATIONS
from tests.batch.judge import begin
from tests.execute.chain import Chain
from tests.op_surface.state import state

_METADATA = sa.MetaData()
_OTHER = sa.Table("o", _METADATA, sa.Column("id", sa.Integer(), primary_key=True))
_TABLE = sa.Table(
    "t",
    _METADATA,
    sa.Column("id", sa.Integer()),
    sa.Column("a", sa.String(20), nullable=False, server_default="x"),
    sa.Column("o_id", sa.Integer()),
    sa.PrimaryKeyConstraint("id", name="pk"),
    sa.UniqueConstraint("a", name="uq", deferrable=True),
    sa.CheckConstraint("a <> ''", name="ck"),
    sa.ForeignKeyConstraint(["o_id"], ["o.id"], name="fk", ondelete="CASCADE"),
    sa.Index("ix", "a", "o_id", unique=True, sqlite_where=sa.text("a > 'b'")),
    comment="said",
)


def constraints() -> Iterator[sa.Constraint]:
    yield from sorted(_TABLE.constraints, key=lambda each: str(each.name))


def of(module: Any) -> list[Any]:
    """An operation of each class, made by the functions that plugins call."""
    index = next(iter(_TABLE.indexes))
    column = _TABLE.c.a
    made = [
        module.CreateTableOp.from_table(_TABLE),
        module.DropTableOp.from_table(_TABLE),
        module.CreateIndexOp.from_index(index),
        module.DropIndexOp.from_index(index),
        module.AddColumnOp.from_column(column),
        module.AddColumnOp.from_column_and_tablename(None, "t", column),
        module.DropColumnOp.from_column_and_tablename(None, "t", column),
        module.AlterColumnOp(
            "t", "a", existing_type=sa.String(20), modify_type=sa.Text(), modify_name="b",
            existing_nullable=False, modify_nullable=True,
        ),
        module.RenameTableOp("t", "u"),
        module.CreateTableCommentOp("t", "new", existing_comment="old"),
        module.DropTableCommentOp("t", existing_comment="old"),
        module.BulkInsertOp(_TABLE, [{"id": 1}]),
        module.ExecuteSQLOp("SELECT 1"),
    ]  # fmt: skip
    made += [module.AddConstraintOp.from_constraint(each) for each in constraints()]
    made += [module.DropConstraintOp.from_constraint(each) for each in constraints()]
    return made


def shown(value: Any) -> Any:
    """A value of an attribute in words, whoever made it."""
    if isinstance(value, sa.types.TypeEngine):
        return repr(value)
    if isinstance(value, sa.sql.ColumnElement | sa.TextClause | sa.Constraint | sa.Table):
        return getattr(value, "name", None) or str(value)
    if isinstance(value, dict):
        return {name: shown(each) for name, each in value.items() if each not in (None, {})}
    if isinstance(value, list | tuple | set):
        return sorted(map(str, map(shown, value)))
    return str(value)


# What tells more than a plugin asks for, or is left out where it says nothing.
_UNASKED = {"kw", "table_kw", "info", "prefixes", "comment"}


def test_attributes() -> None:
    """Each has the attributes that Alembic's has, with the same values."""
    for ours, theirs in zip(of(ops), of(peer), strict=True):
        assert type(ours).__name__ == type(theirs).__name__
        for name, value in vars(theirs).items():
            if not name.startswith("_"):
                assert hasattr(ours, name), (type(ours), name)
                if name not in _UNASKED:
                    assert shown(getattr(ours, name)) == shown(value), (type(ours), name)


def test_of_alembic_itself() -> None:
    """An operation made by a module that has Alembic's own class is carried out as ours is."""
    for ours, theirs in zip(of(ops), of(peer), strict=True):
        found = IMPLEMENTATIONS.find(theirs, "sqlite")
        assert found is IMPLEMENTATIONS.find(ours, "sqlite")
        assert found.__module__ == toimpl.__name__


def test_classes() -> None:
    """Every operation that Alembic exports is there, with the parameters of its constructor."""
    for name, theirs in vars(peer).items():
        if not (inspect.isclass(theirs) and theirs.__module__ == peer.__name__):
            continue
        ours = getattr(ops, name)
        wanted = inspect.signature(theirs.__init__).parameters
        known = inspect.signature(ours.__init__).parameters
        takes_any = any(each.kind is each.VAR_KEYWORD for each in known.values())
        for parameter in wanted.values():
            if not takes_any and parameter.kind is not parameter.VAR_KEYWORD:
                assert parameter.name in known, (name, parameter.name)


def test_diff_tuples() -> None:
    """What an operation says it does begins with the words that Alembic's begins with."""
    for ours, theirs in zip(of(ops), of(peer), strict=True):
        try:
            wanted = theirs.to_diff_tuple()
        except NotImplementedError:
            continue
        if isinstance(wanted[0], str):
            assert ours.to_diff_tuple()[0] == wanted[0], type(ours)


def test_there_and_back() -> None:
    """The reverse of a reverse is the operation, and containers reverse from the end."""
    added = ops.AddColumnOp("t", sa.Column("b", sa.Integer()))
    index = ops.CreateIndexOp("ib", "t", ["b"])
    upgrade = ops.UpgradeOps([ops.ModifyTableOps("t", [added, index])])
    downgrade = upgrade.reverse()
    [block] = downgrade.ops
    assert isinstance(block, ops.ModifyTableOps)
    assert [type(each) for each in block.ops] == [ops.DropIndexOp, ops.DropColumnOp]
    [again] = downgrade.reverse().ops
    assert isinstance(again, ops.ModifyTableOps)
    assert [type(each) for each in again.ops] == [ops.AddColumnOp, ops.CreateIndexOp]
    assert again.ops[1] is index
    assert not upgrade.is_empty()
    assert [each[0] for each in upgrade.as_diffs()] == ["add_column", "add_index"]
    altered = ops.AlterColumnOp("t", "a", modify_name="b", modify_nullable=True)
    altered.existing_nullable = False
    back = altered.reverse()
    assert (back.column_name, back.modify_name) == ("b", "a")
    assert (back.existing_nullable, back.modify_nullable) == (True, False)


@pytest.mark.parametrize(
    "operation",
    [
        ops.DropColumnOp("t", "a"),
        ops.DropIndexOp("ix"),
        ops.DropTableOp("t"),
        ops.DropConstraintOp("uq", "t"),
    ],
)
def test_what_is_gone_is_not_known(operation: Any) -> None:
    """A drop that was written by hand does not know what it drops, and says so."""
    with pytest.raises(ValueError, match="not known"):
        operation.reverse()


_START = "CREATE TABLE o (id INTEGER NOT NULL PRIMARY KEY);"
_CALLS = """
from flaskmig.engine.calls.custom import ops
t = sa.Table("t", sa.MetaData(), sa.Column("id", sa.Integer(), primary_key=True),
             sa.Column("a", sa.String(20)), sa.Column("o_id", sa.Integer()))
op.invoke(ops.CreateTableOp.from_table(t))
op.invoke(ops.AddColumnOp("t", sa.Column("b", sa.Integer())))
op.invoke(ops.UpgradeOps([ops.ModifyTableOps("t", [
    ops.AlterColumnOp("t", "a", modify_type=sa.String(30), modify_nullable=False),
    ops.CreateIndexOp("ix", "t", ["a"], unique=True),
    ops.CreateUniqueConstraintOp("uq", "t", ["a", "b"]),
    ops.CreateCheckConstraintOp("ck", "t", "b > 0"),
    ops.CreateForeignKeyOp("fk", "t", "o", ["o_id"], ["id"], ondelete="CASCADE"),
])]))
op.invoke(ops.BulkInsertOp(t, [{"id": 1, "a": "x"}]))
op.invoke(ops.ExecuteSQLOp("UPDATE t SET b = 2"))
op.invoke(ops.CreateTableCommentOp("t", "said"))
op.invoke(ops.DropConstraintOp("ck", "t", "check"))
t2 = sa.Table("t", sa.MetaData(), sa.Column("a"), sa.Column("b"))
op.invoke(ops.DropConstraintOp.from_constraint(sa.UniqueConstraint(t2.c.a, t2.c.b, name="uq")))
op.invoke(ops.DropIndexOp("ix", "t"))
op.invoke(ops.DropTableCommentOp("t"))
op.invoke(ops.RenameTableOp("t", "u"))
op.invoke(ops.DropColumnOp("u", "b"))
"""
_PLAIN = """
op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True),
                sa.Column("a", sa.String(20)), sa.Column("o_id", sa.Integer()))
op.alter_column("t", "a", type_=sa.String(30), nullable=False)
op.create_foreign_key("fk", "t", "o", ["o_id"], ["id"], ondelete="CASCADE")
op.execute("INSERT INTO t (id, a) VALUES (1, 'x')")
op.rename_table("t", "u")
"""


def test_invoked(engine: Engine, tmp_path: Path) -> None:
    """Operations that are invoked come to what the calls of the same names come to."""
    found = []
    for number, body in enumerate((_CALLS, _PLAIN)):
        if engine.dialect.name == "sqlite":
            with engine.begin() as connection:
                for table in ("u", "o", "alembic_version", "flaskmig_journal"):
                    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
            begin(engine, _START)
        else:
            with engine.begin() as connection:
                connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public;")
                connection.exec_driver_sql(_START)
        chain = Chain(tmp_path / str(number), engine)
        chain.add("a1", body)
        chain.upgrade()
        found.append(state(engine))
    assert found[0] == found[1]
