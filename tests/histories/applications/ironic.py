"""What the revision files of Ironic import."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from tests.histories.standing import Modules

FACADE = "oslo_db.sqlalchemy.enginefacade"


class EncodedJson(TypeDecorator[Any]):
    """JSON as text."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, **options: bool) -> None:
        super().__init__()
        self.options = tuple(options)


class MissingConstraintError(Exception):
    """What the application's database layer raises."""


def modules() -> Modules:
    """The modules by their names."""
    settings = SimpleNamespace(
        default_network_interface="flat",
        default_portgroup_mode="active-backup",
        dhcp=SimpleNamespace(dhcp_provider="neutron"),
    )
    return {
        "ironic.conf": {"CONF": settings},
        "oslo_db.exception": {"DBNonExistentConstraint": MissingConstraintError},
        FACADE: {},
        "oslo_db.sqlalchemy.types": {
            "JsonEncodedDict": EncodedJson,
            "JsonEncodedList": EncodedJson,
        },
        "oslo_db.sqlalchemy.utils": {},
        "oslo_log.log": {"getLogger": logging.getLogger},
    }


@contextmanager
def with_engine(engine: sa.Engine) -> Iterator[None]:
    """Have the application's own engine be one to this database."""
    facade: Any = importlib.import_module(FACADE)
    facade.reader = SimpleNamespace(get_engine=lambda: engine)
    yield
