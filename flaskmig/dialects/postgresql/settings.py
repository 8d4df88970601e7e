"""The settings that a run needs, made, read back, and restored at its end."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from flaskmig.dialects.postgresql import transactions
from flaskmig.errors import ConfigurationError
from flaskmig.sql import quote

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

# The view has numbers in the unit of the setting, which is what they are set in.
_READ = text("SELECT name, setting FROM pg_catalog.pg_settings WHERE name = ANY (:names)")
# What SET, SET LOCAL and set_config() made; a transaction's own modes end with it, and the roles
# are not in the view.
_OF_SESSION = text("""
SELECT name, setting FROM pg_catalog.pg_settings
WHERE source = 'session' AND pg_catalog."left"(name, 12) <> 'transaction_'
UNION ALL
SELECT name, pg_catalog.current_setting(name)
FROM (VALUES ('role'), ('session_authorization'), ('is_superuser')) AS of_role (name)
""")
_ROLES = ("session_authorization", "role")
_SEARCH_PATH = "search_path"
_CHECK = "client_connection_check_interval"
_CHECK_EVERY = "1000"


def wanted(lock_timeout: float | None, statement_timeout: float | None) -> dict[str, str]:
    """Name and value of each; the timeouts are seconds, 0 for none and None for the server's."""
    found = {
        # Without it a backslash in a literal would mean something else than what was written.
        "standard_conforming_strings": "on",
        "idle_in_transaction_session_timeout": "0",
        # A step says READ WRITE; what cannot be in one, CREATE INDEX CONCURRENTLY, has only this.
        "default_transaction_read_only": "off",
        "application_name": f"flaskmig {os.getpid()}",
    }
    for name, seconds in (("lock_timeout", lock_timeout), ("statement_timeout", statement_timeout)):
        if seconds is not None:
            # Zero means "for ever" to the server, and a very short time must not become that.
            found[name] = str(max(1, round(seconds * 1000)) if seconds else 0)
    return found


@contextmanager
def made(
    connection: Connection, values: Mapping[str, str], *, local: bool
) -> Iterator[Mapping[str, str]]:
    """The settings inside of this; yields all that the session has then, from `of_session`.

    ``local``: they are the transaction's. search_path becomes the session's own as it is: where
    a revision changes it, the next one must find the tables where the first one did. Raises
    ConfigurationError where the server keeps another value.
    """
    before = _read(connection, [*values, _SEARCH_PATH, _CHECK])
    is_checked = not local and _CHECK in before and _check_often(connection)
    if not is_checked:
        before.pop(_CHECK, None)
    make(connection, {**values, _SEARCH_PATH: before[_SEARCH_PATH]}, local=local)
    try:
        after = of_session(connection)
        for name, value in values.items():
            if after.get(name) != value:
                raise ConfigurationError(
                    f"the server keeps {name} at {_one(connection, name)}; it must be {value}",
                    hint="look what sets it: a pooler in between, or the role's own settings",
                )
        yield after
    finally:
        if transactions.is_usable(connection):
            with transactions.unless_lost():
                make(connection, before, local=local)


def make(connection: Connection, values: Mapping[str, str], *, local: bool) -> None:
    """Make settings, all with one statement."""
    calls, binds = [], dict[str, object]()
    for number, (name, value) in enumerate(values.items()):
        calls.append(f"pg_catalog.set_config(:name{number}, :value{number}, :local)")
        binds |= {f"name{number}": name, f"value{number}": value}
    connection.execute(text(f"SELECT {', '.join(calls)}"), {**binds, "local": local})


def of_session(connection: Connection) -> dict[str, str]:
    """What is set for the session or the transaction, and the roles that they act as."""
    return {row.name: row.setting for row in connection.execute(_OF_SESSION)}


def summed_up(names: Iterable[str]) -> str:
    """SQL for one text of the settings of these names and of the roles: another one, another text.

    It takes a fiftieth of the time of `of_session`, for which the server writes out all settings.
    """
    found = sorted({*names, _SEARCH_PATH, *_ROLES})
    values = ", ".join(f"pg_catalog.current_setting('{name}')" for name in found)
    return f"pg_catalog.concat_ws(E'\\n', {values})"


def bring_back(connection: Connection, before: Mapping[str, str], *, local: bool) -> None:
    """Have the session act as the roles of ``before``, from `of_session`, with its settings.

    What was not set then is reset, to what the role and the database have.
    """
    now = of_session(connection)
    changed = {name for name in now.keys() | before.keys() if now.get(name) != before.get(name)}
    is_superuser = now["is_superuser"] == "on"
    changed.discard("is_superuser")
    roles = {name: before[name] for name in _ROLES if name in changed}
    # A superuser's setting can only be brought back as one.
    if not is_superuser:
        _act_as(connection, roles, local=local)
    for name in sorted(changed.difference(_ROLES, before)):
        transactions.execute(connection, f"RESET {_written(name)}")
    values = {name: before[name] for name in sorted(changed.difference(_ROLES)) if name in before}
    if values:
        make(connection, values, local=local)
    if is_superuser:
        _act_as(connection, roles, local=local)


def _act_as(connection: Connection, roles: Mapping[str, str], *, local: bool) -> None:
    """The session's role comes first: to set it resets the other."""
    for name, value in roles.items():
        make(connection, {name: value}, local=local)


def _written(name: str) -> str:
    """The name of a setting; one of an extension or an application has a point in it."""
    return ".".join(quote(part) for part in name.split("."))


def _read(connection: Connection, names: list[str]) -> dict[str, str]:
    rows = connection.execute(_READ, {"names": names})
    return {row.name: row.setting for row in rows}


def _one(connection: Connection, name: str) -> str | None:
    return _read(connection, [name]).get(name)


def _check_often(connection: Connection) -> bool:
    """Let the server notice within a second that this process is gone, and free the lock."""
    try:
        make(connection, {_CHECK: _CHECK_EVERY}, local=False)
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        # The server's platform cannot do it (docs: only where poll() has POLLRDHUP or kqueue).
        return False
    return True
