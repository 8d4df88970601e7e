"""The source text of a new revision file."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from textwrap import indent
from types import MappingProxyType
from typing import Any

from flaskmig.engine.files.allowed_source import OP_IMPORT, check_source
from flaskmig.engine.files.header import parse, read_header
from flaskmig.engine.rendering.python_source import literal
from flaskmig.engine.revisions.revision import Revision
from flaskmig.errors import ConfigurationError, InvalidRevisionFileError
from flaskmig.schema import Source

TEMPLATE = "script.py.jinja"
_NO_FUNCTIONS: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRevision:
    """What to write: the header, and the lines of each function.

    ``functions`` are keyed by name, ``upgrade`` and ``downgrade`` for the default bind;
    ``imports`` are whole lines, of which those that no function uses are left out. ``op`` is
    imported by itself. ``own`` is what of it the project's ``render_item`` wrote.
    ``version_path`` is the folder, where there is a choice.
    """

    id: str
    message: str = ""
    parents: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    branch_labels: tuple[str, ...] = ()
    functions: Mapping[str, Sequence[str]] = field(default_factory=lambda: _NO_FUNCTIONS)
    imports: tuple[str, ...] = ()
    own: tuple[Source, ...] = ()
    version_path: str | Path | None = None


def revision_source(
    new: NewRevision, created: datetime, *, directory: Path, encoding: str
) -> bytes:
    """The file's bytes, by ``script.py.jinja`` of the migrations folder or our own.

    Raises ConfigurationError for a template that does not work and InvalidRevisionFileError where
    what it makes is not the revision that was asked for.
    """
    variables = _variables(new, created, directory)
    text = _fill(None, variables)
    # Whatever a template of the project makes of the calls: these are what it is given.
    check_source(text.encode(), new.own)
    own = directory / TEMPLATE
    is_own = own.is_file()
    if is_own:
        text = _fill(own, variables)
    try:
        source = text.encode(encoding)
    except (UnicodeEncodeError, LookupError) as error:
        raise ConfigurationError(
            f"the revision file cannot be written as {encoding!r}: {error}",
            hint="remove output_encoding; utf-8 takes everything",
        ) from error
    where = str(own) if is_own else "the generated file"
    _check_header(new, read_header(source, where, ""), where)
    tree = parse(source, where)
    if is_own:
        _check_message(tree, _fill(own, {**variables, "message": "message"}), where)
    return source


def _check_message(tree: ast.Module, other: str, where: str) -> None:
    """Raise ConfigurationError where another message makes another program of the template."""
    if _program(tree) != _program(parse(other.encode(), where)):
        raise ConfigurationError(
            f"the template {where} lets the message become code",
            hint="write {{ message }} in the docstring only, elsewhere {{ message | literal }}",
        )


def _program(tree: ast.Module) -> str:
    """The tree as a text that is the same for other strings in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


def _variables(new: NewRevision, created: datetime, directory: Path) -> dict[str, Any]:
    """What a template can use; the documentation lists them."""
    functions: dict[str, Sequence[str]] = {"upgrade": (), "downgrade": (), **new.functions}
    bodies = {name: "\n".join(lines) for name, lines in functions.items()}
    is_empty = not any(body.strip() for body in bodies.values())
    lines = list(new.imports)
    used = {
        node.id
        for body in bodies.values()
        for node in ast.walk(ast.parse(body))
        if isinstance(node, ast.Name)
    }
    kept = [line for line in dict.fromkeys([*lines, OP_IMPORT]) if bound_names(line) & used]
    if is_empty and len(new.parents) < 2:
        # Whoever fills in an empty revision starts with these.
        kept += ["import sqlalchemy as sa  # noqa: F401", f"{OP_IMPORT}  # noqa: F401"]
    return {
        "message": _inside_docstring(new.message),
        "revision": new.id,
        "up_revision": new.id,
        "revises": _inside_docstring(", ".join(new.parents)),
        "down_revision": _scalar(new.parents),
        "branch_labels": _scalar(new.branch_labels),
        "depends_on": _scalar(new.depends_on),
        "create_date": created.isoformat(sep=" ", timespec="microseconds"),
        "imports": import_sections(kept, project_root(directory)),
        "functions": [
            {"name": name, "body": indent(body if body.strip() else "pass", "    ")}
            for name, body in bodies.items()
        ],
    }


def _fill(own: Path | None, variables: Mapping[str, Any]) -> str:
    # Imported here: only writing a file needs it.
    from jinja2 import Environment, StrictUndefined, TemplateError

    environment = Environment(
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,
    )
    environment.filters["literal"] = literal
    try:
        source = own or files("flaskmig.engine.files") / TEMPLATE
        return environment.from_string(source.read_text(encoding="utf-8")).render(variables)
    except (TemplateError, OSError, UnicodeDecodeError, TypeError) as error:
        raise ConfigurationError(
            f"the template {own or TEMPLATE} does not work: {error}",
            hint="correct it, or remove it to use the one of flaskmig",
        ) from error


def project_root(directory: Path) -> Path:
    """The folder that linters take for the project: the nearest that configures them."""
    parents = directory.absolute().parents
    for folder in parents:
        if any((folder / name).is_file() for name in ("pyproject.toml", "ruff.toml", ".ruff.toml")):
            return folder
    return parents[0]


def import_sections(lines: Iterable[str], root: Path) -> list[list[str]]:
    """Import lines as isort has them: standard library, installed, and the project's own.

    A module is the project's own where ``root``, or ``src`` in it, has it.
    """
    sections: dict[int, list[str]] = {}
    for line in lines:
        name = line.split()[1].partition(".")[0]
        if name == "__future__":
            rank = 0
        elif name in sys.stdlib_module_names:
            rank = 1
        else:
            rank = 3 if _has_module(root, name) else 2
        sections.setdefault(rank, []).append(line)
    return [
        sorted(sections[rank], key=lambda line: (line.startswith("from "), line.lower()))
        for rank in sorted(sections)
    ]


def bound_names(line: str) -> set[str]:
    """The names that an import line binds."""
    return {
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.parse(line).body
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }


def _check_header(new: NewRevision, found: Revision, where: str) -> None:
    asked = (new.id, new.parents, new.depends_on, frozenset(new.branch_labels))
    if asked != (found.id, found.parents, found.depends_on, found.branch_labels):
        raise InvalidRevisionFileError(
            f"{where} does not make the revision that was asked for",
            path=where,
            hint="the template has to write revision, down_revision, branch_labels and depends_on",
        )


def _inside_docstring(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    # As formatters have it after the opening quotes; readers of docstrings strip it.
    return f" {text}" if text.startswith('"') else text


def _scalar(values: tuple[str, ...]) -> str | tuple[str, ...] | None:
    return None if not values else values[0] if len(values) == 1 else values


def _has_module(root: Path, name: str) -> bool:
    return any(
        (base / name).is_dir() or (base / f"{name}.py").is_file() for base in (root, root / "src")
    )
