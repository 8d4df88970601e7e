"""The text of files that are written for Alembic."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

import flaskmig
from flaskmig.engine.files.allowed_source import check_source
from flaskmig.engine.files.made_by_sql import OURS, made_object, made_table
from flaskmig.errors import InvalidRevisionFileError
from flaskmig.operations.default_names import default_name
from flaskmig.schema import Check, Constraint, ForeignKey, PrimaryKey, QualifiedName, Unique


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    found = sa.create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    yield found
    found.dispose()


@contextmanager
def project(folder: Path, engine: sa.Engine, *tables: sa.Table) -> Iterator[None]:
    """An application with the tables of one metadata."""
    metadata = tables[0].metadata if tables else sa.MetaData()
    app = Flask("text")
    flaskmig.Migrate(
        app, metadata=metadata, engine=engine, directory=str(folder / "m"), write_for="alembic"
    )
    with app.app_context():
        yield


def users(*columns: sa.schema.SchemaItem) -> sa.Table:
    return sa.Table("users", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), *columns)


def function_of(path: Path | None, name: str) -> str:
    """The body of a function, as `ast.unparse` has it."""
    assert path is not None
    tree = ast.parse(path.read_text())
    [found] = [
        each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name == name
    ]
    return "\n".join(map(ast.unparse, found.body))


def written(folder: Path, engine: sa.Engine, before: sa.Table, after: sa.Table) -> Path | None:
    """The file that goes from one table to the other, on a database that has the first."""
    with project(folder, engine, before):
        flaskmig.init()
        flaskmig.migrate(message="before")
        flaskmig.upgrade()
    with project(folder, engine, after):
        return flaskmig.migrate(message="after", backfills=["users.mail='-'"]).path


def test_a_plain_table_is_changed_in_blocks(tmp_path: Path, engine: sa.Engine) -> None:
    """What SQLite cannot alter is a batch block, with names that PostgreSQL has as well."""
    path = written(
        tmp_path,
        engine,
        users(sa.Column("mail", sa.String(80))),
        users(sa.Column("mail", sa.String(120), nullable=False, unique=True)),
    )
    assert function_of(path, "upgrade") == (
        "with op.batch_alter_table('users') as batch_op:\n"
        "    batch_op.alter_column('mail', existing_type=sa.String(length=80), "
        "type_=sa.String(length=120))\n"
        'op.execute(\'UPDATE "users" SET "mail" = (\\\'-\\\') WHERE "mail" IS NULL\')\n'
        "with op.batch_alter_table('users') as batch_op:\n"
        "    batch_op.alter_column('mail', existing_type=sa.String(length=120), nullable=False)\n"
        "    batch_op.create_unique_constraint(op.f('users_mail_key'), ['mail'])"
    )
    assert "batch_op.drop_constraint(op.f('users_mail_key'), type_='unique')" in function_of(
        path, "downgrade"
    )


@pytest.mark.parametrize(
    "column",
    [
        lambda: sa.Column("other", sa.String(8, collation="NOCASE")),
        lambda: sa.Column("other", sa.Integer, sa.Computed("id * 2")),
        lambda: sa.Column("other", sa.Integer, sa.CheckConstraint("other > 1")),
        lambda: sa.Column("other", sa.Text, server_default=sa.text("(lower('A'))")),
    ],
    ids=["collation", "generated", "check", "default"],
)
def test_what_a_block_would_lose_is_no_block(
    tmp_path: Path, engine: sa.Engine, column: Callable[[], sa.Column[str]]
) -> None:
    """A table with something that reflection does not tell is made anew by statements."""
    path = written(
        tmp_path,
        engine,
        users(sa.Column("mail", sa.Integer), column()),
        users(sa.Column("mail", sa.Integer, nullable=False), column()),
    )
    body = function_of(path, "upgrade")
    assert "batch_alter_table" not in body
    assert "_flaskmig_new_users" in body


def test_an_empty_revision(tmp_path: Path, engine: sa.Engine) -> None:
    """A revision for people to fill in imports op from alembic, and so does a merge's neighbour."""
    with project(tmp_path, engine):
        flaskmig.init()
        path = flaskmig.revision(message="by hand").path
    assert path is not None
    assert "from alembic import op  # noqa: F401" in path.read_text()
    assert "flaskmig" not in path.read_text()


def test_a_view_that_was_made_by_sql_is_managed(tmp_path: Path, engine: sa.Engine) -> None:
    """A view whose SQL flaskmig wrote is dropped by a later file; one of somebody else's is not."""
    metadata = sa.MetaData()
    table = sa.Table("users", metadata, sa.Column("id", sa.Integer, primary_key=True))
    flaskmig.View("everybody", "SELECT id FROM users", metadata=metadata)
    with project(tmp_path, engine, table):
        flaskmig.init()
        path = flaskmig.migrate(message="view").path
        flaskmig.upgrade()
    assert path is not None
    assert OURS in path.read_text()
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE VIEW other AS SELECT id FROM users")
    by_hand = path.with_name("b2_by_hand.py")
    with project(tmp_path, engine, table):
        made = flaskmig.revision(message="by hand", rev_id="b2").path
        assert made is not None
        text = made.read_text().replace(
            "    pass",
            '    op.execute("CREATE VIEW IF NOT EXISTS other AS SELECT id FROM users")',
            1,
        )
        by_hand.write_text(text)
        if made != by_hand:
            made.unlink()
        flaskmig.upgrade()
    with project(tmp_path, engine, users()):
        body = function_of(flaskmig.migrate(message="gone").path, "upgrade")
    assert "everybody" in body
    assert "other" not in body


@pytest.mark.parametrize(
    ("sql", "made"),
    [
        ('CREATE TYPE "app"."mood" AS ENUM (\'ok\')', "enum:app.mood"),
        ('ALTER TYPE "mood" RENAME TO "feeling"', "enum:feeling"),
        ('ALTER SEQUENCE "a" SET SCHEMA "s"', "sequence:s.a"),
        ('CREATE SCHEMA "app"', "schema:app"),
        ('CREATE EXTENSION IF NOT EXISTS "citext"', "extension:citext"),
        ('CREATE OR REPLACE VIEW "v" AS SELECT 1', "view:v"),
        ("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "function:f"),
        ("CREATE TRIGGER t AFTER INSERT ON u BEGIN SELECT 1; END", "trigger:t"),
        ("DROP VIEW v", None),
        ('CREATE TABLE "t" (a integer)', None),
    ],
)
def test_objects_that_sql_makes(sql: str, made: str | None) -> None:
    """The object is known by the label that it has in a database."""
    assert made_object(sql) == made


def test_tables_that_sql_makes() -> None:
    """Tables that are created, renamed or moved are found with their schema."""
    assert made_table('CREATE UNLOGGED TABLE "s"."a""b" (x int)') == QualifiedName('a"b', "s")
    assert made_table('ALTER TABLE "s"."a" RENAME TO "b"') == QualifiedName("b", "s")
    assert made_table('ALTER TABLE "a" SET SCHEMA "s";') == QualifiedName("a", "s")
    assert made_table('ALTER TABLE "a" RENAME COLUMN "b" TO "c"') is None


KEY = ForeignKey(columns=("a", "b"), target=QualifiedName("u"), target_columns=("x", "y"))


@pytest.mark.parametrize(
    ("constraint", "columns", "name"),
    [
        (PrimaryKey(columns=("a",)), ("a",), "t_pkey"),
        (Unique(columns=("a", "b")), ("a", "b"), "t_a_b_key"),
        (KEY, ("a", "b"), "t_a_b_fkey"),
        (Check(expression="a > 1"), ("a",), "t_a_check"),
        (Check(expression="a > b"), (), "t_check"),
        (Unique(columns=("taken",)), ("taken",), "t_taken_key1"),
        (Unique(columns=("x" * 80,)), ("x" * 80,), "t_" + "x" * 57 + "_key"),
    ],
)
def test_names_as_postgresql_gives_them(
    constraint: Constraint, columns: tuple[str, ...], name: str
) -> None:
    """A constraint without a name gets the one that PostgreSQL would give, none that is taken."""
    assert default_name(constraint, "t", columns, {"t_taken_key"}) == name
    assert len(name) <= 63


FILE = """\
from alembic import op
import textwrap
import sqlalchemy as sa

revision = "a1"
down_revision = None


def upgrade():
    {}


def downgrade():
    pass
"""
BLOCK = "with op.batch_alter_table('t') as batch_op:\n        "


@pytest.mark.parametrize(
    "body",
    [
        f"{BLOCK}batch_op.add_column(sa.Column(op.f('a'), sa.Text()))",
        "op.execute(textwrap.dedent('SELECT 1'))",
        "with op.get_context().autocommit_block():\n        op.execute('SELECT 1')",
    ],
)
def test_what_a_generated_file_may_hold(body: str) -> None:
    """Blocks of one table and outside of a transaction, and texts that are dedented, may stand."""
    check_source(FILE.format(body).encode())


@pytest.mark.parametrize(
    "body",
    [
        "op.create_view('v', 'SELECT 1')",
        "op.get_bind()",
        f"{BLOCK}batch_op.execute('SELECT 1')",
        f"{BLOCK}op.execute('SELECT 1')",
        f"{BLOCK}print('x')",
        "with op.batch_alter_table('t') as op:\n        pass",
        "with op.batch_alter_table(__import__('os')) as batch_op:\n        pass",
        "with open('x') as batch_op:\n        pass",
        "with op.get_context().begin_transaction():\n        op.execute('SELECT 1')",
        "op.execute(textwrap.wrap('SELECT 1'))",
    ],
)
def test_what_a_generated_file_may_not_hold(body: str) -> None:
    """Nothing else passes: no other block, no call that Alembic lacks, no other name."""
    with pytest.raises(InvalidRevisionFileError):
        check_source(FILE.format(body).encode())
