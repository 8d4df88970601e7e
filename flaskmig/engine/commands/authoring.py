"""The commands that write revision files: revision, merge; migrate stands on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flaskmig.engine.commands.connections import connect
from flaskmig.engine.commands.opening import open_scripts
from flaskmig.engine.files.mako_template import MAKO, added_lines
from flaskmig.engine.files.managed import function_name
from flaskmig.engine.files.new_revision import NewRevision, op_import
from flaskmig.engine.files.revision_source import TEMPLATE
from flaskmig.engine.files.scripts import Scripts
from flaskmig.errors import ConfigurationError, RevisionError

if TYPE_CHECKING:
    from flaskmig.engine.commands.detection import Difference
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.files.draft import Draft
    from flaskmig.engine.proving.proof import Proof
    from flaskmig.engine.revisions.graph import Graph
    from flaskmig.schema import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a new revision goes and what it is called; None for what is chosen by itself."""

    message: str | None = None
    head: str = "head"
    splice: bool = False
    branch_label: str | None = None
    version_path: str | None = None
    rev_id: str | None = None
    depends_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A new revision; ``path`` and ``revision`` are None where there was nothing to write.

    ``proofs`` say where it was tried before it was written, for each bind that it is for;
    ``notes`` are lines for people.
    """

    path: Path | None = None
    revision: str | None = None
    differences: tuple[Difference, ...] = ()
    proofs: tuple[Proof, ...] = ()
    notes: tuple[str, ...] = ()


def revision(project: Project, placement: Placement) -> Written:
    """Write an empty revision; raises RevisionError, ConfigurationError."""
    scripts = open_scripts(project)
    if project.options.revision_environment:
        return write_directed(project, scripts, placement)
    parents = new_parents(scripts.graph, placement.head, splice=placement.splice)
    return write(project, scripts, placement, parents)


def write_directed(
    project: Project,
    scripts: Scripts,
    placement: Placement,
    differences: Sequence[Difference] = (),
    *,
    is_generated: bool = False,
    verify: bool = False,
) -> Written:
    """Write what the project's ``process_revision_directives`` makes of a revision.

    ``is_generated``: the models were compared, and nothing is written where nothing differs.
    """
    # Imported here: it stands on this module.
    from flaskmig.engine.commands.directing import directed

    graph = scripts.graph
    found = directed(
        project,
        placement,
        placement.rev_id or scripts.new_id(),
        differences,
        heads=graph.heads,
        is_generated=is_generated,
    )
    if found is None:
        return Written(notes=("process_revision_directives left nothing to write",))
    placement, differences = found.placement, found.differences
    if is_generated and not any(each.operations for each in differences):
        return Written(differences=differences)
    parents = new_parents(graph, placement.head, splice=placement.splice)
    return write(
        project, scripts, placement, parents, differences, imports=found.imports, verify=verify
    )


def merge(
    project: Project,
    revisions: Sequence[str] = (),
    *,
    message: str | None = None,
    branch_label: str | None = None,
    rev_id: str | None = None,
    splice: bool = False,
) -> Written:
    """Write a revision that has several parents: ``revisions``, or else all heads.

    Raises RevisionError where that is fewer than two, or, without ``splice``, where one of them
    is not a head.
    """
    scripts = open_scripts(project)
    graph = scripts.graph
    found = [id_ for name in revisions or ("heads",) for id_ in graph.resolve(name)]
    parents = tuple(dict.fromkeys(found))
    if len(parents) < 2:
        raise RevisionError(
            f"a merge joins several revisions, and this is {', '.join(parents) or 'none'}",
            hint="name two or more: flask db heads lists them",
        )
    _require_heads(graph, parents, splice=splice)
    placement = Placement(
        message=message or f"merge {' and '.join(parents)}",
        branch_label=branch_label,
        rev_id=rev_id,
    )
    return write(project, scripts, placement, parents)


def new_parents(graph: Graph, head: str, *, splice: bool) -> tuple[str, ...]:
    """The parents of a new revision; raises RevisionError where it may not go there."""
    if head == "head" and not len(graph):
        return ()
    parents = graph.resolve(head)
    _require_heads(graph, parents, splice=splice)
    return parents


def _require_heads(graph: Graph, parents: Sequence[str], *, splice: bool) -> None:
    below = [parent for parent in parents if parent not in graph.heads]
    if below and not splice:
        raise RevisionError(
            f"{', '.join(below)} is not a head: another revision follows it already",
            hint="--splice makes a branch there, --head names a head",
        )


def write(
    project: Project,
    scripts: Scripts,
    placement: Placement,
    parents: Sequence[str],
    differences: Sequence[Difference] = (),
    *,
    imports: Sequence[str] = (),
    verify: bool = False,
) -> Written:
    """Write the revision file, with the functions that the differences ask for.

    ``verify`` runs it before that where it does no harm. Raises UnprovenRevisionError where it
    does not do what it is for; nothing is written then.
    """
    functions, needed, own = _functions(project, differences)
    new = NewRevision(
        id=placement.rev_id or scripts.new_id(),
        message=placement.message or "",
        parents=tuple(parents),
        depends_on=_dependencies(scripts.graph, placement.depends_on),
        branch_labels=(placement.branch_label,) if placement.branch_label else (),
        functions=functions,
        imports=(*needed, *imports),
        own=own,
        op_import=op_import(project.options.write_for),
        version_path=placement.version_path,
    )
    draft = scripts.draft(new)
    proofs = tuple(_proofs(project, draft, differences)) if verify else ()
    path = scripts.write(draft)
    return Written(
        path=path,
        revision=new.id,
        differences=tuple(differences),
        proofs=proofs,
        notes=tuple(_notes_on_template(project)),
    )


def _notes_on_template(project: Project) -> Iterator[str]:
    """What a template of Alembic's would have put into the file, where there is none of ours."""
    if (project.directory / TEMPLATE).exists():
        return
    lines = [each.text for each in added_lines(project.directory)]
    if lines:
        yield (
            f"{project.directory / MAKO} is not used, and adds {'; '.join(lines)}: put what new "
            f"files need of that into a {TEMPLATE} beside it"
        )


def _proofs(project: Project, draft: Draft, differences: Sequence[Difference]) -> Iterator[Proof]:
    # Imported here: an empty revision runs nothing.
    from flaskmig.engine.proving.proof import Proof, prove

    for difference in differences:
        if difference.operations and difference.back is not None:
            # It need not lead back to where it came from.
            why = "process_revision_directives changed its downgrade()"
            yield Proof(bind=difference.bind, place="", seconds=0.0, reasons=(why,))
        elif difference.operations:
            with connect(project, difference.bind) as connection:
                yield prove(project, difference.bind, difference.diff, draft, connection)


def _dependencies(graph: Graph, given: Sequence[str]) -> tuple[str, ...]:
    """What the file says: labels as they are, everything else as full ids."""
    found: list[str] = []
    for name in given:
        ids = graph.resolve(name)
        found += [name] if graph.labelled(name) is not None else ids
    return tuple(dict.fromkeys(found))


def _functions(
    project: Project, differences: Sequence[Difference]
) -> tuple[Mapping[str, Sequence[str]], tuple[str, ...], tuple[Source, ...]]:
    functions: dict[str, Sequence[str]] = {}
    imports: dict[str, None] = {}
    own: dict[Source, None] = {}
    by_bind = {difference.bind: difference for difference in differences}
    _refuse_clashes(project.binds)
    for bind in ("", *(bind for bind in project.binds if bind)):
        difference = by_bind.get(bind)
        for direction in ("upgrade", "downgrade"):
            lines: Sequence[str] = ()
            if difference is not None:
                rendered = difference.rendered(direction)
                lines = rendered.lines
                imports.update(dict.fromkeys(rendered.imports))
                own.update(dict.fromkeys(rendered.own))
            functions[function_name(direction, bind)] = lines
    return functions, tuple(imports), tuple(own)


def _refuse_clashes(binds: Sequence[str]) -> None:
    names: dict[str, str] = {}
    for bind in binds:
        name = function_name("upgrade", bind)
        if name in names:
            raise ConfigurationError(
                f"the binds {names[name]!r} and {bind!r} would both be served by {name}()",
                hint="rename one of them",
            )
        names[name] = bind
