"""The command functions: they act on the current application and return values."""

from __future__ import annotations

import inspect
import logging

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask

import flaskmig
from flaskmig.errors import ConfigurationError, DatabaseBehindError, FlaskmigError

SHARED = [
    "branches",
    "check",
    "current",
    "downgrade",
    "edit",
    "heads",
    "history",
    "init",
    "list_templates",
    "merge",
    "migrate",
    "revision",
    "show",
    "stamp",
    "upgrade",
]


@pytest.mark.parametrize("name", SHARED)
def test_arguments_of_flask_migrate(name: str) -> None:
    """Each function takes Flask-Migrate's arguments, in its order and with its defaults."""
    theirs = inspect.signature(inspect.unwrap(getattr(flask_migrate, name))).parameters
    ours = inspect.signature(getattr(flaskmig, name)).parameters
    positional = [
        parameter
        for parameter in ours.values()
        if parameter.kind == parameter.POSITIONAL_OR_KEYWORD
    ]
    for expected, found in zip(theirs.values(), positional, strict=False):
        assert found.name == expected.name
        if (name, found.name) != ("merge", "revisions"):
            assert found.default == expected.default
    assert len(positional) >= len(theirs)


def test_arguments_of_migrate() -> None:
    """Migrate and init_app take Flask-Migrate's arguments in its order."""
    for name in ("__init__", "init_app"):
        theirs = inspect.signature(getattr(flask_migrate.Migrate, name)).parameters
        ours = inspect.signature(getattr(flaskmig.Migrate, name)).parameters
        assert [*theirs] == [*ours]


def test_round(app: Flask, engine: sa.Engine) -> None:
    """init, migrate, upgrade, current, check, downgrade work and say what they did."""
    with app.app_context():
        made = flaskmig.init()
        assert made.directory.is_dir()
        written = flaskmig.migrate(message="users")
        assert written.path is not None
        assert written.path.exists()
        [ran] = flaskmig.upgrade()
        assert [step.revision for step in ran.applied] == [written.revision]
        assert sa.inspect(engine).has_table("users")
        [where] = flaskmig.current()
        assert where.is_at_heads
        assert [entry.revision.id for entry in where.entries] == [written.revision]
        assert not any(difference.operations for difference in flaskmig.check())
        assert flaskmig.migrate().path is None
        [ran] = flaskmig.upgrade()
        assert ran.applied == ()
        [ran] = flaskmig.downgrade()
        assert [step.direction for step in ran.applied] == ["downgrade"]
        assert not sa.inspect(engine).has_table("users")
        assert "CREATE TABLE" in flaskmig.upgrade(sql=True)
        assert [entry.revision.id for entry in flaskmig.heads()] == [written.revision]
        assert len(flaskmig.history()) == len(flaskmig.show()) == 1
        assert flaskmig.branches() == ()
        [stamped] = flaskmig.stamp()
        assert stamped.after == {written.revision}


def test_errors_are_raised(app: Flask) -> None:
    """What goes wrong is an exception and never the end of the process."""
    with app.app_context():
        with pytest.raises(FlaskmigError):
            flaskmig.upgrade()
        flaskmig.init()
        flaskmig.migrate()
        with pytest.raises(DatabaseBehindError):
            flaskmig.migrate()
        with pytest.raises(DatabaseBehindError):
            flaskmig.check()
        with pytest.raises(DatabaseBehindError):
            flaskmig.current(check_heads=True)


def test_without_an_application() -> None:
    """Outside of an app context a function says so."""
    with pytest.raises(ConfigurationError, match="no current Flask application"):
        flaskmig.upgrade()


def test_without_migrate() -> None:
    """An application without Migrate is named."""
    app = Flask("lonely")
    with app.app_context(), pytest.raises(ConfigurationError, match="lonely"):
        flaskmig.upgrade()


def test_logging_stays(app: Flask, capfd: pytest.CaptureFixture[str]) -> None:
    """A run changes no logger, level or handler, and prints nothing."""
    mine = logging.getLogger("mine")
    before = (logging.root.level, list(logging.root.handlers), app.logger.level)
    with app.app_context():
        flaskmig.init()
        flaskmig.migrate()
        flaskmig.upgrade()
        flaskmig.downgrade()
    assert not mine.disabled
    assert not app.logger.disabled
    assert before == (logging.root.level, list(logging.root.handlers), app.logger.level)
    assert capfd.readouterr() == ("", "")


def test_connection_of_the_caller(app: Flask, engine: sa.Engine) -> None:
    """upgrade and downgrade run on a connection that is given, which is as it was after."""
    with app.app_context():
        flaskmig.init()
        written = flaskmig.migrate()
        with engine.connect() as connection:
            flaskmig.upgrade(connection=connection)
            assert not connection.in_transaction()
            assert sa.inspect(connection).has_table("users")
            connection.rollback()
            [ran] = flaskmig.downgrade(connection=connection)
            assert [step.revision for step in ran.applied] == [written.revision]
        assert not sa.inspect(engine).has_table("users")


def test_open_transaction_of_the_caller(app: Flask, postgresql_engine: sa.Engine) -> None:
    """In the caller's open transaction nothing is committed: the caller rolls it all back."""
    with app.app_context():
        flaskmig.init()
        flaskmig.migrate()
        with postgresql_engine.connect() as connection:
            connection.execute(sa.text("SELECT 1"))
            flaskmig.upgrade(connection=connection)
            assert sa.inspect(connection).has_table("users")
            connection.rollback()
    assert sa.inspect(postgresql_engine).get_table_names() == []


def test_connection_without_use(app: Flask, engine: sa.Engine) -> None:
    """A connection for a script is refused, and left alone."""
    with app.app_context(), engine.connect() as connection:
        for command in (flaskmig.upgrade, flaskmig.downgrade):
            with pytest.raises(ConfigurationError, match="connection"):
                command(sql=True, connection=connection)  # type: ignore[call-overload]
        assert not connection.in_transaction()
