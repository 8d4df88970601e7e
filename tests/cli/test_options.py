"""Options of the group and of commands, environment variables, streams, start-up."""

from __future__ import annotations

import json
import subprocess
import sys

from flaskmig.cli import group
from tests.cli.project import USERS, Project
from tests.cli.test_running import write_revision


def test_directory_before_and_after_the_command(sqlite_project: Project) -> None:
    """-d stands before or after the command; the one after it wins."""
    sqlite_project.db("-d", "one", "init")
    sqlite_project.db("init", "-d", "two")
    sqlite_project.db("-d", "one", "init", "--directory", "three")
    for name in ("one", "two", "three"):
        assert (sqlite_project.folder / name / "versions").is_dir()


def test_directory_from_the_environment(sqlite_project: Project) -> None:
    """FLASK_DB_DIRECTORY and FLASK_DB_<COMMAND>_DIRECTORY name the folder."""
    sqlite_project.db("init", FLASK_DB_DIRECTORY="one")
    sqlite_project.db("init", FLASK_DB_INIT_DIRECTORY="two", FLASK_DB_DIRECTORY="one")
    for name in ("one", "two"):
        assert (sqlite_project.folder / name / "versions").is_dir()


def test_options_from_the_environment(sqlite_started: Project) -> None:
    """Every option has its variable, such as FLASK_DB_CURRENT_VERBOSE, named as it is spelled."""
    done = sqlite_started.db("current", FLASK_DB_CURRENT_VERBOSE="1")
    assert "Path: " in done.stdout
    assert json.loads(sqlite_started.db("current", FLASK_DB_CURRENT_JSON="1").stdout)
    sqlite_started.write(USERS.replace("name =", "email ="))
    renames = {"FLASK_DB_DIFF_RENAME": "users.name:email", "FLASK_DB_DIFF_EXIT_CODE": "1"}
    done = sqlite_started.db("diff", code=1, **renames)
    assert "rename" in done.stdout


def test_x_arguments_come_once(sqlite_project: Project) -> None:
    """-x of the group, of the command and of the environment is delivered, each once."""
    sqlite_project.quick("init")
    write_revision(
        sqlite_project,
        "one",
        None,
        "from flaskmig.engine.migrating.migration import current;"
        " print(current().setting.x_arguments)",
    )
    done = sqlite_project.db("-x", "a=1", "upgrade", "-x", "b=2")
    assert done.stdout.strip() == "('a=1', 'b=2')"
    sqlite_project.quick("stamp", "base")
    done = sqlite_project.db("-x", "a=1", "upgrade")
    assert done.stdout.strip() == "('a=1',)"
    sqlite_project.quick("stamp", "base")
    done = sqlite_project.db("upgrade", FLASK_DB_X_ARG="a=1 c=3")
    assert done.stdout.strip() == "('a=1', 'c=3')"


def test_name_of_the_group(sqlite_project: Project) -> None:
    """Migrate(command=…) names the group, and with it the environment variables."""
    sqlite_project.write("", options=', command="schema"')
    sqlite_project.flask("schema", "init", FLASK_SCHEMA_DIRECTORY="own")
    assert (sqlite_project.folder / "own" / "versions").is_dir()
    sqlite_project.flask("db", "init", code=2)


def test_unknown_option_of_migrate(sqlite_project: Project) -> None:
    """A keyword that nobody knows is an error that says what was meant."""
    sqlite_project.write("", options=", include_objekt=None")
    assert "include_object" in sqlite_project.db("init", code=1).stderr


def test_option_without_effect(sqlite_project: Project) -> None:
    """A keyword of Alembic's without effect here is noted on stderr and is no error."""
    sqlite_project.quick("init")
    sqlite_project.write("", options=", user_module_prefix='x.'")
    assert "user_module_prefix" in sqlite_project.db("heads").stderr


def test_no_colour_in_a_pipe(sqlite_started: Project) -> None:
    """What goes to a pipe has no escape sequences."""
    for command in (["current"], ["history"], ["upgrade"], ["show"]):
        done = sqlite_started.db(*command)
        assert "\x1b" not in done.stdout + done.stderr


def test_broken_pipe(sqlite_started: Project) -> None:
    """A reader that goes away is no traceback."""
    script = f"{sys.executable} -m flask --app app db history -v | head -c 1"
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=sqlite_started.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr


def test_usage_errors_exit_with_2(sqlite_project: Project) -> None:
    """What click refuses exits with 2."""
    sqlite_project.db("upgrade", "--nonesuch", code=2)
    sqlite_project.db("nonesuch", code=2)


COMMANDS = [
    "adopt",
    "branches",
    "check",
    "current",
    "diff",
    "downgrade",
    "edit",
    "ensure-version",
    "heads",
    "history",
    "init",
    "leave",
    "list-templates",
    "merge",
    "migrate",
    "plan",
    "repair",
    "resolve",
    "revision",
    "show",
    "snapshot",
    "squash",
    "stamp",
    "status",
    "upgrade",
]


def test_help_of_every_command(sqlite_project: Project) -> None:
    """--help lists the commands, and each has one."""
    text = sqlite_project.db("--help").stdout
    for command in COMMANDS:
        assert f"  {command} " in text


def test_every_command_has_help() -> None:
    """Each command says what it does, and but for list-templates takes -d and -x."""
    assert set(group.commands) == set(COMMANDS)
    for name, command in group.commands.items():
        assert command.help
        options = {option for parameter in command.params for option in parameter.opts}
        assert "--directory" in options or name == "list-templates"


def test_plain_sqlalchemy(sqlite_project: Project) -> None:
    """Without Flask-SQLAlchemy the whole round works with metadata= and engine=."""
    url = sqlite_project.engine.url.render_as_string(hide_password=False)
    (sqlite_project.folder / "app.py").write_text(
        "import sqlalchemy as sa\n"
        "from flask import Flask\n"
        "from flaskmig import Migrate\n"
        "metadata = sa.MetaData()\n"
        "sa.Table('things', metadata, sa.Column('id', sa.Integer, primary_key=True))\n"
        "app = Flask(__name__)\n"
        f"Migrate(app, metadata=metadata, engine=sa.create_engine({url!r}))\n"
    )
    sqlite_project.db("init")
    sqlite_project.db("migrate")
    sqlite_project.db("upgrade")
    sqlite_project.db("check")
    assert sqlite_project.tables() == {"things"}


def test_application_factory(sqlite_project: Project) -> None:
    """An application factory with init_app works."""
    (sqlite_project.folder / "app.py").write_text(
        "from flask import Flask\n"
        "from flask_sqlalchemy import SQLAlchemy\n"
        "from flaskmig import Migrate\n"
        "db, migrate = SQLAlchemy(), Migrate()\n"
        "class Thing(db.Model):\n"
        "    id = db.Column(db.Integer, primary_key=True)\n"
        "def create_app():\n"
        "    app = Flask(__name__)\n"
        "    app.config['SQLALCHEMY_DATABASE_URI'] = "
        f"{sqlite_project.engine.url.render_as_string(hide_password=False)!r}\n"
        "    db.init_app(app)\n"
        "    migrate.init_app(app, db)\n"
        "    return app\n"
    )
    sqlite_project.db("init")
    sqlite_project.db("migrate")
    sqlite_project.db("upgrade")
    assert sqlite_project.tables() == {"thing"}
