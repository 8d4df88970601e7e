"""`alembic.context` in a revision file, judged by what Alembic itself says there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

import flaskmig
from flaskmig import Migrate
from flaskmig.errors import ConfigurationError, UnsupportedOperationError
from flaskmig.extension import Config
from flaskmig.legacy import context
from tests.databases import NAMES
from tests.legacy.project import OldFiles, run_peer
from tests.legacy.seen import NOTES

ASKED = (
    "context.is_offline_mode()",
    "context.requires_connection()",
    "context.get_x_argument()",
    "context.get_x_argument(as_dictionary=True)",
    "context.get_x_argument(True)",
    "context.get_tag_argument()",
    "context.get_head_revision()",
    "context.get_head_revisions()",
    "context.get_context().as_sql",
    "context.get_context().dialect.name",
    "context.get_context().version_table",
    "context.get_impl().dialect.name",
    "op.get_context().dialect.name",
    "op.get_context().config is context.config",
    "context.config.get_main_option('script_location')",
    "context.config.get_main_option('file_template')",
    "context.config.get_main_option('nothing', 'else')",
    "context.config.get_main_option('nothing')",
    "context.config.get_section('nothing')",
    "context.config.get_section('mine')",
    "context.config.get_section_option('mine', 'color')",
    "context.config.get_section_option('mine', 'percent')",
    "context.config.get_section_option('mine', 'none', 'default')",
    "sorted(context.config.get_section('alembic', {}))",
    "context.config.config_file_name",
    "context.config.config_ini_section",
    "context.config.cmd_opts.x",
    "isinstance(context.config.attributes, dict)",
    "context.config.set_main_option('set', 'a %% b') or context.config.get_main_option('set')",
    "context.config.remove_main_option('set') or context.config.get_main_option('set')",
    "context.config.set_section_option('new', 'a', 'b') or context.config.get_section('new')['a']",
    "context.config.file_config.get('mine', 'color')",
    "context.config.get_alembic_option('file_template')",
    "context.script.get_current_head()",
    "context.script.get_heads()",
    "context.script.get_bases()",
    "context.script.get_base()",
    "[each.revision for each in context.script.walk_revisions()]",
    "context.script.get_revision('a1').down_revision",
    "context.script.get_revision('b2').down_revision",
    "context.script.get_revision('b2').doc",
    "context.script.get_revision('b2').is_head",
    "context.script.get_revision('b2').is_base",
    "context.script.get_revision('a1').nextrev",
    "context.script.get_revision('a1').module.revision",
    "context.script.get_revision('b2').module.down_revision",
    "op.get_context().script.get_revision('a1').module.op is op",
    "op.get_context().script.get_revision('b').revision",
    "ScriptDirectory.from_config(context.config).get_current_head()",
    "isinstance(context.get_context(), MigrationContext)",
    "isinstance(op.get_context(), MigrationContext)",
    "MigrationContext.configure(op.get_bind()).dialect.name",
    "context.get_bind().dialect.name",
)
# Only where there is a database.
ASKED_ONLINE = (
    "context.get_bind().execute(sa.text('SELECT 1')).scalar()",
    "context.get_bind().engine.url.database == op.get_bind().engine.url.database",
    "context.execute('CREATE TABLE by_context (id INTEGER)')",
    "sa.inspect(context.get_bind()).get_table_names().count('by_context')",
    "MigrationContext.configure(op.get_bind()).get_current_revision()",
    "MigrationContext.configure(connection=op.get_bind()).bind.dialect.name",
    "context.config.get_main_option('sqlalchemy.url') == str(op.get_bind().engine.url)",
)
INI = """
[alembic]
script_location = {folder}
file_template = %%(rev)s_%%(slug)s
prepend_sys_path = .
path_separator = os

[mine]
color = blue
percent = 5%%
"""
TOP = """
from alembic import context
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from tests.legacy.seen import NOTES
from tests.legacy.test_context import answer
"""


@pytest.fixture(autouse=True)
def no_notes() -> Iterator[None]:
    NOTES.clear()
    yield
    NOTES.clear()


def note(asked: tuple[str, ...]) -> str:
    return "\n".join(f"NOTES.append(({each!r}, answer(lambda: {each})))" for each in asked)


def answer(ask: Callable[[], Any]) -> Any:
    """What the question gives, or the kind of the error."""
    try:
        return ask()
    except Exception as error:
        return f"raises {type(error).__name__}"


def seen() -> dict[str, Any]:
    found = dict(NOTES)
    NOTES.clear()
    return found


@pytest.mark.parametrize("database", NAMES)
def test_what_it_says(database: str, tmp_path: Path, make_database: Any) -> None:
    """Every question about the run is answered as Alembic answers it, online and for --sql."""
    ours, theirs = make_database(database), make_database(database)
    old = OldFiles(tmp_path / "migrations", ours)
    old.x_arguments = ("a=1", "b", "c=d=e")
    (old.folder / "alembic.ini").write_text(INI.format(folder=old.folder))
    old.write("a1")
    both = f"{note(ASKED)}\nif not context.is_offline_mode():\n" + "\n".join(
        f"    {line}" for line in note(ASKED_ONLINE).splitlines()
    )
    old.write("b2", both, top=TOP)
    old.upgrade(tag="red")
    answers = seen()
    run_peer(old.folder, theirs, x=old.x_arguments, tag="red")
    assert answers == seen()
    old.script()
    written = seen()
    run_peer(old.folder, theirs, "head", x=old.x_arguments, sql=True)
    assert written == seen()


def test_x_arguments_are_copies(old: OldFiles) -> None:
    """What a file does to what it is given stays in it."""
    old.x_arguments = ("a=1",)
    change = "context.get_x_argument().append('b'); context.config.attributes['x'] = 1"
    look = "NOTES.append((context.get_x_argument(), dict(context.config.attributes)))"
    old.write("a1", f"{change}\n{look}", top=TOP)
    old.write("b2", look, top=TOP)
    old.upgrade()
    assert NOTES == [(["a=1"], {"x": 1}), (["a=1"], {})]


@pytest.mark.parametrize(
    "call",
    [
        "context.configure(connection=op.get_bind())",
        "context.run_migrations()",
        "command.upgrade(context.config, 'head')",
        "Config('alembic.ini')",
        "EnvironmentContext(context.config, None)",
        "MigrationContext(None, None, {})",
        "MigrationContext.configure(url='postgresql://elsewhere')",
        "MigrationContext.configure(sa.create_engine('sqlite://').connect())",
        "ScriptDirectory.from_config(object())",
    ],
)
def test_what_it_refuses(old: OldFiles, call: str) -> None:
    """What would start a run inside of the run is refused, and the revision is rolled back."""
    more = (
        "from alembic import command\n"
        "from alembic.config import Config\n"
        "from alembic.runtime.environment import EnvironmentContext\n"
    )
    old.write("a1", f"op.create_table('t', sa.Column('id', sa.Integer))\n{call}", top=TOP + more)
    with pytest.raises(UnsupportedOperationError) as caught:
        old.upgrade()
    assert caught.value.hint
    assert "t" not in old.tables()
    assert not old.rows()


def test_heads_of_several(old: OldFiles) -> None:
    """Where there are several heads, asking for the one is an error that names them."""
    old.write("a1")
    old.write("b2")
    old.last = "a1"
    old.write(
        "c3",
        """
        try:
            context.get_head_revision()
        except MultipleHeads as error:
            NOTES.append(sorted(error.heads))
        """,
        top=TOP + "from alembic.script.revision import MultipleHeads",
    )
    old.upgrade("c3")
    assert NOTES == [["b2", "c3"]]


def test_what_the_application_set(old: OldFiles, capsys: pytest.CaptureFixture[str]) -> None:
    """Options and attributes of `@migrate.configure` functions are there, and -x, and --tag."""
    app = Flask("here")
    migrate = Migrate(app, directory=str(old.folder), metadata=sa.MetaData(), engine=old.engine)
    secret = object()

    @migrate.configure
    def configure(config: Config) -> None:
        config.attributes["secret"] = secret
        config.set_main_option("color", "50%% blue")
        config.set_main_option("sqlalchemy.url", "sqlite:///elsewhere")

    (old.folder / "alembic.ini").write_text("[alembic]\ncolor = red\nshape = round\n")
    old.write(
        "a1",
        """
        config = context.config
        NOTES.append(config.attributes["secret"])
        NOTES.append([config.get_main_option(name) for name in ("color", "shape")])
        NOTES.append(config.get_main_option("sqlalchemy.url"))
        NOTES.append((config.cmd_opts.x, context.get_x_argument(), context.get_tag_argument()))
        config.print_stdout("this is %s", "said")
        try:
            config.nonsense
        except AttributeError as error:
            NOTES.append(str(error))
        """,
        top=TOP,
    )
    with app.app_context():
        flaskmig.upgrade(x_arg=["a=1", "b"], tag="red")
    url = old.engine.url.render_as_string(hide_password=False)
    assert NOTES[:4] == [secret, ["50% blue", "round"], url, (["a=1", "b"], ["a=1", "b"], "red")]
    assert "does not serve alembic.context.config.nonsense" in NOTES[4]
    assert "this is said\n" in capsys.readouterr().out


def test_outside_of_a_run() -> None:
    """Without a run there is nothing to say, and the error says so."""
    with pytest.raises(ConfigurationError, match="no migration is running"):
        context.is_offline_mode()
