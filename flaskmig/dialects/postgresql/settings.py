"""The settings that a run needs, made, read back, and restored at its end."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from flaskmig.dialects.postgresql import transactions
from flaskmig.errors import ConfigurationError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

# The view has numbers in the unit of the setting, which is what they are set in.
_READ = text("SELECT name, setting FROM pg_catalog.pg_settings WHERE name = ANY (:names)")
_SEARCH_PATH = "search_path"
_CHECK = "client_connection_check_interval"
_CHECK_EVERY = "1000"


def wanted(lock_timeout: float | None, statement_timeout: float | None) -> dict[str, str]:
    """Name and value of each; the timeouts are seconds, 0 for none and None for the server's."""
    found = {
        # Without it a backslash in a literal would mean something else than what was written.
        "standard_conforming_strings": "on",
        "idle_in_transaction_session_timeout": "0",
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
    """The settings inside of this; yields those that `make` is to make again.

    ``local``: they are the transaction's. search_path is among what is yielded: where a revision
    changes it, the next one must find the tables where the first one did. Raises
    ConfigurationError where the server keeps another value.
    """
    before = _read(connection, [*values, _SEARCH_PATH, _CHECK])
    pinned = {**values, _SEARCH_PATH: before[_SEARCH_PATH]}
    is_checked = not local and _CHECK in before and _check_often(connection)
    if not is_checked:
        before.pop(_CHECK, None)
    make(connection, values, local=local)
    try:
        after = _read(connection, [*values])
        for name, value in values.items():
            if after.get(name) != value:
                raise ConfigurationError(
                    f"the server keeps {name} at {after.get(name)}; it must be {value}",
                    hint="look what sets it: a pooler in between, or the role's own settings",
                )
        yield pinned
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


def _read(connection: Connection, names: list[str]) -> dict[str, str]:
    rows = connection.execute(_READ, {"names": names})
    return {row.name: row.setting for row in rows}


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
