"""What changing a column's type takes: a USING expression, a rewrite of the table, or nothing."""

from __future__ import annotations

import re
from dataclasses import replace

from flaskmig.dialects.base import Loss
from flaskmig.errors import UnsupportedOperationError
from flaskmig.operations import AlterColumn
from flaskmig.schema import Column, Type
from flaskmig.sql import quote

_STRINGS = frozenset({"text", "character varying", "character", "bpchar", "name", '"char"'})
_NUMBERS = frozenset({"smallint", "integer", "bigint", "numeric", "real", "double precision"})

# Pairs beside those in which PostgreSQL converts by itself on assignment (pg_cast, castcontext
# 'i' and 'a', of PostgreSQL 14 to 18).
_ASSIGNABLE = frozenset(
    {
        ("date", "timestamp without time zone"),
        ("date", "timestamp with time zone"),
        ("timestamp without time zone", "date"),
        ("timestamp without time zone", "time without time zone"),
        ("timestamp without time zone", "timestamp with time zone"),
        ("timestamp with time zone", "date"),
        ("timestamp with time zone", "time without time zone"),
        ("timestamp with time zone", "time with time zone"),
        ("timestamp with time zone", "timestamp without time zone"),
        ("time without time zone", "interval"),
        ("time without time zone", "time with time zone"),
        ("time with time zone", "time without time zone"),
        ("interval", "time without time zone"),
        ("json", "jsonb"),
        ("jsonb", "json"),
        ("inet", "cidr"),
        ("cidr", "inet"),
        ("bit", "bit varying"),
        ("bit varying", "bit"),
        ("money", "numeric"),
        ("numeric", "money"),
        ("integer", "money"),
        ("bigint", "money"),
        ("integer", "oid"),
        ("bigint", "oid"),
        ("oid", "bigint"),
        ("oid", "integer"),
    }
)
_RANGES = frozenset({"int4range", "int8range", "numrange", "daterange", "tsrange", "tstzrange"})
# Types of which all casts are known here; of others, which extensions bring, any may be there.
_KNOWN = _NUMBERS | _RANGES | {name for pair in _ASSIGNABLE for name in pair}
_KNOWN |= {"boolean", "uuid", "interval", "macaddr", "macaddr8"}
# Those that are there when asked for (pg_cast, castcontext 'e').
_CASTABLE = frozenset(
    {
        ("integer", "bit"),
        ("bigint", "bit"),
        ("bit", "integer"),
        ("bit", "bigint"),
        ("macaddr", "macaddr8"),
        ("macaddr8", "macaddr"),
        *(("jsonb", name) for name in (*_NUMBERS, "boolean")),
    }
)
_ARGUMENTS = re.compile(r"\(([^)]*)\)")


def _base(sql: str) -> str:
    """The type's name without its arguments: "character varying(80)[]" → "character varying[]"."""
    return _ARGUMENTS.sub("", sql)


def _arguments(sql: str) -> tuple[int, ...] | None:
    found = _ARGUMENTS.search(sql)
    if found is None:
        return None
    parts = found.group(1).split(",")
    return tuple(int(part) for part in parts if part.strip().lstrip("-").isdigit())


def using(before: Column, after: Column) -> str | None:
    """The USING expression for a change of type, None where PostgreSQL converts by itself.

    Raises UnsupportedOperationError where there is no conversion.
    """
    return _cast(quote(before.name), before.type, after.type)


def proposed(before: Column, after: Column) -> str | None:
    """The USING expression of `using`, None also where there is no conversion."""
    if before.type.sql == after.type.sql:
        return None
    try:
        return using(before, after)
    except UnsupportedOperationError:
        return None


def given(operation: AlterColumn) -> str | None:
    """The USING expression that a person chose; a file says the proposed one as well."""
    chosen = operation.using
    return None if chosen == proposed(operation.before, operation.after) else chosen


def unpacks(before: Column, after: Column) -> bool:
    """Whether an array becomes its one element, which no other number of elements can."""
    return (
        _is_array(before.type)
        and not _is_array(after.type)
        and not _is_spelled(after.type, before.type)
    )


def _cast(value: str, old: Type, new: Type) -> str | None:
    """``value``, an expression of the old type, as one of the new; None where nothing is to say."""
    if _is_spelled(old, new):
        return f"{value}::{new.sql}"
    if _is_spelled(new, old):
        return None
    if _is_array(new) and not _is_array(old):
        element = _cast(value, old, _element(new)) or value
        return f"CASE WHEN {value} IS NOT NULL THEN ARRAY[{element}]::{new.sql} END"
    if _is_array(old) and not _is_array(new):
        element = f"{value}[1]"
        return _cast(element, _element(old), new) or element
    array = "[]" if _is_array(old) else ""
    if old.enum and new.enum:
        return None if old.enum == new.enum else f"{value}::text{array}::{new.sql}"
    old_base, new_base = _base(old.sql).removesuffix("[]"), _base(new.sql).removesuffix("[]")
    if not array and {old_base, new_base} & {"bytea"}:
        return _cast_bytes(value, old_base, new_base, new)
    if _converts_by_itself(old_base, new_base) and not new.enum:
        return None
    if new.enum or old.enum or {old_base, new_base} <= _RANGES:
        via = "" if old_base in _STRINGS else f"::text{array}"
        return f"{value}{via}::{new.sql}"
    if old_base in _STRINGS:
        return f"{value}::{new.sql}"
    return _cast_between(value, old_base, new_base, new, array)


def _cast_bytes(value: str, old: str, new: str, target: Type) -> str | None:
    """Text is the bytes of its characters; a cast would read escapes in it."""
    if old == new:
        return None
    if old in _STRINGS:
        return f"convert_to({value}, 'UTF8')"
    if new in _STRINGS:
        return f"convert_from({value}, 'UTF8')"
    raise _no_conversion(old, target)


def _cast_between(value: str, old: str, new: str, target: Type, array: str) -> str:
    """From no string, to a type that PostgreSQL does not convert to by itself."""
    if old == "boolean" and new in _NUMBERS and not array:
        direct = f"{value}::integer"
        return direct if new == "integer" else f"{direct}::{target.sql}"
    if old in _NUMBERS and new == "boolean" and not array:
        return f"{value} <> 0"
    if new in ("json", "jsonb") and not array:
        return f"to_{new}({value})"
    if old == "json" and new in _NUMBERS | {"boolean"} and not array:
        return f"({value} #>> '{{}}')::{target.sql}"
    if {old, new} <= _KNOWN and (old, new) not in _CASTABLE:
        raise _no_conversion(old, target)
    return f"{value}::{target.sql}"


def _no_conversion(old: str, new: Type) -> UnsupportedOperationError:
    return UnsupportedOperationError(
        f"PostgreSQL has no conversion from {old} to {new.sql}",
        hint='say how a value becomes one: op.alter_column(…, postgresql_using="…")',
    )


def _is_array(type_: Type) -> bool:
    return type_.sql.endswith("[]")


def _is_spelled(text: Type, array: Type) -> bool:
    """Whether the one is a string and the other an array of what is none: "{1,2}"."""
    if not _is_array(array) or _is_array(text):
        return False
    strings = [_base(type_.sql) in _STRINGS for type_ in (text, _element(array))]
    return strings == [True, False]


def _element(array: Type) -> Type:
    return replace(array, sql=array.sql.removesuffix("[]"))


def _converts_by_itself(old: str, new: str) -> bool:
    """Whether there is an assignment cast; every type has one to the string types."""
    if old == new or new in _STRINGS or (old in _NUMBERS and new in _NUMBERS):
        return True
    return (old, new) in _ASSIGNABLE or (old.startswith("interval") and new.startswith("interval"))


def rewrites(before: Column, after: Column) -> bool:
    """Whether the change of type writes every row anew, as far as is known without the server.

    Observed on PostgreSQL 15 to 18; what is not known to be free is taken for a rewrite.
    """
    old, new = before.type.sql, after.type.sql
    if old == new:
        return False
    old_base, new_base = _base(old), _base(new)
    old_size, new_size = _arguments(old), _arguments(new)
    if new_base == "text" or (new_base == "character varying" and new_size is None):
        return old_base not in ("text", "character varying")
    if old_base != new_base:
        return (old_base, new_base) not in {("cidr", "inet"), ("oid", "integer")}
    if new_base == "numeric":
        return not (new_size is None or _same_scale_wider(old_size, new_size))
    if new_base in ("character", "bit"):
        return True
    return not (new_size is None or (old_size is not None and new_size >= old_size))


def _same_scale_wider(old: tuple[int, ...] | None, new: tuple[int, ...]) -> bool:
    return old is not None and old[1:] == new[1:] and new[0] >= old[0]


def loss(before: Column, after: Column, using: str | None = None) -> Loss | None:
    """What the change of type may do to values, None where each stays what it is.

    ``using`` is the expression that a person gave for it.
    """
    old, new = before.type.sql, after.type.sql
    if old == new:
        return None
    if using is None and _is_read(before, after):
        if _base(new) in _INTEGERS:
            lost = "values are read as integers: '0007' becomes 7"
            return Loss(lost, lost)
        rest = "and how they were written is not kept"
        return Loss(f"values are read as {new}, {rest}", f"values are read as another type, {rest}")
    if using is None and unpacks(before, after):
        rest = "which an array of one element alone can"
        return Loss(f"{old} becomes {new}, {rest}", f"an array becomes its element, {rest}")
    if _is_read(before, after) or _narrows(old, new):
        rest = "may change or refuse values"
        return Loss(f"{old} to {new} {rest}", f"the change of type {rest}")
    return None


def _is_read(before: Column, after: Column) -> bool:
    """Whether text is parsed for the new value, which keeps the meaning and not the spelling."""
    if after.type.enum:
        return False
    old, new = _base(before.type.sql), _base(after.type.sql)
    old, new = old.removesuffix("[]"), new.removesuffix("[]")
    return old in _STRINGS and new not in _STRINGS and new not in _VERBATIM


def _narrows(old: str, new: str) -> bool:
    """Whether values may be cut or changed: a shorter string, a smaller number, another kind."""
    old_base, new_base = _base(old).removesuffix("[]"), _base(new).removesuffix("[]")
    if old_base in _NUMBERS and new_base in _NUMBERS:
        return (old_base, new_base) not in _WIDER and not _numeric_wider(old, new)
    if new_base in ("text", "bytea"):
        return False
    old_size, new_size = _arguments(old), _arguments(new)
    if old_base == new_base or {old_base, new_base} <= _STRINGS:
        return new_size is not None and (old_size is None or new_size < old_size)
    return (old_base, new_base) in _LOSSY or (old_base in _NUMBERS and new_base == "boolean")


_INTEGERS = frozenset({"smallint", "integer", "bigint"})
# They keep the very text that they were given.
_VERBATIM = frozenset({"bytea", "json", "xml", "citext"})
_LOSSY = frozenset(
    {
        ("timestamp without time zone", "date"),
        ("timestamp with time zone", "date"),
        ("timestamp without time zone", "time without time zone"),
        ("timestamp with time zone", "time without time zone"),
        ("json", "jsonb"),
    }
)
_WIDER = frozenset(
    {
        ("smallint", "integer"),
        ("smallint", "bigint"),
        ("integer", "bigint"),
        ("real", "double precision"),
        ("smallint", "real"),
        ("smallint", "double precision"),
        ("integer", "double precision"),
    }
)


# The digits that the greatest value of each type has.
_DIGITS = {"smallint": 5, "integer": 10, "bigint": 19}


def _numeric_wider(old: str, new: str) -> bool:
    """Whether the new type is a numeric that holds every value, before and after the point."""
    if _base(new).removesuffix("[]") != "numeric":
        return False
    new_size, old_size = _arguments(new), _arguments(old)
    if new_size is None:
        return True
    old_base = _base(old).removesuffix("[]")
    if old_base in _DIGITS:
        old_size = (_DIGITS[old_base], 0)
    if old_size is None:
        return False
    (precision, scale), (new_precision, new_scale) = _digits(old_size), _digits(new_size)
    return new_scale >= scale and new_precision - new_scale >= precision - scale


def _digits(size: tuple[int, ...]) -> tuple[int, int]:
    """Precision and scale, of which the scale may go unsaid."""
    return size[0], size[1] if len(size) > 1 else 0
