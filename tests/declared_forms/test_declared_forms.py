"""Views, functions and triggers of many forms differ where their meaning does, and only there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

import flaskmig
from flaskmig import engine
from flaskmig.operations import CreateTrigger, ReplaceFunction, ReplaceTrigger
from flaskmig.schema import QualifiedName
from tests.conftest import MakeDatabase
from tests.databases import NAMES
from tests.declared_forms.subject import CREATE_VIEW, metadata_of, routines, views
from tests.live.catalogue import everything


@pytest.fixture(params=NAMES)
def bind(request: pytest.FixtureRequest, make_database: MakeDatabase) -> sa.Engine:
    """An empty database."""
    return make_database(request.param)


@contextmanager
def project(metadata: sa.MetaData, bind: sa.Engine, folder: Path) -> Iterator[None]:
    app = Flask("forms")
    flaskmig.Migrate(app, metadata=metadata, engine=bind, directory=str(folder))
    with app.app_context():
        yield


def create_all(metadata: sa.MetaData, bind: sa.Engine) -> None:
    with bind.begin() as connection:
        if bind.dialect.name == "postgresql":
            connection.exec_driver_sql("CREATE SCHEMA side")
        metadata.create_all(connection)


def assert_same(metadata: sa.MetaData, bind: sa.Engine) -> None:
    """Nothing differs, nothing could not be compared, and a second look says so too."""
    for _ in range(2):
        found = engine.diff(metadata, bind)
        assert str(found) == ""
        assert found.notes == ()


def unseen(database: str, found: engine.Diff) -> list[str]:
    """The forms whose texts the comparison took for the same."""
    current, desired = found.current, found.desired
    names = [f"v_{form.name}" for form in views(database)]
    if CREATE_VIEW is not None:
        selects = (form for form in views(database) if not isinstance(form.written, str))
        names += [f"c_{form.name}" for form in selects]
    same = [
        name
        for name in map(QualifiedName, names)
        if current.view(name).definition == desired.view(name).definition
    ]
    told = {
        each.after.definition
        for each in found
        if isinstance(each, ReplaceFunction | ReplaceTrigger)
    }
    told |= {each.trigger.definition for each in found if isinstance(each, CreateTrigger)}
    left = [str(function.name) for function in desired.functions if function.definition not in told]
    left += [trigger.name for trigger in desired.triggers if trigger.definition not in told]
    return [name for name in [*map(str, same), *left] if name != "side.f_side_trigger"]


@pytest.mark.parametrize("database", NAMES)
def test_there_are_enough_forms(database: str) -> None:
    """Each database must have at least 60 forms, each with a name of its own."""
    found = [form.name for form in views(database)]
    found += [form.name for form in routines(database)]
    assert len(found) == len(set(found)) >= 60


def test_what_create_all_made_does_not_differ(bind: sa.Engine) -> None:
    """A database that create_all made must equal its models, also as a schema or a snapshot."""
    metadata = metadata_of(bind.dialect.name)
    create_all(metadata, bind)
    assert_same(metadata, bind)
    assert str(engine.diff(bind, metadata)) == ""
    assert str(engine.diff(metadata, metadata_of(bind.dialect.name), spelled_by=bind)) == ""
    metadata.create_all(bind)
    assert_same(metadata, bind)


def test_what_a_revision_made_does_not_differ(bind: sa.Engine, tmp_path: Path) -> None:
    """Files that make the forms, change them and rename a table do so exactly, and go back."""
    name = bind.dialect.name
    releases = [
        metadata_of(name),
        metadata_of(name, changed=True),
        metadata_of(name, changed=True, people="persons"),
    ]
    for number, metadata in enumerate(releases):
        with project(metadata, bind, tmp_path / "migrations"):
            if not number:
                flaskmig.init()
            renames = ["table:people:persons"] if number == 2 else []
            flaskmig.migrate(message=f"release {number}", renames=renames)
            flaskmig.upgrade()
        assert_same(metadata, bind)
    for metadata in (releases[1], releases[0]):
        with project(metadata, bind, tmp_path / "migrations"):
            flaskmig.downgrade()
        assert_same(metadata, bind)
    with project(releases[0], bind, tmp_path / "migrations"):
        flaskmig.downgrade()
    with bind.connect() as connection:
        assert everything(connection) == set()


def test_a_changed_token_is_a_difference(bind: sa.Engine) -> None:
    """Each form must differ from itself with one token changed, and applied differ no more."""
    name = bind.dialect.name
    create_all(metadata_of(name), bind)
    metadata = metadata_of(name, changed=True)

    found = engine.diff(metadata, bind)

    assert found.notes == ()
    assert unseen(name, found) == []
    with bind.connect() as connection:
        engine.apply(found, connection)
    assert_same(metadata, bind)
