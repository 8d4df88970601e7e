"""Views and materialized views as statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flaskmig.dialects.base import Hazard
from flaskmig.dialects.postgresql import hazards
from flaskmig.dialects.postgresql.clauses import (
    create_index,
    identifier,
    listed,
    literal,
    qualified,
    storage_options,
)
from flaskmig.dialects.postgresql.kept import keep_of_view, put_back_on_view
from flaskmig.dialects.postgresql.script import Script
from flaskmig.errors import UnsupportedOperationError
from flaskmig.operations import CreateView, DropView, ReplaceView
from flaskmig.schema import OptionValue, View

_OPTIONS = ("check_option", "security_barrier", "security_invoker")


def write(script: Script, operation: CreateView | DropView | ReplaceView) -> None:
    """Add the statements of the operation; raises UnsupportedOperationError."""
    match operation:
        case CreateView(view=view):
            _create(script, view)
            if operation.keeps_grants:
                put_back_on_view(script, view)
        case DropView(view=view):
            if operation.keeps_grants:
                keep_of_view(script, view)
            _drop(script, view, found=_lost(view, keeps_grants=operation.keeps_grants))
        case ReplaceView(before=before, after=after):
            _replace(script, before, after)


def create_view(view: View, *, replace: bool = False, temporary: bool = False) -> str:
    """CREATE VIEW or CREATE MATERIALIZED VIEW, without its indexes and comment."""
    options = dict(view.options)
    _reject_unknown(options, materialized=view.materialized)
    verb = "CREATE OR REPLACE" if replace else "CREATE"
    text = f"{verb} {'TEMPORARY ' if temporary else ''}{_word(view)} {qualified(view.name)}"
    if view.columns:
        text += f" ({listed(view.columns)})"
    parameters = _parameters(options)
    if parameters:
        text += f" WITH ({storage_options(parameters)})"
    if options.get("tablespace"):
        text += f" TABLESPACE {identifier(str(options['tablespace']))}"
    return f"{text} AS\n{view.definition}"


def _word(view: View) -> str:
    return "MATERIALIZED VIEW" if view.materialized else "VIEW"


def _parameters(options: Mapping[str, OptionValue]) -> list[tuple[str, OptionValue]]:
    pairs = sorted(options.items())
    return [(name.removeprefix("with."), value) for name, value in pairs if name != "tablespace"]


def _reject_unknown(options: Iterable[str], *, materialized: bool) -> None:
    if materialized:
        unknown = [each for each in options if each != "tablespace" and each[:5] != "with."]
        known = "tablespace and with.<storage parameter>"
    else:
        unknown = [each for each in options if each not in _OPTIONS]
        known = ", ".join(_OPTIONS)
    if unknown:
        kind = "materialized views" if materialized else "views"
        raise UnsupportedOperationError(
            f"PostgreSQL's {kind} have no option {', '.join(sorted(unknown))}",
            hint=f"the options are {known}",
        )


def _create(script: Script, view: View) -> None:
    script.add(create_view(view))
    script.made(view.name)
    for index in view.indexes:
        script.add(create_index(view.name, index))
    if view.comment is not None:
        script.add(_comment(view))


def _comment(view: View) -> str:
    return f"COMMENT ON {_word(view)} {qualified(view.name)} IS {literal(view.comment)}"


def _drop(script: Script, view: View, found: tuple[Hazard, ...]) -> None:
    locks = hazards.exclusive(view.name)
    script.add(f"DROP {_word(view)} {qualified(view.name)}", locks=locks, found=found)


def _lost(view: View, *, keeps_grants: bool) -> tuple[Hazard, ...]:
    if not keeps_grants:
        grants = Hazard(
            code="grants",
            message=f"what was granted on {_word(view).lower()} {view.name} is gone with it",
            instead="where it is made again in the same revision, give keep_grants=True to both",
        )
        return (grants,)
    return _refilled(view) if view.materialized else ()


def _refilled(view: View) -> tuple[Hazard, ...]:
    """Nobody can read it until its query has run again."""
    return (
        Hazard(
            code="refresh",
            message=f"materialized view {view.name} is dropped and filled anew, and nobody can "
            "read it until that is done",
            instead="choose a quiet time",
        ),
    )


def _replace(script: Script, before: View, after: View) -> None:
    is_same = (before.materialized, before.definition, before.columns) == (
        after.materialized,
        after.definition,
        after.columns,
    )
    if is_same:
        _alter_options(script, before, after)
    elif before.materialized or after.materialized or not _keeps_columns(before, after):
        _remake(script, before, after)
        return
    else:
        script.add(create_view(after, replace=True), locks=hazards.exclusive(after.name))
    if before.comment != after.comment:
        script.add(_comment(after))


def _keeps_columns(before: View, after: View) -> bool:
    """Whether CREATE OR REPLACE will do; supposed where nothing tells."""
    if not (before.output and after.output):
        return True
    return after.output[: len(before.output)] == before.output


def _remake(script: Script, before: View, after: View) -> None:
    keep_of_view(script, before)
    _drop(script, before, found=_refilled(before) if before.materialized else ())
    _create(script, after)
    put_back_on_view(script, after)


def _alter_options(script: Script, before: View, after: View) -> None:
    known, wanted = dict(before.options), dict(after.options)
    _reject_unknown(wanted, materialized=after.materialized)
    alter = f"ALTER {_word(after)} {qualified(after.name)}"
    locks = hazards.exclusive(after.name)
    if known.pop("tablespace", None) != wanted.pop("tablespace", None):
        space = identifier(str(dict(after.options).get("tablespace") or "pg_default"))
        found = (hazards.table_rewrite(after.name),)
        script.add(f"{alter} SET TABLESPACE {space}", locks=locks, found=found)
    gone = [name for name, _ in _parameters(known) if name not in dict(_parameters(wanted))]
    if gone:
        script.add(f"{alter} RESET ({', '.join(gone)})", locks=locks)
    changed = [pair for pair in _parameters(wanted) if pair not in _parameters(known)]
    if changed:
        script.add(f"{alter} SET ({storage_options(changed)})", locks=locks)
