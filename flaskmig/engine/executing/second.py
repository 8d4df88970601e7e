"""A second connection of a revision file, as the driver's: in truth the migration's own.

Files make one through ``bind.engine``, ``db.session`` or an engine of their own. What such a
connection commits is committed with the revision and not before; what it rolls back is what it
did itself, which is in a savepoint.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flaskmig.engine.migrating.raw_sql import control_word
from flaskmig.sql import split

if TYPE_CHECKING:
    from types import TracebackType

    from flaskmig.engine.executing.sharing import Sharing

# What a driver's connection is told of its transactions. It is kept here: the migration's own
# must hear nothing of it.
_KEPT: dict[str, dict[str, Any]] = {
    "sqlite": {"isolation_level": ""},
    "postgresql": {
        "autocommit": False,
        "isolation_level": None,
        "read_only": None,
        "readonly": None,
        "deferrable": None,
    },
}
_PSYCOPG2_AUTOCOMMIT = 0

# What drivers' cursors have beside those of Python's standard.
_WRITES = frozenset({"copy", "copy_expert", "copy_from", "callproc", "stream"})
_OWN = frozenset({"sharing", "raw", "kept", "savepoint", "depth", "wrote", "failed", "mixed"})


class SecondConnection:
    """Stands for a connection of the driver; everything else about it is the migration's.

    ``savepoint`` is the name of the one that it is in, "" for none, and ``depth`` how many the
    file has made in that. ``wrote`` says whether it changed anything since then, ``failed``
    whether its last statement failed, ``mixed`` whether somebody else did something in between.
    """

    def __init__(self, sharing: Sharing, raw: Any, dialect: str) -> None:
        self.sharing = sharing
        self.raw = raw
        self.kept = dict(_KEPT[dialect])
        self.savepoint = ""
        self.depth = 0
        self.wrote = self.failed = self.mixed = False

    @property
    def is_autocommit(self) -> bool:
        """Whether each of its statements is to be committed by itself."""
        level = self.kept["isolation_level"]
        if "autocommit" in self.kept:
            return bool(self.kept["autocommit"]) or level == _PSYCOPG2_AUTOCOMMIT
        return level is None

    def cursor(self, *arguments: Any, **options: Any) -> SecondCursor:
        """A cursor of the driver's, watched."""
        if self.sharing.is_over:
            # The driver's is closed by now, and what is run with this one says what became of it.
            return SecondCursor(self, _Closed())
        return SecondCursor(self, self.raw.cursor(*arguments, **options))

    def execute(self, sql: Any, *parameters: Any, **options: Any) -> SecondCursor | None:
        """What sqlite3 and psycopg offer beside a cursor's."""
        return self.cursor().execute(sql, *parameters, **options)

    def executemany(self, sql: Any, parameters: Any) -> SecondCursor:
        """What sqlite3 offers beside a cursor's."""
        return self.cursor().executemany(sql, parameters)

    def executescript(self, script: str) -> SecondCursor:
        """What sqlite3 offers beside a cursor's."""
        return self.cursor().executescript(script)

    def commit(self) -> None:
        """Let what it did be part of the revision; the file is told once."""
        self.sharing.commit(self)

    def rollback(self) -> None:
        """Undo what it did; raises OperationError where others did something in between."""
        self.sharing.roll_back(self)

    def close(self) -> None:
        """Undo what it did not commit, as the driver would."""
        self.sharing.roll_back(self, quietly=True)

    def set_session(self, *_: Any, **values: Any) -> None:
        """psycopg2's way to set several of those that are kept here."""
        self.kept.update((name, values[name]) for name in values if name in self.kept)

    def __enter__(self) -> SecondConnection:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is None:
            self.commit()
        else:
            self.rollback()

    def __getattr__(self, name: str) -> Any:
        if name in _OWN:
            raise AttributeError(name)
        if name.startswith("set_") and name[4:] in self.kept:
            return lambda value: self.kept.__setitem__(name[4:], value)
        if name in self.kept:
            return self.kept[name]
        return getattr(self.raw, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _OWN:
            object.__setattr__(self, name, value)
        elif name in self.kept:
            self.kept[name] = value
        else:
            setattr(self.raw, name, value)


class _Closed:
    """In the place of the driver's cursor where there can be none."""

    def close(self) -> None:
        """Nothing: it is closed."""


class SecondCursor:
    """A cursor of the driver's that says what it is about to run."""

    def __init__(self, connection: SecondConnection, raw: Any) -> None:
        object.__setattr__(self, "_connection", connection)
        object.__setattr__(self, "_raw", raw)

    def execute(self, sql: Any, *parameters: Any, **options: Any) -> SecondCursor | None:
        """Run a statement; one that begins or ends a transaction is the connection's."""
        text = _text(sql)
        word = control_word(text)
        if word == "ROLLBACK":
            self._connection.rollback()
        elif word == "COMMIT":
            self._connection.commit()
        elif not word:
            with self._connection.sharing.statement(self._connection, text, self._raw):
                given = self._raw.execute(sql, *parameters, **options)
            # psycopg2's gives nothing back.
            return None if given is None else self
        return self

    def executemany(self, sql: Any, parameters: Any, **options: Any) -> SecondCursor:
        """Run a statement for each of the parameters."""
        with self._connection.sharing.statement(self._connection, _text(sql), self._raw):
            self._raw.executemany(sql, parameters, **options)
        return self

    def executescript(self, script: str) -> SecondCursor:
        """Run the statements of an SQLite script; the driver's own begins with a COMMIT."""
        for statement in split(script, "sqlite"):
            self.execute(statement)
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter(self._raw)

    def __next__(self) -> Any:
        return next(self._raw)

    def __enter__(self) -> SecondCursor:
        return self

    def __exit__(self, *_: object) -> None:
        self._raw.close()

    def __getattr__(self, name: str) -> Any:
        if name in _WRITES:
            self._connection.sharing.writing(self._connection)
        return getattr(self._raw, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._raw, name, value)


def _text(sql: Any) -> str:
    """A statement as text; psycopg2 joins several as bytes."""
    return sql.decode("utf-8", "replace") if isinstance(sql, bytes) else str(sql)
