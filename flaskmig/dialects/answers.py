"""What a database or its driver said, for people: without passwords and without rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

from sqlalchemy.exc import DBAPIError, StatementError

from flaskmig.errors import ConfigurationError
from flaskmig.masking import MASK, SECRET_NAME, masked

if TYPE_CHECKING:
    from sqlalchemy.engine import URL, Connection, Engine

_CHECK_URL = "start the database, or check its URL"
_ESCAPE = (
    "a password with @ in it is written with %40 in a URL, / with %2F, : with %3A; what stands "
    "after the first @ was taken for the server"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """``text`` says what is wrong; ``detail`` names rows with their values, or is empty."""

    text: str
    detail: str = ""


def answer_of(error: BaseException) -> Answer:
    """The driver's own words in an error of SQLAlchemy's or of the driver's.

    PostgreSQL says in DETAIL which rows it was ("Key (email)=(ada@example.org) is duplicated",
    "Failing row contains (…)": documentation, appendix A and error fields), and the driver puts
    that into its text, in the language of the server.
    """
    said = error.orig if isinstance(error, StatementError) and error.orig else error
    text = str(said).strip()
    detail = getattr(getattr(said, "diag", None), "message_detail", None)
    if not isinstance(detail, str) or detail not in text:
        # What SQLite leaves unsaid is noted where the statement is run.
        return Answer(text, "\n".join(getattr(error, "__notes__", ())))
    place = text.index(detail)
    start = text.rfind("\n", 0, place)
    return Answer((text[: max(start, 0)] + text[place + len(detail) :]).strip(), detail)


def hide_values(error: BaseException) -> None:
    """Take bound values out of what SQLAlchemy's errors say of themselves, causes included."""
    seen: set[int] = set()
    step: BaseException | None = error
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        if isinstance(step, StatementError):
            step.hide_parameters = True
        step = step.__cause__ or step.__context__


def shown(url: URL) -> str:
    """A URL for people: ``***`` where a password or another secret stands."""
    if _is_torn(url):
        rest = (url.database or "").rpartition("@")[2]
        user = url.username or ""
        return f"{url.drivername}://{user}:{MASK}@{rest}"
    secret = {name: MASK for name in url.query if SECRET_NAME.search(name)}
    safe = url.update_query_dict(secret) if secret else url
    return safe.render_as_string(hide_password=True).replace(quote(MASK), MASK)


def secrets_of(url: URL) -> frozenset[str]:
    """The texts that a message about the database must not have in it."""
    found = {url.password or ""} if isinstance(url.password, str) else {str(url.password or "")}
    for name, value in url.query.items():
        if SECRET_NAME.search(name):
            found.update((value,) if isinstance(value, str) else value)
    if _is_torn(url):
        database = url.database or ""
        found.update((url.host or "", database, database.rpartition("@")[0]))
    return frozenset(
        way for each in found if each for way in (each, quote(each, safe=""), quote_plus(each))
    )


def connected(engine: Engine) -> Connection:
    """A new connection; raises ConfigurationError where there is no reaching the database."""
    try:
        return engine.connect()
    except DBAPIError as error:
        hide_values(error)
        raise ConfigurationError(
            f"cannot connect to {shown(engine.url)}: {said_by(engine, error)}",
            hint=_ESCAPE if _is_torn(engine.url) else _CHECK_URL,
        ) from (None if _is_torn(engine.url) else error)


def said_by(engine: Engine, error: BaseException) -> str:
    """The words of a driver about an engine's database, without what its URL keeps secret."""
    return masked(answer_of(error).text, secrets_of(engine.url))


def _is_torn(url: URL) -> bool:
    """Whether a part of the password was taken for the server and the database.

    SQLAlchemy ends the password at the first @; a name of a database with one in it is rare.
    """
    is_file = url.get_backend_name() == "sqlite"
    return not is_file and url.password is not None and "@" in (url.database or "")
