"""How good the detection is, on pairs of ordinary models whose renames are known."""

from __future__ import annotations

import pytest

from flaskmig import engine
from flaskmig.engine.comparing.compare import compare
from flaskmig.engine.comparing.renames import parse
from tests.renames.judged import FOLLOWERS, ONLY_POSTGRESQL_HAS, Judged, judge_all
from tests.renames.pair import Pair
from tests.renames.pairs import BY_KIND
from tests.renames.report import Figures, lines

NOTHING_RENAMED = (
    "drop and add of one type",
    "drop and add with like names",
    "several dropped and added",
    "drop and add of keys",
    "another table",
    "column in another table",
    "table split or merged",
)
EVERY_PAIR = [
    pytest.param(pair, id=f"{kind} {number}")
    for kind, pairs in BY_KIND.items()
    for number, pair in enumerate(pairs)
]


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return judge_all()


def halves(judged: list[Judged]) -> dict[str, Figures]:
    return {
        "fitted": Figures.of(each for each in judged if not each.is_held_out),
        "held out": Figures.of(each for each in judged if each.is_held_out),
    }


def test_there_are_enough_pairs() -> None:
    """More than a hundred and sixty pairs, a good part of them without any rename."""
    pairs = [pair for several in BY_KIND.values() for pair in several]
    assert len(pairs) >= 160
    assert sum(not pair.renames for pair in pairs) >= 60


def test_what_is_certain_is_true(judged: list[Judged]) -> None:
    """At least 98 of 100 renames that are done unasked are true, in both halves."""
    for half, figures in halves(judged).items():
        assert figures.precision >= 0.98, (half, *map(str, (j for j in judged if j.wrong)))


def test_no_rename_is_lost(judged: list[Judged]) -> None:
    """A true rename is certain or asked about."""
    assert [str(each) for each in judged if each.missed] == []


def test_most_that_is_plain_is_not_asked(judged: list[Judged]) -> None:
    """Of the true renames two in five need no question, in both halves."""
    for half, figures in halves(judged).items():
        assert figures.recall >= 0.4, half


def test_questions_are_few(judged: list[Judged]) -> None:
    """Where nothing is renamed there is at most one question to a pair."""
    none = [each for each in judged if each.kind in NOTHING_RENAMED]
    figures = Figures.of(none)
    assert figures.questions <= len(none)
    assert not any(each.right or each.wrong for each in none)


def test_what_is_the_same_but_for_its_name_is_never_asked(judged: list[Judged]) -> None:
    """Constraints and indexes are told by what they are."""
    followers = [each for each in judged if each.kind in FOLLOWERS]
    assert sum(len(each.right) for each in followers) >= 10
    assert not any(each.asked for each in followers)


def test_the_report_says_it_all(judged: list[Judged]) -> None:
    """The printed report has a line for each kind, for both halves and for all."""
    text = "\n".join(lines(judged))
    for title in (*BY_KIND, "fitted", "held out", "sqlite", "postgresql", "all"):
        assert f"\n{title} " in text


@pytest.mark.parametrize("pair", EVERY_PAIR)
def test_a_label_names_what_is_there(pair: Pair) -> None:
    """The old name of a rename is in the models before, the new one in those after."""
    for word in (*pair.renames, *pair.words):
        rename = parse(word)
        before, after = _text(pair, "before"), _text(pair, "after")
        assert rename.before.rpartition(".")[2] in before, word
        assert rename.after.rpartition(".")[2] in after, word


def _text(pair: Pair, side: str) -> str:
    metadata = pair.before() if side == "before" else pair.after()
    return str(engine.read_metadata(metadata, "postgresql"))


@pytest.mark.parametrize("pair", EVERY_PAIR)
def test_renamed_models_come_out_right(pair: Pair) -> None:
    """With the renames said, the operations make the later models of the earlier, and back."""
    databases = ["postgresql"]
    if pair.domain not in ONLY_POSTGRESQL_HAS and not _of_objects(pair):
        databases.append("sqlite")
    for database in databases:
        found = engine.diff(pair.after(), pair.before(), dialect=database, renames=pair.renames)
        state = found.current
        for operation in found.operations:
            state = operation.apply(state)
        assert compare(state, found.desired) == []
        for operation in found.reverse():
            state = operation.apply(state)
        assert compare(state, found.current) == []


def _of_objects(pair: Pair) -> bool:
    return any(word.startswith(("enum", "sequence")) for word in pair.renames)
