"""CHECKs without a name, which a file cannot drop before the column that they are about."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flaskmig import legacy
from flaskmig.engine import commands
from flaskmig.engine.configuration.project import Options, Project

FILE = """\
import sqlalchemy as sa
from alembic import op

revision = "a1"
down_revision = None


def upgrade():
    op.create_table(
        "servers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("mode", sa.String(9)),
        sa.Column("port", sa.Integer),
        sa.CheckConstraint("mode IN ('on', 'off')"),
        sa.CheckConstraint("port > 0"),
    )
    {drop}
"""


@pytest.mark.parametrize(
    "drop",
    [
        'op.drop_column("servers", "mode")',
        'with op.batch_alter_table("servers") as batch:\n        batch.drop_column("mode")',
    ],
)
def test_check_goes_with_its_column(tmp_path: Path, engine: Engine, drop: str) -> None:
    """A CHECK without a name goes with the column that it uses, and no other one goes."""
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "a1.py").write_text(FILE.format(drop=drop))
    project = Project(
        directory=tmp_path,
        options=Options(),
        metadata={"": sa.MetaData()},
        engines=lambda bind: engine,
        modules=legacy.modules(),
    )
    commands.upgrade(project)
    inspector = sa.inspect(engine)
    assert [column["name"] for column in inspector.get_columns("servers")] == ["id", "port"]
    [check] = inspector.get_check_constraints("servers")
    assert "port" in check["sqltext"]
