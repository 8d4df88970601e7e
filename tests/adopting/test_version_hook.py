"""``on_version_apply`` in ``Migrate(...)``, beside the real Alembic's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa

import flaskmig
from flaskmig.errors import ConfigurationError, ExecutionError
from tests.adopting.conftest import SINGLE
from tests.adopting.shop import Shop
from tests.conftest import MakeDatabase
from tests.databases import NAMES

HEAD = "8a1b2c3d4e5f"


class Recorder:
    """Remembers what it was told, in values that both tools have."""

    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []

    def __call__(self, ctx: Any, step: Any, heads: Any, run_args: Any) -> None:
        assert ctx.as_sql is False
        assert run_args == {}
        assert ctx.dialect.name == ctx.connection.dialect.name
        self.told.append(
            (
                step.is_upgrade,
                step.is_stamp,
                step.is_migration,
                step.up_revision_id,
                sorted(step.up_revision_ids),
                sorted(step.down_revision_ids),
                sorted(step.source_revision_ids),
                sorted(step.destination_revision_ids),
                step.up_revision.doc if not step.is_stamp else None,
                step.up_revision.down_revision if not step.is_stamp else None,
                sorted(heads),
            )
        )


def tour(tool: Any) -> None:
    """Up, down, and stamps, through a branch and its merge."""
    tool.upgrade(revision="4f1a2b3c4d5e")
    tool.upgrade()
    tool.downgrade(revision="4f1a2b3c4d5e")
    tool.stamp(revision=HEAD)
    tool.stamp(revision="6a1b2c3d4e5f")
    tool.stamp(revision=HEAD)
    tool.stamp(revision="base")


@pytest.mark.parametrize("name", NAMES)
def test_as_alembic(name: str, tmp_path: Path, make_database: MakeDatabase) -> None:
    """Both tools tell a function the same of each revision; of a stamp, that it was one."""
    found = []
    for tool in ("peer", "ours"):
        (tmp_path / tool).mkdir()
        recorder = Recorder()
        shop = SINGLE.start(tmp_path / tool, {"": make_database(name)}, None)
        options = {"on_version_apply": recorder}
        with shop.peer(**options) if tool == "peer" else shop.ours(**options):
            tour(flask_migrate if tool == "peer" else flaskmig)
        found.append(recorder.told)
    peer, ours = (_runs(each) for each in found)
    # The order of the two branches is each tool's own.
    assert sorted(map(repr, ours)) == sorted(map(repr, peer))
    assert len(peer) == 9
    stamps = [each for each in found[1] if each[1]]
    assert [each[-1] for each in stamps] == [[HEAD], ["6a1b2c3d4e5f"], [HEAD], []]
    assert [each[0] for each in stamps] == [True, False, True, False]


def _runs(told: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """What was told of revisions; in between heads depend on the branch that went first."""
    return [each[:-1] for each in told if not each[1]]


@pytest.mark.parametrize("name", NAMES)
def test_in_the_transaction(name: str, tmp_path: Path, make_database: MakeDatabase) -> None:
    """What a function writes stays with the revision or goes with it, whatever it commits."""
    shop = SINGLE.start(tmp_path, {"": make_database(name)}, None)
    shop.execute("CREATE TABLE audit (revision VARCHAR(40))")

    def write(ctx: Any, step: Any, heads: Any, run_args: Any) -> None:
        assert ctx.connection.scalar(sa.text("SELECT count(*) FROM alembic_version")) == len(heads)
        ctx.bind.execute(sa.text(f"INSERT INTO audit VALUES ('{step.up_revision_id}')"))
        ctx.connection.commit()

    def fail(ctx: Any, step: Any, heads: Any, run_args: Any) -> None:
        if step.up_revision_id == "6a1b2c3d4e5f":
            raise RuntimeError("no more")

    with shop.ours(on_version_apply=[write, fail]), pytest.raises(RuntimeError, match="no more"):
        flaskmig.upgrade(revision="6a1b2c3d4e5f")
    with shop.engines[""].connect() as connection:
        rows = connection.execute(sa.text("SELECT revision FROM audit ORDER BY 1")).scalars().all()
    assert rows == ["4f1a2b3c4d5e", "5a1b2c3d4e5f"]
    assert shop.rows() == ["5a1b2c3d4e5f"]
    assert "orders" not in shop.tables()


def test_database_that_refuses_the_function(single: Shop) -> None:
    """SQL of a function that fails takes the revision back, and the error names the revision."""

    def write(ctx: Any, step: Any, heads: Any, run_args: Any) -> None:
        ctx.connection.execute(sa.text("INSERT INTO no_such_table VALUES (1)"))

    with single.ours(on_version_apply=write), pytest.raises(ExecutionError, match="no_such_table"):
        flaskmig.upgrade()
    assert single.rows() == ["6a1b2c3d4e5f"]


def test_not_told_of_trials(single: Shop) -> None:
    """Neither the trial of a new file nor a script calls a function."""
    with single.ours():
        flaskmig.upgrade()
    recorder = Recorder()
    single.models = lambda db: None
    with single.ours(on_version_apply=recorder):
        written = flaskmig.migrate(drops=["users", "orders", "tags"])
        assert written.path is not None
        assert written.proofs[0].place
        assert "DROP TABLE" in str(flaskmig.upgrade(revision=f"{HEAD}:head", sql=True))
    assert recorder.told == []


@pytest.mark.parametrize("value", ["told", 1, [print, 2]])
def test_what_is_no_function(single: Shop, value: Any) -> None:
    """Anything else than functions is refused by name."""
    with single.ours(on_version_apply=value), pytest.raises(ConfigurationError) as raised:
        flaskmig.current()
    assert "on_version_apply" in raised.value.message


def test_x_arguments_choose_options(single: Shop) -> None:
    """A function of @migrate.configure has the arguments of -x, and may set options by them."""
    with single.ours() as app:
        migrate: flaskmig.Migrate = app.extensions["migrate"].migrate

        @migrate.configure
        def choose(config: flaskmig.Config) -> None:
            for word in config.cmd_opts.x:
                config.set_main_option("version_table", word.removeprefix("table="))

        assert [each.entries for each in flaskmig.current(x_arg=["table=other"])] == [()]
        (here,) = flaskmig.current()
        assert [each.revision.id for each in here.entries] == ["6a1b2c3d4e5f"]
        assert flaskmig.adopt(x_arg="table=other", dry_run=True).databases[0].at == ()
