"""A plan as a script that people run themselves: what ``--sql`` prints."""

from __future__ import annotations

from collections.abc import Iterator

from flaskmig.engine.plans.planned import Plan, PlannedRevision, PlannedStatement

# A rebuild drops a table that others refer to, and inside of a transaction this does nothing
# (SQLite documentation: "PRAGMA foreign_keys").
_FOREIGN_KEYS_OFF = "PRAGMA foreign_keys=OFF"


def sql_script(plan: Plan, *, version_table: str | None = None) -> str:
    """The text of a plan; ``version_table`` is the statement that makes that table, if it must.

    Each revision is a transaction, cut where a statement cannot be in one.
    """
    return "\n".join(_lines(plan, version_table))


def _lines(plan: Plan, version_table: str | None) -> Iterator[str]:
    if plan.dialect == "sqlite" and any(statement.is_guard for statement in plan.statements):
        yield from _statement(_FOREIGN_KEYS_OFF)
    if version_table is not None:
        yield from ("BEGIN;", "")
        yield from _statement(version_table)
        yield from ("COMMIT;", "")
    for revision in plan:
        yield from _revision(revision)


def _revision(revision: PlannedRevision) -> Iterator[str]:
    yield from ("BEGIN;", "", _title(revision), "")
    for note in revision.notes:
        yield from (f"-- {note}", "")
    is_open = True
    for statement in revision.statements:
        if statement.in_transaction != is_open:
            yield from ("BEGIN;" if statement.in_transaction else "COMMIT;", "")
            is_open = statement.in_transaction
        yield from _planned(statement)
    if not is_open:
        yield from ("BEGIN;", "")
    for change in revision.rows:
        yield from _statement(change)
    yield from ("COMMIT;", "")


def _title(revision: PlannedRevision) -> str:
    parents = ", ".join(revision.parents)
    if revision.direction == "upgrade":
        return f"-- Running upgrade {parents} -> {revision.revision}"
    return f"-- Running downgrade {revision.revision} -> {parents}"


def _planned(statement: PlannedStatement) -> Iterator[str]:
    if statement.comment:
        yield f"-- {statement.comment}"
    if statement.is_guard:
        # A script cannot stop on a row that it finds; whoever runs it can.
        yield "-- must return no row:"
    yield from _statement(statement.sql)


def _statement(sql: str) -> Iterator[str]:
    text = sql.strip()
    yield text if text.endswith(";") else f"{text};"
    yield ""
