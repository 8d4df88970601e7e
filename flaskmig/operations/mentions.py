"""What SQL text mentions: enough to know what has to be there before it.

Found without a parser, and rather too much than too little: a name that nothing has does no
harm to an order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from flaskmig.operations.refs import (
    Ref,
    Refs,
    column_ref,
    enum_ref,
    function_ref,
    table_ref,
    view_ref,
)
from flaskmig.schema import Function, QualifiedName, Trigger, View

_IDENTIFIER = r'(?:"(?:[^"]|"")+"|[^\W\d][\w$]*)'
_TOKEN = re.compile(
    rf"""
      --[^\n]*                                        # a comment
    | /\*.*?\*/
    | (?P<chain>{_IDENTIFIER}(?:\s*\.\s*{_IDENTIFIER})*)(?P<call>\s*\()?
    """,
    re.VERBOSE | re.DOTALL,
)
_PART = re.compile(_IDENTIFIER)


def names_mentioned(text: str) -> frozenset[QualifiedName]:
    """Every name in the text, of whatever kind, with a schema and without."""
    return frozenset(name for name, _ in _mentions(text))


def calls_mentioned(text: str) -> frozenset[QualifiedName]:
    """The names that an opening parenthesis follows: functions, among others."""
    return frozenset(name for name, is_call in _mentions(text) if is_call)


def _mentions(text: str) -> Iterator[tuple[QualifiedName, bool]]:
    for match in _TOKEN.finditer(text):
        if match["chain"] is None:
            continue
        parts = _PART.findall(match["chain"])
        for place, part in enumerate(parts):
            is_call = match["call"] is not None and place == len(parts) - 1
            for name in _spellings(part):
                yield QualifiedName(name), is_call
                if place:
                    for schema in _spellings(parts[place - 1]):
                        yield QualifiedName(name, schema), is_call


def _spellings(identifier: str) -> tuple[str, ...]:
    """What a bare identifier may stand for: databases fold its case or ignore it."""
    if identifier.startswith('"'):
        return (identifier[1:-1].replace('""', '"'),)
    return (identifier, identifier.lower())


def relation_needs(relation: QualifiedName) -> Refs:
    """What reading from a table or view uses: it, and any of its columns."""
    return frozenset({table_ref(relation), view_ref(relation), Ref("columns", relation)})


def text_needs(text: str) -> Refs:
    """What making something of the text uses, as far as its words tell."""
    refs = set[Ref]()
    for name in names_mentioned(text):
        refs |= relation_needs(name)
        refs.add(enum_ref(name))
    refs |= {function_ref(name) for name in calls_mentioned(text)}
    return frozenset(refs)


def view_needs(view: View) -> Refs:
    """What the view uses: the relations that are known, or all that its text may name."""
    if not view.uses:
        return text_needs(view.definition) - relation_needs(view.name)
    refs = {enum_ref(name) for name in names_mentioned(view.definition)}
    refs |= {function_ref(name) for name in calls_mentioned(view.definition)}
    for relation, column in view.uses:
        refs |= {table_ref(relation), view_ref(relation)}
        refs.add(column_ref(relation, column) if column else Ref("columns", relation))
    return frozenset(refs)


def function_needs(function: Function) -> Refs:
    return text_needs(function.definition) - {function_ref(function.name)}


def trigger_needs(trigger: Trigger) -> Refs:
    return text_needs(trigger.definition) | relation_needs(trigger.table)


def in_order_of_use(views: Collection[View]) -> list[View]:
    """Each view before those that it reads: the order in which they can be dropped."""
    by_name = {view.name: view for view in views}
    found: dict[QualifiedName, View] = {}

    def visit(view: View) -> None:
        if view.name in found:
            return
        for other in _readers(view.name, by_name.values()):
            if other.name != view.name:
                visit(other)
        found[view.name] = view

    for view in views:
        visit(view)
    return list(found.values())


def _readers(name: QualifiedName, views: Iterable[View]) -> Iterator[View]:
    for view in views:
        if name in (view.relations or names_mentioned(view.definition)):
            yield view
