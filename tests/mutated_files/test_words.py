"""Ids, messages, labels and paths from the command line: none leads out of the folder or is run."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from tests.counts import SEED, rounds
from tests.mutated_files.project import Project

HOSTILE = (
    *("../x", "..", "/etc/cron.d/x", "a/b", "a\\b", "C:x", "\\\\host\\x", "~/x", "$HOME", "%00"),
    *("x\x00y", "x\ny", "x\r\ny", "\x1b[2J", "\x07", "a\u202eb", "\u2066x", "\ud800", "\u2028"),
    *('x"""\nran("evil")\n"""', 'x"""; ran("evil"); """', "'''; ran('evil')", "\\", "\\\\", 'x"'),
    *(
        "{{ ran('evil') }}",
        "{% for x in ().__class__ %}",
        "{ran}",
        "%(rev)s",
        "%s%n",
        "\\N{BULLET}",
    ),
    *("con", "NUL", "aux.txt", "COM1", "lpt9", "head", "heads", "base", "current", "HEAD"),
    *("+1", "-1", "@", ":", "a@b", "a:b", "a-b", "", " ", ".", "x" * 33, "x" * 201, "x" * 70_000),
    *(
        "größe",
        "漢字",
        "ﬁ",
        "👩‍👧",
        "a\u0301",
        "\uff41",
        "٣",
        "a b",
        "a\tb",
        "a\u00a0b",
        "a\u200bb",
    ),
    *("__init__", ".#x", "-rf", "--help", "$(touch x)", "`touch x`", "; touch x", "| touch x", "&"),
)
TAKES_ONE = (
    *(("revision", "--rev-id", "{}"), ("revision", "-m", "{}"), ("merge", "-m", "{}", "heads")),
    *(("revision", "--branch-label", "{}"), ("revision", "--version-path", "{}")),
    *(("revision", "--head", "{}"), ("revision", "--depends-on", "{}"), ("migrate", "-m", "{}")),
    *(
        ("upgrade", "--", "{}"),
        ("downgrade", "--", "{}"),
        ("stamp", "--", "{}"),
        ("show", "--", "{}"),
    ),
    *(("history", "-r", "{}"), ("plan", "--", "{}"), ("upgrade", "--tag", "{}", "bb22")),
    *(("upgrade", "-x", "{}", "bb22"), ("diff", "--from", "{}"), ("diff", "--rename", "{}")),
    *(("diff", "--drop", "{}"), ("current", "--bind", "{}"), ("edit", "{}")),
)
# The name of a file that `revision` writes, whatever it was told.
FILE_NAME = re.compile(r"[A-Za-z0-9_]{1,32}_[a-z0-9_]{0,40}\.py")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    found = Project(tmp_path)
    found.reset()
    return found


def tried(project: Project, command: tuple[str, ...], word: str, again: str) -> None:
    """Run one command with the word; what it wrote is a revision file and nothing else."""
    before = {path.name for path in project.versions.iterdir()}
    seen = project.run(*(part.replace("{}", word) for part in command))
    assert seen.is_clear, f"{again}: {seen}"
    assert not {"\x1b", "\x07", "\u202e", "\x00"} & {*seen.output, *seen.errors}, again
    assert "evil" not in project.ran, again
    assert project.outside() == set(), again
    assert {path.name for path in project.migrations.iterdir()} == {"versions"}, again
    for name in {path.name for path in project.versions.iterdir()} - before:
        assert FILE_NAME.fullmatch(name), f"{again}: {name!r}"
        text = (project.versions / name).read_text("utf-8")
        assert "{{" not in text or "{{" in word, again
    assert project.run("history", "-v").code == 0, again


@pytest.mark.parametrize("command", TAKES_ONE, ids=" ".join)
def test_words(project: Project, command: tuple[str, ...]) -> None:
    """Each hostile word, wherever one can be given, is taken as a word or refused clearly."""
    for word in HOSTILE:
        if len(project.ran) > 4 or len(list(project.versions.iterdir())) > 3:
            project.reset()
        tried(project, command, word, f"{command} with {word[:80]!r}")


def test_what_was_written_is_text(project: Project) -> None:
    """A message that was accepted is the message of the file, and the file runs nothing by it."""
    for word in HOSTILE:
        project.reset()
        if project.run("revision", "--head", "cc33", "--rev-id", "dd44", "-m", word).code != 0:
            continue
        (entry,) = json.loads(project.run("show", "dd44", "--json").output)
        assert project.run("upgrade").code == 0, word
        assert "evil" not in project.ran, word
        assert entry["message"] == (" ".join(word.split()) or "empty message"), word


def test_random_words(project: Project) -> None:
    """So does any mixture of such words."""
    for number in range(rounds(60, 3_000)):
        chance = random.Random(SEED + number)
        word = "".join(chance.sample([part[:50] for part in HOSTILE], chance.randint(2, 4)))
        command = chance.choice(TAKES_ONE)
        if number % 5 == 0:
            project.reset()
        tried(project, command, word, f"FLASKMIG_SEED={SEED}, round {number}: {command}, {word!r}")


FOLDERS = (
    *("nowhere", "../elsewhere", "app.py", "app.sqlite", "x" * 5000, "a\nb", "\x1b[2J", "größe"),
    *("a\x00b", "", "/dev/null", "/proc/self/mem/x", "versions/../migrations", "\ud800", "{{7*7}}"),
)


@pytest.mark.parametrize("folder", FOLDERS)
def test_folders(project: Project, folder: str) -> None:
    """A folder that is none is refused by every command, and by init where it cannot be made."""
    (project.around / "elsewhere").mkdir()
    for command in ("history", "heads", "upgrade", "revision", "check", "migrate"):
        seen = project.run(command, "-d", folder)
        assert seen.is_clear, f"{command}: {seen}"
        assert "\x1b" not in seen.output + seen.errors
    assert "evil" not in project.ran
    seen = project.run("init", "-d", folder)
    assert seen.is_clear, str(seen)
