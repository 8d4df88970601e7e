"""`Snapshot`: the schema of one database as a file has it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from flaskmig.errors import InvalidSnapshotError
from flaskmig.schema import Schema
from flaskmig.snapshots.values import plain, read

FORMAT = 1
_FORMAT = "flaskmig_snapshot"
_DATABASE = "database"
_DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A schema, and the kind of database whose spelling it is in: "sqlite" or "postgresql".

    As JSON it has a format number, and is the same for the same schema: collections are sorted,
    what has its default is left out. A file of this format stays readable. What a file has and
    this version does not know is refused, because leaving it out would read as its removal.
    """

    schema: Schema
    database: str

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        content: dict[str, Any] = plain(self.schema)
        return {_FORMAT: FORMAT, _DATABASE: self.database, **dict(sorted(content.items()))}

    @classmethod
    def from_json(cls, value: Any) -> Snapshot:
        """What `to_json` made; raises InvalidSnapshotError with the place that is wrong."""
        if not isinstance(value, dict) or _FORMAT not in value:
            raise InvalidSnapshotError(
                f"this is no snapshot: it does not begin with {_FORMAT!r}",
                place="",
                hint="flask db snapshot writes one",
            )
        _require_format(value[_FORMAT])
        database = value.get(_DATABASE)
        if database not in _DATABASES:
            raise InvalidSnapshotError(
                f"{_DATABASE} is {database!r} and not one of {', '.join(_DATABASES)}",
                place=_DATABASE,
                hint="take the snapshot anew",
            )
        rest = {name: part for name, part in value.items() if name not in (_FORMAT, _DATABASE)}
        schema: Schema = read(Schema, rest, "")
        _refuse_doubles(schema)
        return cls(schema=schema, database=database)

    def text(self) -> str:
        """The content of a file."""
        return json.dumps(self.to_json(), indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def read(cls, text: str) -> Snapshot:
        """The snapshot that a file holds; raises InvalidSnapshotError with the place."""
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            place = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
            raise InvalidSnapshotError(
                f"this is no JSON: {error}", place=place, hint="flask db snapshot writes one"
            ) from error
        return cls.from_json(value)


def _require_format(number: Any) -> None:
    if type(number) is int and 1 <= number <= FORMAT:
        return
    is_newer = type(number) is int and number > FORMAT
    raise InvalidSnapshotError(
        f"the snapshot has format {number!r}, and this version of flaskmig reads {FORMAT}",
        place=_FORMAT,
        hint="read it with the version that wrote it, or a newer one"
        if is_newer
        else "take the snapshot anew",
    )


def _refuse_doubles(schema: Schema) -> None:
    """Raise InvalidSnapshotError where two objects have one name: a merge gone wrong."""
    for place, names in _names(schema):
        for name, number in Counter(names).items():
            if number > 1:
                raise InvalidSnapshotError(
                    f"{place}.{name} is there twice",
                    place=f"{place}.{name}",
                    hint="take one of them out",
                )


def _names(schema: Schema) -> Iterator[tuple[str, Iterable[Hashable]]]:
    for each in fields(schema):
        if each.name == "functions":
            yield each.name, [one.signature for one in schema.functions]
        elif each.name == "triggers":
            yield each.name, [f"{one.name} of {one.table}" for one in schema.triggers]
        elif each.name == "schemas":
            yield each.name, schema.schemas
        else:
            yield each.name, [one.name for one in getattr(schema, each.name)]
    for table in schema.tables:
        yield f"tables.{table.name}.columns", [column.name for column in table.columns]
        yield f"tables.{table.name}.indexes", [index.name for index in table.indexes]
