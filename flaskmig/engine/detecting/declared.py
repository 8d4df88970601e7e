"""Views, functions, triggers and extensions of both sides: what is left alone, what is the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from flaskmig.dialects.base import Dialect, Normalized
from flaskmig.engine.comparing.declared import is_same_view
from flaskmig.engine.comparing.matching import Equivalent
from flaskmig.errors import OperationError
from flaskmig.operations import Operation
from flaskmig.schema import (
    Declared,
    Extension,
    Function,
    QualifiedName,
    Schema,
    Trigger,
    View,
    declared_label,
)

_T = TypeVar("_T", View, Function, Trigger, Extension)


def undeclared(current: Schema, desired: Schema, manages: Callable[[str], bool]) -> Schema:
    """What of ``current`` no models declare and no revision made: it is left alone.

    ``manages`` is asked with labels such as "view:active_users".
    """
    functions = {function.name for function in desired.functions}

    def left(each: Declared) -> bool:
        match each:
            case View():
                declared = desired.find_view(each.name) is not None
            case Function():
                # Arguments may be spelled otherwise in the models.
                declared = each.name in functions
            case Trigger():
                declared = desired.find_trigger(each.table, each.name) is not None
            case Extension():
                declared = desired.find_extension(each.name) is not None
        return not declared and not manages(declared_label(each))

    return Schema(
        views=tuple(filter(left, current.views)),
        functions=tuple(filter(left, current.functions)),
        triggers=tuple(filter(left, current.triggers)),
        extensions=tuple(filter(left, current.extensions)),
    )


def with_undeclared(
    desired: Schema, kept: Schema, current: Schema, renames: Iterable[Operation]
) -> Schema:
    """The desired schema and what is left alone, as it is when ``current`` had the renames."""
    if not any((kept.views, kept.functions, kept.triggers, kept.extensions)):
        return desired
    follows = replace(kept, tables=current.tables, enums=current.enums, sequences=current.sequences)
    for operation in renames:
        follows = operation.apply(follows)
    views = (*desired.views, *_others(follows.views, desired.find_view))
    relations = {table.name for table in desired.tables} | {view.name for view in views}
    triggers = (
        trigger
        for trigger in follows.triggers
        if trigger.table in relations and not desired.find_trigger(trigger.table, trigger.name)
    )
    return replace(
        desired,
        views=views,
        functions=(*desired.functions, *follows.functions),
        triggers=(*desired.triggers, *triggers),
        extensions=(*desired.extensions, *follows.extensions),
    )


def _others(views: Iterable[View], find: Callable[..., View | None]) -> list[View]:
    return [view for view in views if find(view.name) is None]


@dataclass(slots=True)
class DeclaredSettler:
    """Asks the database how it would describe what is made of text.

    ``notes`` say what could not be put to it, and why: its texts are compared as they are.
    """

    dialect: Dialect
    connection: Connection | None
    equivalent: Equivalent
    notes: list[str] = field(default_factory=list)

    def settle(self, current: Schema, desired: Schema) -> Schema:
        """The desired schema, with the current text for what is only spelled otherwise.

        The rest gets what the database knows of it beside the text.
        """
        views = [view for view in desired.views if self._is_disputed_view(current, view)]
        functions = [each for each in desired.functions if _is_disputed_function(current, each)]
        triggers = [
            trigger
            for trigger in desired.triggers
            if current.find_trigger(trigger.table, trigger.name) not in (None, trigger)
        ]
        asked: list[Normalized] = [*views, *functions, *triggers]
        if not asked:
            return desired
        answers = dict(zip(asked, self._described(asked, desired), strict=True))
        same = self._same_queries(current, answers.values())
        found = {
            each: self._adopted(current, each, answer, same) for each, answer in answers.items()
        }
        return replace(
            desired,
            views=_replaced(desired.views, found),
            functions=_replaced(desired.functions, found),
            triggers=_replaced(desired.triggers, found),
        )

    def informed(self, schema: Schema) -> Schema:
        """The schema with what the database knows of views and functions beside their texts.

        What it cannot be asked about stays as it is: nothing says that it will be compared.
        """
        views = [view for view in schema.views if not view.output]
        functions = [function for function in schema.functions if not function.interface]
        asked: list[Normalized] = [*views, *functions]
        if not asked:
            return schema
        found: dict[Normalized, Normalized] = {}
        for each, answer in zip(asked, self._answers(asked, schema), strict=True):
            match each, answer:
                case View(), View():
                    found[each] = replace(each, uses=answer.uses, output=answer.output)
                case Function(), Function():
                    known = replace(each, arguments=answer.arguments, interface=answer.interface)
                    found[each] = known
                case _:
                    pass
        return replace(
            schema,
            views=_replaced(schema.views, found),
            functions=_replaced(schema.functions, found),
        )

    def _is_disputed_view(self, current: Schema, view: View) -> bool:
        there = current.find_view(view.name)
        if there is None:
            return False
        return there.indexes != view.indexes or not is_same_view(there, view, self.equivalent)

    def _adopted(
        self,
        current: Schema,
        wanted: Normalized,
        answer: Normalized | None,
        same: Collection[QualifiedName],
    ) -> Normalized:
        match wanted, answer:
            case View(), View():
                return _adopted_view(current, wanted, answer, is_same=wanted.name in same)
            case Function(), Function():
                return self._adopted_function(current, wanted, answer)
            case Trigger(), Trigger():
                there = current.find_trigger(wanted.table, wanted.name)
                if there is not None and self._is_same_trigger(there, answer, current):
                    return replace(wanted, definition=there.definition)
                return wanted
            case _:
                return wanted

    def _same_queries(
        self, current: Schema, answers: Iterable[Normalized | None]
    ) -> set[QualifiedName]:
        """The views whose answers say the same as what is there."""
        same = set[QualifiedName]()
        others: list[tuple[View, View]] = []
        for answer in answers:
            if not isinstance(answer, View):
                continue
            there = current.view(answer.name)
            if _query(there) == _query(answer):
                same.add(answer.name)
            elif there.output == answer.output:
                others.append((there, answer))
        if not others:
            return same
        # What the database describes it may describe otherwise when it reads its own words. One
        # side at a time: both have the same names.
        first_side, second_side = ([*side] for side in zip(*others, strict=True))
        answered = {answer.name: answer for answer in second_side}
        views = tuple(answered.get(view.name, view) for view in current.views)
        sides = (
            self._described(first_side, current),
            self._described(second_side, replace(current, views=views)),
        )
        for first, second in zip(*sides, strict=True):
            if isinstance(first, View) and isinstance(second, View):
                same.update({first.name} if _query(first) == _query(second) else ())
        return same

    def _adopted_function(self, current: Schema, wanted: Function, answer: Function) -> Function:
        known = replace(wanted, arguments=answer.arguments, interface=answer.interface)
        there = current.find_function(wanted.name, answer.arguments)
        if there is None or not self._is_same_function(there, answer, current):
            return known
        return replace(known, definition=there.definition)

    def _is_same_function(self, there: Function, answer: Function, current: Schema) -> bool:
        if there.definition == answer.definition:
            return True
        # Of models, the text is their own.
        (described,) = self._described([there], current)
        return described is not None and described.definition == answer.definition

    def _is_same_trigger(self, there: Trigger, answer: Trigger, current: Schema) -> bool:
        if there.definition == answer.definition:
            return True
        # SQLite keeps the text as it was written, and describes it in one spelling.
        (described,) = self._described([there], current)
        return described is not None and described.definition == answer.definition

    def _described(
        self, asked: Sequence[Normalized], around: Schema
    ) -> Sequence[Normalized | None]:
        """The answers of the database; what it does not answer is noted."""
        return list(self._answers(asked, around, refused=self._note))

    def _answers(
        self,
        asked: Sequence[Normalized],
        around: Schema,
        refused: Callable[[Normalized, Exception], None] | None = None,
    ) -> Iterator[Normalized | None]:
        try:
            yield from self.dialect.normalize_declared(self.connection, asked, around=around)
        except (OperationError, DBAPIError) as error:
            if len(asked) > 1:
                for each in asked:
                    yield from self._answers([each], around, refused)
                return
            if refused is not None:
                refused(asked[0], error)
            yield None

    def _note(self, asked: Normalized, error: Exception) -> None:
        cause = error.orig if isinstance(error, DBAPIError) else error
        why = " ".join(str(cause).split())
        label = declared_label(asked).replace(":", " ", 1)
        note = f"not comparable, so compared as texts: {label}: {why}"
        if note not in self.notes:
            self.notes.append(note)


def _query(view: View) -> tuple[str, tuple[str, ...]]:
    return view.definition, view.columns


def _adopted_view(current: Schema, wanted: View, answer: View, *, is_same: bool) -> View:
    there = current.view(wanted.name)
    known = replace(wanted, indexes=answer.indexes, uses=answer.uses, output=answer.output)
    if not is_same:
        return known
    return replace(
        known,
        definition=there.definition,
        columns=there.columns,
        written=(wanted.definition, wanted.columns),
    )


def _is_disputed_function(current: Schema, function: Function) -> bool:
    there = current.find_function(function.name, function.arguments)
    if there is not None and there.definition == function.definition:
        return False
    return any(each.name == function.name for each in current.functions)


def _replaced(values: tuple[_T, ...], found: dict[Normalized, Normalized]) -> tuple[_T, ...]:
    return tuple(found.get(each, each) for each in values)  # type: ignore[call-overload, misc]
