"""Revision files that import flaskmig after they were adopted."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

import flaskmig
from flaskmig.errors import ConfigurationError
from tests.adopting.adopted import adopt
from tests.adopting.shop import Shop


def test_rewrite(single: Shop) -> None:
    """--rewrite changes the imports alone; the files count as the ones that were applied."""
    before = single.files()
    found = adopt(single, rewrite=True)
    assert found.is_carried_out
    for name, content in before.items():
        if name.startswith("versions/"):
            wanted = content.replace(b"from alembic import op", b"from flaskmig import op")
            assert wanted != content
            content = wanted
        assert single.files()[name] == content
    with single.ours():
        (ran,) = flaskmig.upgrade()
        assert len(ran.applied) == 2
        assert not ran.warnings
        assert all(flaskmig.check())
        flaskmig.downgrade(revision="base")
    assert single.rows() == []
    assert tomllib.loads((single.migrations / "flaskmig.toml").read_text()) == {
        "write_for": "flaskmig"
    }
    assert adopt(single, rewrite=True).changes == adopt(single).changes == ()


def test_rewrite_later(single: Shop) -> None:
    """A project that was adopted as it is can be rewritten later; new files follow."""
    adopt(single)
    assert adopt(single, rewrite=True).is_carried_out
    assert 'write_for = "flaskmig"' in (single.migrations / "flaskmig.toml").read_text()
    assert not any(b"from alembic" in content for content in list(single.files().values())[-5:])


def test_file_that_cannot_be_rewritten(single: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no file can be rewritten, flaskmig.toml does not say that they were."""
    adopt(single)
    before = single.files()

    def refused(self: Path, target: object) -> Path:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refused)
        with pytest.raises(ConfigurationError, match="cannot be written: Permission denied"):
            adopt(single, rewrite=True)
    assert single.files() == before
    assert adopt(single, rewrite=True).is_carried_out


def test_rewrite_against_migrate(single: Shop) -> None:
    """Files are not rewritten where Migrate says that new ones are for Alembic."""
    before = single.files()
    found = adopt(single, rewrite=True, write_for="alembic")
    assert 'write_for="alembic"' in found.problems[0]
    assert single.files() == before


def test_rewrite_keeps_the_rest(single: Shop) -> None:
    """Imports with no twin in flaskmig stay, are named with their line, and the file still runs."""
    name = "versions/7a1b2c3d4e5f_tags.py"
    single.edit(
        name,
        (
            "from alembic import op\n",
            "from alembic import op\r\nfrom alembic import context\nimport  alembic.op as again\n",
        ),
    )
    os.chmod(single.migrations / name, 0o640)
    found = adopt(single, rewrite=True)
    kept = [note.partition("tags.py, ")[2] for note in found.notes if "stays as it is" in note]
    assert kept == [
        "line 9, stays as it is: from alembic import context",
        "line 10, stays as it is: import alembic.op as again",
    ]
    assert b"from flaskmig import op\r\nfrom alembic import context" in single.files()[name]
    assert (single.migrations / name).stat().st_mode & 0o777 == 0o640
    with single.ours():
        (ran,) = flaskmig.upgrade()
    assert not ran.warnings
    assert single.rows() == ["8a1b2c3d4e5f"]
