"""Modules in the shapes that published plugins and recipes have, with nothing of their text."""

from __future__ import annotations

# Views as objects: an operation for each thing that is done, called by a class method.
ENTITIES = """
import sqlalchemy as sa
from alembic.autogenerate import comparators, renderers
from alembic.operations import MigrateOperation, Operations


class View:
    def __init__(self, signature, definition):
        self.signature = signature
        self.definition = definition

    def created(self):
        yield sa.text(f"CREATE VIEW {self.signature} AS {self.definition}")

    def dropped(self):
        yield sa.text(f"DROP VIEW {self.signature}")


class EntityOp(MigrateOperation):
    def __init__(self, target):
        self.target = target

    @classmethod
    def invoke_for_target(cls, operations, target):
        return operations.invoke(cls(target))


@Operations.register_operation("create_entity", "invoke_for_target")
class CreateEntityOp(EntityOp):
    def reverse(self):
        return DropEntityOp(self.target)


@Operations.register_operation("drop_entity", "invoke_for_target")
class DropEntityOp(EntityOp):
    def reverse(self):
        return CreateEntityOp(self.target)


@Operations.implementation_for(CreateEntityOp)
def create_entity(operations, operation):
    for statement in operation.target.created():
        operations.execute(statement)
    return operation.target.signature


@Operations.implementation_for(DropEntityOp)
def drop_entity(operations, operation):
    for statement in operation.target.dropped():
        operations.execute(statement)


@renderers.dispatch_for(CreateEntityOp)
def render_create_entity(autogen_context, op):
    return "op.create_entity()"


@comparators.dispatch_for("schema")
def compare_views(autogen_context, upgrade_ops, schemas):
    upgrade_ops.ops.append(CreateEntityOp(None))
"""

# A class that does all of its work in the class method, and is found through the package itself.
VALUES = '''
import alembic
import alembic.operations.base
import sqlalchemy as sa
from alembic.operations.ops import MigrateOperation


@alembic.operations.base.Operations.register_operation("sync_values", "sync_values")
class SyncValuesOp(MigrateOperation):
    operation_name = "change_values"

    @classmethod
    def sync_values(cls, operations, table, column, new_values, *, renames=()):
        """Have a column take other values."""
        connection = operations.get_bind()
        for before, after in renames:
            connection.execute(
                sa.text(f"UPDATE {table} SET {column} = :after WHERE {column} = :before"),
                {"before": before, "after": after},
            )
        found = connection.scalars(sa.text(f"SELECT DISTINCT {column} FROM {table}")).all()
        strangers = set(found) - set(new_values)
        if strangers:
            raise ValueError(f"left: {sorted(strangers)}")
        with operations.batch_alter_table(table) as batch_op:
            batch_op.create_check_constraint(
                f"{column}_values", sa.column(column).in_(list(new_values))
            )
'''

# Operations of a batch block, and one that is made of the operations that come with op.
BATCHED = """
import sqlalchemy as sa
from alembic.operations import BatchOperations, MigrateOperation, Operations, ops


@Operations.register_operation("add_stamps")
@BatchOperations.register_operation("add_stamps", "batch_add_stamps")
class AddStampsOp(MigrateOperation):
    def __init__(self, table_name, names=("made", "changed"), schema=None):
        self.table_name = table_name
        self.names = names
        self.schema = schema

    @classmethod
    def add_stamps(cls, operations, table_name, names=("made", "changed"), *, schema=None):
        return operations.invoke(cls(table_name, names, schema))

    @classmethod
    def batch_add_stamps(cls, operations, names=("made", "changed")):
        impl = operations.impl
        return operations.invoke(cls(impl.table_name, names, impl.schema))


@Operations.implementation_for(AddStampsOp)
def add_stamps(operations, operation):
    for name in operation.names:
        operations.invoke(
            ops.AddColumnOp(
                operation.table_name, sa.Column(name, sa.Integer()), schema=operation.schema
            )
        )
    return len(operation.names)
"""

# Views as text, each version of one in the revision file that makes it; a later file names the
# version that it replaces by the id of that file.
VERSIONED = """
from alembic.operations import MigrateOperation, Operations


class Text:
    def __init__(self, name, sql):
        self.name = name
        self.sql = sql


class VersionedOp(MigrateOperation):
    def __init__(self, target):
        self.target = target

    @classmethod
    def invoke_for_target(cls, operations, target):
        return operations.invoke(cls(target))

    @classmethod
    def _version(cls, operations, ident):
        revision, name = ident.split(".")
        return getattr(operations.get_context().script.get_revision(revision).module, name)

    @classmethod
    def replace(cls, operations, target, replaces=None, replace_with=None):
        before = cls._version(operations, replaces or replace_with)
        old, new = (before, target) if replaces else (target, before)
        operations.drop_view(old)
        operations.create_view(new)


@Operations.register_operation("create_view", "invoke_for_target")
@Operations.register_operation("replace_view", "replace")
class CreateViewOp(VersionedOp):
    pass


@Operations.register_operation("drop_view", "invoke_for_target")
class DropViewOp(VersionedOp):
    pass


@Operations.implementation_for(CreateViewOp)
def create_view(operations, operation):
    operations.execute(f"CREATE VIEW {operation.target.name} AS {operation.target.sql}")


@Operations.implementation_for(DropViewOp)
def drop_view(operations, operation):
    operations.execute(f"DROP VIEW {operation.target.name}")
"""

PLUGINS = {
    "entities": ENTITIES,
    "synced_values": VALUES,
    "stamps": BATCHED,
    "versioned_views": VERSIONED,
}
