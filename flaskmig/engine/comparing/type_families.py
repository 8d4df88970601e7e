"""Families of types: whether values of one type compare with those of another without a cast."""

from __future__ import annotations

_FAMILIES = {
    "smallint": "integer",
    "int": "integer",
    "bigint": "integer",
    "varchar": "text",
    "character": "text",
    "char": "text",
    "bpchar": "text",
    "decimal": "numeric",
    "datetime": "timestamp",
}


def family(sql: str) -> str:
    """The family of a type: "integer" for bigint, "text" for character varying(80)."""
    base = sql.lower().partition("(")[0].removesuffix("[]").strip()
    word = base.partition(" ")[0]
    array = "[]" if sql.endswith("[]") else ""
    return _FAMILIES.get(word, word) + array
