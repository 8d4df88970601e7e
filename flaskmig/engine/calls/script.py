"""The revision files, as a revision file may ask about them: ``context.script``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

from flaskmig.engine.calls.command_errors import CommandError
from flaskmig.engine.calls.config import Config
from flaskmig.engine.calls.revision_errors import MultipleHeads
from flaskmig.engine.files.scripts import Scripts
from flaskmig.engine.files.serving import not_served, outside
from flaskmig.engine.migrating.migration import Migration, current
from flaskmig.errors import RevisionError, UnsupportedOperationError

if TYPE_CHECKING:
    from flaskmig.engine.revisions.revision import Revision

__all__ = ["Script", "ScriptDirectory"]


@dataclass(frozen=True, kw_only=True)
class Script:
    """The header of a revision file."""

    revision: str
    down_revision: Any
    branch_labels: frozenset[str]
    dependencies: Any
    doc: str
    longdoc: str
    path: str
    is_head: bool
    is_base: bool
    nextrev: frozenset[str]
    load: Callable[[], ModuleType]

    @cached_property
    def module(self) -> ModuleType:
        """The file as a module, loaded when it is first asked for; raises what loading does."""
        return self.load()


class ScriptDirectory:
    """The revision files of the project that runs."""

    def __init__(self, scripts: Scripts, modules: Mapping[str, ModuleType]) -> None:
        self._scripts = scripts
        self._modules = modules
        self._graph = scripts.graph
        self._found: dict[str, Script] = {}
        self.dir = str(scripts.directory)
        self.versions = str(scripts.folders[0])

    @classmethod
    def from_config(cls, config: Any) -> Any:
        """The files of ``context.config``; raises UnsupportedOperationError for another one.

        Outside of revision files it is Alembic's own.
        """
        theirs = outside("alembic.script")
        if theirs is not None:
            return theirs.ScriptDirectory.from_config(config)
        if not isinstance(config, Config):
            raise UnsupportedOperationError(
                "a revision cannot read the revision files of another configuration",
                hint="use ScriptDirectory.from_config(context.config)",
            )
        return directory_of(current())

    def get_heads(self) -> list[str]:
        return list(self._graph.heads)

    def get_bases(self) -> list[str]:
        return list(self._graph.bases)

    def get_current_head(self) -> str | None:
        """The head, None for no files; raises MultipleHeads."""
        heads = self.get_heads()
        if len(heads) > 1:
            raise MultipleHeads(heads, "head")
        return heads[0] if heads else None

    def get_base(self) -> str | None:
        bases = self.get_bases()
        return bases[0] if len(bases) == 1 else None

    def get_revision(self, id_: str) -> Script:
        """The header that an identifier names; raises CommandError."""
        try:
            return self._script(self._graph.revision(self._graph.resolve_one(id_)))
        except RevisionError as error:
            raise CommandError(error.message) from error

    def walk_revisions(self) -> Iterator[Script]:
        """All headers, newest first."""
        return map(self._script, self._graph)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(not_served(f"alembic.script.ScriptDirectory.{name}"))

    def _script(self, revision: Revision) -> Script:
        found = self._found.get(revision.id)
        if found is None:
            found = self._found[revision.id] = self._made(revision)
        return found

    def _made(self, revision: Revision) -> Script:
        children = frozenset(self._graph.children(revision.id))
        return Script(
            revision=revision.id,
            down_revision=_one_or_all(revision.parents),
            branch_labels=self._graph.labels(revision.id),
            dependencies=_one_or_all(revision.depends_on),
            doc=revision.message,
            longdoc=revision.doc,
            path=revision.path,
            is_head=not children,
            is_base=not revision.parents,
            nextrev=children,
            load=partial(self._scripts.load, revision.id, self._modules),
        )


def directory_of(migration: Migration) -> ScriptDirectory:
    """The revision files of the running migration, the same object each time it is asked for."""
    found: ScriptDirectory | None = migration.kept.get(__name__)
    if found is None:
        project = migration.setting.project
        scripts = Scripts(project.directory, project.options)
        found = migration.kept[__name__] = ScriptDirectory(scripts, project.modules)
    return found


def _one_or_all(ids: tuple[str, ...]) -> Any:
    if len(ids) > 1:
        return ids
    return ids[0] if ids else None
