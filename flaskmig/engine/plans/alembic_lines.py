"""The lines of one group of operations in a file that Alembic runs as well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flaskmig.engine.files.made_by_sql import OURS, makes_object
from flaskmig.engine.migrating.carried import table_of
from flaskmig.engine.migrating.carried_schema import CarriedSchema
from flaskmig.engine.plans.batchable import (
    CONVENTION,
    conventional_name,
    is_batchable,
    is_plain,
    is_referenced,
)
from flaskmig.engine.plans.groups import Group, may_rebuild
from flaskmig.engine.plans.guards import DROP_GUARD, MAKE_GUARD, guard
from flaskmig.engine.plans.literals import with_literals
from flaskmig.engine.rendering.alembic_calls import BATCH, as_alembic, in_batch
from flaskmig.engine.rendering.python_source import INDENT, block, call, is_block, lay_out, literal
from flaskmig.engine.rendering.remarks import Losses, comment, lossy
from flaskmig.engine.rendering.render import WIDTH, calls_of
from flaskmig.engine.rendering.source_writer import SourceWriter, escaped
from flaskmig.operations import AddColumn, AlterColumn, DropConstraint, Operation, RenameTable

if TYPE_CHECKING:
    from flaskmig.dialects.base import Dialect, Statement
    from flaskmig.schema import Schema

_FOREIGN_KEYS = "pragma_foreign_keys"
_ALTER_TABLE = re.compile(r'ALTER TABLE (?:"(?:[^"]|"")+"\.?)+\s+(?=ALTER COLUMN)')
_ALTER_COLUMN = re.compile(
    r'ALTER COLUMN "(?:[^"]|"")+" (?P<what>TYPE|(?:SET|DROP) (?P<part>NOT NULL|DEFAULT))\b'
)

# What Alembic does in another way, or not at all.
_OTHERWISE = frozenset({"autoincrement", "generated", "identity"})


@dataclass(slots=True)
class AlembicLines:
    """Calls of Alembic's, batch blocks and SQL, group by group.

    ``schema`` is what is there before the group that is written.
    """

    writer: SourceWriter
    dialect: Dialect
    schema: CarriedSchema
    losses: Losses | None = None
    guesses: Losses | None = None
    _known: Schema | None = field(default=None, init=False)

    @property
    def before(self) -> Schema:
        if self._known is None:
            self._known = self.schema.schema
        return self._known

    def carry(self, group: Group) -> None:
        self.schema.apply(group)
        self._known = None

    def remarks(self, group: Group) -> Iterator[str]:
        for operation in group:
            if self.guesses is not None:
                for sentence in self.guesses(operation):
                    yield from comment(sentence, width=WIDTH)
            if self.losses is not None:
                yield from lossy(self.losses(operation), width=WIDTH)

    def lines(self, group: Group) -> Iterator[str]:
        codes = self._calls(group)
        if codes is None:
            yield from self._raw(group)
        elif self._is_batch(group):
            yield from _batch_block(group, codes)
        else:
            for code in codes:
                explode = code.startswith("op.create_table(")
                yield from lay_out(code, width=WIDTH, explode=explode)

    def _is_batch(self, group: Group) -> bool:
        return may_rebuild(group[0], self.dialect) and not self._is_native(group)

    def _is_native(self, group: Group) -> bool:
        """Whether SQLite adds the columns to the table as it is."""
        return all(isinstance(each, AddColumn) and each.backfill is None for each in group) and all(
            " ADD COLUMN " in statement.sql
            for statement in self._statements(group)
            if statement.refusal is None and not statement.watches
        )

    def _calls(self, group: Group) -> list[str] | None:
        """The calls of Alembic's that do what the operations do; None where there are none."""
        if self.dialect.name == "sqlite" and not self._is_faithful(group):
            return None
        if self.dialect.name == "postgresql" and not self._is_simple(group[0]):
            return None
        found: list[str] = []
        mark = set(self.writer.imports)
        for operation in group:
            called = self._addressed(operation)
            codes = [as_alembic(code) for code in calls_of(self.writer, called)]
            if not all(codes):
                self.writer.imports = mark
                return None
            found += [code for code in codes if code]
        return found

    def _addressed(self, operation: Operation) -> Operation:
        """The operation, on a constraint of SQLite's that has no name by that of the block."""
        if self.dialect.name == "sqlite" and isinstance(operation, DropConstraint):
            name = conventional_name(operation)
            return replace(operation, constraint=replace(operation.constraint, name=name))
        return operation

    def _is_faithful(self, group: Group) -> bool:
        """Whether a batch block, where one is needed, leaves the table as it should be."""
        if not may_rebuild(group[0], self.dialect) or self._is_native(group):
            return True
        there = CarriedSchema(self.before, self.dialect)
        for operation in group:
            schema = there.schema
            name = table_of(operation)
            table = schema.find_table(name) if name is not None else None
            is_first = operation is group[0]
            if table is None or (is_first and not is_plain(table, schema)):
                return False
            if not is_batchable(operation, schema):
                return False
            there.apply([operation])
        return True

    def _is_simple(self, operation: Operation) -> bool:
        """Whether Alembic's own order of steps does for the alteration of a column."""
        if isinstance(operation, RenameTable):
            return operation.before.schema == operation.after.schema and not operation.default_names
        if not isinstance(operation, AlterColumn):
            return True
        if operation.backfill is not None or _OTHERWISE & {*operation.changed}:
            return False
        statements = self._statements([operation])
        if operation.using is not None and any(each.refusal for each in statements):
            return False
        kinds: list[str] = []
        for statement in statements:
            if _ALTER_TABLE.match(statement.sql):
                found = _ALTER_COLUMN.finditer(statement.sql)
                kinds += [each["part"] or each["what"] for each in found]
            elif statement.refusal is None and not statement.sql.startswith("COMMENT ON"):
                return False
        return len(kinds) == len(set(kinds))

    def _statements(self, group: Group) -> list[Statement]:
        return self.dialect.statements(group, self.before)

    def _raw(self, group: Group) -> Iterator[str]:
        """The statements of the database itself."""
        statements = list(self._needed(group))
        is_guarded = self.dialect.name == "sqlite" and any(each.refusal for each in statements)
        if is_guarded:
            yield from self._execute(MAKE_GUARD)
        for statement in statements:
            sql = with_literals(statement)
            if statement.refusal is not None:
                yield from self._execute(guard(sql, statement.refusal.message, self.dialect.name))
            elif statement.in_transaction:
                yield from self._execute(sql)
            else:
                yield "with op.get_context().autocommit_block():"
                yield from _indented(self._execute(sql, width=WIDTH - INDENT))
        if is_guarded:
            yield from self._execute(DROP_GUARD)

    def _needed(self, group: Group) -> Iterator[Statement]:
        for statement in self._statements(group):
            if _FOREIGN_KEYS in statement.sql and statement.refusal is not None:
                name = table_of(group[0])
                if name is not None and is_referenced(name, self.before):
                    yield statement
            elif not statement.watches:
                yield statement

    def _execute(self, sql: str, *, width: int = WIDTH) -> Iterator[str]:
        if makes_object(sql) and "flaskmig_" not in sql:
            # What a file makes, a later one may drop.
            yield OURS
        text = escaped(sql)
        if is_block(text):
            self.writer.imports.add("import textwrap")
            code = call("op.execute", [call("textwrap.dedent", [block(text)])])
        else:
            code = call("op.execute", [literal(text)])
        yield from lay_out(code, width=width)


def _batch_block(group: Group, codes: Sequence[str]) -> Iterator[str]:
    name = table_of(group[0])
    assert name is not None
    keywords = {"schema": literal(name.schema)} if name.schema else {}
    if any(isinstance(each, DropConstraint) and each.constraint.name is None for each in group):
        keywords["naming_convention"] = literal(CONVENTION)
    opening = lay_out(call("op.batch_alter_table", [literal(name.name)], keywords), width=80)
    opening[0] = f"with {opening[0]}"
    opening[-1] = f"{opening[-1]} as {BATCH}:"
    yield from opening
    for code in codes:
        yield from _indented(lay_out(in_batch(code) or code, width=WIDTH - INDENT))


def _indented(lines: Sequence[str] | Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield " " * INDENT + line if line else line
