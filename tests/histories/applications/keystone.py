"""What the revision files of Keystone import."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from tests.histories.standing import Modules


class JsonBlob(TypeDecorator[Any]):
    """JSON as text."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str:
        return json.dumps(value)


class DateTimeInt(TypeDecorator[datetime]):
    """A moment as a number."""

    impl = sa.BigInteger
    cache_ok = True


def modules() -> Modules:
    """The modules by their names."""
    kinds = {"USER_PROJECT", "GROUP_PROJECT", "USER_DOMAIN", "GROUP_DOMAIN"}
    assignments = SimpleNamespace(
        **{kind: "".join(word.capitalize() for word in kind.split("_")) for kind in kinds}
    )
    settings = SimpleNamespace(saml=SimpleNamespace(relay_state_prefix="ss:mem:"))
    types = {"JsonBlob": JsonBlob, "DateTimeInt": DateTimeInt, "Text": sa.Text}
    return {
        "keystone.assignment.backends.sql": {"AssignmentType": assignments},
        "keystone.common.sql": types,
        "keystone.conf": {"CONF": settings},
        "keystone.identity.mapping_backends.mapping": {
            "EntityType": SimpleNamespace(USER="user", GROUP="group"),
        },
        "oslo_log.log": {"getLogger": logging.getLogger},
        "oslo_utils.timeutils": {"utcnow": lambda: datetime.now(UTC).replace(tzinfo=None)},
    }
