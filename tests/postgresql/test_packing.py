"""The distinct parts of many tables, described by few."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from flaskmig.dialects.postgresql.packing import Packing
from flaskmig.schema import Check, Generated, Index, IndexPart, Table
from tests.postgresql.support import DIALECT, column, table


def like(number: int, *, kind: str = "integer", text: str = "a > 0") -> Table:
    return table(
        f"t{number}",
        column("a", kind, default="1"),
        column("b", "text"),
        constraints=(Check(expression=text, name=f"c{number}"),),
        indexes=(Index(name=f"i{number}", parts=(IndexPart(expression="lower(b)"),)),),
    )


def test_what_is_alike_is_made_once() -> None:
    """However many tables have the same parts, what is made for them is the same."""
    few, many = Packing([like(0)]).tables, Packing([like(n) for n in range(500)]).tables
    assert many == few
    assert len(few) == 1


@pytest.mark.parametrize(
    ("other", "made"),
    [
        (like(1, kind="bigint"), 2),
        (like(1, text="t1.a > 0"), 2),
        (like(1, text='"t1" IS NOT NULL AND a > 0'), 2),
        (like(1, text="A > 0"), 1),
        (like(1, text="'t1' > b"), 1),
    ],
    ids=["another type", "its own name", "its whole row", "other letters", "a string"],
)
def test_what_depends_on_its_table_is_apart(other: Table, made: int) -> None:
    """A part shares a table only with those that mean the same columns by the same names."""
    assert len(Packing([like(0), other]).tables) == made


def test_each_table_gets_its_own_parts(postgresql_engine: sa.Engine) -> None:
    """Tables that are described together must be as those that are described alone."""
    tables = [
        like(0),
        like(1, kind="numeric(12,2)"),
        like(2, text="t2.a > 0 and t2 is not null"),
        like(3, text="a in (1, 2)"),
        table("t4", column("a", "bigint"), column("b", generated=Generated(expression="a::int*2"))),
        table("t5", column("a", "date", default="now()"), column("flaskmig_1", default="1+1")),
        like(6),
    ]
    with postgresql_engine.connect() as connection:
        together = DIALECT.normalize(connection, tables)
        alone = [DIALECT.normalize(connection, [each])[0] for each in tables]
    assert together == alone
    assert [each.name for each in together] == [each.name for each in tables]
    checks = [c.expression for t in together for c in t.constraints if isinstance(c, Check)]
    assert checks == [
        "(a > 0)",
        "(a > (0)::numeric)",
        "((a > 0) AND (t2.* IS NOT NULL))",
        "(a = ANY (ARRAY[1, 2]))",
        "(a > 0)",
    ]


def test_a_thousand_tables_take_no_more_statements_than_one(postgresql_engine: sa.Engine) -> None:
    """The server is asked as often for many tables as for one, where their parts are alike."""
    asked: list[str] = []
    sa.event.listen(
        postgresql_engine, "before_cursor_execute", lambda *given: asked.append(given[2])
    )
    counts = []
    with postgresql_engine.connect() as connection:
        DIALECT.normalize(connection, [like(0)])
        for number in (1, 1000):
            asked.clear()
            DIALECT.normalize(connection, [like(n) for n in range(number)])
            counts.append(len(asked))
    assert counts[0] == counts[1]
