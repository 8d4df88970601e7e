"""A query that stops a run where it finds a row, as a statement that fails by itself."""

from __future__ import annotations

from flaskmig.sql import quote_literal

# No plain statement of SQLite's stops a script; one that a CHECK refuses does.
_GUARD = "_flaskmig_guard"
MAKE_GUARD = f"CREATE TEMP TABLE IF NOT EXISTS {_GUARD} (refusal TEXT CHECK (refusal IS NULL))"
DROP_GUARD = f"DROP TABLE temp.{_GUARD}"


def guard(query: str, refusal: str, dialect: str) -> str:
    """A statement that fails where the query finds a row; ``refusal`` says why, for people.

    On SQLite it stands between `MAKE_GUARD` and `DROP_GUARD`.
    """
    message, query = quote_literal(refusal), query.strip()
    if dialect == "sqlite":
        return f"INSERT INTO {_GUARD}\nSELECT {message}\nWHERE EXISTS ({query})"
    tag = "$guard$"
    while tag in query or tag in message:
        tag = f"{tag[:-1]}_$"
    return (
        f"DO {tag}\nBEGIN\n    IF EXISTS ({query}) THEN\n"
        f"        RAISE EXCEPTION USING MESSAGE = {message};\n    END IF;\nEND\n{tag}"
    )
