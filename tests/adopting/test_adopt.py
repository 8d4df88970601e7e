"""What adopt tells and changes, and that a second time there is nothing to do."""

from __future__ import annotations

import json
import tomllib

import flask_migrate

import flaskmig
from flaskmig.engine.commands import Adopted
from flaskmig.engine.configuration.options import Options
from flaskmig.engine.files.scripts import Scripts
from tests.adopting.adopted import adopt, content_of
from tests.adopting.shop import Shop


def test_dry_run_changes_nothing(single: Shop) -> None:
    """--dry-run tells each change and makes none, in the folder and in the database."""
    before, content = single.files(), content_of(single)
    found = adopt(single, dry_run=True, rewrite=True)
    assert (single.files(), content_of(single)) == (before, content)
    assert not found.is_carried_out
    kinds = [each.kind for each in found.changes]
    assert kinds == ["options", *["imports"] * 5, "journal"]
    told = json.loads(json.dumps(found.to_json()))
    assert told["files_of_alembic"] == told["files"] == 5
    assert told["databases"] == [
        {
            "bind": "default",
            "at": ["6a1b2c3d4e5f"],
            "applied": 3,
            "unrecorded": ["4f1a2b3c4d5e", "5a1b2c3d4e5f", "6a1b2c3d4e5f"],
        }
    ]


def test_shown_before_it_is_done(single: Shop) -> None:
    """Who is shown the changes may say no, and then there are none."""
    before, content = single.files(), content_of(single)
    shown: list[Adopted] = []

    def refuse(found: Adopted) -> bool:
        shown.append(found)
        return False

    with single.ours():
        found = flaskmig.adopt(agree=refuse)
    assert shown == [found]
    assert found.changes
    assert not found.is_carried_out
    assert (single.files(), content_of(single)) == (before, content)


def test_second_time(single: Shop) -> None:
    """A project that is adopted has nothing more to change, also after upgrades of either tool."""
    assert adopt(single).is_carried_out
    before, content = single.files(), content_of(single)
    again = adopt(single)
    assert (again.changes, again.is_carried_out) == ((), False)
    assert (single.files(), content_of(single)) == (before, content)
    with single.ours():
        flaskmig.upgrade(revision="7a1b2c3d4e5f")
    assert adopt(single).changes == ()
    with single.peer():
        flask_migrate.upgrade()
    (change,) = adopt(single).changes
    assert (change.kind, change.text) == (
        "journal",
        "flaskmig_journal gets the checksum of 1 applied revision",
    )


def test_journal(single: Shop) -> None:
    """Each applied revision is recorded with the checksum of its file, the oldest first."""
    adopt(single)
    scripts = Scripts(single.migrations, Options())
    ids = ["4f1a2b3c4d5e", "5a1b2c3d4e5f", "6a1b2c3d4e5f"]
    assert single.journal() == [(each, "stamp", scripts.checksum(each)) for each in ids]
    with single.ours():
        assert all(each.is_ok for each in flaskmig.repair())


def test_later_change_is_seen(single: Shop) -> None:
    """A file that somebody edits after it was adopted is known to be another one."""
    adopt(single)
    single.edit("versions/4f1a2b3c4d5e_users.py", ("'Ada'", "'Eve'"))
    with single.ours():
        (ran,) = flaskmig.upgrade()
    assert "was changed after revision 4f1a2b3c4d5e" in ran.warnings[0]
    found = adopt(single)
    assert not found.is_possible
    assert "flask db repair --accept 4f1a2b3c4d5e" in found.problems[0]


def test_new_files_are_for_both(single: Shop) -> None:
    """After adopting new files import alembic; what flaskmig.toml said before stays as it was."""
    toml = single.migrations / "flaskmig.toml"
    toml.write_text("# ours\nlock_wait = 5\n")
    adopt(single)
    assert toml.read_text() == '# ours\nlock_wait = 5\nwrite_for = "alembic"\n'
    with single.ours():
        flaskmig.upgrade()
        written = flaskmig.revision(message="empty")
        assert written.path is not None
        assert "from alembic import op" in written.path.read_text()


def test_toml_of_tables(single: Shop) -> None:
    """A flaskmig.toml that ends in a table gets its lines before that."""
    toml = single.migrations / "flaskmig.toml"
    toml.write_text('[[post_write_hooks]]\ntype = "exec"\nexecutable = "true"\n')
    adopt(single)
    assert tomllib.loads(toml.read_text()) == {
        "write_for": "alembic",
        "post_write_hooks": [{"type": "exec", "executable": "true"}],
    }


def test_what_somebody_said_counts(single: Shop) -> None:
    """What Migrate or flaskmig.toml say of new files is not changed."""
    assert [each.kind for each in adopt(single, write_for="flaskmig").changes] == ["journal"]
    assert "flaskmig.toml" not in single.files()
