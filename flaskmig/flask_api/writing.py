"""Command functions that write files: init, revision, migrate, edit, merge."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from flaskmig.errors import ConfigurationError
from flaskmig.flask_api.context import Decide, Fill, Folder, Texts, detection, project, texts

if TYPE_CHECKING:
    from flaskmig.engine.commands import Initialized, Template, Written


def list_templates() -> tuple[Template, ...]:
    """The templates that `init` knows."""
    from flaskmig.engine import commands

    return commands.list_templates()


def init(
    directory: Folder = None,
    multidb: bool = False,
    template: str | None = None,
    package: bool = False,
) -> Initialized:
    """Make the folder of the migrations; raises ConfigurationError where it is not empty."""
    from flaskmig.engine import commands

    return commands.init(project(directory), multidb=multidb, template=template, package=package)


def revision(
    directory: Folder = None,
    message: str | None = None,
    autogenerate: bool = False,
    sql: bool = False,
    head: str = "head",
    splice: bool = False,
    branch_label: str | None = None,
    version_path: str | None = None,
    rev_id: str | None = None,
    *,
    depends_on: Texts = None,
    x_arg: Texts = None,
    bind: Texts = None,
    renames: Texts = None,
    no_rename: bool | Texts = False,
    drops: Texts = None,
    backfills: Texts = None,
    decide: Decide | None = None,
    fill: Fill | None = None,
    verify: bool | None = None,
) -> Written:
    """Write a new revision: an empty one, or with ``autogenerate`` what `migrate` writes.

    ``decide`` is asked about uncertain renames, and ``fill`` for the SQL of a value that rows
    must have and do not. ``verify`` says whether what was generated is tried before it is
    written, None as the options of `Migrate` say.
    """
    from flaskmig.engine import commands

    where = commands.Placement(
        message=message,
        head=head,
        splice=splice,
        branch_label=branch_label,
        version_path=version_path,
        rev_id=rev_id,
        depends_on=texts(depends_on),
    )
    _refuse_sql(sql)
    found = project(directory, x_arg, bind)
    if not autogenerate:
        return commands.revision(found, where)
    said = detection(renames, no_rename, drops, backfills, decide, fill)
    return commands.migrate(found, where, said, verify=verify)


def migrate(
    directory: Folder = None,
    message: str | None = None,
    sql: bool = False,
    head: str = "head",
    splice: bool = False,
    branch_label: str | None = None,
    version_path: str | None = None,
    rev_id: str | None = None,
    x_arg: Texts = None,
    **options: Any,
) -> Written:
    """Compare models and database and write the difference as a new revision.

    ``path`` of the answer is None where there is no difference. Options by keyword are those of
    `revision`. Raises DatabaseBehindError, MultipleHeadsError, UndecidedRenameError,
    ConfigurationError, and UnprovenRevisionError where the file does not do what it is for.
    """
    return revision(
        directory,
        message,
        True,
        sql,
        head,
        splice,
        branch_label,
        version_path,
        rev_id,
        x_arg=x_arg,
        **options,
    )


def edit(directory: Folder = None, revision: str = "current") -> tuple[Path, ...]:
    """Open the files of a revision in an editor; the files."""
    import click

    from flaskmig.engine import commands

    paths = tuple(
        Path(entry.revision.path) for entry in commands.show(project(directory), revision)
    )
    if not paths:
        raise ConfigurationError(f"{revision} names no revision", hint="flask db history")
    for path in paths:
        try:
            click.edit(filename=str(path))
        except click.ClickException as error:
            raise ConfigurationError(
                f"cannot edit {path}: {error.format_message()}", hint="set EDITOR to an editor"
            ) from error
    return paths


def merge(
    directory: Folder = None,
    revisions: Texts = None,
    message: str | None = None,
    branch_label: str | None = None,
    rev_id: str | None = None,
    *,
    splice: bool = False,
    x_arg: Texts = None,
) -> Written:
    """Write a revision that joins several; without any, the heads."""
    from flaskmig.engine import commands

    return commands.merge(
        project(directory, x_arg),
        texts(revisions or None),
        message=message,
        branch_label=branch_label,
        rev_id=rev_id,
        splice=splice,
    )


def _refuse_sql(sql: bool) -> None:
    if sql:
        raise ConfigurationError(
            "--sql has no meaning for a new revision: its file is all that is written",
            hint="flask db diff --sql, or flask db upgrade --sql once the file is there",
        )
