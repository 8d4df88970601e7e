"""Operations on views, materialized ones included."""

from __future__ import annotations

from dataclasses import dataclass

from flaskmig.operations.base import BaseOperation
from flaskmig.operations.following import without_triggers_of
from flaskmig.operations.mentions import view_needs
from flaskmig.operations.refs import Ref, Refs, index_ref, namespace_uses, relation_ref, view_ref
from flaskmig.schema import Schema, View


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateView(BaseOperation):
    """Make a view; a materialized one with its rows and its indexes.

    ``keeps_grants`` where a drop in the same revision only took it out of the way: its owner and
    what was granted on it come back.
    """

    view: View
    keeps_grants: bool = False

    @property
    def creates(self) -> Refs:
        return _makes(self.view)

    @property
    def uses(self) -> Refs:
        return namespace_uses(self.view.name) | view_needs(self.view)

    def apply(self, schema: Schema) -> Schema:
        return schema.with_object(self.view)

    def reverse(self) -> DropView:
        return DropView(view=self.view, keeps_grants=self.keeps_grants)

    def __str__(self) -> str:
        return f"create {_kind(self.view)} {self.view.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DropView(BaseOperation):
    """Drop a view, and the triggers that it has.

    ``keeps_grants`` where it is made anew in the same revision.
    """

    view: View
    keeps_grants: bool = False

    @property
    def drops(self) -> Refs:
        return _makes(self.view)

    @property
    def releases(self) -> Refs:
        return namespace_uses(self.view.name) | view_needs(self.view)

    def apply(self, schema: Schema) -> Schema:
        left = schema.without_object(schema.view(self.view.name))
        return without_triggers_of(left, self.view.name)

    def reverse(self) -> CreateView:
        return CreateView(view=self.view, keeps_grants=self.keeps_grants)

    def __str__(self) -> str:
        return f"drop {_kind(self.view)} {self.view.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceView(BaseOperation):
    """Give a view another query, or what stands beside it, where nothing on it has to go.

    Its columns stay the first ones, in their order and with their types. Of a materialized view
    only options and comment may differ; its indexes have operations of their own.
    """

    before: View
    after: View

    @property
    def creates(self) -> Refs:
        return frozenset({view_ref(self.after.name), Ref("columns", self.after.name)})

    @property
    def uses(self) -> Refs:
        return view_needs(self.after)

    @property
    def releases(self) -> Refs:
        return view_needs(self.before) - view_needs(self.after)

    def apply(self, schema: Schema) -> Schema:
        return schema.with_replaced(schema.view(self.before.name), self.after)

    def reverse(self) -> ReplaceView:
        return ReplaceView(before=self.after, after=self.before)

    def __str__(self) -> str:
        return f"change {_kind(self.after)} {self.after.name}"


def _makes(view: View) -> Refs:
    refs = {view_ref(view.name), relation_ref(view.name), Ref("columns", view.name)}
    return frozenset(refs | {index_ref(view.name, index.name) for index in view.indexes})


def _kind(view: View) -> str:
    return "materialized view" if view.materialized else "view"
