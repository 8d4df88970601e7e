"""The three projects: made by Flask-Migrate, adopted, worked on by flaskmig, and given back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import flask_migrate
import sqlalchemy as sa

import flaskmig
from tests.adopting.shapes import Shape
from tests.adopting.shop import Shop


def include_object(found: Any, name: str, type_: str, reflected: bool, compare_to: Any) -> bool:
    """What the customised env.py has, where the application has it now."""
    return not (type_ == "table" and name.startswith("legacy_"))


def numbered(context: Any, revision: Any, directives: Any) -> None:
    """The same of the hook that numbers revisions."""
    script = directives[0]
    if script.upgrade_ops.is_empty():
        directives[:] = []
        return
    script.rev_id = f"r{int(revision[0][1:]) + 1:04}"


OPTIONS = {
    "single": {},
    "multidb": {},
    "custom": {"include_object": include_object, "process_revision_directives": numbered},
}


def table_of(shape: Shape) -> str:
    """The version table of the project."""
    return "shop_version" if shape.name == "custom" else "alembic_version"


def require_no_difference(shop: Shop) -> None:
    """Flask-Migrate finds nothing to write; its ``check`` fails with a hook that says so."""
    before = shop.files()
    with shop.peer():
        flask_migrate.migrate(message="nothing")
    assert shop.files() == before


def test_there_and_back(shape: Shape, tmp_path: Path, engines: dict[str, sa.Engine]) -> None:
    """Whatever is done with either tool, the other finds its version table and its files right."""
    shop = shape.start(tmp_path, engines, shape.middle)
    shop.options = OPTIONS[shape.name]
    before = shop.files()
    table = table_of(shape)

    with shop.ours():
        adopted = flaskmig.adopt()
    assert adopted.is_possible, (adopted.left, adopted.problems)
    assert adopted.is_carried_out
    assert shop.files() == {**before, "flaskmig.toml": shop.files()["flaskmig.toml"]}
    for bind in shape.binds:
        assert shop.rows(bind, table) == [shape.middle]
        assert {record[1] for record in shop.journal(bind)} == {"stamp"}

    with shop.ours():
        ran = flaskmig.upgrade(revision="heads")
        assert [each.bind for each in ran] == list(shape.binds)
        assert all(each.applied and not each.warnings for each in ran)
        assert all(flaskmig.check())
    shop.models = shape.later
    with shop.ours():
        written = flaskmig.migrate(message="a column more")
        assert written.path is not None
        assert written.revision is not None
        assert "from alembic import op" in written.path.read_text()
        flaskmig.upgrade()
        assert flaskmig.leave().ties == ()
    if shape.name == "custom":
        assert (written.revision, written.path.name) == ("r0003", "r0003_step.py")

    for bind in shape.binds:
        assert shop.rows(bind, table) == [written.revision]
        assert "flaskmig_journal" not in shop.tables(bind)
    require_no_difference(shop)
    with shop.peer():
        flask_migrate.downgrade(revision="-1")
        flask_migrate.upgrade()
        flask_migrate.revision(message="by the other")
        flask_migrate.upgrade()
    head = shop.rows("", table)
    assert head != [written.revision]

    with shop.ours():
        assert flaskmig.adopt().is_possible
        assert [each.revision for run in flaskmig.downgrade() for each in run.applied] == [
            *head
        ] * len(shape.binds)
        flaskmig.upgrade()
    assert shop.rows("", table) == head
