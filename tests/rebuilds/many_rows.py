"""A rebuild of very many rows in a process of its own, which prints how much memory it took.

    python -m tests.rebuilds.many_rows DATABASE FOLDER

prints two numbers of bytes: the memory in use before the upgrade, and the most during it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import sqlalchemy as sa

from tests.execute.chain import Chain

BODY = """
op.alter_column("t", "n", type_=sa.Integer(), nullable=False, existing_type=sa.Text())
op.create_check_constraint("c", "t", "n >= 0")
op.add_column("t", sa.Column("extra", sa.Integer(), server_default=sa.text("40 + 2")))
"""


def memory(name: str) -> int:
    """A figure of this process in bytes: VmRSS is what it has, VmHWM the most it ever had."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    [line] = [line for line in lines if line.startswith(f"{name}:")]
    return int(line.split()[1]) * 1024


def main(database: str, folder: str) -> None:
    """Carry out one revision before, so that everything is loaded, and then the one that counts."""
    engine = sa.create_engine(f"sqlite:///{database}")
    sa.event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys = ON"))
    chain = Chain(Path(folder), engine)
    chain.add("a1", 'op.create_check_constraint("c", "small", "id > 0")')
    chain.upgrade()
    chain.add("b2", BODY)
    # From here on the most that the process had is counted anew (man 5 proc, clear_refs).
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = memory("VmRSS")
    chain.upgrade()
    print(before, memory("VmHWM"))


if __name__ == "__main__":
    main(*sys.argv[1:])
