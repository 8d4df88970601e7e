"""The figures of the pairs, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.renames.judged import Judged


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums over pairs; ``questions`` counts the needless ones too."""

    pairs: int
    renames: int
    right: int
    wrong: int
    asked: int
    questions: int
    missed: int

    @classmethod
    def of(cls, judged: Iterable[Judged]) -> Figures:
        """The sums of some outcomes."""
        found = list(judged)
        right = sum(len(each.right) for each in found)
        asked = sum(len(each.asked_rightly) for each in found)
        missed = sum(len(each.missed) for each in found)
        return cls(
            pairs=len(found),
            renames=right + asked + missed,
            right=right,
            wrong=sum(len(each.wrong) for each in found),
            asked=asked,
            questions=sum(len(each.asked) for each in found),
            missed=missed,
        )

    @property
    def precision(self) -> float:
        """How much of what is certain is true, 0.0 to 1.0."""
        certain = self.right + self.wrong
        return self.right / certain if certain else 1.0

    @property
    def recall(self) -> float:
        """How many of the true renames are certain, 0.0 to 1.0."""
        return self.right / self.renames if self.renames else 1.0


HEAD = [
    "pairs",
    "renames",
    "certain",
    "wrong",
    "asked",
    "needless",
    "missed",
    "precision",
    "recall",
]


def lines(judged: list[Judged]) -> Iterator[str]:
    """The table: each kind, then the two halves, then all."""
    kinds = dict.fromkeys(each.kind for each in judged)
    width = max(map(len, kinds)) + 2
    yield " " * width + " ".join(f"{word:>9}" for word in HEAD)
    for kind in kinds:
        yield _line(kind, (each for each in judged if each.kind == kind), width)
    yield ""
    yield _line("fitted", (each for each in judged if not each.is_held_out), width)
    yield _line("held out", (each for each in judged if each.is_held_out), width)
    for database in dict.fromkeys(each.database for each in judged):
        yield _line(database, (each for each in judged if each.database == database), width)
    yield _line("all", judged, width)


def _line(title: str, judged: Iterable[Judged], width: int) -> str:
    sums = Figures.of(judged)
    numbers = (
        sums.pairs,
        sums.renames,
        sums.right,
        sums.wrong,
        sums.asked,
        sums.questions - sums.asked,
        sums.missed,
    )
    counts = " ".join(f"{number:>9}" for number in numbers)
    return f"{title:<{width}}{counts} {sums.precision:>9.3f} {sums.recall:>9.3f}"
