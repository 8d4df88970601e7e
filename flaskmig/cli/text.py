"""Revisions and plans as lines of text."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flaskmig.engine.commands import LogEntry, Planned
    from flaskmig.engine.plans.planned import PlannedStatement


def brief(entry: LogEntry) -> str:
    """``ab12 (label) (head)``."""
    return f"{click.style(entry.revision.id, fg='cyan')}{_marks(entry)}"


def one_line(entry: LogEntry) -> str:
    """``parent -> ab12 (head), message``."""
    below = ", ".join(entry.revision.parents) or "<base>"
    wanted = entry.revision.depends_on
    needs = f" (needs {', '.join(wanted)})" if wanted else ""
    message = entry.revision.message
    return f"{below}{needs} -> {brief(entry)}{f', {message}' if message else ''}"


def full(entry: LogEntry) -> str:
    """Everything that the file's header says, as a paragraph."""
    revision = entry.revision
    lines = [f"Rev: {brief(entry)}"]
    parents = ", ".join(revision.parents) or "<base>"
    lines.append(f"{'Merges' if revision.is_merge else 'Parent'}: {parents}")
    if revision.replaces:
        lines.append(f"Replaces: {', '.join(revision.replaces)}")
    if revision.depends_on:
        lines.append(f"Needs: {', '.join(revision.depends_on)}")
    if entry.is_branch_point:
        lines.append(f"Branches into: {', '.join(entry.children)}")
    if revision.created:
        lines.append(f"Created: {revision.created}")
    lines.append(f"Path: {revision.path}")
    if revision.message:
        lines += ["", textwrap.indent(revision.message, "    ")]
    return "\n".join([*lines, ""])


def _marks(entry: LogEntry) -> str:
    marks = []
    if entry.revision.branch_labels:
        marks.append(", ".join(sorted(entry.revision.branch_labels)))
    if entry.revision.replaces:
        marks.append(f"replaces {len(entry.revision.replaces)}")
    if entry.is_head:
        marks.append("head" if entry.is_effective_head else "effective head")
    if entry.is_branch_point:
        marks.append("branchpoint")
    if entry.revision.is_merge:
        marks.append("mergepoint")
    if entry.current_in:
        marks.append("current")
    return "".join(f" ({mark})" for mark in marks)


def plan_lines(planned: Planned) -> list[str]:
    """A plan: for each revision its statements, and under them locks and hazards."""
    lines = []
    for revision in planned.plan:
        below = ", ".join(revision.parents) or "base"
        message = f", {revision.message}" if revision.message else ""
        where = f"{planned.bind}: " if planned.bind else ""
        title = f"{where}{revision.direction} {below} -> {revision.revision}{message}"
        lines.append(click.style(title, bold=True))
        for statement in revision.statements:
            lines += ["", *_statement_lines(statement)]
        lines += [f"    {click.style(str(note), fg='yellow')}" for note in revision.notes]
        lines.append("")
    return lines[:-1]


def _statement_lines(statement: PlannedStatement) -> list[str]:
    lines = [textwrap.indent(f"-- {statement.comment}", "    ")] if statement.comment else []
    if statement.is_guard:
        lines.append("    -- must return no row:")
    if statement.clears:
        lines.append("    -- first drops what an earlier try left of the index, if it is invalid")
    lines.append(textwrap.indent(f"{statement.sql.strip().rstrip(';')};", "    "))
    if not statement.in_transaction:
        lines.append("        outside of a transaction")
    lines += [f"        locks {lock.table} ({lock.mode})" for lock in statement.locks]
    for hazard in statement.hazards:
        lines.append(f"        {click.style(f'{hazard.code}: {hazard.message}', fg='yellow')}")
        if hazard.instead:
            lines.append(f"            {hazard.instead}")
    return lines
