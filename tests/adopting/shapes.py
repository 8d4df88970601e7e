"""Three projects in the shapes that people have: one database, several, an env.py of their own."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from tests.adopting.shop import INI, Models, Shop, started


def header(revision: str, parents: str, message: str) -> str:
    """The head of a file as Flask-Migrate's template writes it; ``parents`` is Python."""
    return (
        f'"""{message}\n\nRevision ID: {revision}\nRevises: {parents}\n'
        'Create Date: 2021-03-04 05:06:07.890123\n\n"""\n'
        "from alembic import op\nimport sqlalchemy as sa\n\n\n"
        f"# revision identifiers, used by Alembic.\nrevision = {revision!r}\n"
        f"down_revision = {parents}\nbranch_labels = None\ndepends_on = None\n\n\n"
    )


def revision(id_: str, parents: str, message: str, upgrade: str, downgrade: str) -> str:
    """A whole file; the functions are given without their heads."""
    return (
        f"{header(id_, parents, message)}def upgrade():\n{_body(upgrade)}\n\n"
        f"def downgrade():\n{_body(downgrade)}"
    )


def _body(text: str) -> str:
    return textwrap.indent(textwrap.dedent(text).strip("\n"), "    ") + "\n"


# One database -----------------------------------------------------------------------------

SINGLE = {
    "4f1a2b3c4d5e_users.py": revision(
        "4f1a2b3c4d5e",
        "None",
        "users",
        """
        op.create_table('users',
            sa.Column('id', sa.Integer(), nullable=False),
            sa.Column('name', sa.String(length=80), nullable=False),
            sa.PrimaryKeyConstraint('id')
        )
        op.bulk_insert(
            sa.table('users', sa.column('name', sa.String)), [{'name': 'Ada'}, {'name': 'Bo'}]
        )
        """,
        "op.drop_table('users')",
    ),
    "5a1b2c3d4e5f_mail.py": revision(
        "5a1b2c3d4e5f",
        "'4f1a2b3c4d5e'",
        "mail of users",
        """
        with op.batch_alter_table('users', schema=None) as batch_op:
            batch_op.add_column(sa.Column('mail', sa.String(length=120), nullable=True))
            batch_op.create_index(batch_op.f('ix_users_mail'), ['mail'], unique=True)

        bind = op.get_bind()
        users = sa.table('users', sa.column('id', sa.Integer), sa.column('mail', sa.String))
        for row in bind.execute(sa.select(users.c.id)).all():
            bind.execute(
                users.update().where(users.c.id == row.id).values(mail='user%d@x' % row.id)
            )
        with op.batch_alter_table('users', schema=None) as batch_op:
            batch_op.alter_column('mail', existing_type=sa.String(length=120), nullable=False)
        """,
        """
        with op.batch_alter_table('users', schema=None) as batch_op:
            batch_op.drop_index(batch_op.f('ix_users_mail'))
            batch_op.drop_column('mail')
        """,
    ),
    "6a1b2c3d4e5f_orders.py": revision(
        "6a1b2c3d4e5f",
        "'5a1b2c3d4e5f'",
        "orders",
        """
        op.create_table('orders',
            sa.Column('id', sa.Integer(), nullable=False),
            sa.Column('user_id', sa.Integer(), nullable=False),
            sa.Column('total', sa.Numeric(precision=10, scale=2), server_default='0'),
            sa.ForeignKeyConstraint(['user_id'], ['users.id'], name='orders_user_id_fkey'),
            sa.PrimaryKeyConstraint('id')
        )
        """,
        "op.drop_table('orders')",
    ),
    "7a1b2c3d4e5f_tags.py": revision(
        "7a1b2c3d4e5f",
        "'5a1b2c3d4e5f'",
        "tags",
        """
        op.create_table('tags',
            sa.Column('id', sa.Integer(), nullable=False),
            sa.Column('word', sa.String(length=40), nullable=True),
            sa.PrimaryKeyConstraint('id'),
            sa.UniqueConstraint('word', name='uq_tags_word')
        )
        op.execute("INSERT INTO tags (id, word) VALUES (1, 'new')")
        """,
        "op.drop_table('tags')",
    ),
    "8a1b2c3d4e5f_merge.py": revision(
        "8a1b2c3d4e5f", "('6a1b2c3d4e5f', '7a1b2c3d4e5f')", "merge", "pass", "pass"
    ),
}


def single_models(db: SQLAlchemy) -> None:
    """What the revisions of `SINGLE` make."""

    class User(db.Model):  # type: ignore[name-defined, misc]
        __tablename__ = "users"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(80), nullable=False)
        mail = sa.Column(sa.String(120), nullable=False, unique=True, index=True)

    class Order(db.Model):  # type: ignore[name-defined, misc]
        __tablename__ = "orders"
        id = sa.Column(sa.Integer, primary_key=True)
        user_id: Any = sa.Column(
            sa.ForeignKey("users.id", name="orders_user_id_fkey"), nullable=False
        )
        total = sa.Column(sa.Numeric(10, 2), server_default="0")

    class Tag(db.Model):  # type: ignore[name-defined, misc]
        __tablename__ = "tags"
        __table_args__ = (sa.UniqueConstraint("word", name="uq_tags_word"),)
        id = sa.Column(sa.Integer, primary_key=True)
        word = sa.Column(sa.String(40))


def single_models_later(db: SQLAlchemy) -> None:
    """The same with a column more, and one that is no longer than it needs to be."""
    single_models(db)
    users = db.metadatas[None].tables["users"]
    users.append_column(sa.Column("age", sa.Integer))
    db.metadatas[None].tables["tags"].c.word.nullable = False


# Several databases ------------------------------------------------------------------------


def _multi(id_: str, parents: str, message: str, upgrades: Mapping[str, tuple[str, str]]) -> str:
    """A file in the shape of Flask-Migrate's template for several databases."""
    text = header(id_, parents, message)
    for way in ("upgrade", "downgrade"):
        text += f'def {way}(engine_name):\n    globals()["{way}_%s" % engine_name]()\n\n\n'
    for bind, (up, down) in upgrades.items():
        text += f"def upgrade_{bind}():\n{_body(up)}\n\ndef downgrade_{bind}():\n{_body(down)}\n\n"
    return text.rstrip("\n") + "\n"


MULTI = {
    "11aa22bb33cc_first.py": _multi(
        "11aa22bb33cc",
        "None",
        "first",
        {
            "": (
                """
                op.create_table('users',
                    sa.Column('id', sa.Integer(), nullable=False),
                    sa.PrimaryKeyConstraint('id')
                )
                """,
                "op.drop_table('users')",
            ),
            "logs": (
                """
                op.create_table('entries',
                    sa.Column('id', sa.Integer(), nullable=False),
                    sa.Column('text', sa.Text(), nullable=True),
                    sa.PrimaryKeyConstraint('id')
                )
                """,
                "op.drop_table('entries')",
            ),
        },
    ),
    "22aa22bb33cc_second.py": _multi(
        "22aa22bb33cc",
        "'11aa22bb33cc'",
        "second",
        {
            "": (
                "op.add_column('users', sa.Column('name', sa.String(length=30)))",
                "with op.batch_alter_table('users') as batch_op:\n    batch_op.drop_column('name')",
            ),
            "logs": ("pass", "pass"),
        },
    ),
}


def multi_models(db: SQLAlchemy) -> None:
    """What the revisions of `MULTI` make."""

    class User(db.Model):  # type: ignore[name-defined, misc]
        __tablename__ = "users"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(30))

    class Entry(db.Model):  # type: ignore[name-defined, misc]
        __tablename__ = "entries"
        __bind_key__ = "logs"
        id = sa.Column(sa.Integer, primary_key=True)
        text = sa.Column(sa.Text)


def multi_models_later(db: SQLAlchemy) -> None:
    """The same with a column more in each database."""
    multi_models(db)
    db.metadatas[None].tables["users"].append_column(sa.Column("age", sa.Integer))
    db.metadatas["logs"].tables["entries"].append_column(sa.Column("level", sa.Integer))


# An env.py of its own ---------------------------------------------------------------------

OWN_HOOKS = '''\
VERSION_TABLE = 'shop_version'


def include_object(object, name, type_, reflected, compare_to):
    """Leave what another program made alone."""
    return not (type_ == 'table' and name.startswith('legacy_'))


def numbered(context, revision, directives):
    """Number the revisions, and write none that is empty."""
    script = directives[0]
    if script.upgrade_ops.is_empty():
        directives[:] = []
        return
    script.rev_id = 'r%04d' % (int(revision[0][1:]) + 1)


'''

CUSTOM = {
    f"r000{number}_step.py": text
    for number, text in enumerate(
        (
            revision(
                "r0001",
                "None",
                "first",
                """
                op.create_table('users',
                    sa.Column('id', sa.Integer(), nullable=False),
                    sa.PrimaryKeyConstraint('id')
                )
                """,
                "op.drop_table('users')",
            ),
            revision(
                "r0002",
                "'r0001'",
                "second",
                "op.add_column('users', sa.Column('name', sa.String(length=30)))",
                "with op.batch_alter_table('users') as batch_op:\n    batch_op.drop_column('name')",
            ),
        ),
        1,
    )
}


def custom_models(db: SQLAlchemy) -> None:
    """What the revisions of `CUSTOM` make."""

    class User(db.Model):  # type: ignore[name-defined, misc]
        __tablename__ = "users"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(30))


def custom_models_later(db: SQLAlchemy) -> None:
    """The same with a column more."""
    custom_models(db)
    db.metadatas[None].tables["users"].append_column(sa.Column("age", sa.Integer))


def with_own_env(shop: Shop) -> None:
    """Give the project hooks, a version table, file names and a template of its own."""
    shop.edit(
        "env.py",
        ("def get_metadata():\n", f"{OWN_HOOKS}def get_metadata():\n"),
        (
            "            **conf_args\n",
            "            version_table=VERSION_TABLE,\n"
            "            include_object=include_object,\n"
            "            **conf_args\n",
        ),
        (
            'conf_args["process_revision_directives"] = process_revision_directives\n',
            'conf_args["process_revision_directives"] = numbered\n',
        ),
    )
    shop.edit(INI, ("# file_template = %%(rev)s_%%(slug)s\n", "file_template = %%(rev)s_step\n"))
    shop.edit(
        "script.py.mako", ("import sqlalchemy as sa\n", "import sqlalchemy as sa\nimport uuid\n")
    )


# All of them ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shape:
    """One of the three, ready to be made for some databases."""

    name: str
    models: Models
    later: Models
    files: Mapping[str, str]
    middle: str
    binds: tuple[str, ...] = ("",)

    def start(self, folder: Path, engines: Mapping[str, sa.Engine], upgrade_to: str | None) -> Shop:
        """The project, made and upgraded by Flask-Migrate."""
        return started(
            folder,
            {bind: engines[bind] for bind in self.binds},
            self.models,
            self.files,
            upgrade_to=upgrade_to,
            multidb=len(self.binds) > 1,
            customise=with_own_env if self.name == "custom" else None,
        )


SHAPES = (
    Shape("single", single_models, single_models_later, SINGLE, "6a1b2c3d4e5f"),
    Shape("multidb", multi_models, multi_models_later, MULTI, "11aa22bb33cc", ("", "logs")),
    Shape("custom", custom_models, custom_models_later, CUSTOM, "r0001"),
)
