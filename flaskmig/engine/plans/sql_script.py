"""A plan as a script that people run themselves: what ``--sql`` prints.

It is written for the program of each database, sqlite3 or psql. Both go on after an error unless
they are told not to, and what comes after one may drop the table that was to be copied first.
"""

from __future__ import annotations

from collections.abc import Iterator

from flaskmig.engine.plans.guards import DROP_GUARD, MAKE_GUARD, guard
from flaskmig.engine.plans.planned import Plan, PlannedRevision, PlannedStatement
from flaskmig.sql import quote_literal

# A rebuild drops a table that others refer to, and inside of a transaction this does nothing
# (SQLite documentation: "PRAGMA foreign_keys").
_FOREIGN_KEYS_OFF = "PRAGMA foreign_keys=OFF"

# Rows without their parent row, of the tables that are watched and of those that refer to them.
# One that has a foreign key to what is not unique ends the query, and so the script.
_VIOLATIONS = """SELECT m.name AS child, c.parent AS parent, count(*) AS number
FROM sqlite_master AS m JOIN pragma_foreign_key_check(m.name) AS c
WHERE m.type = 'table' AND (lower(m.name) IN ({tables}) OR EXISTS (
    SELECT 1 FROM pragma_foreign_key_list(m.name) AS f WHERE lower(f."table") IN ({tables})))
GROUP BY m.name, c.parent"""
_KNOWN = "_flaskmig_violations"
_WORSE = f"""SELECT 1 FROM ({{violations}}) AS n
LEFT JOIN {_KNOWN} AS o ON lower(o.child) = lower(n.child) AND lower(o.parent) = lower(n.parent)
WHERE n.number > coalesce(o.number, 0)"""


def sql_script(plan: Plan, *, version_table: str | None = None) -> str:
    """The text of a plan; ``version_table`` is the statement that makes that table, if it must.

    Each revision is a transaction, cut where a statement cannot be in one.
    """
    return "\n".join(_lines(plan, version_table))


def _lines(plan: Plan, version_table: str | None) -> Iterator[str]:
    yield from _stopping(plan)
    if plan.dialect == "postgresql" and any(
        "\\" in each.sql + each.clears for each in plan.statements
    ):
        # Else a server may take a backslash in a string for the beginning of something.
        yield from _statement("SET standard_conforming_strings = on")
    is_guarded = plan.dialect == "sqlite" and any(
        each.is_guard or each.watches for each in plan.statements
    )
    if is_guarded:
        yield from _statement(_FOREIGN_KEYS_OFF)
        yield from _statement(MAKE_GUARD)
    if version_table is not None:
        yield from ("BEGIN;", "")
        yield from _statement(version_table)
        yield from ("COMMIT;", "")
    for revision in plan:
        yield from _revision(revision, plan.dialect)
    if is_guarded:
        yield from _statement(DROP_GUARD)


def _stopping(plan: Plan) -> Iterator[str]:
    """The line that has the database's program stop at an error, where going on does harm.

    Only that program knows the line, so it is left out where nothing can be lost: in SQLite
    where things are only made, and in PostgreSQL where an error undoes the one transaction.
    """
    if plan.dialect == "sqlite":
        if not all(each.sql.lstrip().upper().startswith("CREATE") for each in plan.statements):
            yield from (".bail on", "")
    elif len(plan) > 1 or not all(each.in_transaction for each in plan.statements):
        yield from ("\\set ON_ERROR_STOP on", "")


def _revision(revision: PlannedRevision, dialect: str) -> Iterator[str]:
    yield from ("BEGIN;", "", _title(revision), "")
    for note in revision.notes:
        yield from (_remark(str(note)), "")
    is_open = True
    watched = sorted({each.watches.lower() for each in revision.statements if each.watches})
    violations = _VIOLATIONS.format(tables=", ".join(map(quote_literal, watched)))
    if watched:
        yield "-- foreign keys that are broken already do not stop this, others do"
        yield from _statement(f"CREATE TEMP TABLE {_KNOWN} AS\n{violations}")
    for statement in revision.statements:
        if statement.in_transaction != is_open:
            yield from ("BEGIN;" if statement.in_transaction else "COMMIT;", "")
            is_open = statement.in_transaction
        yield from _planned(statement, dialect)
    if not is_open:
        yield from ("BEGIN;", "")
    if watched:
        yield "-- stops here where it finds a row:"
        message = f"a row of {' or '.join(watched)}, or one that refers to it, lacks its parent"
        worse = PlannedStatement(sql=_WORSE.format(violations=violations), refusal=message)
        yield from _statement(_guard(worse, dialect))
        yield from _statement(f"DROP TABLE temp.{_KNOWN}")
    for change in revision.rows:
        yield from _statement(change)
    yield from ("COMMIT;", "")


def _title(revision: PlannedRevision) -> str:
    parents = ", ".join(revision.parents)
    if revision.direction == "upgrade":
        return f"-- Running upgrade {parents} -> {revision.revision}"
    return f"-- Running downgrade {revision.revision} -> {parents}"


def _planned(statement: PlannedStatement, dialect: str) -> Iterator[str]:
    if statement.watches:
        return
    if statement.is_guard:
        yield "-- stops here where it finds a row:"
        yield from _statement(_guard(statement, dialect))
        return
    if statement.comment:
        yield _remark(statement.comment)
    if statement.clears:
        # psql runs what the query gives as statements.
        yield "-- first drops what an earlier try left of the index, if it is invalid"
        yield from (f"{statement.clears}\n\\gexec", "")
    yield from _statement(statement.sql)


def _guard(statement: PlannedStatement, dialect: str) -> str:
    return guard(statement.sql, statement.refusal, dialect)


def _remark(text: str) -> str:
    """The text as a comment, whatever names are in it: none can end the line."""
    shown = (each if each.isprintable() else ascii(each)[1:-1] for each in text)
    return f"-- {''.join(shown)}"


def _statement(sql: str) -> Iterator[str]:
    text = sql.strip()
    # The last line may end in a comment, and then the semicolon would be part of it.
    is_open = "--" in text.rpartition("\n")[2]
    yield f"{text}\n;" if is_open else text if text.endswith(";") else f"{text};"
    yield ""
