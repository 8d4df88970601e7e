"""Models with all the forms, and the tables that they speak of."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

import flaskmig
from tests.declared_forms.form import TextForm, ViewForm
from tests.declared_forms.routines import FUNCTIONS, SIDE_TRIGGER, TRIGGERS
from tests.declared_forms.selects import VIEWS as SELECTED
from tests.declared_forms.texts import VIEWS as WRITTEN

# A part of SQLAlchemy since 2.1.
CREATE_VIEW: Any = getattr(sa, "CreateView", None)


def views(database: str) -> list[ViewForm]:
    return [form for form in (*WRITTEN, *SELECTED) if database in form.databases]


def routines(database: str) -> list[TextForm]:
    return [form for form in (*FUNCTIONS, *TRIGGERS) if database in form.databases]


def metadata_of(database: str, *, changed: bool = False, people: str = "people") -> sa.MetaData:
    """Models with all forms of a database; ``people`` is what the first table is called."""
    metadata = sa.MetaData()
    tables = _tables(metadata, database, people)
    if database == "postgresql":
        flaskmig.Function(SIDE_TRIGGER, metadata)
    for form in views(database):
        written = form.text(changed=changed)
        query = _renamed(written, people) if isinstance(written, str) else written(tables)
        flaskmig.View(f"v_{form.name}", query, metadata, **form.options())
        if CREATE_VIEW is not None and not isinstance(written, str):
            CREATE_VIEW(written(tables), f"c_{form.name}", metadata=metadata)
    for routine in routines(database):
        sql = _renamed(routine.text(changed=changed), people)
        kind: Any = flaskmig.Function if routine in FUNCTIONS else flaskmig.Trigger
        kind(sql, metadata)
    return metadata


def _renamed(sql: str, people: str) -> str:
    return sql.replace("people", people).replace("PEOPLE", people.upper())


def _tables(metadata: sa.MetaData, database: str, people: str) -> dict[str, sa.Table]:
    def whole(name: str) -> sa.Column[int]:
        return sa.Column(name, sa.Integer)

    found = {
        "people": sa.Table(
            people,
            metadata,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("name", sa.Text),
            sa.Column("mail", sa.Text),
            *map(whole, ("age", "boss_id", "Mixed Case", "order")),
            sa.Column("active", sa.Boolean),
            sa.Column("joined", sa.DateTime),
            sa.Column("score", sa.Numeric(10, 2)),
        ),
        "posts": sa.Table(
            "posts",
            metadata,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("title", sa.Text),
            *map(whole, ("person_id", "stars")),
        ),
    }
    if database == "postgresql":
        found["people"].append_column(sa.Column("doc", postgresql.JSONB))
        found["people"].append_column(sa.Column("tags", postgresql.ARRAY(sa.Text)))
        state = sa.Enum("draft", "published", "gone", name="state")
        found["posts"].append_column(sa.Column("state", state))
        found["notes"] = sa.Table("notes", metadata, whole("id"), whole("other"), schema="side")
    return found
