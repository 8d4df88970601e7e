"""Every region of an applied file: no change of one byte goes unnoticed."""

from __future__ import annotations

import random

from tests.counts import SEED, rounds
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
