"""What the detection makes of a pair: what it is certain of, what it asks, what it misses."""

from __future__ import annotations

from dataclasses import dataclass

from flaskmig import engine
from flaskmig.engine.comparing.renames import RenameCandidate
from tests.renames.pair import Pair
from tests.renames.pairs import BY_KIND

DATABASES = ("postgresql", "sqlite")
# SQLite has neither the namespaces of the first two nor the sequences of the others.
ONLY_POSTGRESQL_HAS = ("forum", "hr", "billing", "library")
ONLY_POSTGRESQL = ("enum", "enum_value", "sequence")
# They follow their columns and tables; what they are says which is which, so nothing is guessed.
FOLLOWERS = ("constraint", "index")


@dataclass(frozen=True, slots=True)
class Judged:
    """The outcome of one pair on one database; all are words."""

    kind: str
    number: int
    database: str
    right: frozenset[str]
    wrong: frozenset[str]
    asked: frozenset[str]
    asked_rightly: frozenset[str]
    missed: frozenset[str]

    @property
    def is_held_out(self) -> bool:
        """Whether no rule was fitted to it."""
        return self.number % 2 == 1

    def __str__(self) -> str:
        facts = (
            ("certain", self.right),
            ("CERTAIN AND WRONG", self.wrong),
            ("asked, a rename", self.asked_rightly),
            ("asked, none", self.asked - self.asked_rightly),
            ("MISSED", self.missed),
        )
        told = "; ".join(f"{what}: {', '.join(sorted(words))}" for what, words in facts if words)
        return f"{self.kind} {self.number} on {self.database}: {told or 'nothing found'}"


def judge_all() -> list[Judged]:
    """Every pair on every database that can have it."""
    return [
        judge(kind, number, pair, database)
        for kind, pairs in BY_KIND.items()
        for number, pair in enumerate(pairs)
        for database in DATABASES
        if database == "postgresql" or pair.domain not in ONLY_POSTGRESQL_HAS
    ]


def judge(kind: str, number: int, pair: Pair, database: str) -> Judged:
    """What is found, with each question answered as the label says."""
    truth = {word for word in pair.renames if database == "postgresql" or not _is_foreign(word)}
    asked: set[str] = set()

    def decide(candidate: RenameCandidate) -> bool:
        words = {str(rename) for rename in candidate.renames}
        asked.update(words)
        return words <= truth

    found = engine.diff(
        pair.after(), pair.before(), dialect=database, renames=pair.words, decide=decide
    )
    judged = {"constraint", "index"} if kind in FOLLOWERS else set()
    applied = {
        str(each.rename)
        for each in found.rename_candidates
        if each.certain and (each.kind not in FOLLOWERS or each.kind in judged)
    }
    said = set(pair.words)
    return Judged(
        kind=kind,
        number=number,
        database=database,
        right=frozenset(applied & truth),
        wrong=frozenset(applied - truth),
        asked=frozenset(asked),
        asked_rightly=frozenset(asked & truth),
        missed=frozenset(truth - applied - asked - said),
    )


def _is_foreign(word: str) -> bool:
    return word.partition(":")[0] in ONLY_POSTGRESQL
