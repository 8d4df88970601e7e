"""A server where a backslash in a literal means something, unless one says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flaskmig import engine as flaskmig_engine
from tests.hostile.journey import Journey
from tests.hostile.payloads import FIXED
from tests.hostile.units import Unit, declared
from tests.hostile.witness import catalogue, require_no_canary

BACKSLASHES = [payload for payload in FIXED if "\\" in payload]


@pytest.fixture
def old_fashioned(postgresql_engine: Engine) -> Engine:
    """A database whose sessions begin with standard_conforming_strings off."""
    name = postgresql_engine.url.database
    with postgresql_engine.begin() as connection:
        connection.exec_driver_sql(f'ALTER DATABASE "{name}" SET standard_conforming_strings = off')
        connection.exec_driver_sql(f'ALTER DATABASE "{name}" SET escape_string_warning = off')
    postgresql_engine.dispose()
    return postgresql_engine


def test_round_trip(old_fashioned: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Strings with backslashes come back as they were, and nothing of them runs."""
    with old_fashioned.connect() as connection:
        assert connection.exec_driver_sql("SHOW standard_conforming_strings").scalar() == "off"
    monkeypatch.chdir(tmp_path)
    units = [Unit(number, payload) for number, payload in enumerate(BACKSLASHES)]
    conforming = {"options": "-c standard_conforming_strings=on"}
    witness = sa.create_engine(old_fashioned.url, connect_args=conforming)
    try:
        Journey(old_fashioned, tmp_path, witness).go(units)
    finally:
        witness.dispose()


@pytest.mark.parametrize("in_transaction", [False, True])
def test_left_as_it_was(old_fashioned: Engine, in_transaction: bool, tmp_path: Path) -> None:
    """Reading and comparing leave the setting of the caller's session alone."""
    models = declared([Unit(0, "x\\'; CREATE TABLE canary(x int); --")], "postgresql")
    with old_fashioned.connect() as connection:
        if in_transaction:
            connection.begin()
            connection.exec_driver_sql("SELECT 1")
        assert flaskmig_engine.diff(models, connection)
        flaskmig_engine.introspect(connection)
        assert connection.exec_driver_sql("SHOW standard_conforming_strings").scalar() == "off"
    require_no_canary(old_fashioned, tmp_path)
    assert not [name for name in catalogue(old_fashioned) if "canary" in name]
