"""The table of histories: ``python -m tests.histories [NAME…]``.

The seconds are those of one run from nothing to the heads.
"""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path

from tests.histories.databases import Databases
from tests.histories.published import HISTORIES
from tests.histories.replay import Result, replay, straight
from tests.histories.tools import Ours, Peer
from tests.postgres import start_server

_ROW = "{:<14} {:<11} {:>9} {:>6} {:>8} {:>9}  {}"


def main(names: list[str]) -> int:
    """Replay the histories of these names, or all, and print what came of it."""
    logging.disable(logging.WARNING)
    wanted = [history for history in HISTORIES if not names or history.name in names]
    print(_ROW.format("history", "database", "revisions", "rows", "Alembic", "flaskmig", "result"))
    failed = 0
    with start_server() as server, tempfile.TemporaryDirectory() as folder:
        for history in wanted:
            databases = Databases(Path(folder), server, history.driver)
            for database in history.databases:
                seconds = [straight(tool, history, database, databases) for tool in (Peer, Ours)]
                result = replay(history, database, databases, server)
                failed += bool(result.differences)
                _print(result, seconds)
    return 1 if failed else 0


def _print(result: Result, seconds: list[float]) -> None:
    said = f"{len(result.differences)} differences" if result.differences else "equal"
    if result.excused:
        said += f", but for {sum(map(len, result.excused.values()))} of Alembic's"
    print(
        _ROW.format(
            result.history,
            result.database,
            result.revisions,
            result.rows,
            *(f"{each:.1f} s" for each in seconds),
            said,
        ),
        flush=True,
    )
    for text in result.differences[:40]:
        print(f"    {text}"[:600])
    for reason, texts in result.excused.items():
        print(f"    Alembic: {reason} ({len(texts)})")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
