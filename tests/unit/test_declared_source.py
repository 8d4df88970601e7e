"""Views, functions, triggers and extensions in revision files: that the text comes back."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flaskmig.engine.rendering.python_source import block, call, lay_out
from flaskmig.engine.rendering.render import render
from flaskmig.operations import (
    AlterExtension,
    CreateExtension,
    CreateFunction,
    CreateTrigger,
    CreateView,
    DropExtension,
    DropFunction,
    DropTrigger,
    DropView,
    Operation,
    ReplaceFunction,
    ReplaceTrigger,
    ReplaceView,
)
from flaskmig.schema import Extension, Function, Index, IndexPart, QualifiedName, Trigger, View
from flaskmig.schema.definitions import tidy

VIEW = View(name=QualifiedName("v", "app"), definition="SELECT 1", columns=("a",))
TOTALS = View(
    name=QualifiedName("m"),
    definition="SELECT 1",
    materialized=True,
    options=(("tablespace", "fast"), ("with.fillfactor", "70")),
    indexes=(Index(name="ix", parts=(IndexPart(column="a"),), unique=True),),
    comment="c",
)
FUNCTION = Function(name=QualifiedName("F"), arguments="a integer", definition="CREATE …")
TRIGGER = Trigger(name="t", table=QualifiedName("u", "app"), definition="CREATE TRIGGER …")
EXTENSION = Extension(name="citext", version="1.5")


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        (CreateView(view=VIEW), 'op.create_view("v", "SELECT 1", schema="app", columns=["a"])'),
        (
            CreateView(view=TOTALS, keeps_grants=True),
            'op.create_view("m", "SELECT 1", materialized=True, tablespace="fast", '
            'storage={"fillfactor": "70"}, comment="c", keep_grants=True)\n'
            'op.create_index("ix", "m", ["a"], unique=True)',
        ),
        (
            ReplaceView(before=VIEW, after=VIEW),
            'op.create_view("v", "SELECT 1", schema="app", columns=["a"], replace=True)',
        ),
        (DropView(view=VIEW), 'op.drop_view("v", schema="app")'),
        (
            DropView(view=TOTALS, keeps_grants=True),
            'op.drop_view("m", materialized=True, keep_grants=True)',
        ),
        (CreateFunction(function=FUNCTION), 'op.create_function("CREATE \\u2026")'),
        (
            ReplaceFunction(before=FUNCTION, after=FUNCTION),
            'op.create_function("CREATE \\u2026", replace=True)',
        ),
        (DropFunction(function=FUNCTION), "op.drop_function('\"F\"(a integer)')"),
        (CreateTrigger(trigger=TRIGGER), 'op.create_trigger("CREATE TRIGGER \\u2026")'),
        (
            ReplaceTrigger(before=TRIGGER, after=TRIGGER),
            'op.create_trigger("CREATE TRIGGER \\u2026", replace=True)',
        ),
        (DropTrigger(trigger=TRIGGER), 'op.drop_trigger("t", "u", schema="app")'),
        (CreateExtension(extension=EXTENSION), 'op.create_extension("citext", version="1.5")'),
        (DropExtension(extension=EXTENSION), 'op.drop_extension("citext")'),
        (
            AlterExtension(before=Extension(name="citext", schema="x"), after=EXTENSION),
            'op.alter_extension("citext", schema=None, version="1.5", existing_schema="x")',
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_calls(operation: Operation, code: str) -> None:
    """Each operation is one call, and one more for each index."""
    written = "\n".join(render([operation]).lines)
    assert ast.dump(ast.parse(written)) == ast.dump(ast.parse(code))


def test_text_of_several_lines_is_readable() -> None:
    """A text of several lines stands between triple quotes, indented with the call."""
    text = "SELECT a,\n    b\n\nFROM t\nWHERE a ~ '\\d'"
    lines = lay_out(call("op.create_view", ['"v"', block(text)]), width=96)
    assert lines == [
        "op.create_view(",
        '    "v",',
        '    r"""',
        "    SELECT a,",
        "        b",
        "",
        "    FROM t",
        "    WHERE a ~ '\\d'",
        '    """,',
        ")",
    ]


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab'\" \\\n\t%:{}\r\u2028\u202e\x00$é;"), max_size=12))
def test_text_comes_back(text: str) -> None:
    """Whatever is in a text, the file has it so that the call reads the same again."""
    text = tidy(text)
    lines = lay_out(call("f", [block(text)]), width=40)
    indented = "\n".join(["if True:", *(f"    {line}" if line else "" for line in lines)])
    [argument] = (
        node.args[0] for node in ast.walk(ast.parse(indented)) if isinstance(node, ast.Call)
    )
    assert tidy(ast.literal_eval(argument)) == text
