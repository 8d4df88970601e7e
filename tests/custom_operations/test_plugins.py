"""Plugins that add calls to ``op``: the database is as it is where Alembic runs the files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from flaskmig.engine.calls.custom import ops
from flaskmig.engine.calls.custom.registry import IMPLEMENTATIONS
from flaskmig.errors import ConfigurationError
from tests.custom_operations.conftest import forget
from tests.legacy.project import OldFiles, run_peer
from tests.op_surface.state import emptied, state

TABLE = """
op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("a", sa.Text()))
op.execute("INSERT INTO t VALUES (1, 'x'), (2, 'y')")
"""


def both(old: OldFiles, upgrade: str, top: str, downgrade: str = "pass") -> None:
    """Run a file up and down by flaskmig and by Alembic, with the same result each time."""
    old.write("a1", TABLE, "op.drop_table('t')")
    old.write("b2", upgrade, downgrade, top)
    ours, theirs = [], []
    for target in ("head", "a1"):
        (old.upgrade if target == "head" else old.downgrade)(target)
        ours.append(state(old.engine))
    forget()
    _empty(old.engine)
    for target in ("head", "-1"):
        run_peer(old.folder, old.engine, target)
        theirs.append(state(old.engine))
    assert ours == theirs
    assert ours[0] != ours[1]


def _empty(engine: Engine) -> None:
    if engine.dialect.name == "postgresql":
        emptied(engine)
        return
    with engine.begin() as connection:
        query = "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view') AND name "
        query += "NOT LIKE 'sqlite_%'"
        for kind, name in connection.exec_driver_sql(query).all():
            connection.exec_driver_sql(f"DROP {kind} {name}")


def test_entities(old: OldFiles) -> None:
    """A registered call carries out its operation by the function that was registered for it."""
    both(
        old,
        "assert op.create_entity(view) == 'v'",
        "from entities import View\nview = View('v', 'SELECT a FROM t')",
        "op.drop_entity(view)",
    )


def test_values(old: OldFiles) -> None:
    """A registered class method has the connection, and batch blocks of its own."""
    both(
        old,
        "op.sync_values('t', 'a', new_values=['x', 'z'], renames=[('y', 'z')])",
        "import synced_values",
        "with op.batch_alter_table('t') as b:\n    b.drop_constraint('a_values', type_='check')",
    )


def test_in_batch_blocks(old: OldFiles) -> None:
    """What is registered for batch blocks knows its table, and waits with the other calls."""
    both(
        old,
        """
        with op.batch_alter_table("t") as batch_op:
            batch_op.drop_column("a")
            batch_op.add_stamps()
        op.add_stamps("t", ("seen",))
        """,
        "import stamps",
        """
        with op.batch_alter_table("t") as batch_op:
            for name in ("made", "changed", "seen"):
                batch_op.drop_column(name)
        """,
    )


def test_versions_in_other_files(old: OldFiles) -> None:
    """An operation may look at the module of another revision file, by its id."""
    top = "from versioned_views import Text\nview = Text('v', 'SELECT {} FROM t')"
    old.write("c1", TABLE)
    old.write("c2", "op.create_view(view)", "op.drop_view(view)", top.format("a"))
    old.write(
        "c3",
        "op.replace_view(view, replaces='c2.view')",
        "op.replace_view(view, replace_with='c2.view')",
        top.format("a, id"),
    )
    found = []
    old.upgrade()
    found.append(state(old.engine))
    old.downgrade("c2")
    found.append(state(old.engine))
    forget()
    _empty(old.engine)
    for target in ("head", "-1"):
        run_peer(old.folder, old.engine, target)
        assert state(old.engine) == found.pop(0)


def test_registered_in_the_file_itself(old: OldFiles) -> None:
    """A file may register a call and call it, each time that it is loaded."""
    both(
        old,
        "op.put(7)",
        """
        from alembic.operations import MigrateOperation, Operations


        @Operations.register_operation("put")
        class PutOp(MigrateOperation):
            def __init__(self, value):
                self.value = value

            @classmethod
            def put(cls, operations, value):
                operations.invoke(cls(value))


        class PutMoreOp(PutOp):
            pass


        @Operations.implementation_for(PutOp)
        def put(operations, operation):
            operations.bulk_insert(
                sa.table("t", sa.column("id", sa.Integer())), [{"id": operation.value}]
            )
        """,
        "op.execute('DELETE FROM t WHERE id = 7')",
    )


def test_calls_as_methods(old: OldFiles) -> None:
    """Operations made with a context have the calls as methods, and act on the same migration."""
    both(
        old,
        """
        operations = Operations(op.get_context())
        operations.add_column("t", sa.Column("b", sa.Integer()))
        operations.create_index(operations.f("ix"), "t", ["b"])
        with Operations.context(MigrationContext.configure(op.get_bind())) as other:
            other.rename_table("t", "u")
            assert other.get_context().dialect.name == op.get_bind().dialect.name
        """,
        """
        from alembic.migration import MigrationContext
        from alembic.operations import Operations
        """,
        """
        op.rename_table("u", "t")
        op.drop_index("ix", "t")
        op.drop_column("t", "b")
        """,
    )


def test_registered_with_alembic_before(old: OldFiles) -> None:
    """A plugin that the application loaded with Alembic itself adds its calls here too."""
    import entities  # type: ignore[import-not-found]  # noqa: F401

    old.write("a1", TABLE)
    old.write(
        "b2",
        "assert op.create_entity(view) == 'v'",
        "op.drop_entity(view)",
        "from entities import View\nview = View('v', 'SELECT a FROM t')",
    )
    old.upgrade()
    assert old.query("SELECT a FROM v ORDER BY a") == [("x",), ("y",)]
    old.downgrade("a1")
    assert old.tables() >= {"t"}


def test_a_call_that_nobody_registered(old: OldFiles) -> None:
    """A call that nobody registered is refused by name."""
    old.write("a1", "op.create_nothing()")
    with pytest.raises(AttributeError, match="create_nothing"):
        old.upgrade()


def test_an_operation_that_nobody_carries_out(old: OldFiles) -> None:
    """An operation without an implementation is refused with its class and what to do."""
    unknown = "from alembic.operations import MigrateOperation\n"
    unknown += "class Unknown(MigrateOperation):\n    pass\n"
    old.write("a1", "op.invoke(Unknown())", top=unknown)
    with pytest.raises(ConfigurationError, match="Unknown") as caught:
        old.upgrade()
    assert "implementation_for" in caught.value.hint
    assert "a1.py" in str(caught.value)


def test_without_alembic(tmp_path: Path, plugins: Path) -> None:
    """Where Alembic is not installed, the plugins work as they do where it is."""
    script = tmp_path / "run.py"
    script.write_text(_ALONE)
    found = subprocess.run(
        [sys.executable, str(script), str(tmp_path)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(plugins)])},
        check=False,
    )
    assert found.stdout == "['made', 'changed'] 2\n", found.stderr


_ALONE = """
import sys
sys.modules["alembic"] = None
from pathlib import Path
import sqlalchemy as sa
from flaskmig import legacy
from flaskmig.engine.configuration.project import Options, Project
from flaskmig.engine.executing import execute
from flaskmig.engine.files.scripts import Scripts
from flaskmig.engine.migrating.steps import Step

folder = Path(sys.argv[1]) / "migrations"
(folder / "versions").mkdir(parents=True)
(folder / "versions" / "a1.py").write_text('''
from alembic import op
import sqlalchemy as sa
import stamps, entities
revision, down_revision = "a1", None
def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True))
    assert op.add_stamps("t") == 2
    op.create_entity(entities.View("v", "SELECT made FROM t"))
''')
engine = sa.create_engine("sqlite:///" + str(folder / "db"))
options = Options()
project = Project(directory=folder, options=options, metadata={"": sa.MetaData()},
                  engines=lambda bind: engine, modules=legacy.modules())
scripts = Scripts(folder, options)
steps = [Step(revision=each, direction="upgrade")
         for each in scripts.graph.upgrade_path(frozenset(), "head")]
execute.run(project, "", steps, scripts=scripts)
names = [each["name"] for each in sa.inspect(engine).get_columns("t")]
print(names[1:], len(sa.inspect(engine).get_columns("v")) + 1)
"""


def test_replacing(old: OldFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    """An implementation of a call that comes with op can be replaced, and only when it is said."""
    monkeypatch.setattr(IMPLEMENTATIONS, "_given", dict(IMPLEMENTATIONS._given))
    top = """
    from alembic.operations import Operations, ops
    from alembic.operations.toimpl import drop_index as dropped

    @Operations.implementation_for(ops.DropIndexOp, replace=True)
    def drop_index(operations, operation):
        operations.execute("INSERT INTO t VALUES (9, 'dropped')")
        dropped(operations, operation)
    """
    old.write("a1", TABLE + "op.create_index('ix', 't', ['a'])")
    old.write("b2", "op.drop_index('ix', 't')", top=top)
    old.upgrade()
    assert old.query("SELECT a FROM t WHERE id = 9") == [("dropped",)]
    old.write(
        "b3",
        """
        op.execute("DELETE FROM t WHERE id = 9")
        op.create_index("ix", "t", ["a"])
        with op.batch_alter_table("t") as batch_op:
            batch_op.drop_index("ix")
        """,
    )
    old.upgrade()
    assert old.query("SELECT a FROM t WHERE id = 9") == [("dropped",)]
    with pytest.raises(ConfigurationError, match="DropTableOp"):
        IMPLEMENTATIONS.register(ops.DropTableOp, lambda a, b: None, replace=False)
