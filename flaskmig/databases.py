"""Where an application keeps its metadata and its engines, by bind.

The default bind is ``""`` here, ``None`` for Flask-SQLAlchemy and ``"default"`` for
Flask-SQLAlchemy-Lite.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flaskmig.errors import ConfigurationError

if TYPE_CHECKING:
    from sqlalchemy import MetaData
    from sqlalchemy.engine import URL, Engine

DEFAULT_BIND = ""

# The driver that serves a database whose URL names an async one.
_SYNC_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}

# Parameters that only asyncpg's URLs have; libpq calls ``ssl`` sslmode.
_ASYNCPG_ONLY = ("prepared_statement_cache_size", "prepared_statement_name_func", "async_fallback")


@dataclass(frozen=True, slots=True)
class Databases:
    """What there is to migrate: metadata and engines keyed by bind, ``names`` default first."""

    metadata: Mapping[str, MetaData | Sequence[MetaData]]
    engines: Callable[[str], Engine]
    names: tuple[str, ...]


def find_databases(db: Any, *, metadata: Any = None, engine: Any = None) -> Databases:
    """What `Migrate` was given, whatever shape it has.

    ``db`` is a Flask-SQLAlchemy or Flask-SQLAlchemy-Lite extension (which needs an app context),
    or None. ``metadata`` is a MetaData, several, or a mapping of bind to these; ``engine`` is an
    Engine, an async one, a URL, a function that returns one of these, or a mapping of bind to
    them. Both win over ``db``. Raises ConfigurationError where there is no metadata or no engine.
    """
    found_metadata = find_metadata(db, metadata)
    engines = _by_bind(engine) if engine is not None else _engines_of(db)
    names = sorted(engines, key=lambda name: (name != DEFAULT_BIND, name))
    made: dict[str, Engine] = {}

    def engine_of(bind: str) -> Engine:
        if bind not in engines:
            raise ConfigurationError(
                f"there is no engine for {describe_bind(bind)}",
                hint=f"known here: {', '.join(map(describe_bind, names)) or 'none'}",
            )
        if bind not in made:
            made[bind] = synchronous_engine(engines[bind])
        return made[bind]

    return Databases(found_metadata, engine_of, tuple(names))


def find_metadata(db: Any, metadata: Any = None) -> Mapping[str, MetaData | Sequence[MetaData]]:
    """The metadata by bind, found as `find_databases` says; needs no app context."""
    found = _by_bind(metadata) if metadata is not None else _metadata_of(db)
    for value in found.values():
        _require_metadata(value)
    return found


def describe_bind(bind: str) -> str:
    """A bind for people."""
    return f"the bind {bind!r}" if bind else "the default database"


def bind_named(name: str | None) -> str:
    """The bind that somebody means; "default" and None are the default one."""
    return DEFAULT_BIND if name in (None, "", "default") else str(name)


def _by_bind(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {bind_named(name): part for name, part in value.items()}
    return {DEFAULT_BIND: value}


def _require_metadata(value: Any) -> None:
    from sqlalchemy import MetaData

    parts = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    for part in parts:
        if not isinstance(part, MetaData):
            name = part.__name__ if isinstance(part, type) else type(part).__name__
            raise ConfigurationError(
                f"metadata is {name}, which is no MetaData",
                hint="Migrate(app, metadata=Base.metadata), or a list of them, or by bind",
            )


def _metadata_of(db: Any) -> dict[str, MetaData]:
    if db is None:
        raise ConfigurationError(
            "there are no models to migrate: Migrate got neither db nor metadata",
            hint="Migrate(app, db), or Migrate(app, metadata=Base.metadata, engine=engine)",
        )
    metadatas = getattr(db, "metadatas", None)
    if isinstance(metadatas, Mapping) and metadatas:
        return _by_bind(metadatas)
    metadata = getattr(db, "metadata", None)
    if metadata is None:
        raise ConfigurationError(
            f"{type(db).__name__} does not say where its models are",
            hint="Migrate(app, db, metadata=Model.metadata)",
        )
    return _by_bind(metadata)


def _engines_of(db: Any) -> dict[str, Any]:
    if db is None:
        raise ConfigurationError(
            "there is no database to migrate: Migrate got neither db nor engine",
            hint="Migrate(app, metadata=Base.metadata, engine=engine)",
        )
    engines: dict[str, Any] = {}
    for attribute in ("async_engines", "engines"):
        try:
            found = getattr(db, attribute, None)
        except RuntimeError as error:
            # Flask-SQLAlchemy's word for an application that it does not serve.
            raise ConfigurationError(
                f"{type(db).__name__} has no engines for this application: {error}",
                hint="db.init_app(app), with the db that Migrate is given",
            ) from error
        if isinstance(found, Mapping):
            engines.update(_by_bind(found))
    if not engines:
        raise ConfigurationError(
            f"{type(db).__name__} has no engines",
            hint="give Migrate(app, db, engine=…) an engine, a URL, or a function that returns one",
        )
    return engines


def synchronous_engine(value: Any) -> Engine:
    """An engine that this thread can use, from whatever stands for one.

    That is an Engine, an async one, a URL or a function that returns one of these. Raises
    ConfigurationError for anything else.
    """
    from sqlalchemy import create_engine
    from sqlalchemy.engine import URL, Engine, make_url
    from sqlalchemy.exc import ArgumentError, SQLAlchemyError
    from sqlalchemy.pool import NullPool

    if callable(value) and not isinstance(value, Engine):
        value = value()
    if isinstance(value, str | URL):
        try:
            url = make_url(value)
            is_async = url.get_dialect().is_async
            value = None if is_async else create_engine(url)
        except (SQLAlchemyError, ImportError, ValueError) as error:
            # What cannot be parsed may be quoted, and there may be a password in it.
            is_no_url = type(error) in (ArgumentError, ValueError)
            raise ConfigurationError(
                f"this database URL cannot be used: {'it is no URL' if is_no_url else error}",
                hint="sqlite:///app.db and postgresql+psycopg://user@host/name are URLs; "
                "the driver must be installed",
            ) from None if is_no_url else error
    else:
        value = getattr(value, "sync_engine", value)
        if not isinstance(value, Engine):
            raise ConfigurationError(
                f"{type(value).__name__} is not an engine",
                hint="engine= takes a SQLAlchemy Engine, a URL, or a function that returns one",
            )
        url, is_async = value.url, value.dialect.is_async
    if not is_async:
        assert isinstance(value, Engine)
        return value
    return create_engine(_sibling(url), poolclass=NullPool)


def _sibling(url: URL) -> URL:
    """The same database through a driver that is not async."""
    database = url.get_backend_name()
    if database not in _SYNC_DRIVERS:
        raise ConfigurationError(
            f"flaskmig does not speak to {database} databases",
            hint=f"it does to {' and '.join(_SYNC_DRIVERS)}",
        )
    query = {key: value for key, value in url.query.items() if key not in _ASYNCPG_ONLY}
    if url.get_driver_name() == "asyncpg" and "ssl" in query:
        query["sslmode"] = query.pop("ssl")
    return url.set(drivername=_SYNC_DRIVERS[database], query=query)
