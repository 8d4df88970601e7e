"""The rows of two ways, compared."""

from __future__ import annotations

import sqlalchemy as sa

from flaskmig import engine as flaskmig_engine
from flaskmig.engine.commands.squashing.contents import Contents, Rows, contents, unlike


def made(*values: tuple[str, ...]) -> Contents:
    return {"t": Rows(columns=("id", "made_at"), values=values)}


def test_rows_that_differ_are_named() -> None:
    """A value, a row too many or too few, and a table that one side lacks are differences."""
    one = made(("1", "noon"), ("2", "noon"))
    assert unlike(one, made(("2", "noon"), ("1", "noon"))) == []
    for other in (
        made(("1", "noon"), ("3", "noon")),
        made(("1", "noon")),
        made(("1", "noon"), ("2", "noon"), ("2", "noon")),
        {},
    ):
        assert unlike(one, other) == ["t"]
        assert unlike(other, one) == ["t"]


def test_values_that_a_second_run_makes_otherwise_do_not_count() -> None:
    """A time of day may differ where it differs between two runs of the same, and nothing else."""
    one, again = made(("1", "noon")), made(("1", "one"))
    assert unlike(one, made(("1", "two"))) == ["t"]
    assert unlike(one, made(("1", "two")), again) == []
    assert unlike(one, made(("2", "two")), again) == ["t"]


def test_rows_are_read_with_their_columns(engine: sa.Engine) -> None:
    """Each value comes with its type, so that the text "1" is not the number."""
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a INTEGER, b VARCHAR(5))")
        connection.exec_driver_sql("INSERT INTO t VALUES (1, '1'), (NULL, NULL)")
        found = contents(connection, flaskmig_engine.introspect(connection))
    assert found["t"].of(["a", "b"]) == {("1", "'1'"): 1, ("None", "None"): 1}
