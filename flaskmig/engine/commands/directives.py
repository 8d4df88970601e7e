"""What ``process_revision_directives`` is given: a revision, its operations, and a context."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from flaskmig.engine.calls.config import Config
from flaskmig.engine.commands.authoring import Placement
from flaskmig.engine.commands.connections import connect
from flaskmig.operations import Operation

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.engine.configuration.project import Project


class Operations:
    """The operations of one function: ``ops`` is a list of flaskmig's own, to be changed freely.

    ``bind`` is the database that they are for, "" for the default one.
    """

    def __init__(self, operations: Iterable[Operation], bind: str, token: str) -> None:
        self.ops = list(operations)
        self.bind = bind
        self.upgrade_token = self.downgrade_token = token

    def is_empty(self) -> bool:
        return not self.ops


class RevisionScript:
    """The revision that is about to be written, with the attributes that Alembic gives it.

    ``upgrade_ops`` and ``downgrade_ops`` are those of the first database, the lists have all.
    ``imports`` are whole lines; what is put into it is imported where a function uses it.
    """

    def __init__(
        self,
        placement: Placement,
        rev_id: str,
        up: Sequence[Operations],
        down: Sequence[Operations],
    ) -> None:
        self.rev_id = rev_id
        self.message = placement.message
        self.head: Any = placement.head
        self.splice: bool = placement.splice
        self.branch_label: Any = placement.branch_label
        self.version_path = placement.version_path
        self.depends_on: Any = list(placement.depends_on) or None
        self.imports: set[str] = set()
        self.upgrade_ops_list = list(up)
        self.downgrade_ops_list = list(down)

    @property
    def upgrade_ops(self) -> Operations:
        return self.upgrade_ops_list[0]

    @upgrade_ops.setter
    def upgrade_ops(self, value: Operations) -> None:
        self.upgrade_ops_list[0] = value

    @property
    def downgrade_ops(self) -> Operations:
        return self.downgrade_ops_list[0]

    @downgrade_ops.setter
    def downgrade_ops(self, value: Operations) -> None:
        self.downgrade_ops_list[0] = value


class HookConfig(Config):
    """``context.config``: also what Alembic's ScriptDirectory asks for, which recipes read."""

    messaging_opts: Mapping[str, bool] = MappingProxyType({"quiet": False})

    def get_alembic_boolean_option(self, name: str) -> bool:
        """Whether the option is there and true."""
        return (self.get_main_option(name) or "").strip().lower() == "true"

    def get_version_locations_list(self) -> list[str] | None:
        """The folders of revision files; None for the one that nobody has to name."""
        options = self._project.options
        folders = options.version_folders(self._project.directory)
        return [str(folder) for folder in folders] if options.version_locations else None

    def get_prepend_sys_paths_list(self) -> list[str]:
        """What revision files import from."""
        return list(self._project.options.prepend_sys_path)

    def get_hooks_list(self) -> list[Any]:
        """None: flaskmig runs the hooks of what it writes."""
        return []


class HookContext:
    """The first argument of the function.

    ``dialect`` is SQLAlchemy's of the first database that is managed. A connection to it is made
    when it is asked for, and closed after the function.
    """

    as_sql = False

    def __init__(self, project: Project, stack: ExitStack, *, is_generated: bool) -> None:
        self._project = project
        self._stack = stack
        self._connection: Connection | None = None
        engine = project.engines(project.binds[0])
        self.config = HookConfig(project, engine.url.render_as_string(hide_password=False))
        self.config.cmd_opts.autogenerate = is_generated
        self.dialect = engine.dialect
        options = project.options
        self.opts = {
            **{each.name: getattr(options, each.name) for each in fields(options)},
            "target_metadata": project.metadata.get(project.binds[0]),
        }

    @property
    def connection(self) -> Connection:
        """A connection to the first database that is managed."""
        if self._connection is None:
            bind = self._project.binds[0]
            self._connection = self._stack.enter_context(connect(self._project, bind))
        return self._connection

    @property
    def bind(self) -> Connection:
        return self.connection
