from __future__ import annotations

import sqlalchemy as sa

import flaskmig

metadata = sa.MetaData()
users = sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("full_name", sa.String(50)),
    sa.Column("points", sa.Integer),
)

flaskmig.Function(
    """
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.points := 1;
        RETURN NEW;
    END
    $$
    """,
    metadata,
)

flaskmig.Trigger(
    "CREATE TRIGGER touched BEFORE UPDATE OF full_name ON users "
    "FOR EACH ROW EXECUTE FUNCTION touch()",
    metadata,
)

flaskmig.Trigger(
    """
    CREATE TRIGGER touched AFTER UPDATE OF full_name ON users
    BEGIN
        UPDATE users SET points = points + 1 WHERE id = NEW.id;
    END
    """,
    metadata,
)
