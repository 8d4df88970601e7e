"""``process_revision_directives`` in ``Migrate(...)``: what it is given, and what it may change."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate.rewriter import Rewriter
from alembic.operations import ops
from alembic.script import ScriptDirectory
from flask_sqlalchemy import SQLAlchemy

import flaskmig
from flaskmig.engine.commands import Written
from flaskmig.errors import ConfigurationError
from flaskmig.operations import AddColumn
from tests.adopting.shapes import multi_models, single_models
from tests.adopting.shop import Models, Shop
from tests.conftest import MakeDatabase
from tests.databases import NAMES

Hook = Callable[[Any, Any, Any], None]


def no_models(db: SQLAlchemy) -> None:
    """Nothing."""


def new_project(folder: Path, engine: sa.Engine, models: Models = single_models) -> Shop:
    """A project of flaskmig's own, without revisions."""
    shop = Shop(folder, {"": engine}, models)
    with shop.ours():
        flaskmig.init()
    return shop


@pytest.fixture
def project(tmp_path: Path, sqlite_engine: sa.Engine) -> Shop:
    """A new project on an empty SQLite database, with models."""
    return new_project(tmp_path, sqlite_engine)


def written_by(shop: Shop, hook: Hook, **options: Any) -> tuple[Written, str]:
    """What migrate writes with the hook, and its text; empty where there is no file."""
    with shop.ours(process_revision_directives=hook):
        found = flaskmig.migrate(message="said", **options)
        return found, found.path.read_text() if found.path else ""


def refused(shop: Shop, hook: Hook) -> str:
    """The error that migrate ends with; no file is written."""
    before = shop.files()
    with pytest.raises(ConfigurationError) as raised:
        written_by(shop, hook)
    assert shop.files() == before
    assert raised.value.message.startswith("process_revision_directives ")
    return raised.value.message


def test_what_it_gets(project: Shop) -> None:
    """The hook gets a context, the heads, and one revision with the attributes of Alembic's."""
    seen: dict[str, Any] = {}

    def look(context: Any, revision: Any, directives: Any) -> None:
        (script,) = directives
        seen.update(vars(script))
        seen["heads"] = revision
        seen["empty"] = (script.upgrade_ops.is_empty(), script.downgrade_ops.is_empty())
        seen["kinds"] = [type(each).__name__ for each in script.upgrade_ops.ops]
        seen["x"] = (context.config.cmd_opts.autogenerate, context.config.cmd_opts.x)
        seen["ini"] = context.config.get_main_option("nothing", "default")
        seen["dialect"] = (context.dialect.name, context.bind.scalar(sa.text("SELECT 1")))
        seen["opts"] = (
            context.opts["version_table"],
            "users" in context.opts["target_metadata"].tables,
        )
        seen["as_sql"] = context.as_sql

    found, text = written_by(project, look, x_arg=["a=1"], rev_id="abc", depends_on=())
    assert (seen["rev_id"], seen["message"], seen["head"], seen["splice"]) == (
        "abc",
        "said",
        "head",
        False,
    )
    assert (seen["branch_label"], seen["version_path"], seen["depends_on"]) == (None, None, None)
    assert (seen["imports"], seen["heads"], seen["empty"]) == (set(), (), (False, False))
    assert set(seen["kinds"]) == {"CreateTable"}
    assert (seen["x"], seen["ini"], seen["dialect"]) == ((True, ["a=1"]), "default", ("sqlite", 1))
    assert (seen["opts"], seen["as_sql"]) == (("alembic_version", True), False)
    assert found.revision == "abc"
    assert "create_table" in text
    assert found.proofs
    assert found.proofs[0].place


def test_nothing_to_write(project: Shop) -> None:
    """A list that is emptied writes nothing, and the command says why."""
    before = project.files()
    found, _ = written_by(project, lambda _, __, directives: directives.clear())
    assert (found.path, project.files()) == (None, before)
    assert "left nothing to write" in found.notes[0]


def test_asked_where_nothing_differs(tmp_path: Path, sqlite_engine: sa.Engine) -> None:
    """Without differences the hook is asked as well; an empty file is not written."""
    project = new_project(tmp_path, sqlite_engine, no_models)
    asked: list[bool] = []
    found, _ = written_by(
        project, lambda _, __, directives: asked.append(directives[0].upgrade_ops.is_empty())
    )
    assert (found.path, asked) == (None, [True])


def test_header_is_taken(project: Shop) -> None:
    """Id, message, label and dependencies are taken as the hook leaves them."""

    def change(context: Any, revision: Any, directives: Any) -> None:
        script = directives[0]
        script.rev_id, script.message, script.branch_label = "r0001", "from the hook", ("shop",)

    found, text = written_by(project, change)
    assert found.revision == "r0001"
    assert found.path is not None
    assert found.path.name == "r0001_from_the_hook.py"
    assert "branch_labels = 'shop'" in text.replace('"', "'")


def test_head_is_taken(project: Shop) -> None:
    """The hook may choose where the revision goes: a second base, say."""
    with project.ours():
        flaskmig.revision(rev_id="first")
        flaskmig.upgrade()

    def beside(context: Any, revision: Any, directives: Any) -> None:
        assert revision == ("first",)
        directives[0].head = "base"
        directives[0].depends_on = "first"

    _found, text = written_by(project, beside, rev_id="second")
    assert "down_revision = None" in text
    assert "depends_on = 'first'" in text.replace('"', "'")


@pytest.mark.parametrize("write_for", ["flaskmig", "alembic"])
def test_operations_are_filtered(project: Shop, write_for: str) -> None:
    """What the hook takes out is in neither function, and the rest is tried."""

    def without_orders(context: Any, revision: Any, directives: Any) -> None:
        found = directives[0].upgrade_ops
        found.ops = [each for each in found.ops if "orders" not in str(each)]

    project.options = {"write_for": write_for}
    found, text = written_by(project, without_orders)
    assert "orders" not in text
    assert text.count("drop_table") == 2
    assert found.proofs
    assert found.proofs[0].place
    assert not any("orders" in str(each) for each in found.differences[0].operations)
    with project.ours():
        flaskmig.upgrade()
        assert project.tables() >= {"users", "tags"}
        assert "orders" not in project.tables()
        flaskmig.downgrade()
    assert project.tables() == {"alembic_version", "flaskmig_journal"}


def test_operations_in_another_order(project: Shop) -> None:
    """The order that the hook leaves is the order of the file."""

    def backwards(context: Any, revision: Any, directives: Any) -> None:
        directives[0].upgrade_ops.ops.reverse()

    plain, before = written_by(project, lambda *_: None)
    assert plain.path is not None
    (project.folder / plain.path).unlink()
    _, after = written_by(project, backwards)
    made = [re.findall(r'create_table\(\s*"(\w+)"', text) for text in (before, after)]
    assert made[1] == made[0][::-1]
    assert len(made[0]) == 3


@pytest.mark.parametrize("write_for", ["flaskmig", "alembic"])
def test_downgrade_is_taken(project: Shop, write_for: str) -> None:
    """A way down that the hook changed is written as it is, and said not to be proven."""

    def keep(context: Any, revision: Any, directives: Any) -> None:
        directives[0].downgrade_ops.ops.clear()

    project.options = {"write_for": write_for}
    found, text = written_by(project, keep)
    assert "drop_table" not in text
    assert "create_table" in text
    assert [(each.place, "downgrade" in each.reasons[0]) for each in found.proofs] == [("", True)]


def test_imports_are_taken(project: Shop) -> None:
    """A line of imports that no function uses is left out, one that is used is there once."""

    def importing(context: Any, revision: Any, directives: Any) -> None:
        directives[0].imports |= {"import uuid", "import sqlalchemy as sa"}

    _, text = written_by(project, importing)
    assert "import uuid" not in text
    assert text.count("import sqlalchemy as sa\n") == 1


def test_operations_of_ours_are_added(project: Shop) -> None:
    """The hook may put operations of flaskmig's in, and they are written and carried out."""
    with project.ours():
        flaskmig.migrate(message="tables")
        flaskmig.upgrade()
    project.models = with_age

    def twice(context: Any, revision: Any, directives: Any) -> None:
        (added,) = directives[0].upgrade_ops.ops
        assert isinstance(added, AddColumn)
        directives[0].upgrade_ops.ops.append(_named(added, "height"))

    _, text = written_by(project, twice, verify=False)
    assert '"age"' in text
    assert '"height"' in text
    with project.ours():
        flaskmig.upgrade()
    names = [each["name"] for each in sa.inspect(project.engines[""]).get_columns("users")]
    assert names[-2:] == ["age", "height"]


def with_age(db: SQLAlchemy) -> None:
    """The models with a column more."""
    single_models(db)
    db.metadatas[None].tables["users"].append_column(sa.Column("age", sa.Integer))


def _named(added: AddColumn, name: str) -> AddColumn:
    return replace(added, column=replace(added.column, name=name))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda found: found.append(found[0]), "has to leave one revision in the list"),
        (lambda found: found[0].upgrade_ops.ops.append(object()), "builtins.object among"),
        (
            lambda found: found[0].upgrade_ops.ops.append(found[0].upgrade_ops.ops[0]),
            "cannot be carried out",
        ),
        (lambda found: found[0].upgrade_ops_list.clear(), "one list of operations for each"),
        (lambda found: setattr(found[0], "head", ["a", "b"]), "set head to"),
        (lambda found: found[0].no_such_thing, "AttributeError"),
        (lambda found: found.__setitem__(0, 1), "has to leave one revision"),
    ],
)
def test_what_cannot_be(project: Shop, change: Callable[[Any], object], said: str) -> None:
    """What cannot be written is refused with what the hook did, and no file is left."""
    assert said in refused(project, lambda _, __, directives: (change(directives), None)[1])


def by_class(context: Any, revision: Any, directives: Any) -> None:
    """As a hook of Alembic's cookbook filters."""
    found = directives[0].upgrade_ops
    found.ops = [each for each in found.ops if not isinstance(each, ops.DropTableOp)]


def by_class_inside(context: Any, revision: Any, directives: Any) -> None:
    """The same with the import in the function."""
    from alembic.operations.ops import DropTableOp

    found = directives[0].upgrade_ops
    found.ops = [each for each in found.ops if not isinstance(each, DropTableOp)]


@pytest.mark.parametrize("hook", [by_class, by_class_inside, Rewriter()])
def test_operations_of_alembic(project: Shop, hook: Any) -> None:
    """A hook that looks for Alembic's operations is refused: it would find none, in silence."""
    assert "of Alembic, and is given operations of flaskmig" in refused(project, hook)


def test_numbers_by_the_files(project: Shop) -> None:
    """A hook may read the files with Alembic's own ScriptDirectory, as recipes for numbers do."""

    def numbered(context: Any, revision: Any, directives: Any) -> None:
        head = ScriptDirectory.from_config(context.config).get_current_head()
        directives[0].rev_id = f"{int(head or 0) + 1:04}"

    assert written_by(project, numbered)[0].revision == "0001"
    with project.ours():
        flaskmig.upgrade()
    project.models = with_age
    assert written_by(project, numbered)[0].revision == "0002"


def test_empty_revisions(project: Shop) -> None:
    """revision asks the hook only where revision_environment says so, as Alembic does."""
    asked: list[Any] = []

    def note(context: Any, revision: Any, directives: Any) -> None:
        asked.append(context.config.cmd_opts.autogenerate)
        directives[0].rev_id = f"n{len(asked)}"

    with project.ours(process_revision_directives=note):
        flaskmig.revision(message="unasked")
    assert asked == []
    (project.migrations / "alembic.ini").write_text("[alembic]\nrevision_environment = true\n")
    with project.ours(process_revision_directives=note):
        assert flaskmig.revision(message="asked").revision == "n1"
    assert asked == [False]


@pytest.mark.parametrize("name", NAMES)
def test_several_databases(name: str, tmp_path: Path, make_database: MakeDatabase) -> None:
    """The hook sees the operations of every database at once, each under its bind."""
    engines = {bind: make_database(name) for bind in ("", "logs")}
    shop = Shop(tmp_path, engines, multi_models, {"binds": "all"})
    with shop.ours():
        flaskmig.init(multidb=True)

    def only_logs(context: Any, revision: Any, directives: Any) -> None:
        script = directives[0]
        assert [each.bind for each in script.upgrade_ops_list] == ["", "logs"]
        assert [each.bind for each in script.downgrade_ops_list] == ["", "logs"]
        script.upgrade_ops.ops.clear()

    found, text = written_by(shop, only_logs)
    assert found.path is not None
    assert "users" not in text
    assert "entries" in text
    with shop.ours():
        flaskmig.upgrade()
    assert "entries" in shop.tables("logs")
    assert "users" not in shop.tables()


def test_same_hook_in_both_tools(tmp_path: Path, make_database: MakeDatabase) -> None:
    """A hook that uses what Alembic documents does the same under Flask-Migrate."""

    def hook(context: Any, revision: Any, directives: Any) -> None:
        script = directives[0]
        if context.config.cmd_opts.autogenerate and script.upgrade_ops.is_empty():
            directives[:] = []
            return
        script.rev_id = f"{len(list(revision)):04}"
        script.message = f"numbered {script.message}"
        for each in (script.upgrade_ops, *script.upgrade_ops_list):
            assert not each.is_empty()

    names = []
    for tool in ("ours", "peer"):
        (tmp_path / tool).mkdir()
        shop = Shop(tmp_path / tool, {"": make_database("sqlite")}, single_models)
        if tool == "ours":
            with shop.ours(process_revision_directives=hook):
                flaskmig.init()
                flaskmig.migrate(message="one")
                flaskmig.upgrade()
                flaskmig.migrate(message="two")
        else:
            with shop.peer(process_revision_directives=hook):
                flask_migrate.init()
                flask_migrate.migrate(message="one")
                flask_migrate.upgrade()
                flask_migrate.migrate(message="two")
        names.append(sorted(path.name for path in (shop.migrations / "versions").glob("*.py")))
    assert names[0] == names[1] == ["0000_numbered_one.py"]
