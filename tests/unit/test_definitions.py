"""Texts that make functions and triggers: what is read off them."""

from __future__ import annotations

import pytest

from flaskmig.errors import OperationError
from flaskmig.operations.mentions import calls_mentioned, names_mentioned
from flaskmig.schema import QualifiedName
from flaskmig.schema.definitions import read_function, read_signature, read_trigger, tidy
from flaskmig.schema.view_options import view_options


@pytest.mark.parametrize(
    ("sql", "name", "arguments"),
    [
        ("CREATE FUNCTION f() RETURNS int AS 'x'", "f", ""),
        (
            "create or replace function App.F(a int, b text = 'x,y') as 'x'",
            "app.f",
            "a int, b text",
        ),
        ('CREATE FUNCTION "F"(a numeric(10,2) DEFAULT g(1, 2)) AS $$x$$', "F", "a numeric(10,2)"),
        ("-- why\nCREATE PROCEDURE p(INOUT a int[]) AS 'x';", "p", "INOUT a int[]"),
    ],
)
def test_function(sql: str, name: str, arguments: str) -> None:
    """The name is folded as the database does it, and defaults are no part of the arguments."""
    found = read_function(sql)
    assert (str(found.name), found.arguments) == (name, arguments)
    assert "replace" not in found.definition.lower()
    assert not found.definition.endswith(";")


@pytest.mark.parametrize(
    ("sql", "name", "table"),
    [
        ("CREATE TRIGGER t BEFORE UPDATE ON users EXECUTE FUNCTION f()", "t", "users"),
        (
            "CREATE OR REPLACE TRIGGER t AFTER UPDATE OF a, b ON app.users\nEXECUTE …",
            "t",
            "app.users",
        ),
        ("CREATE CONSTRAINT TRIGGER t AFTER INSERT ON x EXECUTE FUNCTION f()", "t", "x"),
        (
            'CREATE TRIGGER IF NOT EXISTS "a b" INSTEAD OF DELETE ON "V" BEGIN END',
            "a b",
            "V",
        ),
    ],
)
def test_trigger(sql: str, name: str, table: str) -> None:
    """Name and table are found whatever stands around them."""
    found = read_trigger(sql, folds=True)
    assert (found.name, str(found.table)) == (name, table)
    assert "REPLACE" not in found.definition
    assert "EXISTS" not in found.definition


def test_bare_names_keep_their_case_on_sqlite() -> None:
    """What PostgreSQL folds to lower case SQLite keeps as it is written."""
    sql = "CREATE TRIGGER Touched AFTER INSERT ON Users BEGIN SELECT 1; END"
    assert read_trigger(sql, folds=False)[:2] == ("Touched", QualifiedName("Users"))
    assert read_trigger(sql, folds=True)[:2] == ("touched", QualifiedName("users"))


@pytest.mark.parametrize("sql", ["", "SELECT 1", "CREATE FUNCTION f", "CREATE FUNCTION f(a int"])
def test_no_function(sql: str) -> None:
    """A text that makes no function is refused with what is wanted."""
    with pytest.raises(OperationError, match="makes no function") as error:
        read_function(sql)
    assert "CREATE FUNCTION" in str(error.value.hint)


def test_no_trigger() -> None:
    """A text that makes no trigger is refused with what is wanted."""
    with pytest.raises(OperationError, match="makes no trigger: CREATE TABLE"):
        read_trigger("CREATE TABLE t (a int)", folds=True)


def test_signature() -> None:
    """A name alone is a function without arguments."""
    assert read_signature("touch()") == (QualifiedName("touch"), "")
    assert read_signature('app."F"(a integer,\n  b text)') == (
        QualifiedName("F", "app"),
        "a integer, b text",
    )
    with pytest.raises(OperationError, match="is no function's name"):
        read_signature("no name (")


def test_tidy() -> None:
    """Indentation goes where a text begins on a line of its own, else the text is as it is."""
    assert tidy("\n    SELECT a,\n        b\n    ") == "SELECT a,\n    b"
    assert tidy("SELECT a,\n        b;\n") == "SELECT a,\n        b"


def test_names_in_a_text() -> None:
    """Bare, quoted and qualified names are all found, comments are not."""
    text = 'SELECT "A b".c, f(x) FROM app.Users -- not this\n WHERE g ( 1 ) /* nor f2() */'
    names = names_mentioned(text)
    assert {QualifiedName("A b"), QualifiedName("users", "app"), QualifiedName("users")} <= names
    assert QualifiedName("this") not in names
    assert {QualifiedName("f"), QualifiedName("g")} <= calls_mentioned(text)
    assert QualifiedName("f2") not in calls_mentioned(text)


def test_view_options() -> None:
    """Options are pairs in the order of their names, storage parameters as text."""
    found = view_options(check_option="LOCAL", security_barrier=False, storage={"fillfactor": 70})
    assert found == (("check_option", "local"), ("with.fillfactor", "70"))
