"""The revisions that become one: which they are, and what stands against it."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flaskmig.engine.files.header import parse
from flaskmig.engine.files.replaced_files import FOLDER
from flaskmig.engine.files.revision_folders import read_revision
from flaskmig.engine.revisions.lineage import described
from flaskmig.errors import ConfigurationError, RevisionError

if TYPE_CHECKING:
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.revisions.graph import Graph, Revision

_WIDER = "take more revisions, so that all that hang together are among them"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Revisions in the order that they run in; the last one gives its id to what replaces them.

    ``parents`` are what the first ones follow, ``depends_on`` what they need beside that.
    """

    revisions: tuple[Revision, ...]
    parents: tuple[str, ...]
    depends_on: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def last(self) -> Revision:
        return self.revisions[-1]

    @property
    def replaces(self) -> tuple[str, ...]:
        """The ids that are no step of their own any more, also those of earlier times."""
        found = (id_ for each in self.revisions for id_ in (*each.replaces, each.id))
        return tuple(id_ for id_ in dict.fromkeys(found) if id_ != self.last.id)


def span_of(scripts: Scripts, text: str) -> Span:
    """The revisions of ``START:END``, both included; an empty START is base, an empty END head.

    Raises RevisionError where they are fewer than two, or not all that lies between their ends,
    or where others hang on one in the middle; ConfigurationError where the folder for the old
    files is one that revisions are read from.
    """
    graph = scripts.graph
    _require_own_folder(scripts)
    start, end = _ends(graph, text)
    ids = graph.ancestors([end], dependencies=False)
    if start is not None:
        ids &= graph.descendants([start], dependencies=False)
    if end not in ids:
        raise RevisionError(
            f"{described(graph, [end])} does not follow {start}",
            hint="`flask db history` shows how they follow each other",
        )
    revisions = tuple(graph.newest_first(ids))[::-1]
    if len(revisions) < 2:
        raise RevisionError(
            f"{text} is one revision, and there is nothing to squash",
            hint="name the first and the last of several, as START:END",
        )
    outside = set(graph.revision(start).parents) if start is not None else set[str]()
    for revision in revisions:
        _require_closed(graph, revision, ids, end, allowed=outside if revision.id == start else ())
    _require_unmentioned(scripts, revisions)
    needs = (name for each in revisions for name in each.depends_on)
    return Span(
        revisions=revisions,
        parents=graph.revision(start).parents if start is not None else (),
        depends_on=tuple(dict.fromkeys(n for n in needs if not set(graph.resolve(n)) <= ids)),
        labels=tuple(sorted({label for each in revisions for label in each.branch_labels})),
    )


def _ends(graph: Graph, text: str) -> tuple[str | None, str]:
    first, colon, last = text.partition(":")
    if not colon or ":" in last:
        raise RevisionError(f"{text!r} is no range of revisions", hint="write START:END")
    starts = graph.resolve(first or "base")
    if len(starts) > 1:
        raise RevisionError(
            f"{first!r} means {len(starts)} revisions: {described(graph, starts)}",
            hint="name the first one",
        )
    return (starts[0] if starts else None), graph.resolve_one(last or "head")


def _require_closed(
    graph: Graph, revision: Revision, ids: set[str], end: str, *, allowed: set[str] | tuple[()]
) -> None:
    """Raise RevisionError for a way in or out of the span other than its ends."""
    others = [id_ for id_ in revision.parents if id_ not in ids and id_ not in allowed]
    if others:
        raise RevisionError(
            f"{revision.id} also follows {described(graph, others)}, which is not among the "
            "revisions to squash",
            hint="begin where the branches part, or write base:END",
        )
    if revision.id == end:
        return
    above = [id_ for id_ in graph.up(revision.id) if id_ not in ids]
    if above:
        needs = "follows" if above[0] in graph.children(revision.id) else "depends on"
        raise RevisionError(
            f"{described(graph, above[:1])} {needs} {revision.id}, which would be no step of its "
            "own any more",
            hint=f"squash up to {revision.id} and from there, or {_WIDER}",
        )


def _require_own_folder(scripts: Scripts) -> None:
    root = os.path.realpath(scripts.directory / FOLDER)
    for folder in scripts.folders:
        real = os.path.realpath(folder)
        if real == root or (scripts.is_recursive and root.startswith(real + os.sep)):
            raise ConfigurationError(
                f"revisions are read from {folder} and below, so the old files cannot be kept in "
                f"{scripts.directory / FOLDER}",
                hint="keep the revisions in a folder of their own, and name that in "
                "version_locations",
            )


def _require_unmentioned(scripts: Scripts, revisions: tuple[Revision, ...]) -> None:
    """Raise RevisionError where a file imports one that is moved away, or asks for it by its id."""
    stems = {Path(each.path).stem: each.id for each in revisions}
    ids = {each.id for each in revisions}
    words = re.compile("|".join(re.escape(word) for word in {*stems, *ids}).encode())
    for revision in scripts.graph:
        content = read_revision(revision.path)[0]
        if not words.search(content):
            continue
        tree = parse(content, revision.path)
        named = [(line, stems[stem]) for line, stem in _imports(tree, set(stems))]
        for line, id_ in [*named, *_asked_for(tree, ids)]:
            raise RevisionError(
                f"{revision.path}, line {line}: it uses the file of revision {id_}, which would "
                "be moved away",
                hint="move what it needs into a module of the application",
            )


def _asked_for(tree: ast.Module, ids: set[str]) -> Iterator[tuple[int, str]]:
    """Texts such as "1ab8e3.view": what files ask the running migration for by a revision's id."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            id_, dot, name = node.value.rpartition(".")
            if dot and id_ in ids and name.isidentifier():
                yield node.lineno, id_
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("get_revision"):
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and first.value in ids:
                yield node.lineno, first.value


def _imports(tree: ast.Module, stems: set[str]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                names = [each.name for each in node.names]
            case ast.ImportFrom():
                names = [node.module or "", *(each.name for each in node.names)]
            case ast.Call(args=[ast.Constant(str() as name), *_]) if "import" in ast.unparse(
                node.func
            ):
                names = [name]
            case _:
                continue
        for name in names:
            found = stems.intersection(name.split("."))
            if found:
                yield node.lineno, found.pop()
