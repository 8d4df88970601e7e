"""Operations on triggers."""

from __future__ import annotations

from dataclasses import dataclass

from flaskmig.operations.base import BaseOperation
from flaskmig.operations.mentions import trigger_needs
from flaskmig.operations.refs import Refs, trigger_ref
from flaskmig.schema import Schema, Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTrigger(BaseOperation):
    """Make a trigger.

    ``keeps_state`` where a drop in the same revision only took it out of the way: one that was
    disabled stays so.
    """

    trigger: Trigger
    keeps_state: bool = False

    @property
    def creates(self) -> Refs:
        return frozenset({trigger_ref(self.trigger.table, self.trigger.name)})

    @property
    def uses(self) -> Refs:
        return trigger_needs(self.trigger)

    def apply(self, schema: Schema) -> Schema:
        return schema.with_object(self.trigger)

    def reverse(self) -> DropTrigger:
        return DropTrigger(trigger=self.trigger, keeps_state=self.keeps_state)

    def __str__(self) -> str:
        return f"create trigger {self.trigger.name} on {self.trigger.table}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DropTrigger(BaseOperation):
    """Drop a trigger; ``keeps_state`` where it is made anew in the same revision."""

    trigger: Trigger
    keeps_state: bool = False

    @property
    def drops(self) -> Refs:
        return frozenset({trigger_ref(self.trigger.table, self.trigger.name)})

    @property
    def releases(self) -> Refs:
        return trigger_needs(self.trigger)

    def apply(self, schema: Schema) -> Schema:
        return schema.without_object(self.trigger)

    def reverse(self) -> CreateTrigger:
        return CreateTrigger(trigger=self.trigger, keeps_state=self.keeps_state)

    def __str__(self) -> str:
        return f"drop trigger {self.trigger.name} on {self.trigger.table}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceTrigger(BaseOperation):
    """Make a trigger anew under its name, on its table."""

    before: Trigger
    after: Trigger

    @property
    def creates(self) -> Refs:
        return frozenset({trigger_ref(self.after.table, self.after.name)})

    @property
    def uses(self) -> Refs:
        return trigger_needs(self.after)

    @property
    def releases(self) -> Refs:
        return trigger_needs(self.before) - trigger_needs(self.after)

    def apply(self, schema: Schema) -> Schema:
        return schema.with_replaced(self.before, self.after)

    def reverse(self) -> ReplaceTrigger:
        return ReplaceTrigger(before=self.after, after=self.before)

    def __str__(self) -> str:
        return f"change trigger {self.after.name} on {self.after.table}"
