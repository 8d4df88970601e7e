"""Revision files that import Alembic's names, run by flaskmig and by Alembic."""

from __future__ import annotations

import io
import textwrap
import warnings
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Engine

from flaskmig import legacy
from flaskmig.engine.configuration.project import Project
from tests.execute.chain import Chain

HEADER = '''"""{id}"""

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.orm import Session, sessionmaker

revision = {id!r}
down_revision = {parent!r}

'''

ENV = """
from alembic import context

engine = context.config.attributes["engine"]
if context.is_offline_mode():
    context.configure(
        dialect_name=engine.dialect.name, literal_binds=True, dialect_opts={"paramstyle": "named"}
    )
    with context.begin_transaction():
        context.run_migrations()
else:
    with engine.connect() as connection:
        context.configure(connection=connection, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
"""


class Files(Chain):
    """Revision files one after the other, run by flaskmig on a database."""

    @property
    def project(self) -> Project:
        given = super().project
        return Project(
            directory=given.directory,
            options=given.options,
            metadata=given.metadata,
            engines=given.engines,
            modules=legacy.modules(),
        )

    def write(self, id_: str, upgrade: str, before: str = "") -> Path:
        """Write a revision file that follows the last one; returns its path."""
        path = self.folder / "versions" / f"{id_}.py"
        body = textwrap.indent(textwrap.dedent(upgrade).strip(), "    ")
        text = HEADER.format(id=id_, parent=self.last) + textwrap.dedent(before)
        path.write_text(f"{text}\n\ndef upgrade():\n{body}\n\n\ndef downgrade():\n    pass\n")
        self.last = id_
        return path

    def quietly(self) -> None:
        """Upgrade, whatever is said on the way."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.upgrade()


def with_alembic(folder: Path, engine: Engine, *, sql: bool = False) -> str:
    """Have Alembic upgrade a database with the same files; the script with ``sql``."""
    (folder / "env.py").write_text(ENV)
    written = io.StringIO()
    config = Config(output_buffer=written)
    config.set_main_option("script_location", str(folder))
    config.attributes["engine"] = engine
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        command.upgrade(config, "head", sql=sql)
    return written.getvalue()
