"""Which revisions count as applied and never ran, beside what did run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from flaskmig.engine.revisions.graph import Graph, Revision
from flaskmig.engine.revisions.moved import moved
from flaskmig.engine.revisions.replaced import Replaced
from tests.growth import growth


def _name(number: int) -> str:
    return f"r{number}"


@st.composite
def _revisions(draw: st.DrawFn) -> list[Revision]:
    """A history in which each follows up to two earlier ones, and may depend on one more."""
    found: list[Revision] = []
    for number in range(draw(st.integers(2, 9))):
        earlier = st.sampled_from([each.id for each in found] or ["none"])
        parents = draw(st.lists(earlier, max_size=2, unique=True)) if found else []
        needs = draw(st.lists(earlier, max_size=1)) if found else []
        found.append(
            Revision(id=_name(number), parents=tuple(parents), depends_on=tuple(needs), path="x")
        )
    return found


@given(st.data(), _revisions())
def test_what_never_ran_is_found_and_nothing_else(
    data: st.DataObject, revisions: list[Revision]
) -> None:
    """Whatever files are moved, exactly what never ran and counts as applied is found."""
    before = Graph(revisions)
    ids = [each.id for each in revisions]
    rows = before.topmost(data.draw(st.sets(st.sampled_from(ids), min_size=1)))
    ran = before.ancestors(rows)
    # What was there before flaskmig came has no record.
    adopted = before.ancestors(data.draw(st.sets(st.sampled_from(sorted(ran)))))
    followed = {id_: before.revision(id_).parents for id_ in ran - adopted}
    number = data.draw(st.integers(1, len(ids) - 1))
    earlier = st.sampled_from(ids[:number])
    parents = tuple(data.draw(st.lists(earlier, min_size=1, max_size=2, unique=True)))
    revisions[number] = revisions[number]._replace(parents=parents)
    after = Graph(revisions)
    found = moved(after, rows, followed, replaced=Replaced)
    never = after.ancestors(rows) - ran
    if _name(number) in followed:
        assert {each for skipped in found.values() for each in skipped} == never
        assert set(found) == ({_name(number)} if never else set())
    else:
        assert found == {}


OLD = {
    "start": Revision(id="start", parents=("base",), path="x"),
    "end": Revision(id="end", parents=("start",), path="x"),
}
BASE = Revision(id="base", path="x")
OTHER = Revision(id="other", parents=("base",), path="x")
SQUASHED = Revision(id="end", parents=("base",), replaces=("start",), path="x")
KEPT = Replaced((tuple(OLD.values()),))


def _same(kept: Replaced) -> Replaced:
    return kept


def test_a_squashed_revision_that_was_applied_before() -> None:
    """What a squashed revision follows has run where the old revisions did, kept or not."""
    followed = {"end": ("start",)}
    for kept in (KEPT, Replaced()):
        graph = Graph([BASE, SQUASHED])
        assert moved(graph, ["end"], followed, replaced=partial(_same, kept)) == {}


def test_a_squashed_revision_that_is_moved() -> None:
    """A squashed revision that follows another one than the first that it replaces is found."""
    graph = Graph([BASE, OTHER, SQUASHED._replace(parents=("other",))])
    found = moved(graph, ["end"], {"end": ("start",)}, replaced=partial(_same, KEPT))
    assert found == {"end": ("other",)}


def test_a_revision_that_is_moved_behind_a_squashed_one() -> None:
    """One that followed what is replaced, and now its end, is found; what lies below has run."""
    graph = Graph([BASE, SQUASHED, Revision(id="late", parents=("end",), path="x")])
    for kept in (KEPT, Replaced()):
        found = moved(graph, ["late"], {"late": ("start",)}, replaced=partial(_same, kept))
        assert found == {"late": ("end",)}


def test_another_name_for_the_same_file() -> None:
    """A file that got another id is what was applied, and so is what it follows."""
    graph = Graph([BASE, OTHER, Revision(id="top", parents=("other",), path="x")])
    followed = {"top": ("gone",), "gone": ()}
    same = moved(
        graph,
        ["top"],
        followed,
        replaced=Replaced,
        is_renamed=lambda *ids: ids == ("gone", "other"),
    )
    assert same == {}
    assert moved(graph, ["top"], followed, replaced=Replaced) == {"top": ("base", "other")}


def test_a_long_history_is_looked_at_once() -> None:
    """The work for a history of which every file was moved grows with it and not faster."""

    def looking(size: int) -> Callable[[], object]:
        names = [_name(number) for number in range(size)]
        graph = Graph(
            Revision(id=id_, parents=(below,) if below else (), path="x")
            for id_, below in zip(names, [None, *names], strict=False)
        )
        # Each had run after the one below its parent.
        followed = {id_: tuple(names[max(at - 2, 0) : at - 1]) for at, id_ in enumerate(names)}
        return lambda: moved(graph, [names[-1]], followed, replaced=Replaced)

    assert growth(looking, 500) < 5
