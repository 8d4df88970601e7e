"""tables: every generic type removed

Revision ID: after
Revises: before
Create Date: 2024-02-29 00:00:00.000000
"""

import sqlalchemy as sa
from flaskmig import op
from sqlalchemy.dialects import postgresql

revision = "after"
down_revision = "before"
branch_labels = None
depends_on = None


def upgrade():
    # Lossy: dropping the table deletes its rows.
    op.drop_table("kinds")
    op.drop_enum("mood")


def downgrade():
    op.create_enum("mood", ["sad", "ok", "it's"])
    op.create_table(
        "kinds",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("small", sa.SmallInteger(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=3)),
        sa.Column("ratio", sa.DOUBLE_PRECISION()),
        sa.Column("double", sa.DOUBLE_PRECISION()),
        sa.Column("flag", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("code", sa.CHAR(length=3)),
        sa.Column("name", sa.String(length=40)),
        sa.Column("text", sa.Text()),
        sa.Column("day", sa.Date()),
        sa.Column("at", sa.DateTime(timezone=True)),
        sa.Column("hour", sa.Time()),
        sa.Column("took", postgresql.INTERVAL()),
        sa.Column("data", sa.LargeBinary()),
        sa.Column("document", sa.JSON(), server_default=sa.text("'{}'::json")),
        sa.Column("key", sa.UUID()),
        sa.Column("mood", postgresql.ENUM(name="mood", create_type=False)),
        sa.PrimaryKeyConstraint("id", name="kinds_pkey"),
    )
