"""What a person says with ``repair`` and with options, and what of the journal can be known."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from flaskmig.engine import commands
from flaskmig.engine.commands.resolving import Said
from flaskmig.engine.records.journal import Journal
from flaskmig.engine.records.journal_rows import RevisionRecord
from flaskmig.errors import (
    ChangedRevisionError,
    ConfigurationError,
    ExecutionError,
    HistoryError,
    LockTimeoutError,
    RevisionNotFoundError,
)
from tests.databases import NAMES
from tests.tampering.conftest import MakeStory
from tests.tampering.story import NEW, STRANGE, A, B, C, D, Story


def edited(make_story: MakeStory, *ids: str, kind: str = "sqlite") -> Story:
    story = make_story(kind)
    for id_ in ids or (B,):
        story.path(id_).write_bytes(story.path(id_).read_bytes() + b"# later\n")
    return story


def records(story: Story) -> list[tuple[str, str]]:
    """Direction and revision of the journal's rows, raw, in the order of their times."""
    return [
        tuple(row)
        for row in story.chain.query(
            "SELECT direction, revision FROM flaskmig_journal "
            f"WHERE version_table = '{story.version_table}' ORDER BY started_at"
        )
    ]


@pytest.mark.parametrize("kind", NAMES)
def test_accepting_is_written_down(make_story: MakeStory, kind: str) -> None:
    """--accept leaves a row "repair" in the journal, and only for the revision that was named."""
    story = edited(make_story, A, B, kind=kind)
    [left] = story.accept(B[:5])
    assert (left.kind, left.revision) == ("changed", A)
    assert records(story)[3:] == [("repair", B)]
    assert story.rows() == {C}


def test_words_that_fit_nothing(make_story: MakeStory) -> None:
    """A word that fits nothing is refused, and what was right beside it is not done either."""
    story = edited(make_story)
    before = story.everything()
    for words, error in (
        ({"accept": [B, A]}, ConfigurationError),
        ({"accept": [B, D]}, ConfigurationError),
        ({"accept": [B, "nonesuch"]}, RevisionNotFoundError),
        ({"accept": [B], "restamp": [C]}, ConfigurationError),
        ({"accept": [B], "restamp": [f"{C}:{B}"]}, ConfigurationError),
        ({"accept": [B], "restamp": [f"{STRANGE}:{B}"]}, ConfigurationError),
        ({"accept": [B], "restamp": [f"{STRANGE}:nonesuch"]}, RevisionNotFoundError),
    ):
        with pytest.raises(error):
            story.repair(**words)
        assert story.everything() == before


def test_a_file_with_another_id_is_recognised(make_story: MakeStory) -> None:
    """The hint for a row whose file got another id names that file, and it is right."""
    story = make_story("sqlite")
    for id_ in (C, D):
        story.edit(id_, f"revision = '{C}'", f"revision = '{NEW}'")
    [found] = story.status().findings
    assert "another id" in found.message
    assert f"--restamp {C}:{NEW}" in found.hint
    ran = story.ran()
    done = story.repair(restamp=[f"{C}:{NEW}"])
    assert done.restamped == ((C, NEW),)
    assert ("unstamp", C) in records(story)
    assert ("repair", NEW) in records(story)
    assert story.ran() == ran
    assert story.downgrade(B).warnings == ()


def test_restamping_forgets_what_is_gone(make_story: MakeStory) -> None:
    """Where two files are gone for good, one --restamp settles both."""
    story = make_story("sqlite")
    for id_ in (B, C, D):
        story.path(id_).unlink()
    assert story.findings() == {("unknown", C), ("missing", B)}
    assert story.repair(restamp=[f"{C}:{A}"]).findings == ()
    assert story.rows() == {A}


def test_a_row_is_restamped_once(make_story: MakeStory) -> None:
    """The same row named twice is refused, for it cannot become both."""
    story = make_story("sqlite")
    story.path(C).unlink()
    story.path(D).unlink()
    before = story.everything()
    with pytest.raises(ConfigurationError, match=f"the row {C} twice"):
        story.repair(restamp=[f"{C}:{A}", f"{C}:{B}"])
    assert story.everything() == before


def test_restamping_to_another_branch_is_refused(make_story: MakeStory) -> None:
    """A row does not become a revision under which something applied would be forgotten."""
    story = make_story("sqlite")
    story.path(C).unlink()
    story.path(D).unlink()
    story.chain.last = None
    story.add(NEW)
    before = story.everything()
    with pytest.raises(HistoryError, match=f"followed {B}, which is applied") as caught:
        story.repair(restamp=[f"{C}:{NEW}"])
    assert f"--restamp {C}:{B}" in caught.value.hint
    assert story.everything() == before
    assert story.repair(restamp=[f"{C}:{B}"]).findings == ()


def test_what_was_undone_in_another_way(make_story: MakeStory) -> None:
    """Once a person stamps where the database is, what something else undid runs again."""
    story = make_story("sqlite")
    story.execute(f"DROP TABLE {story.name}_{C}")
    story.execute(f"UPDATE VERSION SET version_num = '{B}'")
    with pytest.raises(HistoryError, match="second time") as caught:
        story.upgrade()
    assert f"flask db stamp {B}" in caught.value.hint
    story.stamp(B)
    story.upgrade()
    assert story.ran().count(f"{C} up") == 2
    assert story.findings() == set()


def test_changed_revisions_refuse(make_story: MakeStory) -> None:
    """changed_revisions="refuse" has upgrade stop at a changed file, before anything ran."""
    story = edited(make_story)
    strict = replace(
        story.project, options=replace(story.chain.options, changed_revisions="refuse")
    )
    with pytest.raises(ChangedRevisionError):
        commands.upgrade(strict)
    assert len(story.ran()) == 3
    story.accept(B)
    commands.upgrade(strict)
    assert f"{D} up" in story.ran()


def test_accept_changed_goes_down(make_story: MakeStory) -> None:
    """--accept-changed runs downgrade() of a changed file, and says that it was changed."""
    story = edited(make_story, C)
    assert story.downgrade("-1", accept_changed=True).warnings
    assert story.rows() == {B}
    assert f"{C} down" in story.ran()


@pytest.mark.parametrize("kind", NAMES)
def test_databases_that_flaskmig_comes_to_later(make_story: MakeStory, kind: str) -> None:
    """What was applied before there was a journal is nothing that was tampered with."""
    story = make_story(kind)
    story.execute("DELETE FROM flaskmig_journal WHERE version_table = 'VERSION'")
    assert story.findings() == set()
    story.upgrade()
    assert story.rows() == {D}
    assert story.findings() == set()


def test_stamping_is_no_tampering(make_story: MakeStory) -> None:
    """Stamps, upwards and downwards, leave nothing that looks like somebody else's work."""
    story = make_story("sqlite")
    for target in (A, D, "base", B, C, "head", "base"):
        story.stamp(target)
        assert story.findings() == set(), target
    commands.stamp(story.project, [C], purge=True)
    assert story.findings() == set()


def test_repair_waits_for_the_lock(make_story: MakeStory) -> None:
    """repair writes under the lock of upgrades, and changes nothing where it does not get it."""
    story = edited(make_story, kind="postgresql")
    before = story.everything()
    impatient = story.project.waiting(lock_wait=0.1)
    with story.engine.connect() as other:
        dialect, key = story.chain.history(other).dialect, story.chain.history(other).lock_key
        with dialect.session(other, key=key), pytest.raises(LockTimeoutError):
            commands.repair(impatient, accept=[B])
    assert story.everything() == before


@pytest.mark.parametrize("kind", NAMES)
def test_a_clock_that_is_behind(make_story: MakeStory, kind: str) -> None:
    """The last thing that was done counts, also where the clock of its machine is behind."""
    story = make_story(kind)
    with story.engine.begin() as connection:
        journal = Journal(connection, version_table=story.version_table)
        early = RevisionRecord(
            run="by-a-clock-that-is-behind",
            revision=C,
            direction="downgrade",
            file_sha256="",
            parents=(B,),
            started_at=datetime(2001, 1, 1).isoformat(timespec="microseconds"),
        )
        journal.finish(early, begun=False)
        assert sorted(journal.applied()) == [A, B]


@pytest.mark.parametrize(("said", "rows"), [("applied", {D}), ("undone", {C})])
def test_resolving_is_no_tampering(make_story: MakeStory, said: Said, rows: set[str]) -> None:
    """What a person said of a revision that was cut off is nothing that has to be repaired."""
    story = make_story("sqlite")
    text = story.path(D).read_text()
    cut = "    with op.get_context().autocommit_block():\n        op.execute('VACUUM')\n"
    story.path(D).write_text(
        text.replace("def upgrade():\n", f"def upgrade():\n{cut}    op.execute('nonsense')\n")
    )
    with pytest.raises(ExecutionError):
        story.upgrade()
    assert len(story.status().unfinished) == 1
    commands.resolve(story.project, D, said)
    assert story.findings() == set()
    assert story.rows() == rows
    assert story.status().unfinished == ()
