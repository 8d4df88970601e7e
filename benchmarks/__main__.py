"""python -m benchmarks diff --tables 200 1000 --database sqlite postgresql"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from benchmarks import diff
from benchmarks.databases import NAMES

BENCHMARKS = {"diff": diff.run}


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("benchmark", choices=sorted(BENCHMARKS))
    parser.add_argument("--tables", type=int, nargs="+", default=[200])
    parser.add_argument("--database", choices=NAMES, nargs="+", default=list(NAMES))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    results = [
        BENCHMARKS[options.benchmark](database, tables, options.rounds)
        for database in options.database
        for tables in options.tables
    ]
    if options.json:
        print(json.dumps([result.to_json() for result in results], indent=2))
    else:
        # A pipe has no width of its own, and the table has to stay one line a row.
        Console(width=max(Console().width, 100)).print(_table(results))


def _table(results: Sequence[diff.Result]) -> Table:
    names = list(diff.CONTENDERS)
    table = Table("database", "tables", *(f"{name}, s (min to max)" for name in names), "ratio")
    for result in results:
        cells = (
            f"{result.median(name):.3f} ({min(each):.3f} to {max(each):.3f})"
            for name, each in ((name, result.seconds[name]) for name in names)
        )
        table.add_row(result.database, f"{result.tables:,}", *cells, f"{result.ratio:.1f}")
    return table


if __name__ == "__main__":
    main(sys.argv[1:])
