"""Rewriters, beside Alembic's: the same operations come out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import sqlalchemy as sa
from alembic.autogenerate import rewriter as peer_rewriter
from alembic.operations import ops as peer_ops

from flaskmig.engine.calls.custom import ops, rewriter

F = TypeVar("F", bound=Callable[..., Any])


def rewritten(module: Any, kinds: Any) -> list[str]:
    """What two chained rewriters make of a script, in words."""
    first, second = module.Rewriter(), module.Rewriter()

    rewrites: Callable[[type], Callable[[F], F]] = first.rewrites
    then: Callable[[type], Callable[[F], F]] = second.rewrites

    @rewrites(kinds.AddColumnOp)
    def nullable(context: object, revision: object, op: Any) -> Any:
        op.column.nullable = True
        return op

    @rewrites(kinds.DropTableOp)
    def nothing(context: object, revision: object, op: Any) -> Any:
        return []

    @then(kinds.AddColumnOp)
    def indexed(context: object, revision: object, op: Any) -> Any:
        index = kinds.CreateIndexOp(f"ix_{op.column.name}", op.table_name, [op.column.name])
        return [op, index]

    columns = [sa.Column(name, sa.Integer(), nullable=False) for name in "ab"]
    block = kinds.ModifyTableOps("t", [kinds.AddColumnOp("t", column) for column in columns])
    script = kinds.MigrationScript(
        "r1",
        kinds.UpgradeOps([block, kinds.DropTableOp("gone")]),
        kinds.DowngradeOps([kinds.DropTableOp("t")]),
    )
    directives = [script]
    first.chain(second)(None, None, directives)
    assert all(column.nullable for column in columns)
    assert directives == [script]
    return list(_words(script.upgrade_ops)) + list(_words(script.downgrade_ops))


def _words(container: Any) -> list[str]:
    found = []
    for each in container.ops:
        found.append(type(each).__name__)
        found += _words(each) if hasattr(each, "ops") else []
    return found


def test_as_alembic_rewrites() -> None:
    """What functions return comes in the place of an operation, inside of containers too."""
    ours = rewritten(rewriter, ops)
    assert ours == rewritten(peer_rewriter, peer_ops)
    assert ours == [
        "ModifyTableOps",
        "AddColumnOp",
        "CreateIndexOp",
        "AddColumnOp",
        "CreateIndexOp",
    ]


def test_a_list_of_scripts_may_be_emptied() -> None:
    """A rewriter of the script itself may take it away."""
    away = rewriter.Rewriter()

    @away.rewrites(ops.MigrationScript)
    def none(context: object, revision: object, op: object) -> None:
        return None

    directives: list[Any] = [ops.MigrationScript("r1", ops.UpgradeOps(), ops.DowngradeOps())]
    away(None, None, directives)
    assert directives == []
