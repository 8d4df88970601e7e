"""Random models of many tables that are made of few parts, and single changes of them.

They are described by plain values first, so that a change is one of a value, and any number of
`sa.MetaData` can be made of the same description.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

COLUMNS = ("name", "email", "amount", "state", "note", "Title", "select", "größe", "weight")
MOODS = ("sad", "ok", "happy")


class Shout(sa.types.TypeDecorator[str]):
    """A type of the application's own."""

    impl = sa.String(30)
    cache_ok = True


TYPES: dict[str, tuple[Callable[[], Any], tuple[Any, ...]]] = {
    "integer": (sa.Integer, ("0", sa.text("7"), sa.text("(1 + 1)"))),
    "bigint": (sa.BigInteger, (sa.text("-1"),)),
    "short": (lambda: sa.String(20), ("none", "it's", sa.text("('a' || 'b')"))),
    "long": (lambda: sa.String(200), ("", sa.text("(lower('A'))"))),
    "text": (sa.Text, ("x", sa.null())),
    "money": (lambda: sa.Numeric(10, 2), (sa.text("0"), sa.text("1.50"))),
    "boolean": (sa.Boolean, (sa.true(), sa.false())),
    "checked": (lambda: sa.Boolean(create_constraint=True, name="is_bool"), ()),
    "moment": (sa.DateTime, (sa.func.now(), sa.func.current_timestamp())),
    "zoned": (lambda: sa.DateTime(timezone=True), (sa.text("CURRENT_TIMESTAMP"),)),
    "day": (sa.Date, (sa.text("'2020-01-01'"),)),
    "json": (sa.JSON, ()),
    "bytes": (sa.LargeBinary, ()),
    "mood": (lambda: sa.Enum(*MOODS, name="mood"), ("ok",)),
    "own": (Shout, ("X",)),
    "either": (lambda: sa.Text().with_variant(sa.String(9), "sqlite", "postgresql"), ()),
    "collated": (lambda: sa.String(20), ()),
    "list": (lambda: sa.JSON().with_variant(postgresql.ARRAY(sa.Integer), "postgresql"), ()),
}


@dataclass
class Part:
    """A column: ``default`` is the place of one of its type, or None."""

    name: str
    type: str
    default: int | None = None
    nullable: bool = True
    comment: str | None = None
    info: dict[str, Any] = field(default_factory=dict)
    is_computed: bool = False

    def made(self) -> sa.Column[Any]:
        make, defaults = TYPES[self.type]
        return sa.Column(
            self.name,
            make(),
            *([sa.Computed("1 + 1", persisted=True)] if self.is_computed else []),
            nullable=self.nullable,
            server_default=None if self.default is None else defaults[self.default],
            comment=self.comment,
            info=dict(self.info),
        )


@dataclass
class Model:
    """A table; keys and indexes are of names of columns, and have a name or None."""

    name: str
    parts: list[Part]
    key: list[str] = field(default_factory=lambda: ["id"])
    uniques: list[tuple[str | None, list[str]]] = field(default_factory=list)
    checks: list[tuple[str | None, str]] = field(default_factory=list)
    indexes: list[tuple[str, list[str], bool, dict[str, Any]]] = field(default_factory=list)
    references: list[tuple[str | None, str, str, dict[str, Any]]] = field(default_factory=list)
    comment: str | None = None
    options: dict[str, Any] = field(default_factory=dict)

    def add_to(self, metadata: sa.MetaData) -> None:
        table = sa.Table(
            self.name,
            metadata,
            sa.Column("id", sa.Integer, nullable=False),
            *(part.made() for part in self.parts),
            sa.PrimaryKeyConstraint(*self.key),
            *(sa.UniqueConstraint(*columns, name=name) for name, columns in self.uniques),
            *(sa.CheckConstraint(text, name=name) for name, text in self.checks),
            *(
                sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, **options)
                for name, column, target, options in self.references
            ),
            comment=self.comment,
            **self.options,
        )
        for name, columns, unique, options in self.indexes:
            sa.Index(name, *(table.c[column] for column in columns), unique=unique, **options)

    @property
    def names(self) -> list[str]:
        return [part.name for part in self.parts]


Models = list[Model]


def metadata_of(models: Models) -> sa.MetaData:
    metadata = sa.MetaData()
    for model in models:
        model.add_to(metadata)
    return metadata


def random_models(random: Random, count: int) -> Models:
    """Models that a database of either kind can have."""
    return [_random_model(random, f"table_{n:02}") for n in range(count)]


def _random_model(random: Random, name: str) -> Model:
    parts = [_random_part(random, each) for each in random.sample(COLUMNS, random.randint(1, 6))]
    model = Model(name, parts, comment=random.choice((None, None, "a table")))
    plain = [part.name for part in parts if part.type in ("integer", "short", "money")]
    if plain and random.random() < 0.5:
        own = random.choice((None, f"uq_{name}"))
        model.uniques.append((own, random.sample(plain, random.randint(1, len(plain)))))
    numbers = [part.name for part in parts if part.type in ("integer", "money", "bigint")]
    for n, column in enumerate(numbers):
        if random.random() < 0.5:
            model.checks.append((random.choice((None, f"ck_{name}_{n}")), _check(random, column)))
    if plain and random.random() < 0.6:
        columns = random.sample(plain, random.randint(1, min(2, len(plain))))
        model.indexes.append((f"ix_{name}", columns, random.random() < 0.3, {}))
    number = int(name.rpartition("_")[2])
    integers = [part.name for part in parts if part.type == "integer"]
    if integers and number and random.random() < 0.6:
        options = random.choice(
            ({}, {"ondelete": "CASCADE"}, {"onupdate": "SET NULL"}, {"deferrable": True})
        )
        own = random.choice((None, f"fk_{name}"))
        target = f"table_{random.randrange(number):02}"
        model.references.append((own, integers[0], target, dict(options)))
    return model


def _random_part(random: Random, name: str) -> Part:
    kind = random.choice([*TYPES])
    defaults = TYPES[kind][1]
    return Part(
        name,
        kind,
        default=random.randrange(len(defaults)) if defaults and random.random() < 0.5 else None,
        nullable=random.random() < 0.6,
        comment=random.choice((None, None, None, "a column")),
    )


def _check(random: Random, column: str) -> str:
    quoted = f'"{column}"'
    return random.choice(
        (f"{quoted} > 0", f"{quoted} IN (1, 2, 3)", f"({quoted} BETWEEN 1 AND 9)", f"{quoted}>0")
    )


def _retyped(model: Model, part: Part, random: Random) -> None:
    part.type = random.choice([kind for kind in TYPES if kind != part.type])
    part.default = None


def _nullable(model: Model, part: Part, random: Random) -> None:
    part.nullable = not part.nullable


def _default(model: Model, part: Part, random: Random) -> None:
    defaults = TYPES[part.type][1]
    choices = [each for each in (None, *range(len(defaults))) if each != part.default]
    part.default = random.choice(choices or [None])


def _comment(model: Model, part: Part, random: Random) -> None:
    part.comment = random.choice((None, "another", ""))


def _computed(model: Model, part: Part, random: Random) -> None:
    part.type, part.default, part.is_computed = "integer", None, True


def _table_comment(model: Model, part: Part, random: Random) -> None:
    model.comment = random.choice((None, "another"))


def _left_alone(model: Model, part: Part, random: Random) -> None:
    part.info["skip_autogenerate"] = True
    part.nullable = not part.nullable


def _renamed_column(model: Model, part: Part, random: Random) -> None:
    _without(model, part.name)
    part.name = f"{part.name}_2"


def _hinted_column(model: Model, part: Part, random: Random) -> None:
    part.info["renamed_from"] = part.name
    _renamed_column(model, part, random)


def _dropped_column(model: Model, part: Part, random: Random) -> None:
    _without(model, part.name)
    model.parts.remove(part)


def _without(model: Model, column: str) -> None:
    """Take out what names the column."""
    model.uniques = [each for each in model.uniques if column not in each[1]]
    model.indexes = [each for each in model.indexes if column not in each[1]]
    model.checks = [each for each in model.checks if f'"{column}"' not in each[1]]
    model.references = [each for each in model.references if each[1] != column]


def _added_column(model: Model, part: Part, random: Random) -> None:
    new = Part(f"added_{len(model.parts)}", "integer", 0)
    model.parts.insert(random.randint(0, len(model.parts)), new)


def _other_order(model: Model, part: Part, random: Random) -> None:
    model.parts.reverse()


def _key(model: Model, part: Part, random: Random) -> None:
    if part.type in ("integer", "short"):
        part.nullable = False
        model.key = random.choice((["id", part.name], [part.name, "id"]))


def _unique(model: Model, part: Part, random: Random) -> None:
    if model.uniques:
        name, columns = model.uniques.pop()
        model.uniques += random.choice(
            ([], [("another", columns)], [(name, columns[::-1])], [(None, columns[:1])])
        )
    elif part.type in ("integer", "short"):
        model.uniques.append((random.choice((None, f"new_{part.name}")), [part.name]))


def _checks(model: Model, part: Part, random: Random) -> None:
    if model.checks:
        name, text = model.checks.pop()
        model.checks += random.choice(
            (
                [],
                [(f"other_{model.name}", text)],
                [(name, f"NOT ({text})")],
                [(name, f"{text} AND id > 0")],
                [(None, f"({text})")],
            )
        )
    else:
        model.checks.append((f"new_{model.name}", "id > 0"))


def _index(model: Model, part: Part, random: Random) -> None:
    if not model.indexes:
        model.indexes.append((f"new_{model.name}", ["id"], False, {}))
        return
    name, columns, unique, _ = model.indexes.pop()
    where = {"postgresql_where": sa.text("id > 1"), "sqlite_where": sa.text("id > 1")}
    model.indexes += random.choice(
        (
            [],
            [(f"other_{model.name}", columns, unique, {})],
            [(name, columns, not unique, {})],
            [(name, [*columns, "id"], unique, {})],
            [(name, columns[::-1], unique, {})],
            [(name, columns, unique, where)],
        )
    )


def _reference(model: Model, part: Part, random: Random) -> None:
    if not model.references:
        return
    name, column, target, options = model.references.pop()
    model.references += random.choice(
        (
            [],
            [("another", column, target, options)],
            [(name, column, model.name, options)],
            [(name, column, target, {**options, "ondelete": "SET NULL"})],
            [(name, column, target, {**options, "initially": "DEFERRED", "deferrable": True})],
            [(name, column, target, {**options, "match": "FULL"})],
        )
    )


def _options(model: Model, part: Part, random: Random) -> None:
    model.options = random.choice(({"prefixes": ["UNLOGGED"]}, {"sqlite_autoincrement": True}))


CHANGES = (
    _retyped, _nullable, _default, _comment, _computed, _table_comment, _left_alone,
    _renamed_column, _hinted_column, _dropped_column, _added_column, _other_order, _key, _unique,
    _checks, _index, _reference, _options,
)  # fmt: skip


_HAVING: dict[Any, Callable[[Model], Any]] = {
    _checks: lambda model: model.checks,
    _index: lambda model: model.indexes,
    _reference: lambda model: model.references,
}


def changed(random: Random, models: Models, count: int) -> tuple[Models, Sequence[str]]:
    """The models with so many single changes, and the names of these."""
    after = deepcopy(models)
    done = []
    for _ in range(count):
        change = random.choice((*CHANGES, None, None))
        if change is None:
            done.append(_whole(after, random))
            continue
        having = _HAVING.get(change)
        fitting = [model for model in after if model.parts and (not having or having(model))]
        if not fitting:
            continue
        model = random.choice(fitting)
        change(model, random.choice(model.parts), random)
        done.append(change.__name__)
    return after, done


def _whole(models: Models, random: Random) -> str:
    """A table that comes, goes or is called otherwise."""
    what = random.choice(("dropped", "added", "renamed"))
    if what == "added":
        models.append(_random_model(random, f"fresh_{len(models):02}"))
        return what
    model = random.choice(models)
    for other in models:
        other.references = [each for each in other.references if each[2] != model.name]
    if what == "dropped":
        models.remove(model)
    else:
        model.name = f"renamed_{model.name}"
    return what
