"""The operations that come with `op`, as objects; each class is named as files know it."""

from __future__ import annotations

from flaskmig.engine.calls.custom.check_ops import CreateCheckConstraintOp
from flaskmig.engine.calls.custom.column_ops import AddColumnOp, AlterColumnOp, DropColumnOp
from flaskmig.engine.calls.custom.constraint_ops import AddConstraintOp, DropConstraintOp
from flaskmig.engine.calls.custom.containers import (
    DowngradeOps,
    MigrationScript,
    ModifyTableOps,
    OpContainer,
    UpgradeOps,
)
from flaskmig.engine.calls.custom.data_ops import BulkInsertOp, ExecuteSQLOp
from flaskmig.engine.calls.custom.foreign_key_ops import CreateForeignKeyOp
from flaskmig.engine.calls.custom.index_ops import CreateIndexOp, DropIndexOp
from flaskmig.engine.calls.custom.key_ops import CreatePrimaryKeyOp, CreateUniqueConstraintOp
from flaskmig.engine.calls.custom.migrate_operation import AlterTableOp, MigrateOperation
from flaskmig.engine.calls.custom.table_ops import (
    CreateTableCommentOp,
    CreateTableOp,
    DropTableCommentOp,
    DropTableOp,
    RenameTableOp,
)

__all__ = [
    "AddColumnOp",
    "AddConstraintOp",
    "AlterColumnOp",
    "AlterTableOp",
    "BulkInsertOp",
    "CreateCheckConstraintOp",
    "CreateForeignKeyOp",
    "CreateIndexOp",
    "CreatePrimaryKeyOp",
    "CreateTableCommentOp",
    "CreateTableOp",
    "CreateUniqueConstraintOp",
    "DowngradeOps",
    "DropColumnOp",
    "DropConstraintOp",
    "DropIndexOp",
    "DropTableCommentOp",
    "DropTableOp",
    "ExecuteSQLOp",
    "MigrateOperation",
    "MigrationScript",
    "ModifyTableOps",
    "OpContainer",
    "RenameTableOp",
    "UpgradeOps",
]
