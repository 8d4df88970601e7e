"""Revisions with what SQLite alone does: rebuilds, its triggers, and a cut at VACUUM."""

from __future__ import annotations

from tests.crash.kind import Kind

_LITE_TRIGGER = (
    "CREATE TRIGGER counted AFTER INSERT ON posts "
    "BEGIN UPDATE users SET points = points + {0} WHERE id = NEW.user_id; END"
)
_LITE_TRIGGERS = Kind(
    f"""
    op.create_trigger('''{_LITE_TRIGGER.format(1)}''')
    op.execute("INSERT INTO posts (id, user_id, title) VALUES (9, 2, 'w')")
    op.create_trigger('''{_LITE_TRIGGER.format(5)}''', replace=True)
    op.alter_column("posts", "title", existing_type=sa.String(80), type_=sa.Text())
    op.execute("INSERT INTO posts (id, user_id, title) VALUES (10, 2, 'w')")
    """,
    """
    op.drop_trigger("counted", "posts")
    op.execute("DELETE FROM posts WHERE id IN (9, 10)")
    op.execute("UPDATE users SET points = points - 6 WHERE id = 2")
    op.alter_column("posts", "title", existing_type=sa.Text(), type_=sa.String(80))
    """,
)
_LITE_REBUILD = Kind(
    """
    op.alter_column("logs", "line", existing_type=sa.Text(), nullable=False, backfill="none")
    op.alter_table("keyed", sqlite_strict=True)
    with op.batch_alter_table("keyed", recreate="always", partial_reordering=[("v", "k")]):
        pass
    op.execute("INSERT INTO logs (line) VALUES ('new')")
    """,
    """
    op.execute("DELETE FROM logs WHERE id > 5")
    op.execute("UPDATE sqlite_sequence SET seq = 9 WHERE name = 'logs'")
    op.alter_column("logs", "line", existing_type=sa.Text(), nullable=True)
    with op.batch_alter_table("keyed", recreate="always", partial_reordering=[("k", "v")]):
        pass
    op.alter_table("keyed", sqlite_strict=False)
    """,
    first="""
    op.execute('''CREATE TABLE logs (id INTEGER PRIMARY KEY AUTOINCREMENT, line TEXT -- why
        , up TEXT GENERATED ALWAYS AS (upper(line)) VIRTUAL)''')
    op.execute("CREATE TABLE keyed (k TEXT PRIMARY KEY, v INTEGER) WITHOUT ROWID")
    op.execute("CREATE INDEX logs_line ON logs (line) WHERE line <> ''")
    op.execute("INSERT INTO logs (id, line) VALUES (1, 'a'), (2, 'b'), (5, NULL), (9, 'gone')")
    op.execute("DELETE FROM logs WHERE id = 9")
    op.execute("INSERT INTO keyed VALUES ('a', 1), ('b', 2)")
    """,
)
_LITE_CUT = Kind(
    """
    op.add_column("users", sa.Column("age", sa.Integer()))
    op.execute("UPDATE users SET points = points * 2")
    with op.get_context().autocommit_block():
        op.execute("VACUUM")
    op.alter_column("users", "note", existing_type=sa.Text(), nullable=False, backfill="")
    op.execute("UPDATE users SET points = points + 1")
    """,
    """
    op.execute("UPDATE users SET points = (points - 1) / 2")
    with op.get_context().autocommit_block():
        op.execute("VACUUM")
    op.alter_column("users", "note", existing_type=sa.Text(), nullable=True)
    op.drop_column("users", "age")
    """,
)

SQLITE = {
    "triggers": _LITE_TRIGGERS,
    "rebuild": _LITE_REBUILD,
    "cut": _LITE_CUT,
}
