"""What it takes to make one schema of another, found and shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine import Dialect as SQLAlchemyDialect

from flaskmig import sql
from flaskmig.dialects.base import Dialect
from flaskmig.engine.comparing.compare import compare
from flaskmig.engine.comparing.declared import blocking, freed_for, way_back, with_grants
from flaskmig.engine.comparing.literal_defaults import align_defaults
from flaskmig.engine.comparing.matching import Equivalent, match_constraints
from flaskmig.engine.comparing.order import order
from flaskmig.engine.comparing.renames import (
    Apart,
    Rename,
    RenameCandidate,
    followers,
    parse_all,
    parse_apart,
    plan_renames,
)
from flaskmig.engine.detecting.column_rules import CompareServerDefault, CompareType
from flaskmig.engine.detecting.declared import DeclaredSettler, with_undeclared
from flaskmig.engine.detecting.inclusion import IncludeName, IncludeObject
from flaskmig.engine.detecting.scope import Scope
from flaskmig.engine.detecting.settled import Settler
from flaskmig.engine.detecting.sides import Sides, read_sides
from flaskmig.engine.detecting.sources import Source
from flaskmig.engine.detecting.whole import Whole
from flaskmig.engine.models.conventions import convention_of
from flaskmig.engine.records.history import DEFAULT_TABLE
from flaskmig.operations import AlterColumn, Operation
from flaskmig.schema import QualifiedName, Schema

if TYPE_CHECKING:
    from flaskmig.engine.detecting.item_source import RenderItem
    from flaskmig.engine.rendering.render import Rendered
    from flaskmig.engine.rendering.source_writer import Override

# How a file writes a thing is no part of the thing.
_SOURCES = frozenset({"source", "default_source", "elsewhere", "written"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """The operations that make `desired` of `current`, in an order a database accepts.

    False where there are none. ``rename_candidates`` are the drops and adds that may be one
    rename, applied or not; ``unmanaged`` the tables that were left alone because no revision
    made them; ``notes`` what could not be compared, and why. ``override`` is asked how parts of
    tables are written in Python, and ``convention`` is the models' naming convention.
    """

    operations: tuple[Operation, ...]
    sides: Whole = field(repr=False)
    dialect: Dialect = field(repr=False)
    rename_candidates: tuple[RenameCandidate, ...] = ()
    unmanaged: tuple[QualifiedName, ...] = ()
    notes: tuple[str, ...] = ()
    override: Override | None = field(default=None, repr=False, compare=False)
    convention: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def __bool__(self) -> bool:
        return bool(self.operations)

    def __len__(self) -> int:
        return len(self.operations)

    def __iter__(self) -> Iterator[Operation]:
        return iter(self.operations)

    def __str__(self) -> str:
        return "\n".join(str(operation) for operation in self.operations)

    @property
    def current(self) -> Schema:
        """What is there."""
        return self.sides.current

    @property
    def desired(self) -> Schema:
        """What is wanted, in the words of the database where it has the same."""
        return self.sides.desired

    @property
    def undecided(self) -> tuple[RenameCandidate, ...]:
        """The candidates that stay a drop and an add because nobody said what they are."""
        return tuple(candidate for candidate in self.rename_candidates if not candidate.applied)

    @property
    def taken_for_renames(self) -> tuple[RenameCandidate, ...]:
        """The guesses that were applied unasked; what only changes its name is no guess."""
        return tuple(
            candidate
            for candidate in self.rename_candidates
            if candidate.certain and candidate.applied and not candidate.is_follower
        )

    def reverse(self) -> Diff:
        """The way back; raises IrreversibleError where an operation holds too little for that."""
        return replace(
            self,
            operations=tuple(way_back(self.operations)),
            sides=Whole(self.desired, self.current),
            rename_candidates=(),
        )

    def sql(self) -> str:
        """The statements for the database, each ended by a semicolon; empty where none differ."""
        statements = self.dialect.statements(self.operations, self.current)
        return "".join(f"{statement.sql.rstrip(';')};\n" for statement in statements)

    def rendered(self) -> Rendered:
        """The lines of a revision's upgrade function, and the imports that they need."""
        from flaskmig.engine.rendering.enums_left import drop_left_enums
        from flaskmig.engine.rendering.render import render

        rendered = render(
            self.with_conversions,
            dialect=self.dialect.name,
            override=self.override,
            losses=self.losses,
            guesses=self.guesses,
            convention=self.convention,
        )
        enums = drop_left_enums(self.operations, self.current)
        return replace(rendered, lines=(*rendered.lines, *enums))

    @property
    def with_conversions(self) -> list[Operation]:
        """The operations with the expressions that make new values, so that files show them."""
        return [self._with_conversion(operation) for operation in self.operations]

    def losses(self, operation: Operation) -> Iterator[str]:
        """What the operation loses, one sentence each."""
        return (loss.remark for loss in self.dialect.losses(operation))

    def _with_conversion(self, operation: Operation) -> Operation:
        if isinstance(operation, AlterColumn) and operation.using is None:
            return replace(operation, using=self.dialect.conversion(operation))
        return operation

    def guesses(self, operation: Operation) -> Iterator[str]:
        """Why the operation was taken for a rename, where nobody said that it is one."""
        for candidate in self.taken_for_renames:
            if candidate.is_done_by(operation):
                yield f"Taken for a rename: {', '.join(candidate.why)}."

    def python(self) -> str:
        """The body of a revision's upgrade function, after the imports that it needs."""
        return self.rendered().python

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        return {
            "dialect": self.dialect.name,
            "operations": [
                {
                    "kind": type(operation).__name__,
                    "text": str(operation),
                    **{f.name: _plain(getattr(operation, f.name)) for f in fields(operation)},
                }
                for operation in self.operations
            ],
            "rename_candidates": [_plain(candidate) for candidate in self.rename_candidates],
            "unmanaged": [str(name) for name in self.unmanaged],
            "notes": list(self.notes),
        }


def _plain(value: Any) -> Any:
    if isinstance(value, QualifiedName):
        return str(value)
    if is_dataclass(value):
        compared = (each.name for each in fields(value) if each.name not in _SOURCES)
        return {name: _plain(getattr(value, name)) for name in compared}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _with_names(current: Schema, desired: Schema, equivalent: Equivalent) -> Schema:
    """The current schema with the desired names for constraints that models left unnamed."""
    tables = []
    for table in current.tables:
        other = desired.find_table(table.name)
        if other is not None and any(c.name is None for c in table.constraints):
            found = match_constraints(table.constraints, other.constraints, equivalent)
            names = {before: after.name for before, after in found.renamed}
            constraints = (
                c if c.name is not None else replace(c, name=names.get(c))
                for c in table.constraints
            )
            table = replace(table, constraints=tuple(constraints))
        tables.append(table)
    return current.with_tables(tables)


def diff(
    target: Source,
    current: Source,
    *,
    renames: Mapping[str, str] | Iterable[str] | None = None,
    hints: Iterable[Rename] = (),
    no_rename: Iterable[str] = (),
    detect_renames: bool = True,
    decide: Callable[[RenameCandidate], bool] | None = None,
    managed: Collection[QualifiedName | str] | None = None,
    dialect: str | SQLAlchemyDialect | None = None,
    spelled_by: Connection | Engine | None = None,
    schemas: Collection[str] = (),
    include_object: IncludeObject | None = None,
    include_name: IncludeName | None = None,
    include_schemas: bool | Literal["from_metadata"] = False,
    compare_type: bool | CompareType = True,
    compare_server_default: bool | CompareServerDefault = True,
    render_item: RenderItem | None = None,
    version_table: str = DEFAULT_TABLE,
    version_table_schema: str | None = None,
) -> Diff:
    """What makes ``target`` of ``current``.

    Either side is a MetaData (or several), a Connection, an Engine, a Schema or a Snapshot, in
    any pair of them that is for one kind of database. ``renames`` say outright what is a rename:
    ``{"users.mail": "email", "table:users": "accounts"}``, or words
    such as ``"users.mail:email"``, and ``no_rename`` what is none: ``"users.mail"``. ``hints``
    are renames from models, and may be left over, as
    may be what models say with ``info={"renamed_from": "mail"}``. Others are detected: certain
    ones are applied, ``decide`` is asked about the rest, and without it they stay a drop and an
    add. ``managed`` are the tables that may be dropped, None for all. ``dialect`` says which
    database it is for where no side is connected; ``spelled_by`` is then a database of that kind
    that is asked how it would spell them, without which expressions are compared as texts on
    PostgreSQL. ``schemas`` are namespaces to read beside the default one and those that a side
    declares.

    On a connection nothing is changed and its transaction, if there is one, stays open.

    Raises ConfigurationError for models that this database cannot have, for renames that name
    nothing, and where nothing says which database it is.
    """
    scope = Scope(
        managed=managed,
        include_object=include_object,
        include_name=include_name,
        include_schemas=include_schemas,
        schemas=schemas,
        compare_type=compare_type,
        compare_server_default=compare_server_default,
        version_table=version_table,
        version_table_schema=version_table_schema,
    )
    renaming = Renaming(
        words=parse_all(renames or ()),
        hints=tuple(hints),
        apart=tuple(map(parse_apart, no_rename)),
        detect=detect_renames,
        decide=decide,
    )
    sides = partial(read_sides, target, current, scope, dialect=dialect, spelled_by=spelled_by)
    found = difference(sides, renaming, render_item=render_item)
    return replace(found, convention=convention_of(target))


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """What is said of renames, and how others are looked for; see `diff`."""

    words: tuple[Rename, ...] = ()
    hints: tuple[Rename, ...] = ()
    apart: tuple[Apart, ...] = ()
    detect: bool = True
    decide: Callable[[RenameCandidate], bool] | None = None


def difference(
    read: Callable[..., AbstractContextManager[Sides]],
    renaming: Renaming,
    *,
    render_item: RenderItem | None = None,
    uses_outlines: bool = True,
) -> Diff:
    """The difference between the sides that ``read`` opens.

    ``uses_outlines``: tables that outlines show to be the same are not read in full.
    """
    # What is said of renames may name any table.
    if uses_outlines and not (renaming.words or renaming.hints or renaming.apart):
        with read(outlined=True) as sides:
            # Nobody is asked about a rename before all is read.
            quiet = replace(renaming, decide=None) if sides.unchanged else renaming
            found = _rendered(sides, _diff(sides, quiet), render_item)
        if sides.unchanged.suffices_for(found.operations, found.rename_candidates):
            return found
    with read() as sides:
        return _rendered(sides, _diff(sides, renaming), render_item)


def _rendered(sides: Sides, found: Diff, render_item: RenderItem | None) -> Diff:
    if render_item is None:
        return found
    from flaskmig.engine.detecting.item_source import ItemSource

    server = sides.rules.context.dialect
    source = ItemSource(render_item, sides.models, found.sides.wanted, server)
    return replace(found, override=source)


def _left_alone(sides: Sides) -> Iterator[str]:
    if sides.inexpressible:
        yield f"not expressible, left alone: {', '.join(sides.inexpressible)}"


def _diff(sides: Sides, renaming: Renaming) -> Diff:
    name = sides.dialect.name
    equivalent = partial(sql.equivalent, dialect=name)
    settler = Settler(sides.dialect, sides.connection, equivalent)
    declared = DeclaredSettler(sides.dialect, sides.connection, equivalent)

    def settled(before: Schema, after: Schema) -> tuple[Schema, Schema]:
        if sides.is_spelled_by_desired:
            before = align_defaults(after, before, equivalent, sides.dialect.spell_type)
            return settler.settle(after, before), after
        after = align_defaults(before, after, equivalent, sides.dialect.spell_type)
        return before, sides.rules.insist(settler.settle(before, after))

    def described(before: Schema, after: Schema) -> tuple[Schema, Schema]:
        if sides.is_spelled_by_desired:
            return declared.settle(after, before), after
        return before, declared.settle(before, after)

    current, desired = settled(sides.current, sides.desired)
    if not sides.current_is_live:
        current = declared.informed(_with_names(current, desired, equivalent))
    found = plan_renames(
        current,
        desired,
        words=renaming.words,
        hints=(*renaming.hints, *sides.hints),
        apart=renaming.apart,
        detect=renaming.detect,
        decide=renaming.decide,
        equivalent=equivalent,
    )
    freed = freed_for(found.operations, current, sides.kept)
    renamed = current
    for operation in (*freed, *found.operations):
        renamed = operation.apply(renamed)
    if found.operations:
        # What the database was asked about before has other names in its expressions now.
        settler.asked -= {t.name for t in renamed.tables if current.find_table(t.name) != t}
        renamed, desired = settled(renamed, sides.rules.apply(renamed, desired))
    renamed, desired = described(renamed, desired)
    desired = with_undeclared(desired, sides.kept, current, found.operations)
    rest = compare(renamed, desired, equivalent=equivalent, keeps_apart=found.keeps_apart)
    return Diff(
        operations=tuple(
            order([*found.operations, *with_grants(rest, freed)], freed=freed),
        ),
        sides=Whole(current, desired, sides.unchanged),
        dialect=sides.dialect,
        rename_candidates=(*found.candidates, *followers(rest)),
        unmanaged=sides.unmanaged,
        notes=(
            *settler.notes,
            *declared.notes,
            *blocking(renamed, desired, rest),
            *sides.rules.unmet(rest),
            *found.notes,
            *_left_alone(sides),
        ),
    )
