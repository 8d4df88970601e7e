"""The data model: what a database has, or what models want it to have.

Everything that reads makes a `Schema`; everything that changes is an operation on one. All
classes are frozen, hashable and free of SQLAlchemy, and every collection is a tuple.

Names are resolved: an object in the connection's default schema has ``schema=None`` on both
sides of a comparison. SQL text (defaults, checks, index expressions) is kept as written; what
makes two spellings equal is the business of ``compare``'s ``equivalent``.
"""

from __future__ import annotations

from flaskmig.schema.columns import Column, Generated, Identity, Type
from flaskmig.schema.constraints import (
    CONSTRAINT_KINDS,
    Check,
    Constraint,
    Exclude,
    ExcludeElement,
    ForeignKey,
    PrimaryKey,
    Unique,
    constraint_columns,
    constraint_kind,
    describe_constraint,
)
from flaskmig.schema.declared import Extension, Function, Trigger, View
from flaskmig.schema.free_standing import Enum, Sequence
from flaskmig.schema.indexes import Index, IndexPart
from flaskmig.schema.names import OptionValue, QualifiedName, Source
from flaskmig.schema.tables import Settings, Table
from flaskmig.schema.whole import Declared, Named, Schema, declared_label

__all__ = [
    "CONSTRAINT_KINDS",
    "Check",
    "Column",
    "Constraint",
    "Declared",
    "Enum",
    "Exclude",
    "ExcludeElement",
    "Extension",
    "ForeignKey",
    "Function",
    "Generated",
    "Identity",
    "Index",
    "IndexPart",
    "Named",
    "OptionValue",
    "PrimaryKey",
    "QualifiedName",
    "Schema",
    "Sequence",
    "Settings",
    "Source",
    "Table",
    "Trigger",
    "Type",
    "Unique",
    "View",
    "constraint_columns",
    "constraint_kind",
    "declared_label",
    "describe_constraint",
]
