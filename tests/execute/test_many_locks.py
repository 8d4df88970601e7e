"""A transaction with more locks than the server has room for."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from flaskmig.errors import ExecutionError
from tests.execute.chain import Chain
from tests.postgres import start_server

MANY = """
op.execute('''
    DO $$ BEGIN FOR number IN 1..3000 LOOP
        EXECUTE format('CREATE TABLE many_%s (id integer PRIMARY KEY)', number);
    END LOOP; END $$
''')
"""


def test_what_to_do_about_too_many_locks_is_said(tmp_path: Path) -> None:
    """Nothing is kept, and the setting is named that decides how many tables one revision makes."""
    with start_server(max_locks_per_transaction="10", max_connections="5") as server:
        engine = sa.create_engine(server.url())
        chain = Chain(tmp_path, engine)
        chain.add("a", "op.create_table('first', sa.Column('id', sa.Integer))")
        chain.add("b", MANY)
        with pytest.raises(ExecutionError) as caught:
            chain.upgrade()
        assert "raise max_locks_per_transaction and restart the server" in caught.value.hint
        assert "nothing of this revision was kept" in caught.value.hint
        left = set(sa.inspect(engine).get_table_names())
        assert left == {"alembic_version", "flaskmig_journal", "first"}
        engine.dispose()
