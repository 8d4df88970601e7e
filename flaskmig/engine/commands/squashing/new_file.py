"""The file of the revision that several become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flaskmig.engine.commands.detection import Difference
from flaskmig.engine.commands.squashing.parts import AsItIs, Folded, diff_of
from flaskmig.engine.files.kept_source import Keeper, Kept
from flaskmig.engine.files.managed import function_name
from flaskmig.engine.files.new_revision import NewRevision, op_import

if TYPE_CHECKING:
    from flaskmig.engine.commands.squashing.proof import Gone
    from flaskmig.engine.commands.squashing.span import Span
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.files.draft import Draft
    from flaskmig.engine.files.scripts import Scripts


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The file, not written yet, and the places of what is in it as it was written."""

    draft: Draft
    places: tuple[str, ...]


def make(
    project: Project,
    scripts: Scripts,
    span: Span,
    gone: Sequence[Gone],
    message: str | None,
) -> Made:
    """The file that does what was gone, for each bind.

    Raises RevisionError, InvalidRevisionFileError, UnsupportedOperationError and
    ConfigurationError where there can be none.
    """
    kept = _kept(project, scripts, gone)
    functions: dict[str, Sequence[str]] = {"upgrade": (), "downgrade": ()}
    imports: dict[str, None] = {}
    for each in gone:
        bind = each.ways.bind
        for direction in ("upgrade", "downgrade"):
            lines, needed = _body(project, each, direction, kept)
            functions[function_name(direction, bind)] = lines
            imports.update(dict.fromkeys(needed))
    new = NewRevision(
        id=span.last.id,
        message=message or f"squashed {len(span.revisions)} revisions",
        parents=span.parents,
        depends_on=span.depends_on,
        branch_labels=span.labels,
        functions=functions,
        imports=tuple(imports),
        op_import=op_import(project.options.write_for),
        replaces=span.replaces,
        kept=tuple(kept.values()),
    )
    return Made(draft=scripts.draft(new), places=tuple(_places(gone)))


def _kept(project: Project, scripts: Scripts, gone: Sequence[Gone]) -> dict[str, Kept]:
    """What is kept of the files, by revision, in the order in which they run."""
    is_for_alembic = project.options.write_for == "alembic"
    keeper = Keeper(project.binds, "alembic" if is_for_alembic else "flaskmig")
    found: dict[str, Kept] = {}
    for revision in (each.revision for each in _as_they_are(gone)):
        if revision.id not in found:
            source = scripts.source(revision.id)
            found[revision.id] = keeper.keep(
                source.content, source.path, revision.id, revision.message
            )
    return found


def _as_they_are(gone: Sequence[Gone]) -> list[AsItIs]:
    return [part for each in gone for part in each.parts if isinstance(part, AsItIs)]


def _places(gone: Sequence[Gone]) -> dict[str, None]:
    return dict.fromkeys(
        f"{part.revision.path}{f', line {part.line}' if part.line else ''}"
        for part in _as_they_are(gone)
    )


def _body(
    project: Project, gone: Gone, direction: str, kept: Mapping[str, Kept]
) -> tuple[list[str], list[str]]:
    """The lines of one function, and the imports that they need."""
    lines: list[str] = []
    imports: list[str] = []
    for part in gone.parts if direction == "upgrade" else reversed(gone.parts):
        if isinstance(part, Folded):
            difference = Difference(
                bind=gone.ways.bind,
                diff=diff_of(part, gone.carrying),
                write_for=project.options.write_for,
            )
            rendered = difference.rendered(direction)
            lines += rendered.lines
            imports += rendered.imports
        else:
            call = kept[part.revision.id].calls.get((direction, gone.ways.bind))
            lines += [call] if call is not None else []
    return lines, imports
