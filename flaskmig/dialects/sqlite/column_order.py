"""The columns of a stored CREATE TABLE text in another order, each with its comments."""

from __future__ import annotations

from collections.abc import Sequence

from flaskmig.dialects.sqlite.create_table import INDENT
from flaskmig.dialects.sqlite.definition import REST_OF_LINE, TableText, read_table
from flaskmig.sql import folded


def with_order(sql: str, names: Sequence[str]) -> str:
    """The text with its columns in the order of ``names``, which are folded.

    Columns that are not named come last, in the order that they had.
    """
    text = read_table(sql)
    places = {name: place for place, name in enumerate(names)}
    found = [folded(column.name) for column in text.columns]
    wanted = sorted(found, key=lambda name: places.get(name, len(places)))
    if wanted == found:
        return sql
    start, end, parts = _parts(text)
    in_order = [parts[found.index(name)] for name in wanted]
    # White space belongs to the place, a comment above a column to the column.
    leads = [lead for lead, _, _ in (parts if _is_blank(parts) else in_order)]
    last = len(text.columns) - 1
    has_more = bool(text.constraints) or any(comma >= text.columns[-1].end for comma in text.commas)
    pieces: list[str] = []
    before = sql[text.open : start]
    for place, (lead, (_, definition, comment)) in enumerate(zip(leads, in_order, strict=True)):
        if "--" in before and not lead.startswith("\n"):
            lead = "\n" + INDENT + lead.lstrip(" \t")
        before = comment
        comma = "," if place < last or has_more else ""
        pieces.append(f"{lead}{definition}{comma}{comment}")
    rest = sql[end:]
    if "--" in in_order[-1][2] and not rest.startswith("\n"):
        rest = "\n" + rest
    return sql[:start] + "".join(pieces) + rest


def _parts(text: TableText) -> tuple[int, int, list[tuple[str, str, str]]]:
    """Where the columns begin and end, and of each what is before it, itself, and its comment."""
    sql, parts = text.sql, []
    # A comment behind the parenthesis is about the table.
    heading = REST_OF_LINE.match(sql, text.open)
    begin = end = heading.end() if heading else text.open
    for place, column in enumerate(text.columns):
        after = text.items[place + 1].start if place + 1 < len(text.items) else text.close
        comma = next((c for c in text.commas if column.end <= c < after), None)
        lead = sql[end : column.start]
        before_comma = "" if comma is None else sql[column.end : comma]
        end = column.end if comma is None else comma + 1
        comment = REST_OF_LINE.match(sql, end)
        if comment:
            end = comment.end()
        told = before_comma.rstrip() + (comment.group() if comment else "")
        parts.append((lead, sql[column.start : column.end], told))
    return begin, end, parts


def _is_blank(parts: Sequence[tuple[str, str, str]]) -> bool:
    return all(not lead.strip() for lead, _, _ in parts)
