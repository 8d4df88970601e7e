"""Extensions as statements."""

from __future__ import annotations

from flaskmig.dialects.base import Hazard
from flaskmig.dialects.postgresql.clauses import identifier
from flaskmig.dialects.postgresql.columns import block
from flaskmig.dialects.postgresql.script import Script
from flaskmig.operations import AlterExtension, CreateExtension, DropExtension
from flaskmig.sql import quote_literal


def write(script: Script, operation: CreateExtension | DropExtension | AlterExtension) -> None:
    """Add the statements of the operation."""
    name = identifier(
        (operation.after if isinstance(operation, AlterExtension) else operation.extension).name
    )
    match operation:
        case CreateExtension(extension=extension):
            # Where only a superuser may, one has often made it before.
            text = f"CREATE EXTENSION IF NOT EXISTS {name}"
            if extension.schema:
                text += f" SCHEMA {identifier(extension.schema)}"
            if extension.version:
                text += f" VERSION {quote_literal(extension.version)}"
            script.add(text)
        case DropExtension(extension=extension):
            hazard = Hazard(
                code="data_loss",
                message=f"the types, functions and tables of extension {extension.name} will be "
                "gone",
            )
            script.add(f"DROP EXTENSION {name}", found=(hazard,))
        case AlterExtension(before=before, after=after):
            if after.schema != before.schema:
                _move(script, name, after.schema)
            if after.version is not None and after.version != before.version:
                version = quote_literal(after.version)
                script.add(f"ALTER EXTENSION {name} UPDATE TO {version}")


def _move(script: Script, name: str, schema: str | None) -> None:
    if schema is not None:
        script.add(f"ALTER EXTENSION {name} SET SCHEMA {identifier(schema)}")
        return
    # Only the server knows what the default schema is called.
    move = quote_literal(f"ALTER EXTENSION {name} SET SCHEMA ")
    script.add(block(f"EXECUTE {move} || quote_ident(current_schema())"))
