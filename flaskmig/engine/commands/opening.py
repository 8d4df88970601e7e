"""Opening the migrations folder of a project, where that is safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flaskmig.engine.files.scripts import Scripts
from flaskmig.errors import ConfigurationError, RevisionError

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project


def open_scripts(project: Project) -> Scripts:
    """The revision files of the project.

    Raises ConfigurationError where an env.py says what nothing else here knows: without its
    version table, say, a history would be run again on a full database.
    """
    if project.options.env_py == "check" and (project.directory / "env.py").exists():
        _refuse_own_env_py(project)
    return Scripts(project.directory, project.options)


def _refuse_own_env_py(project: Project) -> None:
    from flaskmig.engine.files.env_py import env_py_findings

    left = [
        each
        for each in env_py_findings(project.directory)
        if each.is_left and not each.is_said(project.options)
    ]
    if left:
        lines = "\n".join(f"  line {each.line}, {each.name}: {each.instead}" for each in left)
        raise ConfigurationError(
            f"{project.directory / 'env.py'} is not run, and says what flaskmig does not know "
            f"yet:\n{lines}",
            hint="`flask db adopt` takes over what it can; say the rest in Migrate(…), or "
            'Migrate(…, env_py="ignore") where it does not matter',
        )


def require_single(revision: str, verb: str) -> None:
    """Raise RevisionError for a range, which only a script can serve."""
    if ":" in revision:
        raise RevisionError(
            f"a range such as {revision} is only for --sql",
            hint=f"flask db {verb} {revision.partition(':')[2] or 'head'}",
        )
