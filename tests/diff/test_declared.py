"""Views, functions, triggers and extensions between models and a database."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

import flaskmig
from flaskmig import engine
from flaskmig.engine.executing.applied import apply_operations
from flaskmig.errors import ConfigurationError
from flaskmig.operations import DropView
from flaskmig.schema import QualifiedName

MANAGED = ("view:active", "function:one", "trigger:touched", "extension:citext", "users")


def users(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "users",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(50)),
        sa.Column("n", sa.Integer),
    )


def bare() -> sa.MetaData:
    metadata = sa.MetaData()
    users(metadata)
    return metadata


def everything() -> sa.MetaData:
    metadata = sa.MetaData()
    table = users(metadata)
    # Declared before what it reads.
    flaskmig.View("a_few", "SELECT name FROM active WHERE name <> '%:x'", metadata)
    flaskmig.View("active", sa.select(table.c.id, table.c.name).where(table.c.n > 1), metadata)
    flaskmig.View(
        "totals",
        sa.select(table.c.name, sa.func.count().label("n")).group_by(table.c.name),
        metadata,
        materialized=True,
        indexes=[sa.Index("ix_totals", "name", unique=True)],
        comment="by name",
    )
    flaskmig.Extension("citext", metadata)
    flaskmig.Function(
        "CREATE FUNCTION one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        metadata,
    )
    flaskmig.Function(
        "CREATE FUNCTION all_users() RETURNS SETOF users LANGUAGE sql AS 'SELECT * FROM users'",
        metadata,
    )
    flaskmig.Trigger(
        "CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION one()",
        metadata,
    )
    flaskmig.Trigger("CREATE TRIGGER touched AFTER UPDATE ON users BEGIN SELECT 1; END", metadata)
    return metadata


def there(bind: sa.Engine) -> list[str]:
    schema = engine.introspect(bind)
    found = [str(view.name) for view in schema.views]
    found += (str(function.name) for function in schema.functions)
    found += (trigger.name for trigger in schema.triggers)
    return sorted([*found, *(extension.name for extension in schema.extensions)])


NAMES = {
    "sqlite": ["a_few", "active", "touched"],
    "postgresql": ["a_few", "active", "all_users", "citext", "one", "totals", "touched"],
}


def test_create_all_makes_it_and_drop_all_drops_it(engine: sa.Engine) -> None:
    """``create_all`` makes what is declared, twice is once, and nothing differs; and back."""
    metadata = everything()
    metadata.create_all(engine)
    metadata.create_all(engine)
    assert there(engine) == NAMES[engine.dialect.name]

    difference = flaskmig.engine.diff(everything(), engine)
    assert (str(difference), difference.notes) == ("", ())

    metadata.drop_all(engine)
    assert there(engine) == []
    assert sa.inspect(engine).get_table_names() == []


def test_create_all_of_some_tables(engine: sa.Engine) -> None:
    """A view of a table that is not there yet is left for later."""
    metadata = everything()
    other = sa.Table("other", metadata, sa.Column("id", sa.Integer, primary_key=True))
    metadata.create_all(engine, tables=[other])
    assert not {"active", "a_few", "totals", "touched"} & set(there(engine))


@pytest.mark.parametrize(("name", "text"), [("sqlite", "'%:x'"), ("postgresql", "'%%:x'")])
def test_create_all_that_is_only_written_down(name: str, text: str) -> None:
    """A mock engine gets the statements, with percent signs as its driver wants them."""
    written: list[str] = []

    def note(statement: sa.schema.ExecutableDDLElement, *_: object) -> None:
        written.append(str(statement.compile(dialect=mock.dialect)))

    mock = sa.create_mock_engine(f"{name}://", note)
    everything().create_all(mock, checkfirst=False)
    assert any("CREATE VIEW" in each and text in each for each in written)


def test_all_operations_there_and_back(engine: sa.Engine) -> None:
    """What the difference makes is what the models want; its reverse takes it away."""
    bare().create_all(engine)
    with engine.connect() as connection:
        difference = flaskmig.engine.diff(everything(), connection)
        flaskmig.engine.apply(difference, connection)
        connection.commit()
        assert str(flaskmig.engine.diff(everything(), connection)) == ""
        there_now = flaskmig.engine.introspect(connection)
        apply_operations(difference.reverse().operations, there_now, connection)
        connection.commit()
        assert flaskmig.engine.diff(bare(), connection, managed=()).operations == ()
    assert there(engine) == []


def test_undeclared_is_left_alone(engine: sa.Engine) -> None:
    """What no models declare stays, but for what revisions made; between databases all counts."""
    everything().create_all(engine)
    with engine.connect() as connection:
        assert str(flaskmig.engine.diff(bare(), connection)) == ""
        managed = flaskmig.engine.diff(bare(), connection, managed=MANAGED)
        # a_few reads it, and is nobody's.
        assert DropView in {type(operation) for operation in managed}
        schema = flaskmig.engine.introspect(connection)
    wanted = flaskmig.engine.read_metadata(bare(), engine.dialect.name)
    counted = flaskmig.engine.diff(wanted, schema, dialect=engine.dialect.name)
    assert f"drop view {NAMES[engine.dialect.name][0]}" in str(counted)


def test_undeclared_follow_renames(engine: sa.Engine) -> None:
    """A view and a trigger that no models declare are no difference when their table is renamed."""
    bare().create_all(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE VIEW strange AS SELECT users.name FROM users")
    people = sa.MetaData()
    users(sa.MetaData()).to_metadata(people, name="people")
    with engine.connect() as connection:
        difference = flaskmig.engine.diff(people, connection, renames={"table:users": "people"})
        assert str(difference) == "rename table users to people"
        flaskmig.engine.apply(difference, connection)
        connection.commit()
        assert str(flaskmig.engine.diff(people, connection)) == ""


def test_note_on_a_view_in_the_way(engine: sa.Engine) -> None:
    """A view that reads a column that goes for good is told of."""
    bare().create_all(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE VIEW strange AS SELECT name FROM users")
    metadata = sa.MetaData()
    table = users(metadata)
    table._columns.remove(table.c.name)
    [note] = flaskmig.engine.diff(metadata, engine).notes
    assert note.startswith("view strange reads users")


def test_what_cannot_be_compared(engine: sa.Engine) -> None:
    """A view whose new query the database cannot read is compared by its text, and told of."""
    everything().create_all(engine)
    metadata = bare()
    flaskmig.View("active", "SELECT nothing FROM nowhere", metadata)
    difference = flaskmig.engine.diff(metadata, engine)
    assert "active" in str(difference)
    if engine.dialect.name == "postgresql":  # SQLite takes a view of anything.
        start = "not comparable, so compared as texts: view active: "
        assert any(note.startswith(start) for note in difference.notes)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_declared_twice(database: str) -> None:
    """Two views of one name are refused."""
    metadata = bare()
    flaskmig.View("v", "SELECT 1 AS a", metadata)
    flaskmig.View("v", "SELECT 2 AS a", metadata)
    with pytest.raises(ConfigurationError, match="declare view v twice"):
        flaskmig.engine.read_metadata(metadata, database)


def test_limited_to_a_database() -> None:
    """A view for one database is none of the other's."""
    metadata = bare()
    flaskmig.View("v", "SELECT 1 AS a", metadata, dialects=("postgresql",))
    read = {name: flaskmig.engine.read_metadata(metadata, name) for name in NAMES}
    assert {name: len(schema.views) for name, schema in read.items()} == {
        "sqlite": 0,
        "postgresql": 1,
    }


def test_indexes_want_a_materialized_view() -> None:
    """A plain view cannot have indexes."""
    with pytest.raises(ConfigurationError, match="cannot have indexes"):
        flaskmig.View("v", "SELECT 1 AS a", sa.MetaData(), indexes=[sa.Index("ix", "a")])


def test_table_of_a_view(engine: sa.Engine) -> None:
    """A declared view can be queried by what it selects."""
    metadata = sa.MetaData()
    table = users(metadata)
    view = flaskmig.View("named", sa.select(table.c.name).where(table.c.n > 1), metadata)
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(table.insert(), [{"name": "a", "n": 1}, {"name": "b", "n": 2}])
        assert connection.scalars(sa.select(view.c.name)).all() == ["b"]


def test_what_a_query_reads() -> None:
    """A select() tells the tables and columns that it reads, a text the tables that it may."""
    metadata = sa.MetaData()
    table = users(metadata)
    other = table.alias("o")
    query = sa.select(table.c.id).join(other, other.c.id == table.c.n)
    flaskmig.View("exact", query, metadata)
    flaskmig.View("text", "SELECT name FROM users", metadata)
    schema = flaskmig.engine.read_metadata(metadata, "sqlite")
    name = QualifiedName("users")
    assert schema.view(QualifiedName("exact")).uses == ((name, "id"), (name, "n"))
    assert schema.view(QualifiedName("text")).uses == ((name, ""),)
