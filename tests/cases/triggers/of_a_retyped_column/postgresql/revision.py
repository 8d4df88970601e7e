"""triggers: of a retyped column

Revision ID: after
Revises: before
Create Date: 2024-02-29 00:00:00.000000
"""

import sqlalchemy as sa
from flaskmig import op

revision = "after"
down_revision = "before"
branch_labels = None
depends_on = None


def upgrade():
    op.drop_trigger("touched", "users", keep_state=True)
    op.alter_column("users", "name", existing_type=sa.String(length=50), type_=sa.String(length=80))
    op.create_trigger(
        "CREATE TRIGGER touched BEFORE UPDATE OF name ON users FOR EACH ROW EXECUTE FUNCTION touch()",
        keep_state=True,
    )


def downgrade():
    op.drop_trigger("touched", "users", keep_state=True)
    # Lossy: the change of type may change or refuse values.
    op.alter_column("users", "name", existing_type=sa.String(length=80), type_=sa.String(length=50))
    op.create_trigger(
        "CREATE TRIGGER touched BEFORE UPDATE OF name ON users FOR EACH ROW EXECUTE FUNCTION touch()",
        keep_state=True,
    )
