"""How applications tell the password of their database, and what may not be seen of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

CANARY = "c4nary-w0rd"
ESCAPED = "c4n@ry/w0rd:x"
# What an application's URL says where nothing listens, or no folder is.
CLOSED_PORT = 1
NO_FOLDER = "no-such-folder"


@dataclass(frozen=True)
class Place:
    """A database; ``user`` is one of whom the server asks another password than the form's."""

    engine: sa.Engine
    folder: Path
    user: str = "postgres"
    is_closed: bool = False

    @property
    def address(self) -> str:
        url = self.engine.url
        return f"{url.host}:{CLOSED_PORT if self.is_closed else url.port}/{url.database}"

    @property
    def file(self) -> str:
        path = Path(self.engine.url.database or "")
        return str(path.parent / NO_FOLDER / path.name if self.is_closed else path)


@dataclass(frozen=True)
class Form:
    """``url`` makes the URL; ``secrets`` are what no output may have in it.

    ``arguments`` are those of the driver's connect() beside the URL, ``other`` the URL of a second
    bind, ``ini`` the text of an alembic.ini. ``is_made`` is False where `Migrate` gets the URL
    itself, and ``works`` where the URL reaches no database.
    """

    name: str
    database: str
    url: Callable[[Place], str]
    secrets: tuple[str, ...] = (CANARY,)
    arguments: dict[str, str] = field(default_factory=dict)
    other: Callable[[Place], str] | None = None
    ini: str = ""
    is_made: bool = True
    works: bool = True


def _server(
    password: str = "", query: str = "", driver: str = "postgresql+psycopg"
) -> Callable[[Place], str]:
    def url(place: Place) -> str:
        word = f":{password}" if password else ""
        parameters = query.format(folder=place.folder)
        return f"{driver}://{place.user}{word}@{place.address}{parameters}"

    return url


def _query(place: Place) -> str:
    host, _, rest = place.address.partition(":")
    port, _, name = rest.partition("/")
    return (
        f"postgresql+psycopg:///{name}?host={host}&port={port}&user={place.user}&password={CANARY}"
    )


def _file(query: str = "") -> Callable[[Place], str]:
    def url(place: Place) -> str:
        return (
            f"sqlite:///file:{place.file}?uri=true&{query}" if query else f"sqlite:///{place.file}"
        )

    return url


def _second(place: Place) -> str:
    return f"sqlite:///file:{place.folder}/second.sqlite?uri=true&api_key={CANARY}"


def _torn(place: Place) -> str:
    return f"postgresql+psycopg://postgres:c4n@127.0.0.2:1/w0rd-c4n@{place.address}"


FORMS = (
    Form("a password", "postgresql", _server(CANARY)),
    Form(
        "an escaped password",
        "postgresql",
        _server(quote(ESCAPED, safe="")),
        (ESCAPED, quote(ESCAPED, safe=""), "c4n", "w0rd"),
    ),
    Form(
        "a password with : / ? in it",
        "postgresql",
        _server("c4na:ry/w0?rd"),
        ("c4na", "ry/w0", "w0?rd"),
    ),
    Form(
        "a password with an @ that is not escaped",
        "postgresql",
        _torn,
        ("c4n", "w0rd", "127.0.0.2"),
        works=False,
    ),
    Form("?password=", "postgresql", _server(query=f"?password={CANARY}")),
    Form(
        "?sslpassword=",
        "postgresql",
        _server(f"x-{CANARY}", f"?sslpassword={CANARY}&sslmode=allow"),
    ),
    Form("?passfile=", "postgresql", _server(query=f"?passfile={{folder}}/{CANARY}")),
    Form("?sslkey=", "postgresql", _server(query=f"?sslkey={{folder}}/{CANARY}&sslmode=prefer")),
    Form("all in the query", "postgresql", _query),
    Form("asyncpg", "postgresql", _server(CANARY, driver="postgresql+asyncpg"), is_made=False),
    Form("connect_args", "postgresql", _server(), arguments={"password": CANARY}),
    Form("a second bind", "sqlite", _file(), other=_second),
    Form("?key=", "sqlite", _file(f"key={CANARY}")),
    Form("?auth_token=", "sqlite", _file(f"auth_token={CANARY}")),
    Form("?client_secret=", "sqlite", _file(f"client_secret={CANARY}&cache=private")),
    Form(
        "alembic.ini with a percent sign",
        "sqlite",
        _file(),
        ini=f"[alembic]\nsqlalchemy.url = postgresql://u:p%40{CANARY}@h/d\n",
    ),
    Form(
        "alembic.ini that is none",
        "sqlite",
        _file(),
        ini=f"password {CANARY}\n[alembic]\n",
        works=False,
    ),
)
