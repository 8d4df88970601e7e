"""python -m benchmarks diff --size 100 1000 --database sqlite postgresql"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from rich.console import Console

from benchmarks import diff, history, rebuild, upgrade
from benchmarks.contest import Result
from benchmarks.databases import NAMES
from benchmarks.report import table_of, write_plots
from benchmarks.schemas import GENERATORS, POSTGRESQL_ONLY

# The sizes that each is measured at where nobody says others.
SIZES: Mapping[str, tuple[int, ...]] = {
    "diff": (100, 1000),
    "history": (10, 1000),
    "upgrade": (100,),
    "rebuild": (100_000,),
}
Measure = Callable[[str, int, int], Result]


def main(arguments: Sequence[str]) -> None:
    options = _parser().parse_args(arguments)
    sizes = options.size or SIZES[options.benchmark]
    console = Console(stderr=True)
    results = []
    for database in options.database:
        for measure in _measures(options, database):
            for size in sizes:
                results.append(_in_new_process(measure, database, size, options.rounds))
                console.print(f"[dim]{results[-1].what}, {database}, {size:,}: done[/dim]")
    if options.plots:
        options.plots.mkdir(parents=True, exist_ok=True)
        for path in write_plots(results, options.plots):
            console.print(f"[dim]{path}[/dim]")
    if options.json:
        print(json.dumps([result.to_json() for result in results], indent=2))
    else:
        # A pipe has no width of its own, and the table has to stay one line a row.
        Console(width=max(Console().width, 150)).print(table_of(results))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("benchmark", choices=sorted(SIZES))
    parser.add_argument(
        *("--size", "--tables", "--revisions", "--rows"), dest="size", type=int, nargs="+"
    )
    parser.add_argument("--database", choices=NAMES, nargs="+", default=list(NAMES))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--schema", choices=sorted(GENERATORS), nargs="+", default=["flat"])
    parser.add_argument("--what", choices=diff.WHAT, nargs="+", default=["same"])
    parser.add_argument(
        "--command", choices=history.COMMANDS, nargs="+", default=list(history.COMMANDS[:3])
    )
    parser.add_argument("--merges", action="store_true", help="a history with merges")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--plots", type=Path, help="a folder for plots of time against size")
    return parser


def _in_new_process(measure: Measure, database: str, size: int, rounds: int) -> Result:
    """In one that has imported and kept nothing for what was measured before."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
        return pool.submit(measure, database, size, rounds).result()


def _measures(options: argparse.Namespace, database: str) -> Iterator[Measure]:
    """What is measured on a database: nothing that it does not have."""
    match options.benchmark:
        case "diff":
            for schema in options.schema:
                if database == "postgresql" or schema not in POSTGRESQL_ONLY:
                    for what in options.what:
                        yield partial(diff.run, schema=schema, what=what)
        case "history":
            for command in options.command:
                yield partial(history.run, command=command, merges=options.merges)
        case "upgrade":
            yield upgrade.run
        case "rebuild":
            if database == "sqlite":
                yield rebuild.run


if __name__ == "__main__":
    main(sys.argv[1:])
