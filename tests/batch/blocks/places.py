"""Columns that are told where to stand."""

from __future__ import annotations

from tests.batch.blocks.block import START, Block


def _block(name: str, options: str, *calls: str, **more: str) -> Block:
    lines = [f"with op.batch_alter_table('t', recreate='always'{options}) as batch_op:"]
    lines += [f"    {call}" for call in calls or ("pass",)]
    return Block(name=name, body="\n".join(lines), **more)


def _add(name: str, where: str) -> str:
    return f"batch_op.add_column(sa.Column('{name}', sa.Integer()), {where})"


BLOCKS: tuple[Block, ...] = (
    _block("a column before another", "", _add("d", "insert_before='b'")),
    _block("a column after another", "", _add("d", "insert_after='a'")),
    _block("a column before the first", "", _add("d", "insert_before='id'")),
    _block("a column after the last", "", _add("d", "insert_after='owner_id'")),
    _block("between two", "", _add("d", "insert_after='a', insert_before='b'")),
    _block(
        "several columns",
        "",
        _add("d", "insert_after='a'"),
        _add("e", "insert_before='a'"),
        "batch_op.add_column(sa.Column('f', sa.Integer()))",
        _add("g", "insert_after='a'"),
    ),
    _block(
        "after one that is new",
        "",
        _add("d", "insert_after='a'"),
        _add("e", "insert_after='d'"),
        _add("f", "insert_before='d'"),
    ),
    _block(
        "beside one that is renamed, and one goes",
        "",
        "batch_op.alter_column('c', new_column_name='words')",
        "batch_op.drop_constraint('fk_owner')",
        "batch_op.drop_column('owner_id')",
        _add("d", "insert_after='c'"),
        _add("e", "insert_before='c'"),
    ),
    _block(
        "every column named",
        ", partial_reordering=[('owner_id', 'c', 'b', 'a', 'id')]",
    ),
    _block(
        "pairs of columns",
        ", partial_reordering=[('c', 'a'), ('owner_id', 'b')]",
    ),
    _block(
        "new columns among those named",
        ", partial_reordering=[('id', 'd', 'a', 'b', 'c', 'owner_id')]",
        "batch_op.add_column(sa.Column('d', sa.Integer()))",
    ),
    _block(
        "both ways to say it",
        ", partial_reordering=[('id', 'b', 'a', 'c', 'owner_id')]",
        _add("d", "insert_before='b', insert_after='id'"),
    ),
    Block(
        name="a place where nothing else is rebuilt",
        body="with op.batch_alter_table('t') as batch_op:\n    " + _add("d", "insert_before='b'"),
        peer_fails="it wants recreate='always' to be said",
        peer="with op.batch_alter_table('t', recreate='always') as batch_op:\n    "
        + _add("d", "insert_before='b'"),
    ),
    Block(
        name="a column that is there moves",
        body="with op.batch_alter_table('t', recreate='always') as batch_op:\n"
        "    batch_op.alter_column('c', insert_after='id', existing_type=sa.Text())",
        differs="its documentation says that the column moves, and it does not",
        peer="with op.batch_alter_table('t', recreate='always',\n"
        "        partial_reordering=[('id', 'c', 'a', 'b', 'owner_id')]):\n    pass",
    ),
    Block(
        name="the comments of columns go with them",
        start="""
CREATE TABLE t ( -- all there is
    id INTEGER NOT NULL PRIMARY KEY, -- the key
    /* about a */ a TEXT, -- an a
    -- above b
    b INTEGER -- the last
);
INSERT INTO t VALUES (1, 'x', 2);
""",
        body="with op.batch_alter_table('t', recreate='always',\n"
        "        partial_reordering=[('b', 'a', 'id')]):\n    pass",
    ),
)

__all__ = ["BLOCKS", "START"]
