"""The source text of a new revision file."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from textwrap import indent
from typing import Any

from flaskmig.engine.files.allowed_source import (
    BIND_PARAMETER,
    DISPATCH,
    check_source,
)
from flaskmig.engine.files.env_py import migrates_every_bind
from flaskmig.engine.files.header import NAMES, REPLACES, parse, read_header
from flaskmig.engine.files.new_revision import NewRevision
from flaskmig.engine.rendering.alembic_calls import ALEMBIC_IMPORT
from flaskmig.engine.rendering.python_source import literal
from flaskmig.engine.revisions.revision import Revision
from flaskmig.errors import ConfigurationError, InvalidRevisionFileError

TEMPLATE = "script.py.jinja"
_WIDTH = 100
_FUTURE = "from __future__ "


def revision_source(
    new: NewRevision, created: datetime, *, directory: Path, encoding: str
) -> bytes:
    """The file's bytes, by ``script.py.jinja`` of the migrations folder or our own.

    Raises ConfigurationError for a template that does not work and InvalidRevisionFileError where
    what it makes is not the revision that was asked for.
    """
    # Whatever a template of the project makes of the calls: these are what it is given.
    variables = _variables(new.generated, created, directory)
    generated = _fill(None, variables).encode()
    check_source(generated, new.own)
    if new.kept:
        variables = _variables(new, created, directory)
    own = directory / TEMPLATE
    is_own = own.is_file()
    text = _completed(new, _fill(own if is_own else None, variables))
    try:
        source = text.encode(encoding)
    except (UnicodeEncodeError, LookupError) as error:
        raise ConfigurationError(
            f"the revision file cannot be written as {encoding!r}: {error}",
            hint="remove output_encoding; utf-8 takes everything",
        ) from error
    where = str(own) if is_own else "the generated file"
    _check_header(new, read_header(source, where, ""), where)
    if is_own or source != generated:
        # Else it was parsed when it was checked: a file with many calls is not read twice.
        tree = parse(source, where)
        if is_own:
            other = _completed(new, _fill(own, {**variables, "message": "message"}))
            _check_message(tree, other, where)
    return source


def _completed(new: NewRevision, text: str) -> str:
    """The text with what it replaces in its header, and at its end what is kept of that."""
    if new.replaces:
        lines = text.split("\n")
        ends = (
            statement.end_lineno or 0
            for statement in parse(text.encode(), "the generated file").body
            if isinstance(statement, ast.Assign | ast.AnnAssign)
            and any(ast.unparse(each) in NAMES for each in _targets(statement))
        )
        names = ", ".join(map(literal, new.replaces))
        code = f"{REPLACES} = ({names}{',' if len(new.replaces) == 1 else ''})"
        if len(code) > _WIDTH:
            items = "".join(f"    {literal(each)},\n" for each in new.replaces)
            code = f"{REPLACES} = (\n{items})"
        lines.insert(max(ends, default=len(lines)), code)
        text = "\n".join(lines)
    if not new.kept:
        return text
    return "\n\n\n".join([text.rstrip("\n"), *(each.text for each in new.kept)]) + "\n"


def _targets(statement: ast.Assign | ast.AnnAssign) -> Sequence[ast.expr]:
    return statement.targets if isinstance(statement, ast.Assign) else [statement.target]


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
    parameters = dict[str, str]()
    if new.op_import == ALEMBIC_IMPORT and migrates_every_bind(directory):
        bodies, parameters = _dispatched(bodies)
    is_empty = not any(body.strip() for name, body in bodies.items() if name not in parameters)
    lines = [*new.imports, *(line for each in new.kept for line in each.imports)]
    used = {
        node.id
        for body in (*bodies.values(), *(each.text for each in new.kept))
        for node in ast.walk(ast.parse(body))
        if isinstance(node, ast.Name)
    }
    used |= {name for line in lines if line.startswith(_FUTURE) for name in bound_names(line)}
    kept = [line for line in dict.fromkeys([*lines, new.op_import]) if bound_names(line) & used]
    if is_empty and len(new.parents) < 2:
        # Whoever fills in an empty revision starts with these.
        kept += ["import sqlalchemy as sa  # noqa: F401", f"{new.op_import}  # noqa: F401"]
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
            {
                "name": name,
                "parameters": parameters.get(name, ""),
                "body": indent(body if body.strip() else "pass", "    "),
            }
            for name, body in bodies.items()
        ],
    }


def _dispatched(bodies: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The functions as Flask-Migrate's env.py calls them where it migrates several databases.

    It gives ``upgrade`` the name of the bind, which is empty for the default one.
    """
    found = {way: DISPATCH.format(way) for way in ("upgrade", "downgrade")}
    others = {f"{name}_" if name in found else name: body for name, body in bodies.items()}
    return {**found, **others}, dict.fromkeys(found, BIND_PARAMETER)


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
    labels = frozenset(new.branch_labels)
    asked = (new.id, new.parents, new.depends_on, labels, new.replaces)
    there = (found.id, found.parents, found.depends_on, found.branch_labels, found.replaces)
    if asked != there:
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
