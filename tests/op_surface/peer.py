"""What the real Alembic makes of a form: its statements, online and with --sql."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import alembic
import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from tests.op_surface.form import START, Form

# Older ones do not know all of the calls, and say some of them otherwise.
_RELEASES = [tuple(map(int, each.split(".")[:2])) for each in (alembic.__version__, sa.__version__)]
IS_TODAYS = _RELEASES >= [(1, 20), (2, 1)] and _RELEASES[1] >= (2, 1)

_IN_BATCH = frozenset(
    {
        "add_column",
        "alter_column",
        "create_check_constraint",
        "create_foreign_key",
        "create_primary_key",
        "create_unique_constraint",
        "drop_column",
        "drop_constraint",
    }
)
_TABLE = {"create_foreign_key": "source_table"}
_SCHEMA = {"create_foreign_key": "source_schema"}
_AFTER_THE_NAME = frozenset(name for name in _IN_BATCH if name.startswith(("create_", "drop_con")))


@dataclass(frozen=True, slots=True)
class Ran:
    """The statements, or why there are none."""

    statements: tuple[str, ...] = ()
    refused: str = ""


def online(form: Form, engine: Engine) -> Ran:
    """Run a form on an empty database; where Alembic cannot, run it in batch blocks instead."""
    try:
        with _recording(engine) as (connection, statements):
            _run(form, connection, statements, batch=False)
        return Ran(tuple(statements))
    except (NotImplementedError, KeyError, SQLAlchemyError) as error:
        return Ran(refused=_reason(error))


def _reason(error: Exception) -> str:
    """The first line, without what is another one in the next run."""
    first = re.sub(r" at 0x[0-9a-f]+", "", str(error).splitlines()[0])
    return f"{type(error).__name__}: {first}"


def in_batch(form: Form, engine: Engine) -> None:
    """Run a form on an empty database with each call in a batch block of its own."""
    with _recording(engine) as (connection, statements):
        _run(form, connection, statements, batch=True)


def offline(form: Form, dialect: str) -> Ran:
    """The statements of a form that ``--sql`` would print."""
    buffer = io.StringIO()
    context = MigrationContext.configure(
        dialect_name=dialect,
        opts={
            "as_sql": True,
            "output_buffer": buffer,
            "literal_binds": True,
            "target_metadata": _models(form),
        },
    )
    operations = Operations(context)
    try:
        _exec(START + form.before, operations)
        buffer.truncate(0)
        buffer.seek(0)
        _exec(form.peer.get(dialect, form.body), operations)
    except (NotImplementedError, KeyError, SQLAlchemyError, AttributeError) as error:
        return Ran(refused=_reason(error))
    found = (each.strip() for each in buffer.getvalue().split(";\n"))
    return Ran(tuple(each for each in found if each))


def _models(form: Form) -> sa.MetaData:
    return sa.MetaData(naming_convention=dict(form.convention) if form.convention else None)


def _run(form: Form, connection: Connection, statements: list[str], *, batch: bool) -> None:
    context = MigrationContext.configure(connection, opts={"target_metadata": _models(form)})
    operations = Operations(context)
    _exec(START + form.before, operations)
    statements.clear()
    body = form.peer.get(connection.dialect.name, form.body)
    _exec(body, _Batched(operations) if batch else operations)


def _exec(source: str, op: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(source, {"op": op, "sa": sa, "postgresql": postgresql})


@contextmanager
def _recording(engine: Engine) -> Iterator[tuple[Connection, list[str]]]:
    statements: list[str] = []

    def note(_c: Any, _u: Any, sql: str, _p: Any, _x: Any, _m: Any) -> None:
        if not sql.lstrip().upper().startswith(("SELECT", "PRAGMA")):
            statements.append(sql.strip())

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        with engine.begin() as connection:
            yield connection, statements
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


class _Batched:
    """Operations that change each table in a batch block of its own."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations

    def __getattr__(self, name: str) -> Any:
        if name not in _IN_BATCH:
            return getattr(self._operations, name)
        return lambda *args, **kwargs: self._in_block(name, list(args), kwargs)

    def _in_block(self, name: str, args: list[Any], kwargs: dict[str, Any]) -> None:
        schema = kwargs.pop(_SCHEMA.get(name, "schema"), None)
        place = 1 if name in _AFTER_THE_NAME else 0
        key = _TABLE.get(name, "table_name")
        table = kwargs.pop(key) if key in kwargs else args.pop(place)
        for unknown in ("if_exists", "if_not_exists", "use_alter"):
            kwargs.pop(unknown, None)
        with self._operations.batch_alter_table(table, schema=schema) as block:
            call: Callable[..., Any] = getattr(block, name)
            call(*args, **kwargs)
