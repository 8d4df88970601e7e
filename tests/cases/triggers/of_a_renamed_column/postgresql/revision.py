"""triggers: of a renamed column

Revision ID: after
Revises: before
Create Date: 2024-02-29 00:00:00.000000
"""

from flaskmig import op

revision = "after"
down_revision = "before"
branch_labels = None
depends_on = None


def upgrade():
    op.drop_trigger("touched", "users", keep_state=True)
    op.alter_column("users", "name", new_column_name="full_name")
    op.create_trigger(
        "CREATE TRIGGER touched BEFORE UPDATE OF full_name ON users FOR EACH ROW EXECUTE FUNCTION touch()",
        keep_state=True,
    )


def downgrade():
    op.drop_trigger("touched", "users", keep_state=True)
    op.alter_column("users", "full_name", new_column_name="name")
    op.create_trigger(
        "CREATE TRIGGER touched BEFORE UPDATE OF name ON users FOR EACH ROW EXECUTE FUNCTION touch()",
        keep_state=True,
    )
