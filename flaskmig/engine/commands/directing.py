"""What a project's ``process_revision_directives`` makes of a revision before it is written."""

from __future__ import annotations

import dis
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from types import CodeType
from typing import TYPE_CHECKING, Any, get_args

from flaskmig.engine.commands.authoring import Placement
from flaskmig.engine.commands.directives import HookContext, Operations, RevisionScript
from flaskmig.engine.detecting.whole import Whole
from flaskmig.errors import (
    ConfigurationError,
    FlaskmigError,
    IrreversibleError,
    OperationError,
)
from flaskmig.operations import Operation

if TYPE_CHECKING:
    from flaskmig.engine.commands.detection import Difference
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.detecting.differences import Diff

HOOK = "process_revision_directives"
_OF_ALEMBIC = ("alembic.operations", "alembic.autogenerate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Directed:
    """A revision as it is to be written; ``imports`` are lines that its functions may need."""

    placement: Placement
    differences: tuple[Difference, ...]
    imports: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Pair:
    """The two functions of one database, and what was in them before the hook saw them."""

    up: Operations
    down: Operations
    difference: Difference | None
    up_before: tuple[Operation, ...]
    down_before: tuple[Operation, ...]


def directed(
    project: Project,
    placement: Placement,
    rev_id: str,
    differences: Sequence[Difference],
    *,
    heads: tuple[str, ...],
    is_generated: bool,
) -> Directed | None:
    """Ask the project's function, if there is one; None where it wants nothing to be written.

    Raises ConfigurationError for what cannot be made of its answer.
    """
    hook = project.options.process_revision_directives
    if hook is None:
        return Directed(placement=placement, differences=tuple(differences))
    _refuse_operations_of_alembic(hook)
    by_bind = {each.bind: each for each in differences}
    both = [_pair(bind, by_bind.get(bind)) for bind in project.binds]
    script = RevisionScript(
        placement, rev_id, [each.up for each in both], [each.down for each in both]
    )
    directives: list[Any] = [script]
    with ExitStack() as stack:
        context = HookContext(project, stack, is_generated=is_generated)
        with _explained():
            hook(context, heads, directives)
    if not directives:
        return None
    if len(directives) != 1 or not isinstance(directives[0], RevisionScript):
        raise _refused("has to leave one revision in the list, or none")
    return _replaced(directives[0], placement, both)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except FlaskmigError:
        raise
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        where = f"{frames[-1].filename}, line {frames[-1].lineno}"
        raise _refused(f"failed in {where}: {type(error).__name__}: {error}") from error


def _refuse_operations_of_alembic(hook: Any) -> None:
    """Raise ConfigurationError where the function looks for operations that it does not get.

    To filter by Alembic's classes would find none, and that in silence.
    """
    found = [type(hook)]
    for function in (hook, getattr(hook, "__wrapped__", None), type(hook).__call__):
        code, known = getattr(function, "__code__", None), getattr(function, "__globals__", {})
        if code is not None:
            found += [known.get(name, name) for name in _names_in(code)]
    for value in found:
        module = getattr(value, "__module__", None) or getattr(value, "__name__", None) or value
        if str(module).startswith(_OF_ALEMBIC):
            name = getattr(value, "__name__", module)
            raise _refused(f"uses {name} of Alembic, and is given operations of flaskmig")


def _names_in(code: CodeType) -> Iterator[str]:
    """The names of modules and globals that the code uses, and the functions in it."""
    for instruction in dis.get_instructions(code):
        if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME", "IMPORT_NAME"):
            yield str(instruction.argval)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_in(constant)


def _pair(bind: str, difference: Difference | None) -> _Pair:
    up: tuple[Operation, ...] = ()
    down: tuple[Operation, ...] = ()
    if difference is not None:
        up = difference.operations
        try:
            down = difference.diff.reverse().operations
        except IrreversibleError:
            # Said where the file is written, if it still is so then.
            down = ()
    return _Pair(
        up=Operations(up, bind, f"{bind}_upgrades" if bind else "upgrades"),
        down=Operations(down, bind, f"{bind}_downgrades" if bind else "downgrades"),
        difference=difference,
        up_before=up,
        down_before=down,
    )


def _replaced(script: RevisionScript, placement: Placement, both: Sequence[_Pair]) -> Directed:
    if len(script.upgrade_ops_list) != len(both) or len(script.downgrade_ops_list) != len(both):
        raise _refused("has to leave one list of operations for each database")
    functions = zip(both, script.upgrade_ops_list, script.downgrade_ops_list, strict=True)
    return Directed(
        placement=Placement(
            message=script.message,
            head=_one(script.head, "head") or "head",
            splice=bool(script.splice),
            branch_label=_one(script.branch_label, "branch_label"),
            version_path=script.version_path,
            rev_id=script.rev_id,
            depends_on=_several(script.depends_on),
        ),
        differences=tuple(_differences(functions)),
        imports=tuple(sorted(map(str, script.imports))),
    )


def _differences(
    functions: Iterable[tuple[_Pair, Operations, Operations]],
) -> Iterator[Difference]:
    for pair, up, down in functions:
        upward, downward = _known(up.ops), _known(down.ops)
        if pair.difference is None:
            if upward or downward:
                raise _refused("put operations into a revision that compares nothing")
            continue
        found = pair.difference
        if upward != pair.up_before:
            found = replace(found, diff=_with_operations(found, upward))
        if downward != pair.down_before:
            found = replace(found, back=replace(found.diff.reverse(), operations=downward))
        yield found


def _with_operations(difference: Difference, operations: tuple[Operation, ...]) -> Diff:
    """The diff that these operations make, in their order."""
    desired = difference.diff.current
    for operation in operations:
        try:
            desired = operation.apply(desired)
        except OperationError as error:
            raise _refused(f"left operations that cannot be carried out: {error}") from error
    return replace(
        difference.diff, operations=operations, sides=Whole(difference.diff.current, desired)
    )


def _known(operations: Iterable[Any]) -> tuple[Operation, ...]:
    found = tuple(operations)
    for each in found:
        if not isinstance(each, get_args(Operation)):
            name = f"{type(each).__module__}.{type(each).__qualname__}"
            raise _refused(f"put a {name} among the operations; they are those of flaskmig")
    return found


def _one(value: Any, name: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    found = list(value)
    if len(found) > 1 or not all(isinstance(each, str) for each in found):
        raise _refused(f"set {name} to {value!r}, and one is all there can be")
    return found[0] if found else None


def _several(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _refused(what: str) -> ConfigurationError:
    return ConfigurationError(
        f"{HOOK} {what}",
        hint="the page about coming from Flask-Migrate says what it is given and may change",
    )
