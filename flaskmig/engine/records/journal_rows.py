"""What the journal says, as values: statements, revisions, and work that was cut off."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from sqlalchemy.engine import RowMapping

State = Literal["intent", "done"]
INTENT: State = "intent"
DONE: State = "done"

# A list of one text without escapes, which JSON has most of the parents as.
_ONE_PARENT = re.compile(r'\["[\w.]+"\]', re.ASCII)
# A revision of which one of these is the last record is applied; of the others it is not.
_DOING = frozenset({"upgrade", "stamp", "repair"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One statement of a revision that was cut: what it is and how far it came.

    ``answers`` are what the revision found in the database before it, since the statement before,
    as JSON values; ``sql`` is its text where it is one that runs outside of a transaction.
    """

    ordinal: int
    sha256: str
    state: State
    answers: Sequence[Any] = ()
    sql: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """A revision of which some parts are committed and others are not."""

    run: str
    revision: str
    direction: str
    file_sha256: str
    parents: tuple[str, ...]
    started_at: str
    entries: Mapping[int, Entry]

    @property
    def last(self) -> int:
        """The ordinal of the last statement that was begun, 0 where none was."""
        return max(self.entries, default=0)

    @property
    def in_doubt(self) -> Entry | None:
        """The statement that was begun outside of a transaction and not seen to end."""
        begun = [entry for entry in self.entries.values() if entry.state == INTENT]
        return max(begun, key=lambda entry: entry.ordinal, default=None)

    @property
    def answers(self) -> list[Any]:
        """What the revision found in the database so far, in the order that it looked."""
        rows = sorted(self.entries.values(), key=lambda entry: entry.ordinal)
        return [answer for entry in rows for answer in entry.answers]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRecord:
    """What the journal says of one revision as a whole (its row of ordinal 0).

    ``direction`` is "upgrade" or "downgrade"; where a person said that it is applied "stamp" or
    "repair", and where somebody said that it is not, "unstamp". ``file_sha256`` is the checksum
    of the file at that time, empty where there was none; ``duration_ms`` is in milliseconds and
    None until the revision is done. ``replaces`` are the revisions whose work a squashed one did;
    it is written, and read by `Journal.replaced_by` alone.
    """

    run: str
    revision: str
    direction: str
    file_sha256: str
    parents: tuple[str, ...]
    started_at: str
    duration_ms: int | None = None
    replaces: tuple[str, ...] = ()

    @property
    def is_applied(self) -> bool:
        """Whether the revision is applied once it is done."""
        return self.direction in _DOING


def followed(records: Mapping[str, RevisionRecord], rows: Iterable[str]) -> Iterator[str]:
    """What the revisions followed, say their records, the nearest first."""
    waiting = list(rows)
    seen = set(waiting)
    while waiting:
        record = records.get(waiting.pop(0))
        for parent in record.parents if record is not None else ():
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
                yield parent


def statement_sha256(sql: str, parameters: object = ()) -> str:
    """The checksum that a statement is known by when a revision is resumed."""
    return hashlib.sha256(f"{sql}\0{parameters!r}".encode()).hexdigest()


def read_record(
    run: str,
    revision: str,
    direction: str,
    file_sha256: str | None,
    parents: str | None,
    started_at: str,
    duration_ms: int | None,
) -> RevisionRecord:
    """A revision as a whole, from what its row of ordinal 0 has."""
    return RevisionRecord(
        run=run,
        revision=revision,
        direction=direction,
        file_sha256=file_sha256 or "",
        parents=_parents(parents),
        started_at=started_at,
        duration_ms=duration_ms,
    )


def read_unfinished(head: RowMapping, rows: Iterable[RowMapping]) -> Unfinished:
    """A revision that was cut off, from its row of ordinal 0 and those of its statements."""
    return Unfinished(**_head(head), entries={row["ordinal"]: _entry(row) for row in rows})


def found_of(entry: Entry) -> str | None:
    """What the column ``found`` gets for a statement; None where there is nothing to keep."""
    content = {"answers": list(entry.answers), "sql": entry.sql}
    kept = {name: value for name, value in content.items() if value}
    return json.dumps(kept) if kept else None


def found_in_head(record: RevisionRecord) -> str:
    """What the column ``found`` gets for a squashed revision as a whole."""
    return json.dumps({"replaces": list(record.replaces)})


def read_replaces(row: RowMapping) -> tuple[str, ...]:
    """What a revision that is applied did the work of beside its own, from its row of ordinal 0."""
    if row["direction"] not in _DOING:
        return ()
    return tuple(json.loads(row["found"] or "{}").get("replaces", ()))


def _head(row: RowMapping) -> dict[str, Any]:
    return {
        "run": row["run"],
        "revision": row["revision"],
        "direction": row["direction"],
        "file_sha256": row["file_sha256"] or "",
        "parents": _parents(row["parents"]),
        "started_at": row["started_at"],
    }


def _entry(row: RowMapping) -> Entry:
    found = json.loads(row.get("found") or "{}")
    return Entry(
        ordinal=row["ordinal"],
        sha256=row["statement_sha256"] or "",
        state=row["state"],
        answers=found.get("answers", ()),
        sql=found.get("sql", ""),
    )


def _parents(text: str | None) -> tuple[str, ...]:
    """The parents that a row has; where somebody wrote something else into it, that as one."""
    if text and _ONE_PARENT.fullmatch(text):
        return (text[2:-2],)
    try:
        found = json.loads(text or "[]")
    except ValueError:
        found = text
    is_a_list = isinstance(found, list) and all(isinstance(each, str) for each in found)
    return tuple(found) if is_a_list else (str(text),)
