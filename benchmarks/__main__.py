"""python -m benchmarks diff --size 100 1000 --database sqlite postgresql

``all`` in place of a name is every benchmark, with the sizes that it has here.
"""

from __future__ import annotations

import argparse
import importlib
import json
import multiprocessing
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import product
from pathlib import Path

from rich.console import Console

from benchmarks import diff, history, introspection, rebuild, tables, upgrade
from benchmarks.contest import Result
from benchmarks.databases import NAMES
from benchmarks.report import table_of, write_plots
from benchmarks.schemas import GENERATORS, POSTGRESQL_ONLY

# The sizes that each is measured at where nobody says others.
SIZES: Mapping[str, tuple[int, ...]] = {
    "diff": (100, 1000),
    "introspection": (100, 1000),
    "tables": (100,),
    "history": (10, 1000),
    "upgrade": (100,),
    "rebuild": (100_000,),
}
EVERY = "all"
WHAT: Mapping[str, Sequence[str]] = {
    "diff": diff.WHAT,
    "tables": tables.WHAT,
    "rebuild": tuple(rebuild.WHAT),
}
Measure = Callable[[str, int, int], Result]


def main(arguments: Sequence[str]) -> None:
    options = _parser().parse_args(arguments)
    if options.plots:
        # Said now where it is missing, and not after everything was measured.
        importlib.import_module("matplotlib")
    console = Console(stderr=True)
    results = []
    for benchmark in SIZES if options.benchmark == EVERY else [options.benchmark]:
        for database in options.database:
            for measure in _measures(benchmark, options, database):
                for size in options.size or SIZES[benchmark]:
                    found = _in_new_process(measure, database, size, options.rounds)
                    results.append(found)
                    said = f"{found.benchmark}: {found.what}, {database}, {size:,}: done"
                    console.print(f"[dim]{said}[/dim]")
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
    parser.add_argument("benchmark", choices=[*sorted(SIZES), EVERY])
    parser.add_argument(
        *("--size", "--tables", "--revisions", "--rows"), dest="size", type=int, nargs="+"
    )
    parser.add_argument("--database", choices=NAMES, nargs="+", default=list(NAMES))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--schema", choices=[*sorted(GENERATORS), EVERY], nargs="+", default=["flat"]
    )
    parser.add_argument(
        *("--what",),
        choices=[*WHAT["diff"], *WHAT["tables"], *WHAT["rebuild"], EVERY],
        nargs="+",
        default=[EVERY],
        help="what of a benchmark; what the benchmark does not have is passed over",
    )
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
    # Reflection warns of each index that it cannot read.
    quiet = partial(ProcessPoolExecutor, initializer=warnings.simplefilter, initargs=("ignore",))
    with quiet(max_workers=1, mp_context=spawn) as pool:
        return pool.submit(measure, database, size, rounds).result()


def _measures(benchmark: str, options: argparse.Namespace, database: str) -> Iterator[Measure]:
    """What is measured on a database: nothing that it does not have."""
    has_every = EVERY in options.what
    whats = [each for each in WHAT.get(benchmark, ()) if has_every or each in options.what]
    schemas = [
        each
        for each in (GENERATORS if EVERY in options.schema else options.schema)
        if database == "postgresql" or each not in POSTGRESQL_ONLY
    ]
    match benchmark:
        case "diff":
            for schema, what in product(schemas, whats):
                yield partial(diff.run, schema=schema, what=what)
        case "introspection":
            for schema in schemas:
                yield partial(introspection.run, schema=schema)
        case "tables":
            for schema, what in product(schemas, whats):
                yield partial(tables.run, schema=schema, what=what)
        case "history":
            for command in options.command:
                yield partial(history.run, command=command, merges=options.merges)
        case "upgrade":
            yield upgrade.run
        case "rebuild":
            for what in whats if database == "sqlite" else ():
                yield partial(rebuild.run, what=what)


if __name__ == "__main__":
    main(sys.argv[1:])
