"""Views and triggers on SQLite: read, compared by tokens, made, and kept by rebuilds."""

from __future__ import annotations

import pytest
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from flaskmig.errors import UnsupportedOperationError
from flaskmig.operations import (
    AlterColumn,
    CreateExtension,
    CreateFunction,
    CreateTable,
    CreateTrigger,
    CreateView,
    DropColumn,
    DropTrigger,
    DropView,
    Operation,
    RenameTable,
    ReplaceTrigger,
    ReplaceView,
)
from flaskmig.schema import (
    Column,
    Extension,
    Function,
    QualifiedName,
    Schema,
    Table,
    Trigger,
    Type,
    View,
)
from tests.sqlite.support import apply, dialect, is_rebuild, raw, rows, stored, table

USERS = QualifiedName("users")
TABLES = """
    CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER);
    CREATE TABLE log (what TEXT, who INTEGER);
    INSERT INTO users VALUES (1, 'a', 10);
"""
ON_NAME = (
    "CREATE TRIGGER on_name AFTER UPDATE OF name ON users BEGIN "
    "INSERT INTO log VALUES ('name; x', new.id); END"
)


def view(name: str, definition: str, **attributes: object) -> View:
    return View(name=QualifiedName(name), definition=definition, **attributes)  # type: ignore[arg-type]


def table_of(name: str, *columns: str) -> Table:
    found = tuple(Column(name=each, type=Type(sql="TEXT")) for each in columns)
    return Table(name=QualifiedName(name), columns=found)


def trigger(definition: str, name: str = "on_name", on: QualifiedName = USERS) -> Trigger:
    return Trigger(name=name, table=on, definition=definition)


def read(connection: Connection) -> Schema:
    return dialect.introspect(connection)


def test_views_are_read_from_their_texts(connection: Connection) -> None:
    """The query without CREATE VIEW, names that stand beside it, and what it may read."""
    raw(connection).executescript(
        TABLES
        + """
        CREATE TEMP VIEW mine AS SELECT 1;
        create view if not exists [A "view"] (who, [how old]) as -- as a comment
            SELECT name, age FROM users WHERE name <> 'log' ;
        CREATE VIEW every AS SELECT * FROM users, log WHERE age > 1;
        CREATE VIEW counted AS SELECT count(*) AS n FROM [A "view"];
        """
    )
    odd, counted, every = read(connection).views
    assert odd.name == QualifiedName('A "view"')
    assert odd.columns == ("who", "how old")
    assert odd.definition.endswith("SELECT name, age FROM users WHERE name <> 'log'")
    assert odd.uses == ((USERS, "age"), (USERS, "name"))
    assert every.uses == ((QualifiedName("log"), ""), (USERS, ""))
    assert counted.uses == ((odd.name, ""),)


def test_triggers_are_read_with_the_names_of_their_tables(connection: Connection) -> None:
    """Of tables and of views; those of the session alone are left to the table's rebuild."""
    raw(connection).executescript(
        TABLES
        + ON_NAME.replace("ON users", "ON Users")
        + """;
        CREATE VIEW v AS SELECT name FROM users;
        CREATE TRIGGER instead INSTEAD OF INSERT ON V BEGIN SELECT 1; END;
        CREATE TEMP TRIGGER mine AFTER INSERT ON users BEGIN SELECT 1; END;
        """
    )
    on_users, on_view = read(connection).triggers
    assert (on_users.name, on_users.table) == ("on_name", USERS)
    assert on_users.definition == ON_NAME.replace("ON users", "ON Users")
    assert (on_view.name, on_view.table) == ("instead", QualifiedName("v"))
    assert len(table(connection, "users").triggers) == 2


def test_names_limit_what_is_read(connection: Connection) -> None:
    """A look at one table brings its triggers and no views."""
    raw(connection).executescript(
        TABLES + ON_NAME + "; CREATE VIEW v AS SELECT 1; CREATE VIEW w AS SELECT name FROM users"
    )
    of_table = dialect.introspect(connection, only=[USERS])
    assert (of_table.views, len(of_table.triggers)) == ((), 1)
    of_view = dialect.introspect(connection, only=[QualifiedName("w")])
    assert [each.uses for each in of_view.views] == [((USERS, "name"),)]
    assert (of_view.tables, of_view.triggers) == ((), ())


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("SELECT name FROM users", 'select  "NAME"\nfrom [users] -- x\n;', True),
        ("SELECT 'a' AS x", "SELECT 'A' AS x", False),
        ("SELECT name FROM users", "SELECT age FROM users", False),
        ('SELECT "a b" FROM users', "SELECT a b FROM users", False),
        ("SELECT 1 + 2 * 3", "SELECT (1 + 2) * 3", False),
        ("SELECT ';' AS x", "SELECT ';' AS x;", True),
    ],
)
def test_texts_are_compared_by_their_tokens(
    connection: Connection, one: str, other: str, is_same: bool
) -> None:
    """White space, letter case of names, quotes and comments do not count; all else does."""
    head = "CREATE TRIGGER t AFTER INSERT ON users BEGIN "
    bodies = [each.strip().removesuffix(";") for each in (one, other)]
    for pair in (
        [view("v", one), view("v", other)],
        [trigger(f"{head}{body}\n; END") for body in bodies],
    ):
        found = dialect.normalize_declared(connection, pair, around=Schema())
        assert (found[0] == found[1]) is is_same


def test_a_view_that_is_wanted_knows_what_it_reads(connection: Connection) -> None:
    """As far as the words of its text tell, of the tables that are wanted."""
    around = Schema(
        tables=(table_of("users", "id", "Name"), table_of("log", "what")),
        views=(view("v", "SELECT 1"),),
    )
    wanted = view("w", "SELECT u.NAME FROM Users u, v")
    (found,) = dialect.normalize_declared(connection, [wanted], around=around)
    assert isinstance(found, View)
    assert found.uses == ((USERS, "Name"), (QualifiedName("v"), ""))


def test_functions_are_not_compared(connection: Connection) -> None:
    """SQLite has none, and says so."""
    function = Function(name=QualifiedName("f"), definition="CREATE FUNCTION f() …")
    with pytest.raises(UnsupportedOperationError, match="no functions"):
        dialect.normalize_declared(connection, [function], around=Schema())
    for operation, what in (
        (CreateFunction(function=function), "functions"),
        (CreateExtension(extension=Extension(name="x")), "extensions"),
    ):
        with pytest.raises(UnsupportedOperationError, match=f"SQLite has no {what}"):
            dialect.statements([operation], Schema())


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ({"materialized": True}, "materialized"),
        ({"options": (("security_barrier", True),)}, "no options"),
    ],
)
def test_what_only_postgresql_has_is_refused(attributes: dict[str, object], reason: str) -> None:
    """Nothing of it is silently left out."""
    with pytest.raises(UnsupportedOperationError, match=reason):
        dialect.statements([CreateView(view=view("v", "SELECT 1", **attributes))], Schema())


def there_and_back(connection: Connection, *operations: Operation) -> dict[str, str]:
    """Apply the operations and their reverses; the texts in between. They must be as before."""
    before, texts = read(connection), stored(connection)
    apply(connection, *operations)
    between = stored(connection)
    apply(connection, *(operation.reverse() for operation in reversed(operations)))
    assert read(connection) == before
    changed = {name for name, text in stored(connection).items() if texts[name] != text}
    assert changed <= {"users", "v"}, "what was made anew has its name quoted"
    return between


def test_views_are_made_replaced_and_dropped(connection: Connection) -> None:
    """With the names of their columns; the triggers of a view that is replaced come back."""
    raw(connection).executescript(TABLES)
    first = view('the "view"', "SELECT name, age FROM users", columns=("who", "how old"))
    apply(connection, CreateView(view=first))
    instead = trigger(
        'CREATE TRIGGER i INSTEAD OF INSERT ON "the ""view""" BEGIN SELECT 1; END', "i", first.name
    )
    apply(connection, CreateTrigger(trigger=instead))
    assert read(connection).views == (first,)
    second = view(first.name.name, "SELECT name FROM users")
    between = there_and_back(connection, ReplaceView(before=first, after=second))
    assert between[first.name.name].endswith("AS\nSELECT name FROM users")
    assert between["i"] == instead.definition
    apply(connection, DropTrigger(trigger=instead), DropView(view=first))
    assert (read(connection).views, read(connection).triggers) == ((), ())


def test_the_triggers_of_a_replaced_view_are_those_of_then(connection: Connection) -> None:
    """One that was dropped or changed before in the same list does not come back as it was."""
    raw(connection).executescript(
        TABLES
        + """
        CREATE VIEW v AS SELECT name FROM users;
        CREATE TRIGGER gone INSTEAD OF INSERT ON v BEGIN SELECT 1; END;
        CREATE TRIGGER kept INSTEAD OF DELETE ON v BEGIN SELECT 1; END;
        CREATE TRIGGER changed INSTEAD OF UPDATE ON v BEGIN SELECT 1; END;
        """
    )
    schema = read(connection)
    gone, changed = (schema.find_trigger(QualifiedName("v"), name) for name in ("gone", "changed"))
    assert gone is not None
    assert changed is not None
    after = trigger(changed.definition.replace("SELECT 1", "SELECT 2"), "changed", changed.table)
    apply(
        connection,
        DropTrigger(trigger=gone),
        ReplaceTrigger(before=changed, after=after),
        ReplaceView(before=schema.views[0], after=view("v", "SELECT name, age FROM users")),
    )
    texts = stored(connection)
    assert "gone" not in texts
    assert texts["changed"] == after.definition
    assert "kept" in texts


def test_triggers_are_made_replaced_and_dropped(connection: Connection) -> None:
    """And fire as they say."""
    raw(connection).executescript(TABLES)
    first = trigger(ON_NAME)
    apply(connection, CreateTrigger(trigger=first))
    assert read(connection).triggers == (first,)
    second = trigger(ON_NAME.replace("new.id", "-new.id"))
    apply(connection, ReplaceTrigger(before=first, after=second))
    raw(connection).execute("UPDATE users SET name = 'b'")
    assert rows(connection, "SELECT * FROM log") == [("name; x", -1)]
    raw(connection).commit()
    apply(connection, DropTrigger(trigger=second))
    assert read(connection).triggers == ()


def test_a_rebuild_makes_the_triggers_of_then(connection: Connection) -> None:
    """Those dropped before it in the list stay away, those made after it are made once."""
    raw(connection).executescript(
        TABLES + ON_NAME + ";CREATE TRIGGER other AFTER DELETE ON users BEGIN SELECT 1; END"
    )
    users = table(connection, "users")
    first, second = trigger(ON_NAME), trigger(ON_NAME.replace("new.id", "new.age"))
    age = users.column("age")
    operations = (
        DropTrigger(trigger=first),
        AlterColumn(table=USERS, before=age, after=Column(name="age", type=Type(sql="TEXT"))),
        CreateTrigger(trigger=second),
    )
    assert is_rebuild(dialect.statements(operations, read(connection)))
    between = there_and_back(connection, *operations)
    assert between["on_name"] == second.definition
    assert "other" in between


def test_the_table_of_a_trigger_is_carried_forward(connection: Connection) -> None:
    """A plan knows the triggers that its operations leave, as a rebuild must."""
    raw(connection).executescript(TABLES + ON_NAME)
    before = Schema(tables=(table(connection, "users"),))
    made = trigger("CREATE TRIGGER other AFTER DELETE ON users BEGIN SELECT 1; END", "other")
    (found,) = dialect.stored([CreateTrigger(trigger=made)], before)
    assert found.triggers == (ON_NAME, made.definition)
    (found,) = dialect.stored([DropTrigger(trigger=trigger(ON_NAME))], before)
    assert found.triggers == ()
    changed = trigger(ON_NAME.replace("new.id", "1"))
    (found,) = dialect.stored([ReplaceTrigger(before=trigger(ON_NAME), after=changed)], before)
    assert found.triggers == (changed.definition,)


def test_a_view_makes_way_for_a_column_that_goes(connection: Connection) -> None:
    """SQLite refuses to drop what a view names; dropped before and made after, it may go."""
    raw(connection).executescript(TABLES + "CREATE VIEW v AS SELECT id, age FROM users")
    found = read(connection).view(QualifiedName("v"))
    age = table(connection, "users").column("age")
    with pytest.raises(OperationalError, match="error in view v"):
        apply(connection, DropColumn(table=USERS, column=age))
    between = there_and_back(
        connection,
        DropView(view=found),
        DropColumn(table=USERS, column=age),
        CreateView(view=view("v", "SELECT id, 0 AS age FROM users")),
    )
    assert between["v"].endswith("SELECT id, 0 AS age FROM users")


def test_a_view_stays_through_a_rebuild_and_a_rename(connection: Connection) -> None:
    """Nothing has to be dropped for them, and the view reads the rows as before."""
    raw(connection).executescript(
        TABLES + "CREATE VIEW v AS SELECT name, age FROM users;" + ON_NAME
    )
    age = table(connection, "users").column("age")
    apply(
        connection,
        AlterColumn(table=USERS, before=age, after=Column(name="age", type=Type(sql="TEXT"))),
        RenameTable(before=USERS, after=QualifiedName("people")),
    )
    assert rows(connection, "SELECT * FROM v") == [("a", "10")]
    schema = read(connection)
    assert schema.views[0].uses[0][0] == QualifiedName("people")
    assert schema.triggers[0].table == QualifiedName("people")


def test_a_view_that_is_broken_is_read_all_the_same(connection: Connection) -> None:
    """What it selected is gone, its text is not."""
    raw(connection).executescript("CREATE VIEW v AS SELECT a FROM missing")
    assert read(connection).views == (view("v", "SELECT a FROM missing"),)
    apply(connection, CreateTable(table=table_of("other", "id")))
