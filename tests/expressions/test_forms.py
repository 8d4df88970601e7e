"""What was declared and created does not differ; what says something else does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

import flaskmig
from flaskmig import engine
from flaskmig.operations import AddColumn, AddConstraint, AlterColumn, CreateIndex, Operation
from tests.conftest import MakeDatabase
from tests.databases import NAMES
from tests.expressions.form import Form
from tests.expressions.subject import metadata_of
from tests.expressions.themes import count, themes
from tests.live.catalogue import everything


def models(database: str, *, changed: bool = False, named: bool = True) -> sa.MetaData:
    return metadata_of(themes(database), database, changed=changed, named=named)


@contextmanager
def project(metadata: sa.MetaData, bind: sa.Engine, folder: Path) -> Iterator[None]:
    app = Flask("forms")
    flaskmig.Migrate(app, metadata=metadata, engine=bind, directory=str(folder))
    with app.app_context():
        yield


def assert_same(metadata: sa.MetaData, bind: sa.Engine) -> None:
    """Nothing differs, nothing could not be compared, and a second look says so too."""
    for _ in range(2):
        found = engine.diff(metadata, bind)
        assert str(found) == ""
        assert found.notes == ()


def missed_of(
    themes: dict[str, tuple[Form, ...]], operations: Iterable[Operation], *, named: bool = True
) -> dict[str, list[str]]:
    """The forms of which no operation tells, each with the places where it stands unseen.

    ``named`` False: the checks have no names to tell them by, and are not looked for.
    """
    told = {name for operation in operations for name in _names(operation)}
    unseen = {
        f"{theme}: {form.name}: {form.written}": [
            place
            for place, name in form.objects().items()
            if (theme, name) not in told and (named or place != "check")
        ]
        for theme, forms in themes.items()
        for form in forms
    }
    return {form: places for form, places in unseen.items() if places}


def _names(operation: Operation) -> Iterator[tuple[str, str]]:
    """The table of an operation, and what it is about without the table's name before it."""
    match operation:
        case AddColumn():
            yield operation.table.name, operation.column.name
        case AlterColumn():
            yield operation.table.name, operation.after.name
        case AddConstraint():
            table = operation.table.name
            yield table, (operation.constraint.name or "").removeprefix(f"{table}_")
        case CreateIndex():
            table = operation.table.name
            yield table, operation.index.name.removeprefix(f"{table}_")
        case _:
            pass


@pytest.mark.parametrize("database", NAMES)
def test_there_are_enough_forms(database: str) -> None:
    """Each database must have at least 150 forms, each with a name of its own in its theme."""
    assert count(database) >= 150
    for theme, forms in themes(database).items():
        names = [form.name for form in forms]
        assert len(names) == len(set(names)), theme


@pytest.mark.parametrize("database", NAMES)
def test_what_create_all_made_does_not_differ(database: str, make_database: MakeDatabase) -> None:
    """A database that create_all made must equal its models, checks named or not."""
    bind = make_database(database)
    models(database).create_all(bind)
    assert_same(models(database), bind)
    assert_same(models(database, named=False), bind)


@pytest.mark.parametrize("database", NAMES)
def test_what_a_revision_made_does_not_differ(
    database: str, make_database: MakeDatabase, tmp_path: Path
) -> None:
    """Files that make the forms, and that change them, must do so exactly, and go back."""
    bind, folder = make_database(database), tmp_path / "migrations"
    for changed in (False, True):
        metadata = models(database, changed=changed)
        with project(metadata, bind, folder):
            if not changed:
                flaskmig.init()
            flaskmig.migrate(message="changed" if changed else "made")
            flaskmig.upgrade()
        assert_same(metadata, bind)
    with project(models(database), bind, folder):
        flaskmig.downgrade()
        assert_same(models(database), bind)
        flaskmig.downgrade()
    with bind.connect() as connection:
        assert everything(connection) == set()


@pytest.mark.parametrize("named", [True, False], ids=["named", "unnamed"])
@pytest.mark.parametrize("database", NAMES)
def test_a_changed_token_is_a_difference(
    database: str, named: bool, make_database: MakeDatabase
) -> None:
    """Each form must differ from itself with one token changed, and applied differ no more."""
    bind = make_database(database)
    models(database, named=named).create_all(bind)
    metadata = models(database, changed=True, named=named)

    found = engine.diff(metadata, bind)

    assert found.notes == ()
    assert missed_of(themes(database), found, named=named) == {}
    with bind.connect() as connection:
        engine.apply(found, connection)
    assert_same(metadata, bind)
