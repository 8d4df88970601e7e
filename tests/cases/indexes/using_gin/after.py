import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

metadata = sa.MetaData()
sa.Table(
    "docs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("body", postgresql.JSONB),
    sa.Index("ix_body", "body", postgresql_using="gin", postgresql_ops={"body": "jsonb_path_ops"}),
)
