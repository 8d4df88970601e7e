"""The command that makes one revision of several: squash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any

from flaskmig.engine.commands.opening import open_scripts
from flaskmig.engine.commands.squashing.new_file import make
from flaskmig.engine.commands.squashing.parts import AsItIs, Folded, Part
from flaskmig.engine.commands.squashing.proof import Gone, go_old_way, prove
from flaskmig.engine.commands.squashing.span import Span, span_of
from flaskmig.engine.files.replaced_files import keep, put_in_place, remove_kept
from flaskmig.engine.proving.proof import Proof
from flaskmig.errors import (
    ConfigurationError,
    InvalidRevisionFileError,
    RevisionNotFoundError,
    UnprovenRevisionError,
    UnsupportedOperationError,
)

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.files.draft import Draft
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.revisions.revision import Revision


# What was folded is another thing, or cannot be written down.
_NOT_FOLDED = (UnprovenRevisionError, UnsupportedOperationError, InvalidRevisionFileError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Squashed:
    """The revision that several became; ``content`` is its file, ``folder`` has the old ones.

    ``path`` and ``folder`` are None where nothing was written. ``kept`` are the places of what is
    in it as it was written, as "file" or "file, line n"; ``proofs`` say for each bind where both
    ways were gone, ``notes`` are lines for people.
    """

    revision: str
    replaces: tuple[str, ...]
    content: str
    path: Path | None = None
    folder: Path | None = None
    kept: tuple[str, ...] = ()
    proofs: tuple[Proof, ...] = ()
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        return {
            "revision": self.revision,
            "replaces": list(self.replaces),
            "path": None if self.path is None else str(self.path),
            "folder": None if self.folder is None else str(self.folder),
            "kept": list(self.kept),
            "proofs": [str(each) for each in self.proofs],
            "notes": list(self.notes),
            "content": self.content,
        }


def squash(
    project: Project, revisions: str, *, message: str | None = None, dry_run: bool = False
) -> Squashed:
    """Make one revision of ``START:END``, both included, that does the same.

    It has the id of END and follows what START followed, and the old files are moved into
    ``replaced`` beside the revisions, where databases in the middle of them find them. Steps on
    data are kept as they are written. Both ways are gone on databases made for it, up and down,
    and have to end in the same schema with the same rows; ``dry_run`` does all of that and
    writes nothing.

    Raises RevisionError where those revisions cannot be one, UnprovenRevisionError where the ways
    do not end alike, ConfigurationError where there is no place to go them.
    """
    scripts = open_scripts(project)
    finished = _finish(project, scripts)
    try:
        span = span_of(scripts, revisions)
    except RevisionNotFoundError as error:
        squashed = scripts.replacers.get(error.identifier)
        if not finished or squashed is None:
            raise
        return _already(scripts, squashed, finished)
    gone = [go_old_way(project, scripts, span, bind) for bind in project.binds]
    try:
        found, draft = _proven(project, scripts, span, gone, message)
    except _NOT_FOLDED as error:
        if not any(isinstance(part, Folded) for each in gone for part in each.parts):
            raise
        # Their own text does the same in any case, if it can be one file at all.
        gone = [replace(each, parts=_all_as_they_are(span)) for each in gone]
        why = f"nothing is folded, because of this: {error.message}"
        found, draft = _proven(project, scripts, span, gone, message, why)
    if dry_run:
        return found
    folder = _write(project, scripts, span, draft)
    return replace(found, path=draft.path, folder=folder)


def _finish(project: Project, scripts: Scripts) -> tuple[str, ...]:
    """Take away the old files that an earlier squash was cut off before; those that it took."""
    by = scripts.replacers
    left = [each for each in scripts.headers() if each.id in by] if by else []
    return remove_kept(project.directory, left)


def _already(scripts: Scripts, squashed: Revision, finished: Sequence[str]) -> Squashed:
    return Squashed(
        revision=squashed.id,
        replaces=squashed.replaces,
        content=scripts.source(squashed.id).content.decode(errors="replace"),
        path=Path(squashed.path),
        notes=(f"it was squashed before; taken away what was left of it: {', '.join(finished)}",),
    )


def _proven(
    project: Project,
    scripts: Scripts,
    span: Span,
    gone: Sequence[Gone],
    message: str | None,
    *notes: str,
) -> tuple[Squashed, Draft]:
    """The revision as the parts make it, when both ways were gone and ended alike."""
    made = make(project, scripts, span, gone, message)
    told = [*notes]
    proofs = [prove(each, made.draft, told) for each in gone]
    found = Squashed(
        revision=span.last.id,
        replaces=span.replaces,
        content=made.draft.content.decode(errors="replace"),
        kept=made.places,
        proofs=tuple(proofs),
        notes=tuple(dict.fromkeys(told)),
    )
    return found, made.draft


def _all_as_they_are(span: Span) -> Sequence[Part]:
    return tuple(AsItIs(revision=each) for each in span.revisions)


def _write(project: Project, scripts: Scripts, span: Span, draft: Draft) -> Path:
    """Put the new file in the place of the last old one, and all old ones aside.

    They are copied first, and the others taken away last: at every moment in between the files
    are a whole history, and what is replaced and still there counts for nothing.
    """
    folder = keep(project.directory, draft.path.stem, span.revisions)
    try:
        put_in_place(Path(span.last.path), draft.path, draft.content)
    except ConfigurationError:
        if Path(span.last.path).exists() and scripts.is_unchanged(span.last.id):
            rmtree(folder, ignore_errors=True)
        raise
    remove_kept(project.directory, span.revisions[:-1])
    scripts.written(draft.path)
    return folder
