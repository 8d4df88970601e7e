"""A call of ``op`` as revision files write it, tried by flaskmig and by Alembic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

START = """
op.create_table(
    "users",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("name", sa.String(40)),
    sa.Column("age", sa.Integer(), server_default="7"),
    sa.Column("mail", sa.Text()),
    sa.PrimaryKeyConstraint("id", name="users_pkey"),
)
op.create_table(
    "posts",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("user_id", sa.Integer()),
    sa.Column("n", sa.Integer()),
    sa.PrimaryKeyConstraint("id", name="posts_pkey"),
)
op.execute("INSERT INTO users (id, name, age, mail) VALUES (1, 'ann', 30, 'a@x')")
op.execute("INSERT INTO posts (id, user_id, n) VALUES (1, 1, 5)")
"""

BOTH = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way to write a call.

    ``before`` runs after the two tables of `START` are there. ``peer`` is what Alembic runs
    instead, where it would not take the call as it stands. ``convention`` is the naming
    convention of the models. ``is_sayable`` is False where the installed SQLAlchemy is too old.
    """

    name: str
    body: str
    before: str = ""
    on: tuple[str, ...] = BOTH
    peer: Mapping[str, str] = field(default_factory=dict)
    convention: Mapping[str, str] | None = None
    is_sayable: bool = True
