"""Old revision files, run by flaskmig, and by Alembic itself for comparison."""

from __future__ import annotations

import textwrap
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Engine

from flaskmig import legacy
from flaskmig.engine.configuration.project import Project
from tests.execute.chain import Chain

START = """
from alembic import op
import sqlalchemy as sa

revision = {id!r}
down_revision = {parent!r}
"""

ENV = """
from alembic import context

def run(**options):
    context.configure(**options)
    with context.begin_transaction():
        context.run_migrations()

engine = context.config.attributes["engine"]
context.config.set_main_option("sqlalchemy.url", str(engine.url))
if context.is_offline_mode():
    run(url=engine.url, literal_binds=True, tag=context.get_tag_argument())
else:
    with engine.connect() as connection:
        run(connection=connection, tag=context.get_tag_argument())
        connection.commit()
"""


class OldFiles(Chain):
    """Revision files that import alembic, and the database that flaskmig runs them on."""

    x_arguments: tuple[str, ...] = ()

    @property
    def project(self) -> Project:
        return replace(super().project, modules=legacy.modules(), x_arguments=self.x_arguments)

    def write(
        self, id_: str, upgrade: str = "pass", downgrade: str = "pass", top: str = ""
    ) -> Path:
        """A revision file that follows the last one, with ``top`` before its functions."""
        path = self.folder / "versions" / f"{id_}.py"
        text = START.format(id=id_, parent=self.last) + textwrap.dedent(top)
        for name, body in (("upgrade", upgrade), ("downgrade", downgrade)):
            text += f"\n\ndef {name}():\n" + textwrap.indent(textwrap.dedent(body).strip(), "    ")
        path.write_text(text + "\n")
        self.last = id_
        return path


def run_peer(
    folder: Path,
    engine: Engine,
    target: str = "head",
    *,
    x: Sequence[str] = (),
    sql: bool = False,
    tag: str | None = None,
) -> str:
    """Have Alembic itself run the files on a database; returns what it wrote."""
    (folder / "env.py").write_text(ENV)
    config = Config(str(folder / "alembic.ini"), output_buffer=StringIO())
    config.set_main_option("script_location", str(folder))
    config.attributes["engine"] = engine
    config.cmd_opts = Namespace(x=list(x))
    goes_down = target == "base" or target.startswith("-")
    run = command.downgrade if goes_down else command.upgrade
    run(config, target, sql=sql, tag=tag)
    assert isinstance(config.output_buffer, StringIO)
    return config.output_buffer.getvalue()
