"""Each argument of ``batch_alter_table``."""

from __future__ import annotations

from tests.batch.blocks.block import START, Block

_NAMELESS = """
CREATE TABLE owners (id INTEGER NOT NULL, PRIMARY KEY (id));
CREATE TABLE t (
    id INTEGER NOT NULL,
    a VARCHAR(20),
    b INTEGER,
    PRIMARY KEY (id),
    UNIQUE (a),
    FOREIGN KEY(b) REFERENCES owners (id)
);
INSERT INTO owners VALUES (1);
INSERT INTO t VALUES (1, 'x', 1), (3, NULL, NULL);
"""
_CONVENTION = (
    "{'uq': 'uq_%(table_name)s_%(column_0_name)s', 'pk': 'pk_%(table_name)s', "
    "'fk': 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s'}"
)
_FLAGS = """
CREATE TABLE t (
    id INTEGER NOT NULL, f BOOLEAN DEFAULT 1 NOT NULL, g INTEGER, PRIMARY KEY (id)
);
INSERT INTO t VALUES (1, 0, 5), (2, 1, NULL);
"""
_COPIED = """
copied = sa.Table("t", sa.MetaData(),
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("a", sa.String(20)),
    sa.Column("b", sa.Integer(), nullable=False, server_default="7"),
    sa.Column("c", sa.Text()),
    sa.Column("owner_id", sa.Integer()),
    sa.PrimaryKeyConstraint("id"),
    sa.ForeignKeyConstraint(["owner_id"], ["owners.id"], name="fk_owner", ondelete="CASCADE"),
)
"""
_INDEXED = _COPIED.replace("sa.Text()", "sa.Text(), index=True")


def _block(
    name: str,
    options: str,
    *calls: str,
    start: str = START,
    before: str = "",
    **more: str,
) -> Block:
    lines = [before, f"with op.batch_alter_table('t', {options}) as batch_op:"]
    lines += [f"    {call}" for call in calls or ("pass",)]
    return Block(name=name, body="\n".join(lines), start=start, **more)


BLOCKS: tuple[Block, ...] = (
    _block("always, with nothing to do", "recreate='always'"),
    _block("by position", "None, 'always', [('id', 'c', 'a', 'b', 'owner_id')]"),
    _block("never, and nothing needs it", "recreate='never'", "batch_op.drop_index('ix_c')"),
    _block(
        "never, and a column comes",
        "recreate='never'",
        "batch_op.add_column(sa.Column('d', sa.Integer()))",
    ),
    _block(
        "a check that is told beside",
        "table_args=[sa.CheckConstraint(\"a <> 'q'\", name='ck_a')]",
        "batch_op.alter_column('c', nullable=True, existing_type=sa.Text())",
    ),
    _block(
        "what is told beside does not count without a rebuild",
        "table_args=[sa.CheckConstraint(\"a <> 'q'\", name='ck_a')]",
        "batch_op.add_column(sa.Column('d', sa.Integer()))",
    ),
    _block(
        "constraints of every kind told beside",
        "recreate='always', table_args=(sa.UniqueConstraint('a', 'b', name='uq_ab'), "
        "sa.ForeignKeyConstraint(['b'], ['owners.id'], name='fk_b'), sa.CheckConstraint('b < 99'))",
        start=START.replace("5, NULL, 7,", "5, NULL, 2,"),
    ),
    _block(
        "a column told beside",
        "recreate='always', table_args=[sa.Column('d', sa.Integer(), server_default='4')]",
    ),
    _block(
        "AUTOINCREMENT",
        "table_kwargs={'sqlite_autoincrement': True}",
        "batch_op.alter_column('c', nullable=True, existing_type=sa.Text())",
    ),
    _block(
        "options of other databases",
        "recreate='always', table_kwargs={'mysql_engine': 'InnoDB', 'info': {'a': 1}}",
    ),
    _block(
        "WITHOUT ROWID",
        "recreate='always', table_kwargs=dict(sqlite_with_rowid=False)",
    ),
    _block(
        "names by a convention, and one goes by it",
        f"naming_convention={_CONVENTION}",
        "batch_op.drop_constraint('uq_t_a', type_='unique')",
        start=_NAMELESS,
    ),
    _block(
        "a foreign key goes by a convention's name",
        f"naming_convention={_CONVENTION}",
        "batch_op.drop_constraint(batch_op.f('fk_t_b_owners'), type_='foreignkey')",
        "batch_op.create_foreign_key('fk_b', 'owners', ['b'], ['id'], ondelete='CASCADE')",
        start=_NAMELESS,
    ),
    _block(
        "a convention changes nothing without a rebuild",
        f"naming_convention={_CONVENTION}",
        "batch_op.add_column(sa.Column('d', sa.Integer()))",
        start=_NAMELESS,
    ),
    _block(
        "a convention leaves names alone",
        f"recreate='always', naming_convention={_CONVENTION}",
    ),
    _block(
        "a column is otherwise than it is read",
        "reflect_args=[sa.Column('f', sa.Integer(), nullable=False)]",
        "batch_op.alter_column('g', nullable=True, existing_type=sa.Integer())",
        start=_FLAGS,
    ),
    _block(
        "a constraint that is not read",
        "recreate='always', reflect_args=[sa.CheckConstraint('g < 99', name='ck_g')]",
        start=_FLAGS,
    ),
    _block(
        "a column that is heard of",
        "reflect_kwargs={'listeners': [('column_reflect', heard)]}",
        "batch_op.alter_column('g', nullable=True, existing_type=sa.Integer())",
        start=_FLAGS,
        before="def heard(inspector, table, info):\n"
        "    assert table.name == 't'\n"
        "    assert 'g' in [each['name'] for each in inspector.get_columns('t')]\n"
        "    if info['name'] == 'f':\n        info['type'] = sa.SmallInteger()\n",
    ),
    _block(
        "a default that is heard of",
        "recreate='always', reflect_kwargs=dict(listeners=[('column_reflect', heard)])",
        start=_FLAGS,
        before="def heard(inspector, table, info):\n"
        "    if info['name'] == 'g':\n        info['default'] = '9'\n        "
        "info['nullable'] = True\n",
    ),
    _block(
        "columns that are not read go",
        "recreate='always', reflect_kwargs={'include_columns': ['id', 'f']}",
        start=_FLAGS,
    ),
    _block(
        "a copy without some of its parts",
        "copy_from=copied",
        "batch_op.alter_column('a', type_=sa.String(30), existing_type=sa.String(20))",
        before=_COPIED,
    ),
    _block(
        "a copy with an index that a column is told to have",
        "recreate='always', copy_from=copied",
        before=_INDEXED,
        differs="it forgets such an index",
        peer=f"{_INDEXED}\nwith op.batch_alter_table('t', recreate='always', copy_from=copied) "
        "as batch_op:\n    batch_op.create_index('ix_t_c', ['c'])",
    ),
    _block(
        "a copy with an index",
        "recreate='always', copy_from=copied",
        before=_COPIED + "sa.Index('ix_ca', copied.c.c, copied.c.a)",
    ),
    _block(
        "a copy that does not count without a rebuild",
        "copy_from=copied",
        "batch_op.add_column(sa.Column('d', sa.Integer()))",
        before=_COPIED,
    ),
    _block(
        "a copy without a column",
        "recreate='always', copy_from=copied",
        before=_COPIED.replace('    sa.Column("a", sa.String(20)),\n', ""),
    ),
    _block(
        "a copy with other columns",
        "recreate='always', copy_from=copied",
        before=_COPIED.replace("sa.String(20)", "sa.String(99), nullable=True").replace(
            ', server_default="7"', ""
        ),
    ),
)
