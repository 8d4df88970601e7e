"""Faults planted in the writers of a file: the check stops what gets past them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flaskmig.engine.configuration.options import Options
from flaskmig.engine.files import revision_source
from flaskmig.engine.files.new_revision import NewRevision
from flaskmig.engine.files.scripts import Scripts
from flaskmig.engine.rendering import python_source, remarks, render, source_writer
from flaskmig.engine.rendering.render import render as render_operations
from flaskmig.errors import FlaskmigError, InvalidRevisionFileError
from flaskmig.operations import CreateTable, CreateView, DropTable
from flaskmig.schema import Column, QualifiedName, Settings, Table, Type, View
from tests.hostile.payloads import CANARY, FIXED

RUNS = [payload for payload in FIXED if CANARY in payload and "TABLE" not in payload]
Patch = pytest.MonkeyPatch


def _everywhere(patch: Patch, name: str, value: object) -> None:
    """Put a writer's function in the place of the real one, in each module that has it."""
    import sys

    for module in list(sys.modules.values()):
        known = getattr(module, "__name__", "").startswith("flaskmig.engine.")
        if known and name in vars(module):
            patch.setattr(module, name, value)


def _as_text(patch: Patch) -> None:
    """Calls are put together as text, and nothing reads them again."""
    _everywhere(patch, "lay_out", lambda code, **_: code.replace("__block__", "").split("\n"))


def _no_escapes(patch: Patch) -> None:
    _as_text(patch)
    _everywhere(
        patch, "literal", lambda value: f'"{value}"' if isinstance(value, str) else repr(value)
    )


def _single_quotes(patch: Patch) -> None:
    _as_text(patch)
    _everywhere(
        patch, "literal", lambda value: f"'{value}'" if isinstance(value, str) else repr(value)
    )


def _triple_quotes(patch: Patch) -> None:
    _as_text(patch)
    _everywhere(
        patch, "literal", lambda value: f'"""{value}"""' if isinstance(value, str) else repr(value)
    )


def _formatted(patch: Patch) -> None:
    _as_text(patch)
    _everywhere(
        patch, "literal", lambda value: f"f{value!r}" if isinstance(value, str) else repr(value)
    )


def _bare(patch: Patch) -> None:
    _as_text(patch)
    _everywhere(patch, "literal", lambda value: str(value))


def _quotes_only_in_texts(patch: Patch) -> None:
    _everywhere(patch, "block", lambda text: f'"{text}"')
    _as_text(patch)


def _unread_comments(patch: Patch) -> None:
    patch.setattr(remarks, "printable", lambda text: text)
    patch.setattr(remarks, "wrap", lambda text, *_, **__: [text])


FAULTS: list[Callable[[Patch], None]] = [
    _no_escapes,
    _single_quotes,
    _triple_quotes,
    _formatted,
    _bare,
    _quotes_only_in_texts,
    _unread_comments,
]


def _operations(payload: str) -> list[Any]:
    table = Table(
        name=QualifiedName(payload),
        columns=(Column(name=payload, type=Type(sql="text"), default=payload, comment=payload),),
        settings=Settings(comment=payload),
    )
    view = View(name=QualifiedName(payload), definition=payload, comment=payload)
    return [CreateTable(table=table), CreateView(view=view), DropTable(table=table)]


def _written(folder: Path, payload: str, number: int) -> Path:
    rendered = render_operations(
        _operations(payload), losses=lambda operation: [f"dropping {payload} deletes its rows"]
    )
    functions = {"upgrade": rendered.lines, "downgrade": ()}
    new = NewRevision(id=f"a{number}", functions=functions, imports=rendered.imports, parents=())
    return Scripts(folder, Options()).create(new)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: Patch) -> Path:
    """A migrations folder in the working directory, where a canary would come."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "migrations" / "versions").mkdir(parents=True)
    return tmp_path / "migrations"


@pytest.mark.parametrize("fault", FAULTS)
def test_planted(fault: Callable[[Patch], None], folder: Path, monkeypatch: Patch) -> None:
    """With a writer that forgets its quotes, no file that would run something is ever written."""
    fault(monkeypatch)
    refused = 0
    for number, payload in enumerate(RUNS):
        try:
            path = _written(folder, payload, number)
        except InvalidRevisionFileError as error:
            refused += "not written" in error.message
            continue
        except (SyntaxError, FlaskmigError):
            continue
        # Where this fault does no harm, the file does nothing but what files do.
        code = compile(path.read_bytes(), str(path), "exec")
        names: dict[str, Any] = {}
        exec(code, names)
        path.unlink()
        assert not list(folder.parent.rglob(f"{CANARY}*")), ascii(payload)
    assert refused, "the fault was not seen by the check once"
    assert list((folder / "versions").glob("*.py")) == []


def test_unplanted(folder: Path) -> None:
    """Without a fault every payload is written, and the check has nothing against it."""
    for number, payload in enumerate(FIXED):
        rendered = render_operations(_operations(payload))
        functions = {"upgrade": rendered.lines, "downgrade": ()}
        new = NewRevision(id=f"a{number}", functions=functions, imports=rendered.imports)
        path = Scripts(folder, Options()).draft(new)
        assert path.content, ascii(payload)


@pytest.mark.parametrize("payload", [each for each in RUNS if each.isprintable()])
def test_docstring(payload: str, folder: Path, monkeypatch: Patch) -> None:
    """A message that got into the docstring unescaped ends in an error, or stays a text."""
    monkeypatch.setattr(revision_source, "_inside_docstring", lambda text: text)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder.parent)
        try:
            path = Scripts(folder, Options()).create(NewRevision(id="a1", message=payload))
        except (FlaskmigError, SyntaxError):
            return
        exec(compile(path.read_bytes(), str(path), "exec"), {})
    assert not list(folder.parent.rglob(f"{CANARY}*"))


def test_lying_strings() -> None:
    """A str that lies about itself is written by its characters."""

    class Liar(str):
        def __repr__(self) -> str:
            return "open('canary','w')"

        def __str__(self) -> str:
            return "open('canary','w')"

        def __format__(self, spec: str) -> str:
            return "open('canary','w')"

    assert python_source.literal(Liar("plain")) == '"plain"'
    assert source_writer.names([Liar("plain")]) == '["plain"]'
    assert render.render([DropTable(table=Table(name=QualifiedName(Liar("plain"))))]).lines == (
        'op.drop_table("plain")',
    )


def test_own_template(folder: Path) -> None:
    """A template of the project that lets a message become code is refused, and nothing written."""
    ours = Path(revision_source.__file__).with_name(revision_source.TEMPLATE).read_text()
    for line in ('about = "{{ message }}"', "about = {{ message }}"):
        (folder / revision_source.TEMPLATE).write_text(f"{ours}\n{line}\n")
        message = "\"+open('canary','w').name+\"" if '"' in line else "open('canary','w')"
        with pytest.raises(FlaskmigError, match="become code"):
            Scripts(folder, Options()).create(NewRevision(id="a1", message=message))
    (folder / revision_source.TEMPLATE).write_text(f"{ours}\nabout = {{{{ message | literal }}}}\n")
    Scripts(folder, Options()).create(NewRevision(id="a1", message="\"+open('canary','w').name+\""))
    assert len(list((folder / "versions").glob("*.py"))) == 1
