"""Revisions with operations of every kind and a cut behind each, and processes that die there."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from flaskmig.engine.records.journal_table import TABLE
from tests.counts import DEEP
from tests.execute.chain import Chain

CUT = 'with op.get_context().autocommit_block():\n    op.execute("VACUUM")'

START = """
op.create_table("p", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("k", sa.Integer()))
op.create_table(
    "t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("n", sa.Integer()),
    sa.Column("c", sa.String(20)), sa.Column("gone", sa.Integer(), server_default="3"),
    sa.CheckConstraint("n > 0"), sa.UniqueConstraint("c", name="t_c"))
op.create_index("t_gone", "t", ["gone"])
op.create_index("t_n", "t", ["n"])
op.execute("INSERT INTO p (id, k) VALUES (1, 1), (2, 2), (3, 11), (4, 12)")
op.execute("INSERT INTO t (id, n, c, gone) VALUES (1, 1, '7', 4), (2, 2, '8', NULL)")
"""

# Each is undone by what stands beside it.
EVERYWHERE = [
    ('op.drop_index("t_gone", "t")', 'op.create_index("t_gone", "t", ["gone"])'),
    (
        'op.drop_column("t", "gone")',
        'op.add_column("t", sa.Column("gone", sa.Integer(), server_default="3"))',
    ),
    (
        'op.add_column("t", sa.Column("d", sa.Integer(), nullable=False, server_default="5"))',
        'op.drop_column("t", "d")',
    ),
    (
        'op.alter_column("t", "d", type_=sa.BigInteger(), server_default="6")',
        'op.alter_column("t", "d", type_=sa.Integer(), server_default="5")',
    ),
    (
        'op.drop_constraint(None, "t", type_="check", condition="n > 0")',
        'op.create_check_constraint(None, "t", "n > 0")',
    ),
    (
        'op.create_check_constraint("t_d", "t", "d > 0")',
        'op.drop_constraint("t_d", "t", type_="check")',
    ),
    (
        'op.rename_constraint("t_d", "t_e", "t", type_="check")',
        'op.rename_constraint("t_e", "t_d", "t", type_="check")',
    ),
    (
        'op.alter_column("t", "n", new_column_name="m")',
        'op.alter_column("t", "m", new_column_name="n")',
    ),
    (
        'op.drop_constraint(None, "t", type_="unique", columns=["c"])',
        'op.create_unique_constraint("t_c", "t", ["c"])',
    ),
    (
        'op.create_unique_constraint("p_k", "p", ["k"])',
        'op.drop_constraint("p_k", "p", type_="unique")',
    ),
    (
        'op.create_foreign_key("t_fk", "t", "p", ["m"], ["k"], postgresql_not_valid=True)'
        ' if op.get_context().dialect.name == "postgresql" else None',
        'op.drop_constraint("t_fk", "t", type_="foreignkey")'
        ' if op.get_context().dialect.name == "postgresql" else None',
    ),
    ('op.rename_table("t", "u")', 'op.rename_table("u", "t")'),
    (
        'op.create_index("u_m", "u", ["m"], unique=True)',
        'op.drop_index("u_m", "u", if_exists=True)',
    ),
    (
        'op.execute("UPDATE u SET m = m + 10")',
        'op.execute("UPDATE u SET m = m - 10")',
    ),
    (
        'op.create_table("w", sa.Column("id", sa.Integer(), primary_key=True))\n'
        'op.bulk_insert(sa.table("w", sa.column("id")), [{"id": 1}, {"id": 2}])',
        'op.drop_table("w")',
    ),
    ('op.create_view("v", "SELECT id, m FROM u")', 'op.drop_view("v")'),
    (
        'with op.batch_alter_table("u") as batch:\n'
        '    batch.add_column(sa.Column("b", sa.Text()))\n'
        '    batch.alter_column("d", nullable=True)',
        'with op.batch_alter_table("u") as batch:\n'
        '    batch.drop_column("b")\n'
        '    batch.alter_column("d", nullable=False)',
    ),
]
POSTGRESQL = [
    (
        'op.create_index("u_c", "u", ["c"], postgresql_concurrently=True)',
        'op.drop_index("u_c", "u", postgresql_concurrently=True)',
    ),
    ('op.rename_index("u_c", "u_cc", "u")', 'op.rename_index("u_cc", "u_c", "u")'),
    ('op.create_table_comment("u", "about")', 'op.drop_table_comment("u")'),
    ('op.create_schema("s")', 'op.drop_schema("s", if_exists=True)'),
    ('op.create_enum("mood", ["a", "z"])', 'op.drop_enum("mood")'),
    (
        'op.add_column("u", sa.Column("mood", op.sql_type("mood"), server_default="a"))',
        'op.drop_column("u", "mood")',
    ),
    ('op.alter_enum("mood", ["a", "k", "x", "z"])', 'op.alter_enum("mood", ["a", "z"])'),
    ('op.rename_enum_value("mood", "k", "l")', 'op.rename_enum_value("mood", "l", "k")'),
    ('op.alter_enum("mood", ["a", "l"])', 'op.alter_enum("mood", ["a", "l", "x", "z"])'),
    ('op.rename_enum("mood", "temper")', 'op.rename_enum("temper", "mood")'),
    ('op.create_sequence("q", start=5)', 'op.drop_sequence("q")'),
    ('op.alter_sequence("q", increment=3)', 'op.alter_sequence("q", increment=1)'),
    ('op.rename_sequence("q", "r")', 'op.rename_sequence("r", "q")'),
    (
        'op.create_function("CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql '
        "AS 'SELECT a + 1'\")",
        'op.drop_function("f(integer)")',
    ),
    (
        'op.drop_view("v")\n'
        'op.alter_column("u", "m", type_=sa.BigInteger())\n'
        'op.create_view("v", "SELECT id, m FROM u")',
        'op.drop_view("v")\n'
        'op.alter_column("u", "m", type_=sa.Integer())\n'
        'op.create_view("v", "SELECT id, m FROM u")',
    ),
]


def with_cuts(calls: Sequence[str]) -> str:
    """The calls, each with a cut behind it."""
    return "\n".join(f"{call}\n{CUT}" for call in calls)


def in_child(chain: Chain, work: Callable[[], object], at: Callable[[str], bool]) -> bool:
    """Do work in a child process that dies before the first statement for which ``at`` says so.

    Whether it came so far. ``at`` gets the statement and its parameters as one text.
    """
    chain.engine.dispose()
    pid = os.fork()
    if pid == 0:
        chain.engine = sa.create_engine(chain.engine.url)

        def die(_connection: Any, _cursor: Any, sql: str, values: Any, *_: object) -> None:
            if at(f"{sql} {values!r}"):
                os._exit(9)

        sa.event.listen(chain.engine, "before_cursor_execute", die)
        code = 1
        try:
            work()
            code = 0
        except Exception:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 9), "the child failed by itself"
    return code == 9


# In a normal run processes die at every third cut, in a deep one at each.
STRIDE = 1 if DEEP else 3


def at_the_next_cut(number: int) -> Callable[[str], bool]:
    """Where the ``number``-th process dies: at one of four places around a VACUUM ahead."""
    place, seen, has_run = number % 4, 0, False

    def at(statement: str) -> bool:
        nonlocal seen, has_run
        if seen < STRIDE - 1:
            seen += statement.startswith("VACUUM")
            return False
        writes = TABLE in statement
        found = [
            writes and "INSERT" in statement and "'intent'" in statement and "VACUUM" in statement,
            statement.startswith("VACUUM"),
            has_run and writes and "UPDATE" in statement,
            has_run and not writes and "BEGIN" not in statement and "COMMIT" not in statement,
        ][place]
        has_run = has_run or statement.startswith("VACUUM")
        return found

    return at
