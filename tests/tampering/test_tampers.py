"""Files and rows that something else than flaskmig changed: seen by every command that matters."""

from __future__ import annotations

import contextlib
from unittest.mock import patch

import pytest

from flaskmig.errors import ChangedRevisionError, FlaskmigError
from tests.databases import NAMES
from tests.tampering.conftest import MakeStory
from tests.tampering.story import D, Story
from tests.tampering.tampers import FILES, ROWS, Tamper

# The database has nothing to do with what a file says.
CASES = [("sqlite", tamper) for tamper in FILES] + [(kind, each) for each in ROWS for kind in NAMES]
STOPS_A_DOWNGRADE = {"changed", "moved", "forged"}


def raises(error: type[FlaskmigError] | None) -> contextlib.AbstractContextManager[object]:
    return contextlib.nullcontext() if error is None else pytest.raises(error)


@pytest.mark.parametrize(
    ("kind", "tamper"), CASES, ids=[f"{kind}-{tamper.name}" for kind, tamper in CASES]
)
def test_tamper(make_story: MakeStory, kind: str, tamper: Tamper) -> None:
    """It is reported and nothing is written for that; each command does what was decided of it."""
    story = make_story(kind)
    assert story.findings() == set()
    before_it = story.ran()
    tamper.do(story)
    before = story.everything()
    _is_reported(story, tamper)
    _is_noticed_by_commands(story, tamper)
    assert story.everything() == before
    assert story.ran() == before_it
    _is_upgraded_or_not(story, tamper)


def _is_reported(story: Story, tamper: Tamper) -> None:
    status = story.status()
    if tamper.status_error is not None:
        assert [type(each) for each in status.errors] == [tamper.status_error]
        return
    assert status.errors == ()
    assert {(each.kind, each.revision) for each in status.findings} == tamper.found
    assert story.repair().findings == status.findings
    with patch("flaskmig.engine.commands.findings._Look._is_as_left", return_value=False):
        assert story.status().findings == status.findings, "a quick look missed something"
    for finding in status.findings:
        assert finding.revision in finding.message
        assert finding.hint


def _is_noticed_by_commands(story: Story, tamper: Tamper) -> None:
    with raises(tamper.current):
        warned = story.current().warnings
        status = story.status()
        odd = {each.kind for each in status.findings} - {"unrecorded"}
        assert bool(warned) == bool(odd or status.unfinished)
    with raises(tamper.check):
        story.check()
    with raises(tamper.upgrade):
        story.plan()
    is_changed = any(kind in STOPS_A_DOWNGRADE for kind, _ in tamper.found)
    if is_changed and tamper.current is None:
        with pytest.raises(ChangedRevisionError):
            story.downgrade()


def _is_upgraded_or_not(story: Story, tamper: Tamper) -> None:
    """An upgrade goes on with what is pending, or stops before anything; then it is mended."""
    ran = story.ran()
    if tamper.upgrade is not None:
        with pytest.raises(tamper.upgrade):
            story.upgrade()
        assert story.ran() == ran
    tamper.mend(story)
    assert story.findings() == set()
    assert story.rows() == tamper.rows
    pending = [f"{D} up"] if story.path(D).exists() else []
    story.upgrade()
    assert story.ran() == sorted([*ran, *pending])
