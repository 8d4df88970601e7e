"""The other names that published files import: errors, small functions, places for plugins."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import alembic.script.revision
import alembic.util
import pytest
from flask import Flask
from sqlalchemy import MetaData

import flaskmig
from flaskmig import legacy
from flaskmig.engine.calls import command_errors, revision_errors
from flaskmig.errors import FlaskmigError
from flaskmig.legacy import dispatching, util
from flaskmig.legacy.places import PLACES
from tests.legacy.project import OldFiles
from tests.legacy.seen import NOTES


@pytest.fixture(autouse=True)
def no_notes() -> Iterator[None]:
    NOTES.clear()
    yield
    NOTES.clear()


# From published revision files, and from plugins that they use.
PUBLISHED = """
from alembic import context, op, command, util
from alembic.autogenerate import comparators, compare_metadata, produce_migrations, renderers
from alembic.autogenerate import render, rewriter
from alembic.autogenerate.api import AutogenContext
from alembic.autogenerate.render import _add_column, _add_index, _add_table, _drop_column
from alembic.autogenerate.render import _drop_index, _drop_table
from alembic.autogenerate.rewriter import Rewriter
from alembic.config import Config
from alembic.ddl.base import RenameTable, format_table_name, visit_rename_table
from alembic.ddl.impl import DefaultImpl
from alembic.ddl.postgresql import PostgresqlImpl
from alembic.ddl.sqlite import SQLiteImpl
from alembic.migration import MigrationContext
from alembic.operations import BatchOperations, MigrateOperation, Operations, ops
from alembic.operations.base import BatchOperations, Operations
from alembic.operations.ops import AddColumnOp, AlterColumnOp, CreateTableOp, MigrationScript
from alembic.operations.ops import ModifyTableOps, UpgradeOps
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import ResolutionError, RevisionError
from alembic.util import CommandError, DispatchPriority, Dispatcher
from alembic.util.exc import CommandError
from alembic.util.pyfiles import load_python_file
"""


def test_every_published_import(old: OldFiles) -> None:
    """Each name that published files and plugins import is there, and Alembic has it as well."""
    exec(PUBLISHED, {})
    old.write("a1", PUBLISHED, top=PUBLISHED)
    old.upgrade()
    assert old.rows() == {"a1"}


def test_names_that_alembic_has() -> None:
    """What is served is no more than Alembic has, in the part of it where Alembic has it."""
    served: dict[tuple[str, ...], set[str]] = {}
    theirs: dict[tuple[str, ...], set[str]] = {}
    for name, module in legacy.modules().items():
        if name == "alembic.operations.toimpl":
            # Files take functions from it by the names that flaskmig's calls have.
            continue
        served.setdefault(PLACES[name], set()).update(module.__all__)
        theirs.setdefault(PLACES[name], set()).update(dir(importlib.import_module(name)))
    assert {place: names - theirs[place] for place, names in served.items()} == {
        place: set() for place in served
    }


LISTS: list[Any] = [None, (), [], "ab", ["ab"], ("a", "b", "a"), [1, 2, 1], {"x": 1}, 7]


def test_small_functions() -> None:
    """They return what Alembic's do."""
    for value in LISTS:
        assert util.to_tuple(value) == alembic.util.to_tuple(value)
        assert util.to_tuple(value, default=(1,)) == alembic.util.to_tuple(value, default=(1,))
        assert util.to_list(value) == alembic.util.to_list(value)
    for texts in (("a", "b", "a"), (), ("x",)):
        assert util.dedupe_tuple(texts) == alembic.util.dedupe_tuple(texts)
        assert util.format_as_comma(texts) == alembic.util.format_as_comma(texts)
    for text in ("a", "", None):
        assert util.format_as_comma(text) == alembic.util.format_as_comma(text)
    url = "postgresql://ada:secret@host/x"
    assert util.obfuscate_url_pw(url) == alembic.util.obfuscate_url_pw(url)
    assert "secret" not in util.obfuscate_url_pw(url)
    assert len(util.rev_id()) == len(alembic.util.rev_id())
    assert util.not_none(0) == 0
    with pytest.raises(AssertionError):
        util.not_none(None)
    for text in ("true", "no", "1", "off"):
        assert util.asbool(text) == alembic.util.asbool(text)


def test_what_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """A file's own messages go to standard output; an error of it stops the command."""
    util.msg("hello")
    with util.status("working"):
        pass
    with pytest.raises(ValueError, match="x"), util.status("failing"):
        raise ValueError("x")
    util.msg("not this", quiet=True)
    said = capsys.readouterr().out
    assert said == "hello\nworking ...  done\nfailing ...  FAILED\n"
    stream = StringIO()
    util.write_outstream(stream, "a", b"b")
    assert stream.getvalue() == "ab"
    with pytest.raises(command_errors.CommandError, match="stop"):
        util.err("stop")
    with pytest.warns(UserWarning, match="careful"):
        util.warn("careful")
    with pytest.warns(DeprecationWarning, match="old"):
        util.warn_deprecated("old")


ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "AutogenerateDiffsDetected": ("text", None, []),
    "CommandError": ("text",),
    "CycleDetected": (["a", "b"],),
    "DatabaseNotAtHead": ("text",),
    "DependencyCycleDetected": (["a", "b"],),
    "DependencyLoopDetected": ("a",),
    "LoopDetected": ("a",),
    "MultipleHeads": (["a", "b"], "head"),
    "RangeNotAncestorError": ("a", "b"),
    "ResolutionError": ("text", "a"),
    "RevisionError": ("text",),
}


def test_errors() -> None:
    """They are made as Alembic's are, have its attributes and bases, and are ours."""
    assert set(ARGUMENTS) == {*command_errors.__all__, *revision_errors.__all__}
    for name, arguments in ARGUMENTS.items():
        theirs = getattr(alembic.util, name, None) or getattr(alembic.script.revision, name)
        ours = getattr(command_errors, name, None) or getattr(revision_errors, name)
        made, wanted = ours(*arguments), theirs(*arguments)
        assert isinstance(made, FlaskmigError)
        bases = [each.__name__ for each in theirs.__mro__ if each.__module__.startswith("alembic")]
        known = dict.fromkeys(each.__name__ for each in ours.__mro__)
        assert [each for each in known if each in bases] == bases
        for attribute, value in vars(wanted).items():
            if name != "DependencyLoopDetected":
                assert getattr(made, attribute) == value
        assert str(made)


def test_a_file_that_stops_the_command(tmp_path: Path, old: OldFiles) -> None:
    """CommandError from a revision is an error of the command, exit code 1, nothing done."""
    app = Flask("here")
    flaskmig.Migrate(app, directory=str(old.folder), metadata=MetaData(), engine=old.engine)
    old.write(
        "a1",
        "op.create_table('t', sa.Column('id', sa.Integer))\nraise CommandError('not on a Monday')",
        top="from alembic.util import CommandError",
    )
    result = app.test_cli_runner().invoke(args=["db", "upgrade"])
    assert result.exit_code == 1
    assert "Error: not on a Monday" in result.output
    assert "Traceback" not in result.output
    assert "t" not in old.tables()


def test_dispatchers() -> None:
    """What a plugin registers is found by class, by base class and by name, once for each."""
    for kind in (dispatching.Dispatcher, alembic.util.Dispatcher):
        dispatcher = kind()
        dispatcher.dispatch_for(int)(abs)
        dispatcher.dispatch_for("name")(len)
        dispatcher.dispatch_for(int, qualifier="sqlite")(round)
        assert dispatcher.dispatch(5) is abs
        assert dispatcher.dispatch(True) is abs
        assert dispatcher.dispatch(bool, "sqlite") is round
        assert dispatcher.dispatch("name") is len
        branch = dispatcher.branch()
        branch.dispatch_for(str, replace=True)(len)
        assert branch.dispatch(str) is len
        with pytest.raises(ValueError, match="function"):
            dispatcher.dispatch([])
        with pytest.raises(ValueError, match="replace"):
            dispatcher.dispatch_for(int)(len)
    dispatching.PriorityDispatcher().dispatch_for("schema", priority=util.DispatchPriority.LAST)(
        abs
    )
    for name in ("FIRST", "MEDIUM", "LAST"):
        assert util.DispatchPriority[name] == alembic.util.DispatchPriority[name].value


def test_what_autogenerate_has(old: OldFiles) -> None:
    """Registering with autogenerate does nothing; using it in a revision is refused."""
    old.write(
        "a1",
        """
        NOTES.append("ran")
        try:
            render_python_code([])
        except Exception as error:
            NOTES.append(type(error).__name__)
        """,
        top="""
        from alembic.autogenerate import comparators, render_python_code, renderers
        from alembic.operations import MigrateOperation
        from tests.legacy.seen import NOTES

        class SayOp(MigrateOperation):
            pass

        @renderers.dispatch_for(SayOp)
        def render(context, operation):
            NOTES.append("never")

        @comparators.dispatch_for("schema")
        def compare(context, upgrade_ops, schemas):
            NOTES.append("never")
        """,
    )  # fmt: skip
    old.upgrade()
    assert NOTES == ["ran", "UnsupportedOperationError"]
