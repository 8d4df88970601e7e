"""Every region of an applied file: no change of one byte goes unnoticed."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from flaskmig.engine.files import header_cache
from tests.counts import SEED, rounds
from tests.file_clock import wait_for_tick
from tests.tampering.conftest import MakeStory
from tests.tampering.story import B

REGIONS = 40


def read_alike(content: bytes) -> bytes:
    """Line ends are not counted as a change, and neither is the package that op comes from."""
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return lines.replace(b"from alembic import", b"from flaskmig import")


def test_no_byte_is_changed_unnoticed(make_story: MakeStory) -> None:
    """A byte that is changed, taken out or put in, in each region of a file, is always reported."""
    story = make_story("sqlite")
    path = story.path(B)
    content = path.read_bytes()
    unnoticed = []
    for number in range(rounds(REGIONS, 2000)):
        draw = random.Random(f"{SEED} {number}")
        region = number % REGIONS
        first, last = (len(content) * part // REGIONS for part in (region, region + 1))
        at = draw.randrange(first, last)
        new = draw.choice([b"", bytes([draw.randrange(256)]), content[at : at + 1] * 2])
        changed = content[:at] + new + content[at + 1 :]
        path.write_bytes(changed)
        status = story.status()
        if not status.findings and not status.errors and read_alike(changed) != read_alike(content):
            unnoticed.append((number, at, new))
    path.write_bytes(content)
    assert unnoticed == [], f"rounds of seed {SEED}, set FLASKMIG_SEED to see them again"
    assert story.findings() == set()
    assert len(story.ran()) == 3


def test_what_was_read_before_hides_no_change(
    make_story: MakeStory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A byte changed in place is reported also where the file was read before and looks as old."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(header_cache, "FEWEST", 1)
    monkeypatch.setattr(header_cache, "_SETTLED_NS", 0)
    story = make_story("sqlite")
    path = story.path(B)
    content = path.read_bytes()
    status = path.stat()
    unnoticed = []
    for number in range(rounds(10, 300)):
        assert story.findings() == set()
        assert list((tmp_path / "cache" / "flaskmig").iterdir())
        draw = random.Random(f"{SEED} {number}")
        at, new = draw.randrange(len(content)), bytes([draw.randrange(256)])
        changed = content[:at] + new + content[at + 1 :]
        wait_for_tick(path)
        path.write_bytes(changed)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        found = story.status()
        if not found.findings and not found.errors and read_alike(changed) != read_alike(content):
            unnoticed.append((number, at, new))
        path.write_bytes(content)
    assert unnoticed == [], f"rounds of seed {SEED}, set FLASKMIG_SEED to see them again"
