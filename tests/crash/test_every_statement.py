"""A process that is killed between any two statements leaves a border, and the next one goes on."""

from __future__ import annotations

from typing import get_args

import pytest

from flaskmig.engine.commands.resolving import resolve
from flaskmig.engine.migrating.migration import Migration
from flaskmig.errors import InterruptedRevisionError
from flaskmig.operations import (
    AlterEnum,
    AlterExtension,
    AlterSequence,
    CreateEnum,
    CreateExtension,
    CreateFunction,
    CreateSchema,
    CreateSequence,
    DropEnum,
    DropExtension,
    DropFunction,
    DropSchema,
    DropSequence,
    Operation,
    RenameEnum,
    RenameEnumValue,
    RenameSequence,
    ReorderColumns,
    ReplaceFunction,
    RunSQL,
)
from tests.counts import DEEP
from tests.crash.child import Death
from tests.crash.conftest import MakeTrial
from tests.crash.kind import body
from tests.crash.kinds import KINDS
from tests.crash.postgresql_kinds import DOUBTFUL
from tests.crash.trial import Trial, deaths, kill_at_each, round_trip
from tests.execute.chain import Chain

# What SQLite has not, and says so.
OTHERS_ONLY = {
    CreateEnum,
    DropEnum,
    RenameEnum,
    AlterEnum,
    RenameEnumValue,
    CreateSequence,
    DropSequence,
    RenameSequence,
    AlterSequence,
    CreateSchema,
    DropSchema,
    CreateFunction,
    DropFunction,
    ReplaceFunction,
    CreateExtension,
    DropExtension,
    AlterExtension,
}
pytestmark = pytest.mark.timeout(3600 if DEEP else 600)

EACH = [(database, kind) for database, kinds in KINDS.items() for kind in kinds]


def trial_of(make_trial: MakeTrial, database: str, name: str) -> Trial:
    trial, kind = make_trial(database), KINDS[database][name]
    trial.chain.add("a1", body(kind.first))
    trial.chain.add("b2", body(kind.upgrade), body(kind.downgrade))
    return trial


@pytest.mark.parametrize(("database", "name"), EACH)
def test_killed_at_every_statement(make_trial: MakeTrial, database: str, name: str) -> None:
    """Whichever statement of a revision a process dies at, a border rests and a rerun completes."""
    trial = trial_of(make_trial, database, name)
    routes = round_trip(trial, "a1", "b2")
    killed = kill_at_each(trial, routes, every=DEEP, whole=DEEP or name == "tables")
    # Each way has a point before each of its transactions, and some statements in it.
    assert killed > 20


def test_killed_at_what_nobody_can_look_at(make_trial: MakeTrial) -> None:
    """Only where a statement is in doubt does a rerun ask, and it goes on with what is said."""
    trial = make_trial("postgresql")
    trial.chain.add("a1", body(DOUBTFUL.first))
    trial.chain.add("b2", body(DOUBTFUL.upgrade), body(DOUBTFUL.downgrade))
    route, _ = round_trip(trial, "a1", "b2")
    asked = []
    for death in deaths(route, every=DEEP, whole=False):
        trial.crash(route, death)
        trial.check_at_rest(route)
        try:
            trial.finish(route)
        except InterruptedRevisionError:
            found = trial.judge.look()
            assert found.unfinished[-1] == ("b2", "upgrade", 2, "intent"), trial.at
            has_run = '{"n": 2}' in found.facts['rows of "public"."calls"']
            resolve(trial.chain.project, "b2", "ran" if has_run else "not-run")
            trial.finish(route)
            asked.append(has_run)
        trial.work("downgrade", "a1")
    assert set(asked) == {True, False}


@pytest.mark.parametrize("database", KINDS)
def test_killed_on_an_empty_database(make_trial: MakeTrial, database: str) -> None:
    """A process that dies while it makes the version table and the journal leaves neither."""
    trial = trial_of(make_trial, database, "tables")
    route = trial.walk("upgrade", "a1")
    assert len(route.borders) == 2
    for number, point in enumerate(route.points(every=DEEP, whole=False)):
        trial.judge.clear()
        trial.use_mode(number)
        assert trial.crash(route, Death(point)), trial.at
        trial.check_at_rest(route)
        trial.finish(route)
        assert trial.judge.done() == {("a1", "upgrade"): 1}


@pytest.mark.parametrize("database", KINDS)
def test_every_kind_of_operation_is_run(
    make_trial: MakeTrial, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The revisions that are killed in have every operation that the database has."""
    seen = set[type]()
    run = Migration.run

    def noting(migration: Migration, *operations: Operation) -> None:
        seen.update(map(type, operations))
        run(migration, *operations)

    monkeypatch.setattr(Migration, "run", noting)
    trial = make_trial(database)
    for name, kind in KINDS[database].items():
        trial.judge.clear()
        trial.chain = Chain(trial.chain.folder.parent / name, trial.chain.engine)
        trial.chain.add("a1", body(kind.first))
        trial.chain.add("b2", body(kind.upgrade), body(kind.downgrade))
        trial.work("upgrade", "b2")
        trial.work("downgrade", "a1")
    # No call makes RunSQL: op.execute runs what it is given.
    missing = set(get_args(Operation)) - seen - {RunSQL}
    assert missing == (OTHERS_ONLY if database == "sqlite" else {ReorderColumns})
