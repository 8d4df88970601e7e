"""What is done to files and rows behind flaskmig's back, and what must be said of each."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from flaskmig.errors import (
    AmbiguousRevisionError,
    DatabaseBehindError,
    FlaskmigError,
    HistoryError,
    InterruptedRevisionError,
    InvalidRevisionFileError,
    RevisionNotFoundError,
    UnknownRevisionError,
)
from tests.tampering.story import NEW, STRANGE, A, B, C, D, Story

Act = Callable[[Story], object]
Error = type[FlaskmigError]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tamper:
    """One thing that is done, and what must come of it.

    ``found`` is what `status` and `repair` say, ``status_error`` what status cannot look past;
    ``upgrade`` and ``current`` are what those commands raise, None where they go on, and ``mend``
    is a person's way out, after which nothing is wrong and the rows are ``rows``.
    """

    name: str
    do: Act
    found: frozenset[tuple[str, str]] = frozenset()
    upgrade: Error | None = None
    current: Error | None = None
    check: Error | None = DatabaseBehindError
    status_error: Error | None = None
    mend: Act = Story.put_back
    rows: frozenset[str] = frozenset({C})


def _tamper(
    name: str, do: Act, *found: tuple[str, str], stops: Error | None = None, **others: object
) -> Tamper:
    """``stops``: every command but status and repair raises it."""
    if stops is not None:
        others = {"upgrade": stops, "current": stops, "check": stops, **others}
    return Tamper(name=name, do=do, found=frozenset(found), **others)  # type: ignore[arg-type]


def _accepting(*revisions: str) -> Act:
    return lambda story: story.accept(*revisions)


def _restamping(word: str) -> Act:
    return lambda story: story.repair(restamp=[word])


def _stamping(revision: str) -> Act:
    return lambda story: story.stamp(revision)


def _edit(id_: str, old: str, new: str) -> Act:
    return lambda story: story.edit(id_, old, new)


def _bytes(id_: str, change: Callable[[bytes], bytes]) -> Act:
    def do(story: Story) -> None:
        path = story.path(id_)
        path.write_bytes(change(path.read_bytes()))

    return do


def _delete(*ids: str) -> Act:
    def do(story: Story) -> None:
        for id_ in ids:
            story.path(id_).unlink()

    return do


def _rename(id_: str, name: str) -> Act:
    def do(story: Story) -> None:
        target = story.versions / name
        target.parent.mkdir(exist_ok=True)
        story.path(id_).rename(target)

    return do


def _all(*acts: Act) -> Act:
    def do(story: Story) -> None:
        for act in acts:
            act(story)

    return do


def _swap_bodies(story: Story) -> None:
    first, second = (story.path(id_).read_text() for id_ in (B, C))
    for id_, text, other in ((B, first, second), (C, second, first)):
        story.path(id_).write_text(text.partition("def ")[0] + "def " + other.partition("def ")[2])


def _same_size_and_time(story: Story) -> None:
    path = story.path(B)
    before = path.stat()
    story.edit(B, " up')", " pu')")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _copy(story: Story) -> None:
    (story.versions / "copy.py").write_bytes(story.path(B).read_bytes())


def _slip_in(story: Story) -> None:
    story.add(NEW, parents=B)
    story.edit(C, f"down_revision = '{B}'", f"down_revision = '{NEW}'")


def _slip_in_beside(story: Story) -> None:
    story.add(NEW, parents=A)
    story.edit(C, f"down_revision = '{B}'", f"down_revision = ('{B}', '{NEW}')")


def _slip_in_first(story: Story) -> None:
    story.chain.last = None
    story.add(NEW)
    story.edit(A, "down_revision = None", f"down_revision = '{NEW}'")


def _sql(sql: str) -> Act:
    return lambda story: story.execute(sql)


def _journal(change: str, revision: str) -> Act:
    return lambda story: story.edit_journal(change, revision)


def _journal_delete(revision: str) -> Act:
    return _sql(
        f"DELETE FROM flaskmig_journal WHERE version_table = 'VERSION' AND revision = '{revision}'"
    )


def _forge_applied(story: Story) -> None:
    """A row that says that the pending revision ran."""
    story.execute(
        "INSERT INTO flaskmig_journal (version_table, run, revision, ordinal, direction, state, "
        f"file_sha256, parents, started_at) SELECT version_table, run, '{D}', ordinal, direction, "
        "state, file_sha256, parents, started_at FROM flaskmig_journal "
        f"WHERE version_table = 'VERSION' AND revision = '{C}'"
    )


FILES = [
    _tamper("body_of_upgrade", _edit(B, " up')", " UP')"), ("changed", B), mend=_accepting(B)),
    _tamper("body_of_downgrade", _edit(C, " down')", " done')"), ("changed", C)),
    _tamper("comment", _bytes(A, lambda text: text + b"# later\n"), ("changed", A)),
    _tamper("message", _edit(B, "revision bbbb", "Revision bbbb"), ("changed", B)),
    _tamper("last_line_end", _bytes(B, lambda text: text.rstrip(b"\n")), ("changed", B)),
    _tamper("byte_order_mark", _bytes(B, lambda text: b"\xef\xbb\xbf" + text), ("changed", B)),
    _tamper("same_size_and_time", _same_size_and_time, ("changed", B)),
    _tamper("label_added", _edit(C, "\n\ndef", '\nbranch_labels = "x"\n\ndef'), ("changed", C)),
    _tamper("bodies_swapped", _swap_bodies, ("changed", B), ("changed", C)),
    _tamper(
        "parent_changed",
        _edit(C, f"down_revision = '{B}'", f"down_revision = '{A}'"),
        ("changed", C),
        ("lost", B),
        upgrade=HistoryError,
    ),
    _tamper("slipped_in", _slip_in, ("moved", C), ("unrecorded", NEW), upgrade=HistoryError),
    _tamper(
        "slipped_in_beside",
        _slip_in_beside,
        ("moved", C),
        ("unrecorded", NEW),
        upgrade=HistoryError,
    ),
    _tamper(
        "slipped_in_first",
        _slip_in_first,
        ("moved", A),
        upgrade=HistoryError,
        mend=_accepting(A),
    ),
    _tamper("deleted_below", _delete(B), ("missing", B), stops=RevisionNotFoundError),
    _tamper("deleted_first", _delete(A), ("missing", A), stops=RevisionNotFoundError),
    _tamper("deleted_current", _delete(C), ("missing", C), stops=RevisionNotFoundError),
    _tamper(
        "deleted_last",
        _delete(C, D),
        ("unknown", C),
        stops=UnknownRevisionError,
        mend=_restamping(f"{C}:{B}"),
        rows=frozenset({B}),
    ),
    _tamper(
        "deleted_all",
        _delete(A, B, C, D),
        ("unknown", C),
        ("missing", A),
        ("missing", B),
        stops=UnknownRevisionError,
    ),
    _tamper("backup_name", _rename(B, f"{B}.bak"), ("missing", B), stops=RevisionNotFoundError),
    _tamper("moved_away", _rename(B, f"old/{B}.py"), ("missing", B), stops=RevisionNotFoundError),
    _tamper("editor_lock", _rename(B, f".#{B}.py"), ("missing", B), stops=RevisionNotFoundError),
    _tamper(
        "id_of_current",
        _all(_edit(C, C, NEW), _edit(D, C, NEW)),
        ("unknown", C),
        stops=UnknownRevisionError,
        mend=_restamping(f"{C}:{NEW}"),
        rows=frozenset({NEW}),
    ),
    _tamper(
        "id_below",
        _all(_edit(B, B, NEW), _edit(C, f"= '{B}'", f"= '{NEW}'")),
        ("missing", B),
        ("unrecorded", NEW),
        ("changed", C),
        mend=_accepting(B, NEW, C),
    ),
    _tamper("copied", _copy, stops=AmbiguousRevisionError, status_error=AmbiguousRevisionError),
    _tamper(
        "emptied",
        _bytes(B, lambda text: b""),
        stops=InvalidRevisionFileError,
        status_error=InvalidRevisionFileError,
    ),
    _tamper(
        "garbage",
        _bytes(B, lambda text: bytes(range(256))),
        stops=InvalidRevisionFileError,
        status_error=InvalidRevisionFileError,
    ),
    # None of these changes anything.
    _tamper("windows_line_ends", _bytes(B, lambda text: text.replace(b"\n", b"\r\n"))),
    _tamper("other_package", _edit(B, "from flaskmig import", "from alembic import")),
    _tamper("other_name", _rename(B, "another_name.py")),
    _tamper("pending_edited", _bytes(D, lambda text: text + b"# later\n")),
]

ROWS = [
    _tamper(
        "row_before",
        _sql(f"UPDATE VERSION SET version_num = '{B}'"),
        ("lost", C),
        upgrade=HistoryError,
        mend=_stamping(C),
    ),
    _tamper(
        "row_first",
        _sql(f"UPDATE VERSION SET version_num = '{A}'"),
        ("lost", B),
        ("lost", C),
        upgrade=HistoryError,
        mend=_stamping(C),
    ),
    _tamper(
        "row_unknown",
        _sql(f"UPDATE VERSION SET version_num = '{STRANGE}'"),
        ("unknown", STRANGE),
        stops=UnknownRevisionError,
        mend=_restamping(f"{STRANGE}:{C}"),
    ),
    _tamper(
        "row_empty",
        _sql("UPDATE VERSION SET version_num = ''"),
        ("unknown", ""),
        stops=UnknownRevisionError,
        mend=_restamping(f":{C}"),
    ),
    _tamper(
        "row_with_space",
        _sql(f"UPDATE VERSION SET version_num = '{C} '"),
        ("unknown", f"{C} "),
        stops=UnknownRevisionError,
        mend=_restamping(f"{C} :{C}"),
    ),
    _tamper(
        "row_in_capitals",
        _sql(f"UPDATE VERSION SET version_num = '{C.upper()}'"),
        ("unknown", C.upper()),
        stops=UnknownRevisionError,
        mend=_restamping(f"{C.upper()}:{C}"),
    ),
    _tamper(
        "row_deleted",
        _sql("DELETE FROM VERSION"),
        ("lost", A),
        ("lost", B),
        ("lost", C),
        upgrade=HistoryError,
        mend=_stamping(C),
    ),
    _tamper(
        "table_dropped",
        _sql("DROP TABLE VERSION"),
        ("lost", A),
        ("lost", B),
        ("lost", C),
        upgrade=HistoryError,
        mend=_stamping(C),
    ),
    _tamper(
        "row_below_added",
        _sql(f"INSERT INTO VERSION VALUES ('{A}')"),
        ("redundant", A),
        mend=_stamping(C),
    ),
    _tamper(
        "row_unknown_added",
        _sql(f"INSERT INTO VERSION VALUES ('{STRANGE}')"),
        ("unknown", STRANGE),
        stops=UnknownRevisionError,
        mend=_restamping(f"{STRANGE}:{C}"),
    ),
    _tamper(
        "row_ahead",
        _sql(f"UPDATE VERSION SET version_num = '{D}'"),
        ("unrecorded", D),
        check=None,
        mend=_stamping(C),
    ),
    _tamper(
        "checksum",
        _journal(f"file_sha256 = '{'0' * 64}'", B),
        ("changed", B),
        mend=_accepting(B),
    ),
    _tamper("checksum_gone", _journal("file_sha256 = NULL", B), ("forged", B), mend=_accepting(B)),
    _tamper(
        "direction",
        _journal("direction = 'downgrade'", B),
        ("unrecorded", B),
        mend=_accepting(B),
    ),
    _tamper(
        "direction_of_first",
        _journal("direction = 'downgrade'", A),
        ("unrecorded", A),
        mend=_accepting(A),
    ),
    _tamper(
        "state",
        _journal("state = 'intent'", B),
        ("unrecorded", B),
        upgrade=InterruptedRevisionError,
        mend=_stamping(C),
    ),
    _tamper("row_of_journal", _journal_delete(B), ("unrecorded", B), mend=_accepting(B)),
    _tamper("last_of_journal", _journal_delete(C), ("unrecorded", C), mend=_accepting(C)),
    _tamper("parents", _journal(f"parents = '[\"{A}\"]'", C), ("forged", C), mend=_accepting(C)),
    _tamper("parents_garbage", _journal("parents = '[oh'", C), ("forged", C), mend=_accepting(C)),
    _tamper("parents_number", _journal("parents = '7'", C), ("forged", C), mend=_accepting(C)),
    _tamper(
        "id_in_journal",
        _journal(f"revision = '{STRANGE}'", B),
        ("unrecorded", B),
        ("missing", STRANGE),
        mend=_accepting(B, STRANGE),
    ),
    _tamper(
        "table_in_journal",
        _journal("version_table = 'another'", B),
        ("unrecorded", B),
        mend=_accepting(B),
    ),
    _tamper(
        "forged_upgrade",
        _forge_applied,
        ("lost", D),
        upgrade=HistoryError,
        mend=_stamping(C),
    ),
]
