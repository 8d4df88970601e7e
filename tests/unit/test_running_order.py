"""The order of branches, and who implies whom: quick answers beside plain ones, on many graphs."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Sequence

import pytest

from flaskmig.engine.revisions.graph import Graph, Revision
from flaskmig.errors import RevisionCycleError
from tests.counts import SEED, rounds
from tests.growth import growth

ROUNDS = 200


def random_graph(draw: random.Random) -> Graph:
    """A history with forks, merges, dependencies, several bases and heads, in no order."""
    revisions: list[Revision] = []
    near = draw.choice([2, 5, 40])
    for number in range(draw.randrange(1, 40)):
        below = [each.id for each in revisions[-near:]]
        parents = draw.sample(below, min(len(below), draw.choice([0, 1, 1, 1, 1, 2, 3])))
        others = [each for each in below if each not in parents]
        depends_on = draw.sample(others, min(len(others), draw.choice([0, 0, 0, 1])))
        revisions.append(
            Revision(id=f"r{number:02}", parents=tuple(parents), depends_on=tuple(depends_on))
        )
    draw.shuffle(revisions)
    return Graph(revisions)


@pytest.fixture(params=range(rounds(2, 30)))
def graphs(request: pytest.FixtureRequest) -> list[tuple[random.Random, Graph]]:
    """Many graphs, each with what draws the rest of its round."""
    drawn = [random.Random(f"{SEED} {request.param} {number}") for number in range(ROUNDS)]
    return [(draw, random_graph(draw)) for draw in drawn]


def closed(draw: random.Random, graph: Graph) -> set[str]:
    """Revisions that may be applied together."""
    ids = [each.id for each in graph]
    return graph.ancestors(draw.sample(ids, draw.randrange(len(ids) + 1)))


def plainly_newest_first(graph: Graph, wanted: Collection[str]) -> list[str]:
    """The order, found by walking up anew from each place where lines meet."""
    waiting = {id_: sum(up in wanted for up in graph.up(id_)) for id_ in wanted}
    lines = [each.id for each in graph.as_given if waiting.get(each.id) == 0]
    found: list[str] = []
    at = 0
    while lines:
        here = lines[at]
        if waiting[here]:
            above = graph.descendants([here]) - {here}
            at = next(place for place, line in enumerate(lines) if line in above)
            continue
        found.append(here)
        below = [id_ for id_ in graph.down(here) if id_ in wanted]
        for id_ in below:
            waiting[id_] -= 1
        fresh = [id_ for id_ in dict.fromkeys(below) if id_ not in lines]
        lines[at : at + 1] = fresh[:1]
        lines += fresh[1:]
        at = at if fresh else max(at - 1, 0)
    return found


def test_order(graphs: list[tuple[random.Random, Graph]]) -> None:
    """Lines are followed in the order that a walk up from each meeting gives."""
    for draw, graph in graphs:
        for wanted in ({each.id for each in graph}, closed(draw, graph)):
            found = [each.id for each in graph.newest_first(wanted)]
            assert found == plainly_newest_first(graph, wanted)


def test_heights(graphs: list[tuple[random.Random, Graph]]) -> None:
    """Each revision is higher than everything below it."""
    for _, graph in graphs:
        for each in graph:
            assert all(graph.height(id_) < graph.height(each.id) for id_ in graph.down(each.id))


def test_implied(graphs: list[tuple[random.Random, Graph]]) -> None:
    """A revision is implied by others where it is one of their ancestors."""
    for draw, graph in graphs:
        ids = [each.id for each in graph]
        others = draw.sample(ids, draw.randrange(min(4, len(ids) + 1)))
        implied = {id_ for id_ in ids if graph.is_implied(id_, others)}
        assert implied == graph.ancestors(others)


def test_upgrade_path(graphs: list[tuple[random.Random, Graph]]) -> None:
    """What is missing is what is below the targets and not below the rows."""
    for draw, graph in graphs:
        rows = graph.topmost(closed(draw, graph))
        targets = sorted(graph.topmost(closed(draw, graph)))
        missing = graph.ancestors(targets) - graph.ancestors(rows)
        path = graph.upgrade_path(rows, targets)
        assert [each.id for each in path] == plainly_newest_first(graph, missing)[::-1]


def test_rows_on_the_way_down(graphs: list[tuple[random.Random, Graph]]) -> None:
    """Undoing a row leaves the topmost of what else was applied."""
    for draw, graph in graphs:
        applied = closed(draw, graph)
        while applied:
            rows = graph.topmost(applied)
            undone = draw.choice(sorted(rows))
            applied = applied - {undone}
            assert graph.rows_after_downgrade(rows, undone) == graph.topmost(applied)


def ladder(length: int) -> list[Revision]:
    """A line in which every fifth revision has a twin, which the next one merges."""
    revisions: list[Revision] = []
    heads: tuple[str, ...] = ()
    for number in range(length):
        ids = (f"r{number}", f"twin{number}") if number % 5 == 4 else (f"r{number}",)
        revisions += [Revision(id=id_, parents=heads) for id_ in ids]
        heads = ids
    return revisions


def fan(length: int) -> list[Revision]:
    """Branches of one revision each, all merged by the last."""
    branches = [Revision(id=f"r{number}", parents=("base",)) for number in range(length)]
    merge = Revision(id="merge", parents=tuple(each.id for each in branches))
    return [Revision(id="base"), *branches, merge]


def late_merges(length: int) -> list[Revision]:
    """A trunk that merges one more branch from its start at every step."""
    branches = [Revision(id=f"s{number}", parents=("t0",)) for number in range(1, length)]
    trunk = [
        Revision(id=f"t{number}", parents=(f"t{number - 1}", f"s{number}"))
        for number in range(1, length)
    ]
    return [Revision(id="t0"), *branches, *trunk]


@pytest.mark.parametrize("shape", [ladder, fan, late_merges])
def test_growth(shape: Callable[[int], Sequence[Revision]]) -> None:
    """The work of reading a history and going up and down in it grows as it does."""

    def walk(length: int) -> Callable[[], None]:
        revisions = shape(length)

        def work() -> None:
            graph = Graph(revisions)
            assert len(graph.upgrade_path((), "heads")) == len(revisions)
            assert not graph.upgrade_path(graph.effective_heads, "heads")
            rows = frozenset(graph.effective_heads)
            for step in graph.downgrade_path(rows, "base"):
                rows = graph.rows_after_downgrade(rows, step.id)
            assert not rows

        return work

    assert growth(walk, 100) < 6


def test_a_long_cycle() -> None:
    """A cycle is named whole, without what stands on it, however long it is."""
    ring = [Revision(id=f"r{n}", parents=(f"r{(n - 1) % 3000}",)) for n in range(3000)]
    with pytest.raises(RevisionCycleError) as caught:
        Graph([Revision(id="top", parents=("r7",)), *ring])
    assert sorted(caught.value.revisions) == sorted(each.id for each in ring)
