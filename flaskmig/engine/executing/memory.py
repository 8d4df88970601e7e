"""What a revision found when it looked at the database, kept so that it finds the same again.

A revision that was cut off is resumed by running its function from the top. The schema is past
where its calls began by then, and what a call becomes depends on what was there before it. So
each look is noted, the journal keeps the answers beside the statements, and the function that is
run again is told those; behind the last of them it looks at the database itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from flaskmig.engine.migrating.carried import required
from flaskmig.engine.migrating.live_schema import LiveSchema
from flaskmig.errors import OperationError
from flaskmig.operations import Operation
from flaskmig.schema import Constraint, Enum, QualifiedName, Table, Trigger, View
from flaskmig.schema import Sequence as SequenceObject
from flaskmig.snapshots.values import plain, read_any

Answer = TypeVar("Answer")

# An answer that is written out once and then only named by its place.
_WORTH_NAMING = 40


class Memory:
    """The looks of one run of a revision's function, in their order, and what each found."""

    def __init__(self) -> None:
        self._told: list[dict[str, Any]] = []
        self._found: list[tuple[str, Any]] = []
        self._written = 0
        self._places: dict[str, int] = {}

    def recall(self, told: Sequence[dict[str, Any]]) -> None:
        """Take what the journal has: all looks of the run that is resumed, from the first."""
        self._told = list(told)
        self._written = max(self._written, len(self._told))

    def ask(self, question: str, hint: Any, look: Callable[[], Answer]) -> Answer:
        """The answer to the next question: what was found before, or what ``look`` finds now.

        ``hint`` is the annotation of the answer. Raises OperationError where another question
        was asked before.
        """
        place = len(self._found)
        if place >= len(self._told):
            answer = look()
        else:
            told = self._told[place]
            if told["q"] != question:
                raise OperationError(f"it looks for {question}, where it looked for {told['q']}")
            content = self._told[told["same"]] if "same" in told else told
            answer = read_any(hint, content["a"], question)
        self._found.append((question, answer))
        return answer

    def unwritten(self) -> list[dict[str, Any]]:
        """What the journal does not have yet, as JSON values; from now on it has it."""
        new = range(self._written, len(self._found))
        self._written = max(self._written, len(self._found))
        return [self._plain(place) for place in new]

    def _plain(self, place: int) -> dict[str, Any]:
        question, answer = self._found[place]
        content = plain(answer)
        text = json.dumps(content)
        if len(text) > _WORTH_NAMING:
            first = self._places.setdefault(text, place)
            if first != place:
                return {"q": question, "same": first}
        return {"q": question, "a": content}


class RememberedSchema:
    """The database as `LiveSchema` reads it, each answer noted in a memory or told by it."""

    def __init__(self, live: LiveSchema, memory: Memory) -> None:
        self._live = live
        self._memory = memory

    def find_table(self, name: QualifiedName) -> Table | None:
        return self._memory.ask(f"table {name}", Table | None, lambda: self._live.find_table(name))

    def find_enum(self, name: QualifiedName) -> Enum | None:
        return self._memory.ask(f"enum {name}", Enum | None, lambda: self._live.find_enum(name))

    def find_sequence(self, name: QualifiedName) -> SequenceObject | None:
        return self._memory.ask(
            f"sequence {name}", SequenceObject | None, lambda: self._live.find_sequence(name)
        )

    def find_view(self, name: QualifiedName) -> View | None:
        return self._memory.ask(f"view {name}", View | None, lambda: self._live.find_view(name))

    def table(self, name: QualifiedName) -> Table:
        """The table of that name; raises ObjectNotFoundError."""
        return required(name, self.find_table(name))

    def tables_using(self, enum: QualifiedName) -> Sequence[Table]:
        """The tables with a column of that enum type, in any schema."""
        return self._memory.ask(
            f"tables using {enum}",
            tuple[Table, ...],
            lambda: tuple(self._live.tables_using(enum)),
        )

    def views_reading(self, relation: QualifiedName) -> Sequence[View]:
        """The views that read the table or view, not those that read them in turn."""
        return self._memory.ask(
            f"views reading {relation}",
            tuple[View, ...],
            lambda: tuple(self._live.views_reading(relation)),
        )

    def triggers_of(self, table: QualifiedName) -> Sequence[Trigger]:
        """The triggers of the table or view."""
        return self._memory.ask(
            f"triggers of {table}",
            tuple[Trigger, ...],
            lambda: tuple(self._live.triggers_of(table)),
        )

    def supposing(self, operations: Sequence[Operation]) -> RememberedSchema:
        return self

    def known_table(self, name: QualifiedName) -> Table | None:
        return self._memory.ask(
            f"known table {name}", Table | None, lambda: self._live.known_table(name)
        )

    def table_of_index(self, index: str, schema: str | None) -> Table | None:
        return self._memory.ask(
            f"table of index {index}",
            Table | None,
            lambda: self._live.table_of_index(index, schema),
        )

    def has_schema(self, name: str) -> bool:
        return self._memory.ask(f"schema {name}", bool, lambda: self._live.has_schema(name))

    def find_alike(self, table: Table, look: Callable[[], Constraint | None]) -> Constraint | None:
        """The constraint that ``look`` finds, asking the database."""
        return self._memory.ask(f"constraint of {table.name}", Constraint | None, look)

    def apply(self, operations: Sequence[Operation]) -> None:
        self._live.apply(operations)

    def assume(self, table: Table) -> None:
        """Nothing: the database knows."""

    def forget(self, names: Iterable[str] | None = None) -> None:
        self._live.forget(names)
