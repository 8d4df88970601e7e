"""Exclusion constraints: what is excluded, and of which rows."""

from __future__ import annotations

import sqlalchemy as sa

from tests.expressions.form import POSTGRESQL, Form, Written


def _form(name: str, place: str, written: Written, changed: Written) -> Form:
    return Form(name=name, written=written, changed=changed, places=(place,), databases=POSTGRESQL)


FORMS = (
    _form("where", "exclude_where", "n > 0", "n > 1"),
    _form("where_in", "exclude_where", "s IN ('a', 'b')", "s IN ('a', 'c')"),
    _form("where_enum", "exclude_where", "mood <> 'sad'", "mood <> 'so so'"),
    _form("where_null", "exclude_where", "n IS NOT NULL", "n IS NULL"),
    _form("where_construct", "exclude_where", lambda c: c.n > 3, lambda c: c.n > 2),
    _form("where_boolean", "exclude_where", "NOT b", "b"),
    _form("text", "exclude", "(n + 1)", "(n + 2)"),
    _form("function", "exclude", "lower(s)", "upper(s)"),
    _form("coalesce", "exclude", "coalesce(n, 0)", "coalesce(n, 1)"),
    _form("construct", "exclude", lambda c: sa.func.lower(c.t), lambda c: sa.func.upper(c.t)),
)
