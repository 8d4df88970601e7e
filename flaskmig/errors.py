"""Every error that flaskmig raises on purpose.

    FlaskmigError
      ConfigurationError
        InvalidSnapshotError
      RevisionError
        RevisionNotFoundError  AmbiguousRevisionError  MultipleHeadsError
        RevisionCycleError  InvalidRevisionFileError  UnprovenRevisionError
      HistoryError
        UnknownRevisionError  DatabaseBehindError  LockTimeoutError
        InterruptedRevisionError  ChangedRevisionError
      OperationError
        ObjectNotFoundError  ObjectExistsError  IrreversibleError  UnsupportedOperationError
        UndecidedRenameError
      ExecutionError

Each says what happened and where; ``hint`` says what to do next. The command line prints
"Error: …" and "Try: …" and exits with 1; nothing below it ends the process.
"""

from __future__ import annotations

from collections.abc import Sequence

from flaskmig.masking import masked


class FlaskmigError(Exception):
    """The base of all of them; ``hint`` is the next step, or an empty string.

    Whatever a driver or a file said, there is no password in either.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        self.message = masked(message)
        self.hint = masked(hint)
        super().__init__(self.message)


class ConfigurationError(FlaskmigError):
    """No metadata, an unsupported database, an unknown option."""


class InvalidSnapshotError(ConfigurationError):
    """A snapshot that cannot be read; ``place`` is where in it, an empty string for the whole."""

    def __init__(self, message: str, *, place: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.place = place


class RevisionError(FlaskmigError):
    """The revision files, or the graph they form, cannot be used as asked."""


class RevisionNotFoundError(RevisionError):
    """An identifier names no revision."""

    def __init__(self, message: str, *, identifier: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.identifier = identifier


class AmbiguousRevisionError(RevisionError):
    """An identifier names several revisions, or two files claim the same id."""

    def __init__(
        self, message: str, *, identifier: str, candidates: Sequence[str], hint: str = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.identifier = identifier
        self.candidates = tuple(candidates)


class MultipleHeadsError(RevisionError):
    """One head was expected and there are several."""

    def __init__(self, message: str, *, heads: Sequence[str], hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.heads = tuple(heads)


class RevisionCycleError(RevisionError):
    """Revisions that are their own ancestors."""

    def __init__(self, message: str, *, revisions: Sequence[str], hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.revisions = tuple(revisions)


class InvalidRevisionFileError(RevisionError):
    """A revision file that cannot be read; ``line`` is 1-based, or None where there is none."""

    def __init__(self, message: str, *, path: str, line: int | None = None, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.path = path
        self.line = line


class UnprovenRevisionError(RevisionError):
    """A generated file was tried and did not do what it was written for; it is not written.

    ``direction`` is the function that was at fault, ``bind`` the database it was tried for, and
    ``statement`` the SQL that was refused, where it was that.
    """

    def __init__(
        self,
        message: str,
        *,
        bind: str = "",
        direction: str = "",
        statement: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(message, hint=hint)
        self.bind = bind
        self.direction = direction
        self.statement = statement


class HistoryError(FlaskmigError):
    """What the database says of itself and what the files say do not fit."""


class UnknownRevisionError(HistoryError):
    """The database is at a revision that no file has."""

    def __init__(self, message: str, *, revisions: Sequence[str], hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.revisions = tuple(revisions)


class DatabaseBehindError(HistoryError):
    """The database is not at the head of the files."""

    def __init__(
        self, message: str, *, current: Sequence[str], heads: Sequence[str], hint: str = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.current = tuple(current)
        self.heads = tuple(heads)


class LockTimeoutError(HistoryError):
    """Another upgrader kept the lock for longer than was allowed; ``holder`` says which."""

    def __init__(self, message: str, *, holder: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.holder = holder


class InterruptedRevisionError(HistoryError):
    """A revision was cut off between two steps and cannot be resumed by itself."""

    def __init__(self, message: str, *, revision: str, statement: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.revision = revision
        self.statement = statement


class ChangedRevisionError(HistoryError):
    """The file of an applied revision is not the one that was applied."""

    def __init__(self, message: str, *, revision: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.revision = revision


class OperationError(FlaskmigError):
    """An operation that cannot be carried out on this schema."""


class ObjectNotFoundError(OperationError):
    """The object to change is not there."""


class ObjectExistsError(OperationError):
    """The object to make is there already."""


class IrreversibleError(OperationError):
    """The operation does not hold what it would take to undo it."""


class UnsupportedOperationError(OperationError):
    """The database cannot do this; the message gives the reason."""


class UndecidedRenameError(OperationError):
    """A drop and an add that may be one rename, and nobody said which."""

    def __init__(self, message: str, *, candidates: Sequence[object], hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.candidates = tuple(candidates)


class ExecutionError(FlaskmigError):
    """A statement failed; the driver's error is chained and its text is in the message.

    ``path`` and ``line`` point at the call in the revision file, where there is one. ``detail``
    is what the database said of rows, with their values: it is not in the message.
    ``database_at`` are the revisions that the database is at now; None where that was not seen.
    """

    database_at: tuple[str, ...] | None = None

    def __init__(
        self,
        message: str,
        *,
        revision: str | None = None,
        statement: str = "",
        cause: BaseException | None = None,
        path: str | None = None,
        line: int | None = None,
        detail: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(message, hint=hint)
        self.revision = revision
        self.statement = statement
        self.cause = cause
        self.detail = detail
        self.path = path
        self.line = line
