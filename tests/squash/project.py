"""A history of our own with everything in it that squashing has to think of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flaskmig import legacy
from flaskmig.engine import commands
from flaskmig.engine.commands import Squashed
from flaskmig.engine.configuration.project import Project
from tests.execute.chain import Chain
from tests.histories.contents import SchemaParts, rows_of, schema_of
from tests.postgres import Server


class History(Chain):
    """A chain whose files may import Alembic, and what is done with it as a whole."""

    @property
    def project(self) -> Project:
        return replace(super().project, modules=legacy.modules())

    def on(self, engine: Engine) -> History:
        """The same files for another database."""
        other = History(self.folder, engine)
        other.options = self.options
        return other

    def to(self, target: str = "head") -> None:
        """Upgrade the database with the command."""
        commands.upgrade(self.project, target)

    def back(self, target: str = "base") -> None:
        """Downgrade the database with the command."""
        commands.downgrade(self.project, target)

    def squash(self, span: str, **options: Any) -> Squashed:
        return commands.squash(self.project, span, **options)

    def seen(self, server: Server | None) -> tuple[SchemaParts, Mapping[str, list[str]]]:
        """The schema and the rows of the database, as others than flaskmig read them."""
        return schema_of(self.engine, server), sorted_rows(self.engine)

    def complaints(self) -> list[str]:
        """What repair, check and current find wrong with files and rows."""
        found = [str(each) for done in commands.repair(self.project) for each in done.findings]
        found += [line for each in commands.current(self.project) for line in each.warnings]
        return found


def sorted_rows(engine: Engine) -> Mapping[str, list[str]]:
    return {name: sorted(map(repr, rows)) for name, rows in rows_of(engine).items()}


ALEMBIC = '''"""{message}

Revision ID: {id}
"""
from alembic import op
import sqlalchemy as sa
{imports}

# revision identifiers, used by Alembic.
revision = {id!r}
down_revision = {parents!r}
branch_labels = {labels!r}
depends_on = {needs!r}

{body}
'''


def write(
    folder: Path,
    id_: str,
    body: str,
    *,
    parents: str | tuple[str, ...] | None,
    imports: str = "",
    labels: str | None = None,
    needs: str | None = None,
) -> Path:
    """A revision file as Alembic writes them, in ``versions`` of the folder."""
    path = folder / "versions" / f"{id_}_.py"
    text = ALEMBIC.format(
        message=f"step {id_}",
        id=id_,
        parents=parents,
        imports=imports,
        labels=labels,
        needs=needs,
        body=body.strip(),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


# In the order in which they follow each other; "m7" joins the two lines on "c3".
IDS = ("a1", "b2", "c3", "d4", "e5", "f6", "m7", "g8", "h9")

_BODIES: dict[str, tuple[str | tuple[str, ...] | None, str, str]] = {
    "a1": (
        None,
        "",
        """
def upgrade():
    op.create_table(
        "teams",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(50), nullable=False),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False, server_default="nobody"),
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("teams.id", name="fk_users_team")),
        sa.Column("role", sa.Enum("admin", "guest", name="role")),
    )


def downgrade():
    op.drop_table("users")
    op.drop_table("teams")
""",
    ),
    "b2": (
        "a1",
        "",
        """
def upgrade():
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mail", sa.String(120), nullable=True))
        batch_op.create_index(batch_op.f("ix_users_mail"), ["mail"], unique=True)
    op.create_table("scratch", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table("scratch")
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_users_mail"))
        batch_op.drop_column("mail")
""",
    ),
    "c3": (
        "b2",
        "",
        '''
# The tables as they are at this point.
users = sa.table("users", sa.column("id"), sa.column("name"), sa.column("mail"))


def upgrade():
    op.bulk_insert(users, [{"id": 1, "name": "root", "mail": "root@example.com"}])
    op.execute("""
        INSERT INTO teams (id, name)
        VALUES (1, 'first')
    """)


def downgrade():
    op.execute(users.delete())
    op.execute("DELETE FROM teams")
''',
    ),
    "d4": (
        "c3",
        "",
        """
def upgrade():
    op.drop_table("scratch")
    with op.batch_alter_table("users") as batch_op:
        batch_op.alter_column("mail", existing_type=sa.String(120), new_column_name="email")


def downgrade():
    with op.batch_alter_table("users") as batch_op:
        batch_op.alter_column("email", existing_type=sa.String(120), new_column_name="mail")
    op.create_table("scratch", sa.Column("id", sa.Integer(), primary_key=True))
""",
    ),
    "e5": (
        "c3",
        "from datetime import datetime",
        """
users = sa.table("users", sa.column("id"), sa.column("team_id"))


def _names(bind):
    return [name for (name,) in bind.execute(sa.text("SELECT name FROM teams"))]


def upgrade():
    bind = op.get_bind()
    for number, name in enumerate(_names(bind), 1):
        bind.execute(users.update().where(users.c.id == number).values(team_id=number))
    if bind.dialect.name == "postgresql":
        op.execute("COMMENT ON TABLE teams IS 'who belongs together'")


def downgrade():
    op.execute(users.update().values(team_id=None))
    if op.get_bind().dialect.name == "postgresql":
        op.execute("COMMENT ON TABLE teams IS NULL")
""",
    ),
    "f6": (
        "e5",
        "",
        """
def upgrade():
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("author_id", sa.Integer(), sa.ForeignKey("users.id", ondelete="CASCADE")),
        sa.Column("text", sa.Text()),
    )
    op.add_column("posts", sa.Column("stars", sa.Integer(), server_default="0", nullable=False))


def downgrade():
    op.drop_column("posts", "stars")
    op.drop_table("posts")
""",
    ),
    "m7": (("d4", "f6"), "", "def upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n"),
    "g8": (
        "m7",
        "",
        """
def upgrade():
    op.create_index("ix_posts_stars", "posts", ["stars", "id"])
    with op.batch_alter_table("posts") as batch_op:
        batch_op.create_unique_constraint("uq_posts", ["author_id", "text"])
        batch_op.create_check_constraint("few_stars", "stars < 10")


def downgrade():
    with op.batch_alter_table("posts") as batch_op:
        batch_op.drop_constraint("few_stars", type_="check")
        batch_op.drop_constraint("uq_posts", type_="unique")
    op.drop_index("ix_posts_stars", table_name="posts")
""",
    ),
    "h9": (
        "g8",
        "",
        """
def upgrade():
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table("later")
""",
    ),
}


def history(folder: Path, engine: Engine, *, ids: tuple[str, ...] = IDS) -> History:
    """The history, or the beginning of it, in a new folder; the database is empty."""
    made = History(folder, engine)
    for id_ in ids:
        parents, imports, body = _BODIES[id_]
        write(folder, id_, body, parents=parents, imports=imports)
    return made


def places() -> list[tuple[str, ...]]:
    """Every set of rows that a database on its way up can have, with those of two lines."""
    one = [(), *((id_,) for id_ in IDS)]
    return [*one[:-3], ("d4", "e5"), ("d4", "f6"), *one[-3:]]


def sql_of(engine: Engine, text: str) -> list[Any]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(text))]
