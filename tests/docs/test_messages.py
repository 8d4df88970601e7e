"""What errors say: how it is written, and that what they name is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import flaskmig
from flaskmig.cli import group

PACKAGE = Path(flaskmig.__file__).parent
# Words that start with a capital wherever they stand.
NAMES = ("SQLite", "PostgreSQL", "Migrate(", "True", "False")


def text_of(node: ast.expr | None) -> str:
    """The text of a literal, with {} for what is put into it."""
    match node:
        case ast.Constant(str() as text):
            return text
        case ast.JoinedStr(values):
            return "".join(text_of(value) or "{}" for value in values)
        case ast.BinOp(left, ast.Add(), right):
            return text_of(left) + text_of(right)
        case _:
            return ""


def errors() -> Iterator[tuple[str, str, str]]:
    """Place, message and hint of every error that the package makes."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
            name = called.id if isinstance(called, ast.Name) else str(called)
            if name.endswith("Error"):
                hint = next((each.value for each in node.keywords if each.arg == "hint"), None)
                place = f"{path.relative_to(PACKAGE)}:{node.lineno}"
                yield place, text_of(node.args[0]), text_of(hint)


def test_wording() -> None:
    """A message and a hint begin with a small letter, but for names, and have no full stop."""
    found = list(errors())
    assert len(found) > 150
    for place, *texts in found:
        for text in filter(None, texts):
            assert not text[0].isupper() or text.startswith(NAMES), (place, text)
            assert not text.rstrip().endswith((".", "!")), (place, text)


def test_commands_and_options_that_are_named() -> None:
    """What any text of the package calls `flask db …` or --… is a command or an option of one."""
    parameters = [each for command in group.commands.values() for each in command.params]
    options = {word for each in parameters for word in (*each.opts, *each.secondary_opts)}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                commands = re.findall(r"flask db ([a-z][a-z-]*)", node.value)
                assert set(commands) <= set(group.commands), (path, node.value)
                named = re.findall(r"(?<![\w-])--[a-z][a-z-]*", node.value)
                assert set(named) <= options, (path, node.value)
