"""Every change to a schema, one frozen class each; `Operation` is their closed union."""

from __future__ import annotations

from typing import TypeAlias

from flaskmig.operations.columns import (
    AddColumn,
    AlterColumn,
    DropColumn,
    RenameColumn,
    ReorderColumns,
)
from flaskmig.operations.constraints import (
    AddConstraint,
    DropConstraint,
    RenameConstraint,
    find_constraint,
)
from flaskmig.operations.enums import AlterEnum, CreateEnum, DropEnum, RenameEnum, RenameEnumValue
from flaskmig.operations.extensions import AlterExtension, CreateExtension, DropExtension
from flaskmig.operations.functions import CreateFunction, DropFunction, ReplaceFunction
from flaskmig.operations.indexes import CreateIndex, DropIndex, RenameIndex
from flaskmig.operations.raw import RunSQL
from flaskmig.operations.refs import Ref
from flaskmig.operations.schemas import CreateSchema, DropSchema
from flaskmig.operations.sequences import (
    AlterSequence,
    CreateSequence,
    DropSequence,
    RenameSequence,
)
from flaskmig.operations.tables import AlterTable, CreateTable, DropTable, RenameTable
from flaskmig.operations.triggers import CreateTrigger, DropTrigger, ReplaceTrigger
from flaskmig.operations.views import CreateView, DropView, ReplaceView

Operation: TypeAlias = (
    CreateSchema
    | DropSchema
    | CreateEnum
    | DropEnum
    | RenameEnum
    | AlterEnum
    | RenameEnumValue
    | CreateSequence
    | DropSequence
    | RenameSequence
    | AlterSequence
    | CreateTable
    | DropTable
    | RenameTable
    | AlterTable
    | AddColumn
    | DropColumn
    | AlterColumn
    | RenameColumn
    | ReorderColumns
    | AddConstraint
    | DropConstraint
    | RenameConstraint
    | CreateIndex
    | DropIndex
    | RenameIndex
    | CreateView
    | DropView
    | ReplaceView
    | CreateFunction
    | DropFunction
    | ReplaceFunction
    | CreateTrigger
    | DropTrigger
    | ReplaceTrigger
    | CreateExtension
    | DropExtension
    | AlterExtension
    | RunSQL
)

__all__ = [
    "AddColumn",
    "AddConstraint",
    "AlterColumn",
    "AlterEnum",
    "AlterExtension",
    "AlterSequence",
    "AlterTable",
    "CreateEnum",
    "CreateExtension",
    "CreateFunction",
    "CreateIndex",
    "CreateSchema",
    "CreateSequence",
    "CreateTable",
    "CreateTrigger",
    "CreateView",
    "DropColumn",
    "DropConstraint",
    "DropEnum",
    "DropExtension",
    "DropFunction",
    "DropIndex",
    "DropSchema",
    "DropSequence",
    "DropTable",
    "DropTrigger",
    "DropView",
    "Operation",
    "Ref",
    "RenameColumn",
    "RenameConstraint",
    "RenameEnum",
    "RenameEnumValue",
    "RenameIndex",
    "RenameSequence",
    "RenameTable",
    "ReorderColumns",
    "ReplaceFunction",
    "ReplaceTrigger",
    "ReplaceView",
    "RunSQL",
    "find_constraint",
]
