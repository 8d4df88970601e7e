"""`Migrate`: what it accepts, what it registers, what it leaves alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy_lite import SQLAlchemy as Lite
from sqlalchemy.ext.asyncio import create_async_engine

import flaskmig
from flaskmig import Migrate
from flaskmig.databases import find_databases
from flaskmig.errors import ConfigurationError
from flaskmig.extension import Config


@pytest.fixture
def metadata() -> sa.MetaData:
    made = sa.MetaData()
    sa.Table("things", made, sa.Column("id", sa.Integer, primary_key=True))
    return made


def run_a_round(app: Flask) -> None:
    with app.app_context():
        flaskmig.init()
        flaskmig.migrate()
        flaskmig.upgrade()
        assert not any(difference.operations for difference in flaskmig.check())


def test_what_the_extension_holds(tmp_path: Path) -> None:
    """app.extensions["migrate"] has .migrate, .db, .directory, .configure_args, .metadata."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db = SQLAlchemy(app)
    migrate = Migrate(app, db, "here", "schema", compare_type=False, file_template="%(rev)s")
    held = app.extensions["migrate"]
    assert held.migrate is migrate
    assert held.db is db
    assert held.directory == "here"
    assert held.metadata is db.metadata
    assert held.configure_args["file_template"] == "%(rev)s"
    assert held.configure_args["compare_type"] is False
    assert "schema" in app.cli.commands


def test_start_touches_no_database(metadata: sa.MetaData) -> None:
    """Binding an application connects to nothing."""

    def engine() -> sa.Engine:
        raise AssertionError("asked for the engine")

    Migrate(Flask(__name__), metadata=metadata, engine=engine)


def test_init_app_wins(tmp_path: Path, metadata: sa.MetaData) -> None:
    """What init_app is given wins over the constructor's."""
    migrate = Migrate(directory="one", command="first", timezone="UTC")
    app = Flask(__name__)
    migrate.init_app(
        app, directory="two", command="second", timezone="Europe/Vienna", metadata=metadata
    )
    held = app.extensions["migrate"]
    assert held.directory == "two"
    assert held.configure_args["timezone"] == "Europe/Vienna"
    assert "second" in app.cli.commands
    assert "first" not in app.cli.commands


def test_plain_sqlalchemy(engine: sa.Engine, metadata: sa.MetaData, tmp_path: Path) -> None:
    """Metadata and engine are enough."""
    app = Flask(__name__)
    Migrate(app, directory=tmp_path / "m", metadata=metadata, engine=engine)
    run_a_round(app)
    assert sa.inspect(engine).has_table("things")


def test_lite(engine: sa.Engine, metadata: sa.MetaData, tmp_path: Path) -> None:
    """Flask-SQLAlchemy-Lite works once it is told where the models are."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_ENGINES"] = {"default": engine.url}
    db = Lite(app)
    Migrate(app, db, directory=tmp_path / "m", metadata=metadata)
    run_a_round(app)
    assert sa.inspect(engine).has_table("things")


def test_lite_without_metadata(tmp_path: Path) -> None:
    """Flask-SQLAlchemy-Lite alone does not know the models, and the error says what to give."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_ENGINES"] = {"default": "sqlite://"}
    Migrate(app, Lite(app), directory=tmp_path / "m")
    with app.app_context(), pytest.raises(ConfigurationError) as caught:
        flaskmig.heads()
    assert "metadata=" in caught.value.hint


@pytest.mark.parametrize(
    ("asynchronous", "synchronous"),
    [
        ("sqlite+aiosqlite:///x.db", "sqlite:///x.db"),
        (
            "postgresql+asyncpg://ada:pw@host/x?ssl=require&prepared_statement_cache_size=0",
            "postgresql+psycopg://ada:pw@host/x?sslmode=require",
        ),
        ("postgresql+psycopg_async://host/x", "postgresql+psycopg://host/x"),
    ],
)
def test_async_urls(asynchronous: str, synchronous: str, metadata: sa.MetaData) -> None:
    """The URL of an async driver is served through its sync sibling."""
    engine = find_databases(None, metadata=metadata, engine=asynchronous).engines("")
    assert engine.url.render_as_string(hide_password=False) == synchronous
    assert not engine.dialect.is_async


def test_async_engine(metadata: sa.MetaData) -> None:
    """An AsyncEngine is served through its sync sibling as well."""
    made = create_async_engine("postgresql+psycopg_async://host/x")
    engine = find_databases(None, metadata=metadata, engine=made).engines("")
    assert engine.url.drivername == "postgresql+psycopg"


def test_unusable_urls(metadata: sa.MetaData) -> None:
    """A URL that is none, or of a database nobody speaks to, is an error."""
    with pytest.raises(ConfigurationError):
        find_databases(None, metadata=metadata, engine="nonsense").engines("")
    with pytest.raises(ConfigurationError):
        find_databases(None, metadata=metadata, engine=42).engines("")


def test_configure_callbacks(tmp_path: Path, metadata: sa.MetaData) -> None:
    """@migrate.configure functions see and set main options and attributes."""
    app = Flask(__name__)
    migrate = Migrate(
        app, directory=tmp_path / "m", metadata=metadata, engine=sa.create_engine("sqlite://")
    )

    @migrate.configure
    def name_files(config: Config) -> Config:
        config.set_main_option("file_template", "by_callback_%(rev)s")
        config.attributes["seen"] = True
        assert config.get_main_option("nonesuch", "default") == "default"
        return config

    with app.app_context():
        flaskmig.init()
        written = flaskmig.revision(message="x")
    assert written.path is not None
    assert written.path.name.startswith("by_callback_")
    assert migrate.get_config().attributes == {"seen": True}


def test_keywords_win_over_callbacks(tmp_path: Path, metadata: sa.MetaData) -> None:
    """What Migrate was given wins over what a callback sets."""
    app = Flask(__name__)
    migrate = Migrate(
        app,
        directory=tmp_path / "m",
        metadata=metadata,
        engine=sa.create_engine("sqlite://"),
        file_template="given_%(rev)s",
    )

    @migrate.configure
    def name_files(config: Config) -> None:
        config.set_main_option("file_template", "by_callback_%(rev)s")

    with app.app_context():
        flaskmig.init()
        written = flaskmig.revision()
    assert written.path is not None
    assert written.path.name.startswith("given_")


def test_in_memory_database(tmp_path: Path, metadata: sa.MetaData) -> None:
    """An in-memory database is migrated in the connection that it lives in."""
    engine = sa.create_engine("sqlite://")
    app = Flask(__name__)
    Migrate(app, directory=tmp_path / "m", metadata=metadata, engine=engine)
    run_a_round(app)
    assert sa.inspect(engine).has_table("things")


def test_engine_alone_loads_no_flask() -> None:
    """`import flaskmig.engine` and `from flaskmig import op` load neither Flask nor click."""
    code = (
        "import sys, flaskmig.engine\nfrom flaskmig import op\n"
        "assert 'flask' not in sys.modules, 'flask'\n"
        "assert 'click' not in sys.modules, 'click'\n"
        "assert 'sqlglot' not in sys.modules, 'sqlglot'\n"
        "assert 'rich' not in sys.modules, 'rich'\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_public_names() -> None:
    """Every public name is there, and what is not there is an AttributeError."""
    for name in flaskmig.__all__:
        if name != "__version__":
            assert getattr(flaskmig, name) is not None
            assert name in dir(flaskmig)
    with pytest.raises(AttributeError, match="nonesuch"):
        _ = flaskmig.nonesuch


def test_names_of_flask_migrate() -> None:
    """flaskmig.compat has the names that flask_migrate has."""
    import flask_migrate

    from flaskmig import compat

    theirs = {
        name
        for name in vars(flask_migrate)
        if name in {*flaskmig.__all__} or name in ("Migrate", "Config")
    }
    assert theirs <= set(compat.__all__)


def test_env_py_of_ones_own(tmp_path: Path, metadata: sa.MetaData) -> None:
    """An env.py that says what Flask-Migrate's does not stops the commands, until it is ignored."""
    folder = tmp_path / "m"

    def app_with(**options: Any) -> Flask:
        app = Flask(__name__)
        engine = sa.create_engine("sqlite://")
        Migrate(app, directory=folder, metadata=metadata, engine=engine, **options)
        return app

    with app_with().app_context():
        flaskmig.init()
        text = 'from alembic import context\ncontext.configure(version_table="mine")\n'
        (folder / "env.py").write_text(text)
        for command in (flaskmig.heads, flaskmig.upgrade, flaskmig.migrate, flaskmig.current):
            with pytest.raises(ConfigurationError, match="line 2, version_table"):
                command()
    with app_with(version_table="mine", env_py="ignore").app_context():
        flaskmig.migrate()
        flaskmig.upgrade()


def application(folder: Path, metadata: Any, **options: Any) -> Flask:
    """An application on an in-memory SQLite database, its folder made."""
    app = Flask(__name__)
    Migrate(
        app, directory=folder, metadata=metadata, engine=sa.create_engine("sqlite://"), **options
    )
    folder.mkdir(exist_ok=True)
    (folder / "versions").mkdir(exist_ok=True)
    return app


@pytest.mark.parametrize("options", [{}, {"compare_type": None}])
def test_file_wins_over_defaults(
    tmp_path: Path, metadata: sa.MetaData, options: dict[str, Any]
) -> None:
    """flaskmig.toml decides where Migrate was given nothing; what Migrate was given wins."""
    (tmp_path / "flaskmig.toml").write_text("compare_type = false\n")
    app = application(tmp_path, metadata, **options)
    with app.app_context():
        assert app.extensions["migrate"].project().options.compare_type is False
    app = application(tmp_path, metadata, compare_type=True)
    with app.app_context():
        assert app.extensions["migrate"].project().options.compare_type is True


def test_main_options_of_the_file(tmp_path: Path, metadata: sa.MetaData) -> None:
    """A callback sees what alembic.ini says, sets over it, and can take it away."""
    text = "[alembic]\nfile_template = ini_%%(rev)s\ntimezone = UTC\nmine = %(here)s/x\n"
    (tmp_path / "alembic.ini").write_text(text)
    app = application(tmp_path, metadata)
    migrate: Migrate = app.extensions["migrate"].migrate
    seen = []

    @migrate.configure
    def look(config: Config) -> None:
        seen.append(config.get_main_option("file_template"))
        assert config.get_main_option("mine") == f"{tmp_path.as_posix()}/x"
        assert config.get_main_option("nonesuch", "default") == "default"
        config.set_main_option("file_template", "set_%(rev)s")
        seen.append(config.get_main_option("file_template"))
        config.remove_main_option("timezone")
        assert config.get_main_option("timezone") is None

    with app.app_context():
        options = app.extensions["migrate"].project().options
    assert seen == ["ini_%(rev)s", "set_%(rev)s"]
    assert options.file_template == "set_%(rev)s"
    assert options.timezone is None


def test_several_metadata(tmp_path: Path, metadata: sa.MetaData) -> None:
    """metadata= takes a sequence: the tables of all of them are one database's."""
    other = sa.MetaData()
    sa.Table("others", other, sa.Column("id", sa.Integer, primary_key=True))
    app = application(tmp_path, [metadata, other])
    assert app.extensions["migrate"].metadata == [metadata, other]
    with app.app_context():
        [found] = flaskmig.diff()
        assert {str(operation) for operation in found.operations} == {
            "create table things",
            "create table others",
        }
        flaskmig.migrate()
        flaskmig.upgrade()
        assert not any(difference.operations for difference in flaskmig.check())


def test_metadata_that_is_none(tmp_path: Path, metadata: sa.MetaData) -> None:
    """A class or something else in the place of a MetaData is named, with what to give."""
    for wrong in (SQLAlchemy, [metadata, "users"]):
        app = application(tmp_path, wrong)
        with app.app_context(), pytest.raises(ConfigurationError, match="no MetaData") as caught:
            flaskmig.heads()
        assert "metadata=" in caught.value.hint


def test_functions_reach_the_comparison(tmp_path: Path) -> None:
    """compare_type, compare_server_default and render_item of Migrate are called by migrate."""

    def models(type_: Any) -> sa.MetaData:
        made = sa.MetaData()
        key = sa.Column("id", sa.Integer, primary_key=True)
        sa.Table("t", made, key, sa.Column("x", type_, server_default="1"))
        return made

    def render(kind: str, item: Any, context: Any) -> str | bool:
        return "sa.Text(length=5)" if kind == "type" and isinstance(item, sa.String) else False

    with application(tmp_path, models(sa.String(5)), render_item=render).app_context():
        written = flaskmig.migrate()
    assert written.path is not None
    assert "sa.Text(length=5)" in written.path.read_text()
    assert "with what render_item wrote" in written.proofs[0].notes[0]
    called: list[str] = []
    wider = models(sa.Text)
    app = application(
        tmp_path,
        wider,
        compare_type=lambda *_: called.append("type"),
        compare_server_default=lambda *_: called.append("default"),
    )
    with app.app_context():
        flaskmig.upgrade()
        flaskmig.diff()
    assert set(called) == {"type", "default"}
