"""Every revision that processes are killed in, by database and by what it is about."""

from __future__ import annotations

from tests.crash.kind import BOTH, Kind
from tests.crash.postgresql_kinds import POSTGRESQL
from tests.crash.sqlite_kinds import SQLITE

KINDS: dict[str, dict[str, Kind]] = {
    "sqlite": {**BOTH, **SQLITE},
    "postgresql": {**BOTH, **POSTGRESQL},
}
