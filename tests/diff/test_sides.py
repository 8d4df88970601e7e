"""Either side of a comparison may be models, a database or a Schema."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from flaskmig import engine as flaskmig_engine
from flaskmig.errors import ConfigurationError
from tests.conftest import MakeDatabase


def models(*names: str) -> sa.MetaData:
    metadata = sa.MetaData()
    for name in names:
        sa.Table(
            name,
            metadata,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("kind", sa.String(10), server_default="a"),
            sa.CheckConstraint("kind IN ('a', 'b')", name=f"{name}_kind"),
        )
    return metadata


def test_all_kinds_of_sides(engine: sa.Engine) -> None:
    """Models, connection, engine and schema give the same answer on either side."""
    metadata = models("a", "b")
    metadata.create_all(engine)
    schema = flaskmig_engine.introspect(engine)
    with engine.connect() as connection:
        for target in (metadata, connection, engine, schema):
            for current in (metadata, connection, engine, schema):
                difference = flaskmig_engine.diff(target, current, dialect=engine.dialect.name)
                texts = {type(target), type(current)} == {sa.MetaData, flaskmig_engine.Schema}
                if not (texts and engine.dialect.name == "postgresql"):
                    assert str(difference) == ""


def test_direction(engine: sa.Engine) -> None:
    """The target comes first: a table that only it has is created."""
    models("a").create_all(engine)
    assert str(flaskmig_engine.diff(models("a", "b"), engine)) == "create table b"
    assert str(flaskmig_engine.diff(engine, models("a", "b"))) == "drop table b"


def test_two_databases(make_database: MakeDatabase) -> None:
    """Two databases of one kind are compared; of two kinds they are refused."""
    one, other = make_database("sqlite"), make_database("sqlite")
    models("a").create_all(one)
    assert str(flaskmig_engine.diff(one, other)) == "create table a"
    with pytest.raises(ConfigurationError, match="different databases"):
        flaskmig_engine.diff(one, make_database("postgresql"))


def test_several_metadata(sqlite_engine: sa.Engine) -> None:
    """Several MetaData are one side; a table that two of them have is refused."""
    both = [models("a"), models("b")]
    assert len(flaskmig_engine.diff(both, sqlite_engine)) == 2
    with pytest.raises(ConfigurationError, match="twice"):
        flaskmig_engine.diff([models("a"), models("a")], sqlite_engine)


def test_no_database_at_all() -> None:
    """Without a connection somebody has to say which database it is."""
    difference = flaskmig_engine.diff(models("a"), sa.MetaData(), dialect="postgresql")
    assert str(difference) == "create table a"
    with pytest.raises(ConfigurationError, match="which database"):
        flaskmig_engine.diff(models("a"), sa.MetaData())


def test_shapes_of_a_diff(engine: sa.Engine) -> None:
    """A diff is a truth value, a length, a sequence, a text, SQL, Python and plain data."""
    difference = flaskmig_engine.diff(models("a"), engine)
    assert difference
    assert len(difference) == len(list(difference)) == 1
    assert "CREATE TABLE" in difference.sql()
    assert difference.sql().endswith(";\n")
    assert difference.python().startswith("import sqlalchemy as sa\n\nop.create_table(\n")
    compile(difference.python(), "<diff>", "exec")
    plain = json.loads(json.dumps(difference.to_json()))
    assert plain["operations"][0]["kind"] == "CreateTable"
    assert str(difference.reverse()) == "drop table a"
    assert difference.reverse().reverse() == difference


def test_apply_is_one_step(engine: sa.Engine) -> None:
    """Where one statement fails, what apply did before it is undone."""
    models("a").create_all(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO a (id, kind) VALUES (1, 'a')")
    after = models("a", "b")
    after.tables["a"].append_constraint(sa.CheckConstraint("id > 1", name="never"))
    with engine.connect() as connection:
        difference = flaskmig_engine.diff(after, connection)
        with pytest.raises(sa.exc.IntegrityError):
            flaskmig_engine.apply(difference, connection)
    with engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["a"]


def test_plan(engine: sa.Engine) -> None:
    """A plan shows the statements and runs none of them."""
    with engine.connect() as connection:
        difference = flaskmig_engine.diff(models("a"), connection)
        plan = flaskmig_engine.plan(difference, connection)
        assert any("CREATE TABLE" in s.sql for r in plan.revisions for s in r.statements)
    assert sa.inspect(engine).get_table_names() == []


def named_in_expressions(column: str) -> sa.MetaData:
    metadata = sa.MetaData()
    sa.Table(
        "users",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(column, sa.String(20)),
        sa.Column("loud", sa.String(20), sa.Computed(f"upper({column})", persisted=True)),
        sa.CheckConstraint(f"length({column}) > 2", name="users_length"),
        sa.Index("users_lower", sa.text(f"lower({column})")),
    )
    return metadata


def test_renamed_within_expressions(engine: sa.Engine) -> None:
    """What names a renamed column in an expression is not dropped and made anew."""
    named_in_expressions("mail").create_all(engine)
    target = named_in_expressions("email")
    difference = flaskmig_engine.diff(target, engine, renames={"users.mail": "email"})
    assert str(difference) == "rename column users.mail to email"
