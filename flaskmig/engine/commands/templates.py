"""The commands about the migrations folder itself: init, list_templates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flaskmig.engine.files.new_files import write_new
from flaskmig.engine.files.revision_source import TEMPLATE
from flaskmig.engine.files.scripts import Scripts
from flaskmig.errors import ConfigurationError

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A name that `init` knows; ``multidb`` templates migrate every bind."""

    name: str
    description: str
    multidb: bool = False

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "description": self.description}


TEMPLATES = (
    Template(name="flask", description="One database."),
    Template(name="flask-multidb", description="Every bind of the application.", multidb=True),
    Template(name="aioflask", description="The same as flask."),
    Template(name="aioflask-multidb", description="The same as flask-multidb.", multidb=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Initialized:
    """The folder that `init` made, and every file in it."""

    directory: Path
    created: tuple[Path, ...]


def list_templates() -> tuple[Template, ...]:
    return TEMPLATES


def init(
    project: Project, *, multidb: bool = False, template: str | None = None, package: bool = False
) -> Initialized:
    """Make the folder of the migrations.

    ``template`` is a name of `TEMPLATES`, or a folder whose ``script.py.jinja`` is taken over.
    Raises ConfigurationError where the folder is there and not empty, or cannot be made.
    """
    own = None
    multidb_name = False
    if template is not None and ("/" in template or "\\" in template):
        own = _own_template(Path(template))
    elif template is not None:
        multidb_name = _template_named(template).multidb
    scripts = Scripts(project.directory, project.options)
    created = scripts.init(multidb=multidb or multidb_name, package=package)
    if own is not None:
        copied = project.directory / TEMPLATE
        write_new(copied, own)
        created = (*created, copied)
    return Initialized(directory=project.directory, created=tuple(created))


def _template_named(name: str) -> Template:
    for template in TEMPLATES:
        if template.name == name:
            return template
    names = ", ".join(template.name for template in TEMPLATES)
    raise ConfigurationError(
        f"there is no template {name!r}",
        hint=f"use one of {names}, or a folder written with a slash",
    )


def _own_template(folder: Path) -> bytes:
    path = folder / TEMPLATE
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"{path} cannot be read: {error.strerror}",
            hint=f"a template is a folder with a {TEMPLATE}",
        ) from error
