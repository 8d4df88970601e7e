"""Views that are written as select()."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from tests.declared_forms.form import POSTGRESQL, ViewForm, view

Tables = Mapping[str, Any]


def _both(name: str, made: Any, on: tuple[str, ...] = ("sqlite", "postgresql")) -> ViewForm:
    """``made`` takes the tables and a number that stands somewhere in the query."""
    return view(name, lambda tables: made(tables, 1), lambda tables: made(tables, 2), on)


def _join(t: Tables, n: int) -> Any:
    on = sa.and_(t["posts"].c.person_id == t["people"].c.id, t["posts"].c.stars > n)
    return sa.select(t["people"].c.id, t["posts"].c.title).select_from(
        t["people"].join(t["posts"], on, isouter=True)
    )


def _aliases(t: Tables, n: int) -> Any:
    boss = t["people"].alias("boss")
    return sa.select(t["people"].c.name, boss.c.name.label("boss name")).where(
        t["people"].c.boss_id == boss.c.id, boss.c.age > n
    )


def _subquery(t: Tables, n: int) -> Any:
    counted = (
        sa.select(t["posts"].c.person_id, sa.func.count().label("n"))
        .group_by(t["posts"].c.person_id)
        .having(sa.func.count() > n)
        .subquery()
    )
    return sa.select(t["people"].c.id, counted.c.n).join(
        counted, counted.c.person_id == t["people"].c.id
    )


def _cte(t: Tables, n: int) -> Any:
    old = sa.select(t["people"].c.id).where(t["people"].c.age > n).cte("old")
    return sa.select(old.c.id)


def _lateral(t: Tables, n: int) -> Any:
    last = (
        sa.select(t["posts"].c.title)
        .where(t["posts"].c.person_id == t["people"].c.id)
        .limit(n)
        .lateral("last")
    )
    return sa.select(t["people"].c.id, last.c.title).join(last, sa.true())


def _case(t: Tables, n: int) -> Any:
    people = t["people"].c
    kind = sa.case((people.age > n, "it's 100%"), else_=people.name)
    return sa.select(people.id, kind.label("kind"))


VIEWS = (
    _both("s_where", lambda t, n: sa.select(t["people"]).where(t["people"].c.age > n)),
    _both("s_join", _join),
    _both("s_aliases", _aliases),
    _both("s_subquery", _subquery),
    _both("s_cte", _cte),
    _both("s_case", _case),
    _both(
        "s_union",
        lambda t, n: sa.union_all(
            sa.select(t["people"].c.id), sa.select(t["posts"].c.id).where(t["posts"].c.stars > n)
        ),
    ),
    _both(
        "s_window",
        lambda t, n: sa.select(
            t["people"].c.id,
            sa.func.lag(t["people"].c.age, n).over(order_by=t["people"].c.id).label("before"),
        ),
    ),
    _both(
        "s_cast",
        lambda t, n: sa.select((sa.cast(t["people"].c.age, sa.Numeric(8, 2)) + n).label("c")),
    ),
    _both(
        "s_in",
        lambda t, n: sa.select(t["people"].c["Mixed Case"], t["people"].c["order"]).where(
            t["people"].c.id.in_([n, 7]), t["people"].c.name.like("a%"), ~t["people"].c.active
        ),
    ),
    _both(
        "s_filter",
        lambda t, n: sa.select(
            sa.func.count().filter(t["people"].c.age > n).label("n"),
        ).select_from(t["people"]),
    ),
    _both(
        "s_exists",
        lambda t, n: sa.select(t["people"].c.id).where(
            sa.exists().where(t["posts"].c.person_id == t["people"].c.id, t["posts"].c.stars == n)
        ),
    ),
    _both(
        "s_ordered",
        lambda t, n: (
            sa.select(t["people"].c.name)
            .distinct()
            .order_by(t["people"].c.name.desc().nulls_last())
            .limit(n)
        ),
    ),
    _both(
        "s_text",
        lambda t, n: (
            sa.select(sa.literal_column("name || ' x '").label("x"))
            .select_from(t["people"])
            .where(sa.text(f"age = {n}"))
        ),
    ),
    _both("s_lateral", _lateral, POSTGRESQL),
    _both(
        "s_distinct_on",
        lambda t, n: (
            sa.select(t["people"].c.id)
            .ext(postgresql.distinct_on(t["people"].c.boss_id))
            .where(t["people"].c.age > n)
            if hasattr(postgresql, "distinct_on")
            else sa.select(t["people"].c.id)
            .distinct(t["people"].c.boss_id)
            .where(t["people"].c.age > n)
        ),
        POSTGRESQL,
    ),
    _both(
        "s_json",
        lambda t, n: sa.select(
            t["people"].c.doc["a"].astext.label("a"), t["people"].c.tags[n].label("t")
        ),
        POSTGRESQL,
    ),
    _both(
        "s_enum",
        lambda t, n: sa.select(t["posts"].c.id).where(
            t["posts"].c.state == ("draft" if n == 1 else "gone")
        ),
        POSTGRESQL,
    ),
    _both(
        "s_schema",
        lambda t, n: sa.select(t["notes"].c.id, t["people"].c.name).where(
            t["notes"].c.id == t["people"].c.id + n
        ),
        POSTGRESQL,
    ),
)
