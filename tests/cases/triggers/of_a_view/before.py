from __future__ import annotations

import sqlalchemy as sa

import flaskmig

metadata = sa.MetaData()
users = sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(50)),
    sa.Column("points", sa.Integer),
)
flaskmig.View("winners", sa.select(users.c.id, users.c.name).where(users.c.points > 10), metadata)

flaskmig.Function(
    """
    CREATE FUNCTION told() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RETURN NULL;
    END
    $$
    """,
    metadata,
)
flaskmig.Trigger(
    "CREATE TRIGGER told INSTEAD OF DELETE ON winners FOR EACH ROW EXECUTE FUNCTION told()",
    metadata,
)
flaskmig.Trigger("CREATE TRIGGER told INSTEAD OF DELETE ON winners BEGIN SELECT 1; END", metadata)
