"""Keywords that a call does not know, and arguments that are given twice."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from flaskmig.errors import ExecutionError, FlaskmigError
from tests.execute.chain import Chain
from tests.op_surface.conftest import MakeFresh
from tests.op_surface.form import START

_MADE = START + (
    'op.create_table("t", sa.Column("a", sa.Integer(), nullable=False), '
    'sa.UniqueConstraint("a", name="uq"))\n'
    'op.create_index("ix", "users", ["name"])\n'
)

# Each call kind, with a keyword that nobody knows twice, and others that belong to a database.
UNKNOWN = {
    "alter_column": 'op.alter_column("users", "age", nullable=False, {})',
    "create_check_constraint": 'op.create_check_constraint("ck", "users", "age > 0", {})',
    "create_foreign_key": 'op.create_foreign_key("fk", "posts", "users", ["n"], ["id"], {})',
    "create_index": 'op.create_index("iy", "users", ["age"], {})',
    "create_primary_key": 'op.create_primary_key("pk", "t", ["a"], {})',
    "create_unique_constraint": 'op.create_unique_constraint("u2", "users", ["name"], {})',
    "drop_column": 'op.drop_column("users", "age", {})',
    "drop_index": 'op.drop_index("ix", "users", {})',
    "drop_table": 'op.drop_table("posts", {})',
}


def _warned(folder: Path, fresh: Callable[[], object], call: str) -> list[str]:
    """What is warned of when the call runs."""
    chain = Chain(folder, fresh())  # type: ignore[arg-type]
    chain.add("a1", _MADE + 'op.execute("DELETE FROM posts")\n')
    chain.upgrade()
    path = chain.add("b2", call)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        chain.upgrade()
    assert chain.rows() == {"b2"}
    mine = [each for each in caught if each.filename == str(path)]
    return [str(each.message) for each in mine]


def test_unknown_keywords_are_left_out(fresh: MakeFresh, tmp_path: Path) -> None:
    """A keyword that no database has is left out, with one warning that names all of the call."""
    empty = fresh("sqlite")
    for number, (name, call) in enumerate(UNKNOWN.items()):
        given = call.format("typ=1, exsisting=None")
        said = _warned(tmp_path / str(number), empty, given)
        assert said == [f"op.{name}() knows no typ=, exsisting= and leaves them out"], name


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_keywords_of_other_databases_are_left_out(
    database: str, fresh: MakeFresh, tmp_path: Path
) -> None:
    """An option of MySQL, SQL Server or Oracle has no effect here, and nothing is said of it."""
    empty = fresh(database)
    for number, (name, call) in enumerate(UNKNOWN.items()):
        given = call.format("mysql_x=1, mssql_drop_default=True, oracle_bitmap=True")
        assert _warned(tmp_path / str(number), empty, given) == [], name


@pytest.mark.parametrize("way", ["op.{}", "with op.batch_alter_table('users') as batch:\n    {}"])
def test_postgresql_using_where_the_type_stays(way: str, fresh: MakeFresh, tmp_path: Path) -> None:
    """postgresql_using= makes new values also where the column has that type already."""
    table = "" if "batch" in way else '"users", '
    call = (
        f'alter_column({table}"name", existing_type=sa.Text(), type_=sa.Text(), '
        "postgresql_using=\"name || '!'\")"
    )
    chain = Chain(tmp_path, fresh("postgresql")())
    chain.add(
        "a1",
        'op.create_table("users", sa.Column("name", sa.Text(), server_default="x"))\n'
        "op.execute(\"INSERT INTO users VALUES ('ann')\")\n",
    )
    chain.add("b2", way.format(f"batch.{call}" if not table else call))
    chain.upgrade()
    with chain.engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO users DEFAULT VALUES")
        names = connection.exec_driver_sql("SELECT name FROM users").scalars().all()
    assert names == ["ann!", "x"]


def test_postgresql_using_without_a_type(fresh: MakeFresh, tmp_path: Path) -> None:
    """postgresql_using= without type_= has nothing to do, and that is said."""
    call = 'op.alter_column("users", "age", nullable=False, postgresql_using="x")'
    said = _warned(tmp_path, fresh("sqlite"), call)
    assert said == ["op.alter_column() leaves postgresql_using= out without type_="]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('op.create_index("ix", "users", ["age"], name="iy")', "index_name"),
        ('op.drop_constraint("uq", "t", "unique", None, schema="x")', "schema"),
        ('op.drop_index("ix", "users", None, None)', "positional"),
        ('op.drop_constraint(None, "t", type_="unique")', "2 constraints of the kind unique"),
        ('op.drop_constraint("uq", "t", type_="uniq")', "type_ is one of"),
        ('op.bulk_insert(sa.table("t", sa.column("a")), "rows")', "dictionar"),
        ('op.bulk_insert(sa.table("t", sa.column("a")), [("a", 1)])', "dictionar"),
    ],
)
def test_wrong_arguments(call: str, said: str, fresh: MakeFresh, tmp_path: Path) -> None:
    """A call that means nothing, or two things, stops there; the revision is not applied."""
    chain = Chain(tmp_path, fresh("sqlite")())
    chain.add("a1", _MADE + 'op.create_unique_constraint("other", "t", ["a"])\n')
    chain.upgrade()
    chain.add("b2", call)
    with pytest.raises((TypeError, FlaskmigError, ExecutionError), match=said):
        chain.upgrade()
    assert chain.rows() == {"a1"}
