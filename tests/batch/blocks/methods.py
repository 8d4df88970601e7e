"""Each method of a batch block, by position and by name."""

from __future__ import annotations

from tests.batch.blocks.block import START, Block

_REFERRING = START.replace("5, NULL, 7,", "5, NULL, 2,")
_NAMED = START.replace("    PRIMARY KEY (id),\n    CONSTRAINT uq_a", "    CONSTRAINT uq_a").replace(
    "id INTEGER NOT NULL,\n    a ", "id INTEGER NOT NULL CONSTRAINT pk_t PRIMARY KEY,\n    a "
)


def _block(name: str, *calls: str, options: str = "", start: str = START, **more: str) -> Block:
    lines = [f"with op.batch_alter_table('t'{options}) as batch_op:"]
    lines += [f"    {call}" for call in calls]
    return Block(name=name, body="\n".join(lines), start=start, **more)


BLOCKS: tuple[Block, ...] = (
    _block("add a column", "batch_op.add_column(sa.Column('d', sa.Integer()))"),
    _block(
        "add a column with a default",
        "batch_op.add_column(sa.Column('d', sa.Integer(), server_default='3', nullable=False))",
    ),
    _block(
        "add a column with an expression for a default",
        "batch_op.add_column(sa.Column('d', sa.DateTime(), server_default=sa.text('(1 + 1)')))",
    ),
    _block(
        "add a column that is computed and stored",
        "batch_op.add_column(sa.Column('d', sa.Integer(), sa.Computed('b * 2', persisted=True)))",
    ),
    _block(
        "add a column that refers to another table",
        "batch_op.add_column(sa.Column('d', sa.Integer(), sa.ForeignKey('owners.id', name='fk')))",
    ),
    _block(
        "add a column with an index",
        "batch_op.add_column(sa.Column('d', sa.Integer(), index=True))",
    ),
    Block(
        name="add a column with an index where the table is rebuilt",
        body="with op.batch_alter_table('t') as batch_op:\n"
        "    batch_op.add_column(sa.Column('d', sa.Integer(), index=True))\n"
        "    batch_op.drop_constraint('uq_a')",
        differs="it makes a second index, which has the name of the copy in its own",
        peer="with op.batch_alter_table('t') as batch_op:\n"
        "    batch_op.add_column(sa.Column('d', sa.Integer()))\n"
        "    batch_op.create_index('ix_t_d', ['d'])\n"
        "    batch_op.drop_constraint('uq_a')",
    ),
    _block(
        "add a column with a CHECK of its type",
        "batch_op.add_column(sa.Column('d', sa.Boolean(create_constraint=True, name='ck_d')))",
    ),
    _block(
        "add a column with a list of values",
        "batch_op.add_column(sa.Column('d', sa.Enum('x', 'y', name='d_kind', "
        "create_constraint=True, native_enum=False)))",
    ),
    _block("drop a column", "batch_op.drop_column('b')", "batch_op.drop_constraint('ck_b')"),
    _block(
        "drop a column by name",
        "batch_op.drop_index('ix_c')",
        "batch_op.drop_column(column_name='c', existing_type=sa.Text())",
    ),
    _block("rename a column", "batch_op.alter_column('c', new_column_name='words')"),
    _block(
        "change a type",
        "batch_op.alter_column('a', type_=sa.String(40), existing_type=sa.String(20))",
    ),
    _block(
        "change everything of a column",
        "batch_op.alter_column(column_name='c', nullable=False, server_default='none',",
        "    new_column_name='d', type_=sa.String(9), existing_type=sa.Text(),",
        "    existing_nullable=True, existing_server_default=None)",
        start=START.replace("2, NULL, 2)", "2, 'two', 2)"),
    ),
    _block("drop a default", "batch_op.alter_column('b', server_default=None)"),
    _block("a default that is SQL", "batch_op.alter_column('b', server_default=sa.text('1'))"),
    _block(
        "a type with a CHECK comes",
        "batch_op.alter_column('c', type_=sa.Enum('one', 'five', name='kinds', "
        "native_enum=False, create_constraint=True), existing_type=sa.Text())",
    ),
    _block(
        "a type with a CHECK goes",
        "batch_op.alter_column('f', type_=sa.Integer(), "
        "existing_type=sa.Boolean(create_constraint=True, name='ck_f'))",
        start="CREATE TABLE t (id INTEGER NOT NULL, f BOOLEAN, PRIMARY KEY (id), "
        "CONSTRAINT ck_f CHECK (f IN (0, 1)));"
        "INSERT INTO t VALUES (1, 0), (2, NULL);",
    ),
    _block(
        "a column with a CHECK of its type goes",
        "batch_op.drop_column('f', existing_type=sa.Boolean(create_constraint=True, name='ck_f'))",
        start="CREATE TABLE t (id INTEGER NOT NULL, f BOOLEAN, PRIMARY KEY (id), "
        "CONSTRAINT ck_f CHECK (f IN (0, 1)));"
        "INSERT INTO t VALUES (1, 0), (2, NULL);",
    ),
    _block("create an index", "batch_op.create_index('ix_ab', ['a', 'b'])"),
    _block(
        "create an index with all that it may have",
        "batch_op.create_index(index_name='ix_ab', columns=['a', sa.text('b DESC')], unique=True,",
        "    sqlite_where=sa.text('b > 1'))",
    ),
    _block(
        "create an index of a column that comes in the same block",
        "batch_op.add_column(sa.Column('d', sa.Integer()))",
        "batch_op.create_index(batch_op.f('ix_t_d'), ['d'], unique=False)",
        "batch_op.drop_constraint('uq_a')",
    ),
    _block("drop an index", "batch_op.drop_index('ix_c')"),
    _block("drop an index if it is there", "batch_op.drop_index('ix_c', if_exists=True)"),
    _block(
        "unique columns",
        "batch_op.create_unique_constraint('uq_ab', ['a', 'b'])",
        "batch_op.create_unique_constraint(constraint_name='uq_c', columns=['c'])",
    ),
    _block("a check", "batch_op.create_check_constraint('ck_a', \"a <> 'z'\")"),
    _block(
        "a check that is an expression",
        "batch_op.create_check_constraint(constraint_name='ck_a', "
        "condition=sa.func.length(sa.column('a')) < 9)",
    ),
    _block(
        "a foreign key with all that it may have",
        "batch_op.create_foreign_key('fk_b', 'owners', ['b'], ['id'], onupdate='CASCADE',",
        "    ondelete='SET NULL', deferrable=True, initially='DEFERRED')",
        start=_REFERRING,
    ),
    _block(
        "a foreign key by name",
        "batch_op.create_foreign_key(constraint_name='fk_b', referent_table='owners',",
        "    local_cols=['b'], remote_cols=['id'])",
        start=_REFERRING,
    ),
    _block(
        "a foreign key to its own table",
        "batch_op.create_foreign_key('fk_self', 't', ['b'], ['id'])",
        start=START.replace("(5, NULL, 7, 'five', NULL)", "(7, NULL, 7, 'five', NULL)"),
    ),
    _block("drop a unique constraint", "batch_op.drop_constraint('uq_a', type_='unique')"),
    _block("drop a check", "batch_op.drop_constraint('ck_b', 'check')"),
    _block(
        "drop a foreign key",
        "batch_op.drop_constraint(constraint_name='fk_owner', type_='foreignkey')",
    ),
    _block(
        "another primary key",
        "batch_op.drop_constraint('pk_t', type_='primary')",
        "batch_op.create_primary_key('pk_t2', ['id', 'b'])",
        start=_NAMED,
    ),
    _block(
        "another primary key, by name",
        "batch_op.drop_constraint('pk_t', type_='primary')",
        "batch_op.create_primary_key(constraint_name='pk_t2', columns=['b'])",
        start=_NAMED,
    ),
    _block(
        "a primary key that had no name",
        "batch_op.create_primary_key('pk_t', ['id', 'b'])",
    ),
    _block(
        "a comment",
        "batch_op.create_table_comment('what it is', existing_comment=None)",
        "batch_op.drop_table_comment(existing_comment='what it is')",
    ),
    _block(
        "SQL runs before the calls that wait",
        "batch_op.drop_column('owner_id')",
        "batch_op.drop_constraint('fk_owner')",
        "batch_op.execute('UPDATE t SET b = owner_id WHERE owner_id IS NOT NULL')",
        "batch_op.get_bind().execute(sa.text('UPDATE t SET c = owner_id'))",
        "assert batch_op.get_context().dialect.name == 'sqlite'",
    ),
    _block(
        "a constraint takes the place of the one of its name",
        "batch_op.create_unique_constraint('uq_a', ['a', 'b'])",
        "batch_op.create_check_constraint('ck_b', 'b > -1')",
        "batch_op.create_foreign_key('fk_owner', 'owners', ['owner_id'], ['id'])",
    ),
    _block(
        "a constraint as it is already",
        "batch_op.create_unique_constraint('uq_a', ['a'])",
    ),
    _block(
        "the CHECK of a new type takes the place of the old one",
        "batch_op.alter_column('c', type_=sa.Enum('one', 'five', name='ck_b', "
        "native_enum=False, create_constraint=True), existing_type=sa.Text())",
    ),
    _block(
        "a column goes and one of its name comes",
        "batch_op.drop_column('c')",
        "batch_op.drop_column('owner_id')",
        "batch_op.add_column(sa.Column('c', sa.Integer(), server_default='3'))",
        "batch_op.add_column(sa.Column('owner_id', sa.Integer()))",
        start=START + "CREATE INDEX ix_ac ON t (a, c); CREATE INDEX ix_o ON t (owner_id);",
    ),
    _block(
        "a column goes and comes, and an index of it goes by itself",
        "batch_op.drop_index('ix_c')",
        "batch_op.drop_column('c')",
        "batch_op.add_column(sa.Column('c', sa.Integer()))",
    ),
    _block(
        "a renamed column by its old name",
        "batch_op.alter_column('c', new_column_name='d')",
        "batch_op.alter_column('c', server_default='x')",
        "batch_op.create_unique_constraint('uq_c', ['c', 'b'])",
        "batch_op.create_index('ix_new', ['c'])",
        "batch_op.alter_column('owner_id', new_column_name='who')",
        "batch_op.create_foreign_key('fk_2', 'owners', ['owner_id'], ['id'])",
    ),
    Block(
        name="two tables at once",
        body="with op.batch_alter_table('t') as one, op.batch_alter_table('owners') as other:\n"
        "    one.drop_constraint('fk_owner')\n"
        "    other.alter_column('name', new_column_name='called', nullable=True)\n"
        "    one.drop_column('owner_id')\n"
        "    other.add_column(sa.Column('age', sa.Integer()))",
    ),
    Block(
        name="the same table twice",
        body="with op.batch_alter_table('t') as batch_op:\n"
        "    batch_op.add_column(sa.Column('d', sa.Integer()))\n"
        "op.execute('UPDATE t SET d = b')\n"
        "with op.batch_alter_table('t', schema=None) as batch_op:\n"
        "    batch_op.alter_column('d', nullable=False)\n"
        "    batch_op.create_index('ix_d', ['d'])",
    ),
    Block(
        name="nothing in the block",
        body="with op.batch_alter_table('t') as batch_op:\n    pass",
    ),
)
