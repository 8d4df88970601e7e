"""An applied revision whose file was moved behind one that never ran: nothing is skipped."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from flaskmig.engine import commands
from flaskmig.errors import ChangedRevisionError
from tests.databases import NAMES
from tests.tampering.conftest import MakeStory
from tests.tampering.story import NEW, A, B, C, D, Story


def slipped_in(story: Story) -> Story:
    """A new revision between the second and the third, both of which are applied."""
    story.add(NEW, parents=B)
    story.edit(C, f"down_revision = '{B}'", f"down_revision = '{NEW}'")
    return story


@pytest.mark.parametrize("target", ["heads", C, "+1"])
def test_upgrade_refuses_and_says_both_ways_out(make_story: MakeStory, target: str) -> None:
    """An upgrade stops before anything, also where it has nothing to run, and says what to do."""
    story = slipped_in(make_story("sqlite"))
    before = story.everything()
    with pytest.raises(
        ChangedRevisionError, match=f"follows {NEW} by now, and {NEW} never"
    ) as caught:
        commands.upgrade(story.project, target)
    assert caught.value.revision == C
    assert f"flask db repair --accept {C}" in caught.value.hint
    assert f"flask db downgrade {B}" in caught.value.hint
    assert story.everything() == before


@pytest.mark.parametrize("kind", NAMES)
def test_what_it_does_is_there_already(make_story: MakeStory, kind: str) -> None:
    """--accept of the moved revision says that what it follows is there; it is not run then."""
    story = slipped_in(make_story(kind))
    story.execute(f"CREATE TABLE {story.name}_{NEW} (id INTEGER PRIMARY KEY)")
    [left] = story.accept(C)
    assert (left.kind, left.revision) == ("unrecorded", NEW)
    assert story.accept(NEW) == ()
    story.upgrade()
    assert f"{D} up" in story.ran()
    assert f"{NEW} up" not in story.ran()
    story.downgrade()
    assert f"{NEW} down" in story.ran()


def test_below_and_up_again(make_story: MakeStory) -> None:
    """Down with the files from before and up with those of now runs what would be skipped."""
    story = slipped_in(make_story("sqlite"))
    now = story.path(C).read_bytes()
    story.path(C).write_bytes(story.files[story.path(C)])
    story.downgrade(B)
    story.path(C).write_bytes(now)
    story.upgrade()
    assert {f"{NEW} up", f"{D} up"} <= set(story.ran())
    assert story.findings() == set()


@pytest.mark.parametrize("words", [{}, {"accept_changed": True}])
def test_there_is_no_way_down_through_it(make_story: MakeStory, words: dict[str, Any]) -> None:
    """A downgrade stops, for the version table would name what never ran."""
    story = slipped_in(make_story("sqlite"))
    before = story.everything()
    with pytest.raises(ChangedRevisionError, match=f"{NEW} never ran") as caught:
        story.downgrade(NEW, **words)
    assert f"flask db repair --accept {C}" in caught.value.hint
    assert story.everything() == before


def test_all_that_would_be_skipped_is_named(make_story: MakeStory) -> None:
    """What never ran below the new parent is named as well, the oldest first."""
    story = make_story("sqlite")
    story.add("deep0001", parents=A)
    story.add(NEW, parents="deep0001")
    story.edit(C, f"down_revision = '{B}'", f"down_revision = ('{B}', '{NEW}')")
    [found] = [each for each in story.status().findings if each.kind == "moved"]
    assert f"deep0001, {NEW} never ran here" in found.message


def test_a_stamp_settles_it(make_story: MakeStory) -> None:
    """A person who stamps the database at a moved revision says that all below it is there."""
    story = slipped_in(make_story("sqlite"))
    story.stamp(C)
    assert story.findings() == set()
    story.upgrade()
    assert f"{NEW} up" not in story.ran()


def test_a_branch_that_ran_may_be_followed(make_story: MakeStory) -> None:
    """A revision that is moved behind a branch that is applied, recorded or not, is no more
    than changed."""
    for is_recorded in (True, False):
        story = make_story("sqlite")
        story.add(NEW, parents=A)
        commands.upgrade(story.project, NEW)
        if not is_recorded:
            story.execute(
                "DELETE FROM flaskmig_journal WHERE version_table = 'VERSION' "
                f"AND revision = '{NEW}'"
            )
        story.edit(C, f"down_revision = '{B}'", f"down_revision = ('{B}', '{NEW}')")
        kinds = {(each.kind, each.revision) for each in story.status().findings}
        assert ("changed", C) in kinds
        assert not any(kind == "moved" for kind, _ in kinds)
        story.upgrade()


def test_what_was_applied_before_there_was_a_journal(make_story: MakeStory) -> None:
    """A revision that is moved among those that another tool applied is no more than changed."""
    story = make_story("sqlite")
    story.execute(
        "DELETE FROM flaskmig_journal WHERE version_table = 'VERSION' "
        f"AND revision IN ('{A}', '{B}')"
    )
    story.edit(C, f"down_revision = '{B}'", f"down_revision = ('{A}', '{B}')")
    assert story.findings() == {("changed", C)}
    story.upgrade()


def test_another_program_went_on_meanwhile(make_story: MakeStory) -> None:
    """What an older program applied between the look and the lock is found under the lock."""
    story = make_story("sqlite")
    story.downgrade(B)
    former = story.path(C).read_bytes()
    slipped_in(story)
    moved = story.path(C).read_bytes()
    asked = 0

    def engines(bind: str) -> sa.Engine:
        nonlocal asked
        asked += 1
        if asked == 2:
            story.path(C).write_bytes(former)
            commands.upgrade(story.project, C)
            story.path(C).write_bytes(moved)
        return story.engine

    with pytest.raises(ChangedRevisionError, match=f"{NEW} never ran"):
        commands.upgrade(replace(story.project, engines=engines), "heads")
    assert f"{D} up" not in story.ran()
    assert story.rows() == {C}


def test_check_fails_where_nothing_else_is_wrong(make_story: MakeStory) -> None:
    """A release is stopped by it, with the same way out."""
    story = slipped_in(make_story("sqlite"))
    story.path(D).unlink()
    with pytest.raises(ChangedRevisionError, match=f"{NEW} never ran") as caught:
        story.check()
    assert f"flask db repair --accept {C}" in caught.value.hint
