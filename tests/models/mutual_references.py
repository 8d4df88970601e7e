"""Tables that refer to themselves and to each other, so that none can be made first."""

from __future__ import annotations

import sqlalchemy as sa

DATABASES = ("sqlite", "postgresql")

metadata = sa.MetaData()

sa.Table(
    "categories",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("parent_id", sa.ForeignKey("categories.id", ondelete="SET NULL"), index=True),
    sa.Column("name", sa.String(80), nullable=False),
    sa.UniqueConstraint("parent_id", "name", name="category_name"),
)

sa.Table(
    "departments",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column(
        "head_id",
        sa.Integer,
        sa.ForeignKey("workers.id", use_alter=True, name="department_head", ondelete="SET NULL"),
    ),
)

sa.Table(
    "workers",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("department_id", sa.ForeignKey("departments.id"), nullable=False),
    sa.Column("mentor_id", sa.ForeignKey("workers.id")),
)

# A ring of three; the last two are checked at the end of the transaction only.
sa.Table(
    "alpha",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("beta_id", sa.Integer),
    sa.ForeignKeyConstraint(["beta_id"], ["beta.id"], name="alpha_beta", use_alter=True),
)
sa.Table(
    "beta",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("gamma_id", sa.Integer),
    sa.ForeignKeyConstraint(
        ["gamma_id"], ["gamma.id"], name="beta_gamma", deferrable=True, initially="DEFERRED"
    ),
)
sa.Table(
    "gamma",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("alpha_id", sa.Integer),
    sa.ForeignKeyConstraint(
        ["alpha_id"], ["alpha.id"], name="gamma_alpha", deferrable=True, initially="DEFERRED"
    ),
)
