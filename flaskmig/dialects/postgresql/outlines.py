"""Tables of PostgreSQL in outline: what the catalogue says of all of them, in two queries.

What few tables have (identity and generated columns, partitions, options, deferrable unique keys,
indexes of any special kind) the server calls odd, and such a table has no outline. The others are
read as `catalog` reads them, down to the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy.engine import Connection

from flaskmig.dialects.postgresql import outline_queries as queries
from flaskmig.dialects.postgresql.catalog import (
    ACTIONS,
    BITS,
    MATCHES,
    Reader,
    pinned,
    type_of,
)
from flaskmig.schema import Column, QualifiedName, Type
from flaskmig.schema.outline import CheckOutline, IndexOutline, KeyOutline, Outline


class _Facts(NamedTuple):
    type: Type
    nullable: bool
    collation: str | None
    default: str | None = None
    is_serial: bool = False


class _Relation(NamedTuple):
    """A table as the server tells of it, its columns apart and all else still in texts.

    ``kinds`` are those of the columns, "23 -1 0 tf"; ``numbers`` their numbers in the catalogue,
    empty where these are 1, 2, 3 and so on.
    """

    oid: str
    name: QualifiedName
    is_odd: bool
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    numbers: Sequence[str]
    rest: tuple[Any, ...]

    def places(self, numbers: str) -> Sequence[int]:
        """The places of the columns with these numbers, among the others."""
        if self.numbers:
            return [self.numbers.index(number) for number in numbers.split(" ")]
        return _dense(numbers)

    def named(self, numbers: str) -> tuple[str, ...]:
        """The names of the columns with these numbers."""
        return tuple([self.columns[place] for place in self.places(numbers)])


@lru_cache(maxsize=1024)
def _dense(numbers: str) -> tuple[int, ...]:
    return tuple(int(number) - 1 for number in numbers.split(" "))


class _OddError(Exception):
    """There is more to say of a table than an outline can."""


@dataclass(slots=True)
class _Found:
    """All that was found; columns are told by their table and number, "16384 2".

    ``owners`` counts the sequences that belong to a column, ``fed`` are the columns of which the
    default takes from one of these. ``kinds`` says what a kind of column is, ``collations`` the
    number of its collation, and ``made`` the same with a default. ``classes`` are those that
    indexes take by themselves.
    """

    relations: dict[str, _Relation] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    owners: Counter[str] = field(default_factory=Counter)
    fed: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    kinds: dict[str, _Facts] = field(default_factory=dict)
    collations: dict[str, str] = field(default_factory=dict)
    made: dict[tuple[str, str | None], _Facts] = field(default_factory=dict)
    usual: dict[str, bool] = field(default_factory=dict)

    def is_usual(self, classes: str) -> bool:
        """Whether an index has by itself these classes, and sorts as usual: "1978 3126 0 0"."""
        if classes not in self.usual:
            numbers = classes.split(" ")
            middle = len(numbers) // 2
            is_usual = self.classes.issuperset(numbers[:middle]) and set(numbers[middle:]) == {"0"}
            self.usual[classes] = is_usual
        return self.usual[classes]


def outlines(connection: Connection, schemas: Collection[str] = ()) -> list[Outline]:
    """The outlines of the tables that have one, in the default schema and in ``schemas``."""
    with pinned(connection, schemas) as reader:
        found = _find(reader)
        _find_types(reader, found)
    return list(_outlines(found))


def outlined_column(facts: Hashable) -> Column:
    """The column that the facts of an outline stand for, under any name."""
    known = cast(_Facts, facts)
    return Column(
        name="c",
        type=known.type,
        nullable=known.nullable,
        default=known.default,
        autoincrement=known.is_serial,
        collation=known.collation,
    )


def _find(reader: Reader) -> _Found:
    found = _Found()
    places = [reader.default_schema, *reader.schemas]
    schemas = [place for place in dict.fromkeys(places) if place]
    for kind, what, *row in reader.fetch(queries.tables(reader.version), schemas=schemas):
        if kind == "t":
            found.relations[what] = _relation(reader, what, *row)
        elif kind == "d":
            found.defaults.update(dict.fromkeys(what.split(queries.SEPARATOR), row[0]))
        elif kind == "s":
            found.owners[what] += 1
            if row[0] == "true":
                found.fed.add(what)
        else:
            found.classes.add(what)
    return found


def _relation(
    reader: Reader,
    oid: str,
    schema: str,
    name: str,
    is_odd: str,
    amount: int,
    listed: str | None,
    numbers: str | None,
    *rest: Any,
) -> _Relation:
    columns = listed.split(queries.SEPARATOR) if listed else []
    if len(columns) != 2 * amount:
        # No name of such a table is known, so that nothing can refer to it.
        is_odd, columns = "true", []
    return _Relation(
        oid=oid,
        name=reader.name(name, schema),
        is_odd=is_odd == "true",
        columns=tuple(columns[::2]),
        kinds=tuple(columns[1::2]),
        numbers=numbers.split(" ") if numbers else (),
        rest=rest,
    )


def _find_types(reader: Reader, found: _Found) -> None:
    """What kinds of columns are: the type, its modifier, the collation, NOT NULL and a default."""
    kinds = sorted({kind for each in found.relations.values() for kind in each.kinds})
    split = [kind.split(" ") for kind in kinds]
    rows = reader.fetch(
        queries.TYPES,
        types=[int(parts[0]) for parts in split],
        modifiers=[int(parts[1]) for parts in split],
        collations=[int(parts[2]) for parts in split],
    )
    for kind, parts, (sql, collation, *enum) in zip(kinds, split, rows, strict=True):
        is_nullable = parts[3].startswith("f")
        found.kinds[kind] = _Facts(type_of(reader, sql, *enum), is_nullable, collation)
        found.collations[kind] = parts[2]


def _outlines(found: _Found) -> Iterator[Outline]:
    for relation in found.relations.values():
        if relation.is_odd:
            continue
        try:
            yield _outline(relation, found)
        except _OddError:
            continue


def _outline(relation: _Relation, found: _Found) -> Outline:
    """The outline; raises _OddError where there is none."""
    constraints, constraint_texts, indexes, index_texts, comments, comment_texts = relation.rest
    keys: list[KeyOutline] = []
    checks: list[CheckOutline] = []
    behind = set[str]()
    for how, name, columns, index, what in _parts(constraint_texts, constraints, 5):
        kind = how[0]
        if kind == "c":
            checks.append(CheckOutline(name, what))
        elif kind == "f":
            keys.append(_foreign_key(how, name, relation.named(columns), what, found))
        else:
            keys.append(KeyOutline(cast(Any, kind), name, relation.named(columns)))
            behind.add(index)
    return Outline(
        relation.name,
        relation.columns,
        _facts(relation, found),
        tuple(keys),
        tuple(checks),
        tuple(
            [
                _index(relation, found, name, *rest)
                for name, oid, *rest in _parts(index_texts, indexes, 5)
                if oid not in behind
            ]
        ),
        _comments(relation, _parts(comment_texts, comments, 2)) if comments else _NO_COMMENTS,
    )


def _parts(text: str | None, amount: int, each: int) -> Iterable[tuple[str, ...]]:
    """The parts of a text, so many for each of its things; raises _OddError for more or less."""
    parts = text.split(queries.SEPARATOR) if amount and text else []
    if len(parts) != amount * each:
        raise _OddError
    return zip(*[iter(parts)] * each, strict=True)


def _facts(relation: _Relation, found: _Found) -> tuple[_Facts, ...]:
    """What is said of the columns; raises _OddError for a sequence that is not their own."""
    facts = []
    for place, kind in enumerate(relation.kinds):
        if kind[-1] == "f":
            facts.append(found.kinds[kind])
            continue
        number = relation.numbers[place] if relation.numbers else place + 1
        column = f"{relation.oid} {number}"
        default = found.defaults.get(column)
        known = found.made.get((kind, default))
        if known is None:
            known = found.kinds[kind]._replace(default=default, is_serial=default is None)
            found.made[kind, default] = known
        if default is None and not _is_serial(column, known, found):
            raise _OddError
        facts.append(known)
    return tuple(facts)


def _is_serial(column: str, facts: _Facts, found: _Found) -> bool:
    return column in found.fed and found.owners[column] == 1 and facts.type.sql in BITS


def _foreign_key(
    how: str, name: str, columns: tuple[str, ...], what: str, found: _Found
) -> KeyOutline:
    """The key; raises _OddError where its target is in none of the schemas."""
    oid, _, numbers = what.partition(" ")
    target = found.relations.get(oid)
    if target is None or not target.columns:
        raise _OddError
    return KeyOutline(
        "f",
        name,
        columns,
        target.name,
        target.named(numbers),
        ACTIONS[how[3]],
        ACTIONS[how[4]],
        cast(Any, MATCHES[how[5]]),
        how[1] == "t",
        how[2] == "t",
    )


def _index(
    relation: _Relation, found: _Found, name: str, how: str, classes: str, collations: str
) -> IndexOutline:
    """The index; raises _OddError where there is more to say than its columns."""
    if not found.is_usual(classes):
        raise _OddError
    numbers = how[1:]
    if collations.strip("0 "):
        for place, collation in zip(relation.places(numbers), collations.split(" "), strict=True):
            if collation not in ("0", found.collations[relation.kinds[place]]):
                raise _OddError
    return IndexOutline(name, how[0] == "t", relation.named(numbers))


_NO_COMMENTS: Mapping[str, str] = {}


def _comments(relation: _Relation, parts: Iterable[tuple[str, ...]]) -> Mapping[str, str]:
    return {
        "" if number == "0" else relation.named(number)[0]: comment for number, comment in parts
    }
