"""`flaskmig.compat` in the place of `flask_migrate`."""

from __future__ import annotations

import inspect
import subprocess
import sys
import textwrap
from pathlib import Path

import click
import flask_migrate
import flask_migrate.cli

from flaskmig import compat
from flaskmig.compat import cli
from tests.legacy.test_imports import NOT_THERE

# What it has for itself, or from what it imports.
ITS_OWN = {"AlembicConfig", "CommandError", "argparse", "catch_errors", "command", "current_app",
           "g", "log", "logging", "os", "sys", "wraps", "cli"}  # fmt: skip


def test_every_name() -> None:
    """Each public name of flask_migrate, and each command of its cli, is there."""
    theirs = {name for name in vars(flask_migrate) if not name.startswith("_")}
    assert theirs - ITS_OWN == set(compat.__all__)
    for name in flask_migrate.cli.db.commands:
        assert getattr(cli, name.replace("-", "_")) is cli.db.commands[name]
        assert vars(flask_migrate.cli)[name.replace("-", "_")] is not None
    assert len(compat.alembic_version) == 3
    assert all(isinstance(part, int) for part in compat.alembic_version)


def test_every_parameter() -> None:
    """Each function takes Flask-Migrate's parameters, by name and in their places."""
    names = [name for name in compat.__all__ if inspect.isfunction(vars(flask_migrate).get(name))]
    assert len(names) == 15
    pairs = [(vars(flask_migrate)[name], vars(compat)[name]) for name in names]
    for name in ("__init__", "init_app", "configure", "get_config", "call_configure_callbacks"):
        pairs.append((getattr(flask_migrate.Migrate, name), getattr(compat.Migrate, name)))
    for theirs, ours in pairs:
        wanted = inspect.signature(theirs).parameters
        given = inspect.signature(ours).parameters
        named = [name for name, each in wanted.items() if each.kind == each.POSITIONAL_OR_KEYWORD]
        if theirs.__name__ not in ("configure", "call_configure_callbacks"):
            assert list(given)[: len(named)] == named, theirs.__name__
        for name in named:
            if name in given and given[name].default is not inspect.Parameter.empty:
                assert given[name].kind == inspect.Parameter.POSITIONAL_OR_KEYWORD
        inspect.signature(ours).bind(*(object() for _ in named))


def test_every_option() -> None:
    """Each command of the command line takes Flask-Migrate's options and arguments."""
    for name, theirs in flask_migrate.cli.db.commands.items():
        ours = cli.db.commands[name]
        assert options_of(theirs) <= options_of(ours), name
        arguments = [
            sum(isinstance(each, click.Argument) for each in command.params)
            for command in (theirs, ours)
        ]
        assert arguments[0] == arguments[1], name


def options_of(command: click.Command) -> set[str]:
    options = (each for each in command.params if isinstance(each, click.Option))
    return {spelling for option in options for spelling in option.opts}


def test_the_one_line(tmp_path: Path) -> None:
    """Where Flask-Migrate is not installed, one line has its imports find flaskmig."""
    script = tmp_path / "script.py"
    script.write_text(
        NOT_THERE
        + textwrap.dedent("""
            import flaskmig.compat

            sys.modules["flask_migrate"] = flaskmig.compat

            import flask_migrate
            import flask_migrate.cli
            from flask import Flask
            from flask_migrate import Config, Migrate, alembic_version, upgrade
            from flask_migrate import cli
            from flask_migrate.cli import db as commands, stamp as stamp_command
            from flask_sqlalchemy import SQLAlchemy
            from pathlib import Path

            folder = Path(sys.argv[1])
            app = Flask("here", root_path=str(folder))
            app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/a.sqlite"
            db = SQLAlchemy()
            migrate = Migrate()


            class Thing(db.Model):
                id = db.Column(db.Integer, primary_key=True)


            @migrate.configure
            def configure(config):
                config.set_main_option("file_template", "%(rev)s")
                return config


            db.init_app(app)
            migrate.init_app(app, db, directory=str(folder / "m"))
            assert app.cli.commands["db"] is commands is cli.db is flask_migrate.cli.db
            assert stamp_command is commands.commands["stamp"]
            with app.app_context():
                flask_migrate.init()
                flask_migrate.migrate(message="first")
                upgrade()
                db.session.add(Thing(id=1))
                db.session.commit()
                flask_migrate.check()
                [found] = flask_migrate.current()
                assert found.is_at_heads
            result = app.test_cli_runner().invoke(args=["db", "heads"])
            print(result.output, result.exit_code)
        """)
    )
    done = subprocess.run(
        [sys.executable, script, str(tmp_path)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert "(head)" in done.stdout
