"""Results as a table for people, and as a plot of time against size."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from benchmarks.contest import SUBJECT, Result


def table_of(results: Sequence[Result]) -> Table:
    """A row for each contender; ratios are to flaskmig, and above one where flaskmig is faster."""
    table = Table(
        *("benchmark", "database", "size", "contender"),
        *("seconds (least to most)", "beyond", "ratio", "beyond ratio", "queries", "MB"),
    )
    for result in results:
        for number, (name, each) in enumerate(result.seconds.items()):
            first = (f"{result.benchmark}: {result.what}", result.database, f"{result.size:,}")
            beyond, ratio_beyond = result.beyond(name), result.ratio_beyond(name)
            table.add_row(
                *(first if number == 0 else ("", "", "")),
                name,
                f"{result.median(name):.3f} ({min(each):.3f} to {max(each):.3f})",
                "" if beyond is None else f"{beyond:.3f}",
                "" if name == SUBJECT else f"{result.ratio(name):.2f}",
                "" if ratio_beyond is None or name == SUBJECT else f"{ratio_beyond:.1f}",
                str(result.queries.get(name, "")),
                f"{result.megabytes[name]:.0f}" if name in result.megabytes else "",
                end_section=number == len(result.seconds) - 1,
            )
    return table


def write_plots(results: Sequence[Result], folder: Path) -> list[Path]:
    """An SVG for each benchmark that was measured at several sizes; their paths."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    groups: dict[tuple[str, str, str], list[Result]] = {}
    for result in results:
        groups.setdefault((result.benchmark, result.what, result.database), []).append(result)
    written = []
    for (benchmark, what, database), group in groups.items():
        figure, axes = pyplot.subplots(figsize=(7, 4.5))
        for name in dict.fromkeys(name for result in group for name in result.seconds):
            points = sorted(
                (each.size, each.median(name)) for each in group if name in each.seconds
            )
            axes.plot(*zip(*points, strict=True), marker="o", label=name)
        axes.set(xscale="log", yscale="log", xlabel=group[0].unit, ylabel="seconds, median")
        axes.set_title(f"{benchmark}: {what}, {database}")
        axes.grid(visible=True, which="both", alpha=0.3)
        axes.legend()
        words = "-".join(f"{benchmark} {what} {database}".replace(",", "").split())
        path = folder / f"{words}.svg"
        figure.savefig(path, metadata={"Date": None})
        pyplot.close(figure)
        written.append(path)
    return written
