"""What the revision files of Apache Airflow import."""

from __future__ import annotations

import hashlib
import pickle
import uuid
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

from tests.histories.standing import Modules

NAMING_CONVENTION = {
    "ix": "idx_%(column_0_N_label)s",
    "uq": "%(table_name)s_%(column_0_N_name)s_uq",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "%(table_name)s_%(column_0_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}

# What is wrong in the tables that Alembic leaves on SQLite, and why.
_RENAMED = "a rebuild leaves out constraints on a column that the same block renames"
_PLACES = "a rebuild forgets the place of a column where it drops the one before that"
_DESCENDING = "a rebuild loses DESC of an index"
DIFFERENCES = {
    r"^index idx_task_reschedule_ti_id_id_desc: ": _DESCENDING,
    r"^table (asset_alias_asset|dataset_alias_dataset) constraints: .*_pkey primary key": _RENAMED,
    r"^table (dag_schedule|task_outlet)_dataset_reference constraints: .*_pkey primary": _RENAMED,
    r"^table dataset_dag_run_queue constraints: .*_pkey primary key": _RENAMED,
    r"^table \w+ constraints: flaskmig alone has constraint \w+_dataset_fkey foreign": _RENAMED,
    r"^table (callback|dag_code|task_instance|task_instance_history) columns: the order": _PLACES,
}
VALUES = {
    "serialized_dag.data_compressed": zlib.compress(b'{"dag": {"deadline": null}}'),
    "xcom.value": b'{"number": 1}',
}


def metadata() -> sa.MetaData:
    """Metadata that names constraints as the application's models do."""
    return sa.MetaData(naming_convention=NAMING_CONVENTION)


class Lazy:
    """A class that is only looked up when somebody makes one of it."""

    def __init__(self, find: Callable[[], Any]) -> None:
        self._find = find

    def __call__(self, *args: Any, **options: Any) -> Any:
        return self._find()(*args, **options)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its time zone."""

    impl = sa.TIMESTAMP(timezone=True)
    cache_ok = True


class ExtendedJSON(TypeDecorator[Any]):
    """JSON, in the better of the forms that a database has."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else sa.JSON())


class ExecutorConfigType(sa.PickleType):
    """Pickled values."""

    cache_ok = True


class Log:
    """Takes whatever is said, and says nothing."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *arguments, **values: None


class Configuration:
    """Settings that nobody has set."""

    def getint(self, section: str, key: str, fallback: int = 1000) -> int:
        return fallback


def string_id(*, length: int = 250, **options: Any) -> sa.String:
    return sa.String(length=length, **options)


def modules() -> Modules:
    """The modules by their names."""
    types = {
        "UtcDateTime": UtcDateTime,
        "ExtendedJSON": ExtendedJSON,
        "ExecutorConfigType": ExecutorConfigType,
    }
    numbers = count(2**100)

    def next_id() -> uuid.UUID:
        """The same ids in each run, in the order in which they are asked for."""
        return uuid.UUID(int=next(numbers))

    base = {"StringID": string_id, "COLLATION_ARGS": {}, "naming_convention": NAMING_CONVENTION}
    return {
        "airflow": {},
        "airflow._shared.timezones.timezone": {"utcnow": lambda: datetime.now(UTC), "utc": UTC},
        "airflow.configuration": {"conf": Configuration()},
        "airflow.models": {"ID_LEN": 250},
        "airflow.models.base": base,
        "airflow.models.taskinstance": {"uuid7": next_id},
        "airflow.serialization.enums": {
            "Encoding": SimpleNamespace(TYPE="__type", VAR="__var"),
        },
        "airflow.utils.db": {"AIRFLOW_MOVED_TABLE_PREFIX": "_airflow_moved"},
        "airflow.utils.hashlib_wrapper": {"md5": hashlib.md5},
        "airflow.utils.sqlalchemy": types,
        "dill": {"dumps": pickle.dumps, "loads": pickle.loads},
        "lazy_object_proxy": {"Proxy": Lazy},
        "structlog": {"get_logger": lambda name: Log()},
        "uuid6": {"uuid7": next_id},
    }
