"""Files with chance in them: whatever they are, the commands say so and stay whole."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

from tests.counts import SEED, rounds
from tests.mutated_files.mutation import mutated
from tests.mutated_files.project import READING, Project

SHARDS = 4


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("shard", range(SHARDS))
def test_mutated_files(shard: int, tmp_path: Path) -> None:
    """Reading runs nothing, an upgrade runs all of it or tells why not and leaves whole steps."""
    project = Project(tmp_path)
    for number in range(shard, rounds(300, 10_000), SHARDS):
        chance = Random(SEED * 1_000_003 + number)
        project.reset()
        before = project.database()
        text = mutated(chance)
        project.file.write_bytes(text)
        again = f"FLASKMIG_SEED={SEED}, round {number}: {text!r}"
        for command in chance.sample(READING, 2):
            seen = project.run(*command)
            assert seen.is_clear, f"{again}\n{command}: {seen}"
        assert project.ran == [], again
        seen = project.run("upgrade", "heads")
        assert seen.is_clear, f"{again}\n{seen}"
        assert project.outside() == set(), again
        after = project.database()
        if not project.ran or "up bb22" not in project.ran:
            assert [line for line in before if line not in after] == [] or seen.code == 0, again
        _is_whole(after, seen.code == 0, again)


def _is_whole(database: list[str], is_done: bool, again: str) -> None:
    """The version table names a revision only with what it made, and is never empty."""
    rows = re.findall(r"INSERT INTO \"alembic_version\" VALUES\('(.*)'\)", "\n".join(database))
    tables = re.findall(r"CREATE TABLE \"?(t_\w+)", "\n".join(database))
    assert rows, again
    assert ("cc33" in rows) == ("t_cc33" in tables), again
    assert is_done or "cc33" not in rows, again
