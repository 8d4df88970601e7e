"""Revision files on disk: reading, trust, loading, writing."""

from __future__ import annotations

import importlib
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from flaskmig.engine.configuration.options import Options
from flaskmig.engine.files import naming, revision_source
from flaskmig.engine.files.new_revision import NewRevision
from flaskmig.engine.files.scripts import Scripts
from flaskmig.engine.files.source import checksum
from flaskmig.errors import (
    AmbiguousRevisionError,
    ConfigurationError,
    FlaskmigError,
    InvalidRevisionFileError,
    RevisionError,
    RevisionNotFoundError,
)

BODY = """
import sqlalchemy as sa
from flaskmig import op

revision = {id!r}
down_revision = {parent!r}


def upgrade():
    pass
"""


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def directory(tmp_path: Path, umask: None) -> Path:
    folder = tmp_path / "project" / "migrations"
    Scripts(folder, Options()).init()
    return folder


def scripts(directory: Path, **options: Any) -> Scripts:
    return Scripts(directory, Options.read(directory, options))


def write(directory: Path, id_: str, parent: str | None = None, name: str = "") -> Path:
    path = directory / "versions" / (name or f"{id_}_x.py")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(BODY.format(id=id_, parent=parent))
    return path


class TestReading:
    def test_graph(self, directory: Path) -> None:
        """The files are the graph; strays that are no revisions are ignored."""
        write(directory, "aaaa")
        write(directory, "bbbb", "aaaa")
        (directory / "versions" / "__init__.py").write_text("syntax error")
        (directory / "versions" / ".#aaaa.py").write_text("syntax error")
        (directory / "versions" / "notes.txt").write_text("x")
        write(directory, "cccc", "gone", name="sub/cccc.py")
        graph = scripts(directory).graph
        assert graph.heads == ("bbbb",)
        assert len(graph) == 2

    def test_missing_folders(self, tmp_path: Path, directory: Path) -> None:
        """Without a migrations folder the error names init; without versions it is empty."""
        with pytest.raises(ConfigurationError) as caught:
            _ = scripts(tmp_path / "none").graph
        assert "flask db init" in caught.value.hint
        (directory / "versions").rmdir()
        assert len(scripts(directory).graph) == 0

    def test_version_locations(self, directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Several folders are read, from the migrations folder or the working directory."""
        write(directory, "aaaa")
        other = directory.parent / "plugin" / "migrations"
        other.mkdir(parents=True)
        (other / "bbbb.py").write_text(BODY.format(id="bbbb", parent="aaaa"))
        monkeypatch.chdir(directory.parent)
        found = scripts(directory, version_locations=["versions", "plugin/migrations", "versions"])
        assert {r.id for r in found.graph} == {"aaaa", "bbbb"}

    def test_recursive(self, directory: Path) -> None:
        """Subfolders are read where the option says so."""
        write(directory, "aaaa")
        write(directory, "bbbb", "aaaa", name="2026/11/bbbb.py")
        assert len(scripts(directory).graph) == 1
        assert len(scripts(directory, recursive_version_locations=True).graph) == 2

    def test_duplicates(self, directory: Path) -> None:
        """Two files with one id are an error that names both."""
        write(directory, "aaaa")
        write(directory, "aaaa", name="copy.py")
        with pytest.raises(AmbiguousRevisionError, match=r"aaaa_x\.py and .*copy\.py"):
            _ = scripts(directory).graph

    def test_broken(self, directory: Path) -> None:
        """A file that does not parse is an error with its path and line."""
        write(directory, "aaaa").write_text("revision = 'aaaa'\n<<<<<<< HEAD\n")
        with pytest.raises(InvalidRevisionFileError) as caught:
            _ = scripts(directory).graph
        assert caught.value.path.endswith("aaaa_x.py")
        assert caught.value.line == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
class TestTrust:
    def test_link_outside(self, directory: Path, tmp_path: Path) -> None:
        """A symbolic link that leaves the folder is refused."""
        evil = tmp_path / "evil.py"
        evil.write_text(BODY.format(id="aaaa", parent=None))
        (directory / "versions" / "aaaa.py").symlink_to(evil)
        with pytest.raises(InvalidRevisionFileError, match="symbolic link"):
            _ = scripts(directory, trust_directory=True).graph

    def test_link_inside(self, directory: Path) -> None:
        """A symbolic link within the folder is the file it points at, once."""
        path = write(directory, "aaaa")
        (directory / "versions" / "again.py").symlink_to(path)
        assert len(scripts(directory).graph) == 1

    def test_world_writable(self, directory: Path) -> None:
        """What everybody may write is read and not run, unless the folder is trusted."""
        path = write(directory, "aaaa")
        path.chmod(0o666)
        found = scripts(directory)
        assert found.graph.heads == ("aaaa",)
        for run in (found.load, lambda id_: found.verify([id_])):
            with pytest.raises(InvalidRevisionFileError, match="everybody may write") as caught:
                run("aaaa")
            assert "trust_directory" in caught.value.hint
        assert scripts(directory, trust_directory=True).load("aaaa").revision == "aaaa"

    @pytest.mark.parametrize("inside", ["", "versions"])
    def test_world_writable_folder(self, directory: Path, inside: str) -> None:
        """Nothing runs in a folder that everybody may write: its files could be replaced."""
        write(directory, "aaaa")
        (directory / inside).chmod(0o777)
        found = scripts(directory)
        assert found.graph.heads == ("aaaa",)
        assert "others may write" in found.notes[0]
        with pytest.raises(InvalidRevisionFileError, match="everybody may write the folder"):
            found.load("aaaa")
        assert scripts(directory, trust_directory=True).load("aaaa").revision == "aaaa"

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs to give files away")
    def test_sticky_folder(self, directory: Path) -> None:
        """In a sticky folder our own files run, and those of another user do not."""
        path = write(directory, "aaaa")
        directory.chmod(0o1777)
        assert scripts(directory).load("aaaa").revision == "aaaa"
        os.chown(path, 12345, -1)
        with pytest.raises(InvalidRevisionFileError, match="everybody may write the folder"):
            scripts(directory).load("aaaa")

    def test_open_umask(self, tmp_path: Path, umask: None) -> None:
        """What is made under an open umask is not open to everybody."""
        os.umask(0)
        found = scripts(tmp_path / "migrations")
        found.init()
        path = found.create(NewRevision(id="a1"))
        assert path.stat().st_mode & 0o022 == 0
        assert scripts(tmp_path / "migrations").graph.heads == ("a1",)

    def test_became_writable(self, directory: Path) -> None:
        """A file that was opened to everybody since its header was read is not run."""
        path = write(directory, "aaaa")
        found = scripts(directory)
        assert found.graph.heads == ("aaaa",)
        path.chmod(0o666)
        with pytest.raises(InvalidRevisionFileError):
            found.load("aaaa")

    def test_group_is_noted(self, directory: Path) -> None:
        """A folder that its group may write is a note."""
        assert scripts(directory).notes == ()
        (directory / "versions").chmod(0o775)
        assert "others may write" in scripts(directory).notes[0]


class TestLoading:
    def test_load(self, directory: Path) -> None:
        """Loading runs the file; it knows where it is and leaves nothing behind."""
        path = write(directory, "aaaa")
        path.write_text(path.read_text() + "\nWHERE = __file__\nNAME = __name__\n")
        before = list(sys.path)
        module = scripts(directory).load("aaaa")
        assert str(path) == module.WHERE
        assert module.NAME == "flaskmig_revision_aaaa"
        assert module.NAME not in sys.modules
        assert sys.path == before
        assert not (path.parent / "__pycache__").exists()

    def test_hashed_is_run(self, directory: Path) -> None:
        """The bytes that were hashed are run, whatever happens to the file in between."""
        path = write(directory, "aaaa")
        found = scripts(directory)
        before = found.checksum("aaaa")
        path.write_text(path.read_text() + "\nraise SystemExit\n")
        assert found.load("aaaa").revision == "aaaa"
        assert scripts(directory).checksum("aaaa") != before

    def test_became_another(self, directory: Path) -> None:
        """A file that is another revision since its header was read is not run."""
        write(directory, "aaaa")
        found = scripts(directory)
        assert found.graph.heads == ("aaaa",)
        write(directory, "bbbb", name="aaaa_x.py")
        with pytest.raises(InvalidRevisionFileError, match="a moment ago"):
            found.load("aaaa")

    @pytest.mark.parametrize("change", ["id", "words"])
    def test_changed_as_if_it_were_not(self, directory: Path, change: str) -> None:
        """A file of the same size, time and place as its header is looked at all the same."""
        path = write(directory, "aaaa")
        found = scripts(directory)
        before = found.graph.revision("aaaa"), os.stat(path)
        old, new = ("aaaa", "bbbb") if change == "id" else ("upgrade", "upgrada")
        path.write_text(path.read_text().replace(old, new))
        os.utime(path, ns=(before[1].st_atime_ns, before[1].st_mtime_ns))
        assert os.stat(path).st_size == before[1].st_size
        if change == "id":
            with pytest.raises(InvalidRevisionFileError, match="a moment ago and now is bbbb"):
                found.load("aaaa")
        else:
            assert hasattr(found.load("aaaa"), "upgrada")

    def test_read_and_compiled_once(self, directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """To verify a file and then to run it reads it once and compiles it once."""
        write(directory, "aaaa")
        found = scripts(directory)
        assert found.graph.heads == ("aaaa",)
        done: list[str] = []
        for module, name in (("scripts", "read_revision"), ("syntax", "_compiled")):
            where = f"flaskmig.engine.files.{module}.{name}"
            real = pkgutil.resolve_name(where)

            def noting(*given: Any, real: Any = real, name: str = name) -> Any:
                done.append(name)
                return real(*given)

            monkeypatch.setattr(where, noting)
        fake = {"alembic": ModuleType("alembic")}
        found.verify(["aaaa"], fake)
        assert found.load("aaaa", fake).revision == "aaaa"
        assert found.checksum("aaaa") == found.checksum_alone("aaaa")
        assert done == ["read_revision", "_compiled"]

    def test_stand_ins(self, directory: Path) -> None:
        """Modules that are handed down are imported instead of those installed, only meanwhile."""
        path = write(directory, "aaaa")
        path.write_text("import alembic\n" + path.read_text())
        fake = ModuleType("alembic")
        before = sys.modules.get("alembic")
        assert scripts(directory).load("aaaa", {"alembic": fake}).alembic is fake
        assert sys.modules.get("alembic") is before

    @pytest.mark.parametrize(
        "line",
        [
            "from alembic import op",
            "import alembic.op",
            "def upgrade():\n    from alembic import op",
        ],
    )
    def test_alembic(self, directory: Path, line: str) -> None:
        """A file that imports Alembic is refused before it runs, with the import to change."""
        path = write(directory, "aaaa")
        path.write_text(f"raise SystemExit\n{line}\n{path.read_text()}")
        found = scripts(directory)
        for run in (found.load, lambda id_: found.verify([id_])):
            with pytest.raises(InvalidRevisionFileError, match="imports alembic") as caught:
                run("aaaa")
            assert caught.value.line in (2, 3)
            assert "from flaskmig import op" in caught.value.hint

    @pytest.mark.parametrize(
        ("tail", "what"),
        [("import nothing_of_this_name", "ModuleNotFoundError"), ("x = (", "was never closed")],
    )
    def test_failing(self, directory: Path, tail: str, what: str) -> None:
        """A file that fails while it loads is an error with file, line and cause."""
        path = write(directory, "aaaa")
        path.write_text(path.read_text() + f"    pass\n{tail}\n")
        with pytest.raises(InvalidRevisionFileError, match=what) as caught:
            scripts(directory).load("aaaa")
        assert caught.value.path == str(path)
        assert caught.value.line == len(path.read_text().splitlines())
        assert caught.value.__cause__ is not None

    def test_verify(self, directory: Path) -> None:
        """A file whose functions do not parse is found before anything runs, by name and line."""
        path = write(directory, "aaaa")
        path.write_text(path.read_text() + "    x = = 1\n")
        found = scripts(directory)
        assert found.graph.heads == ("aaaa",)
        with pytest.raises(InvalidRevisionFileError, match="line 11"):
            found.verify(["aaaa"])

    def test_checksum(self) -> None:
        """Line ends and the package that op comes from do not count; everything else does."""
        one = checksum(b"from alembic import op\nx = 1\n")
        assert one == checksum(b"from flaskmig import op\r\nx = 1\r\n")
        assert one != checksum(b"from flaskmig import op\nx = 2\n")
        assert one != checksum(b"from flaskmigs import op\nx = 1\n")


UPGRADE = ('op.add_column("users", sa.Column("email", sa.String(length=80)))',)
DOWNGRADE = ('op.drop_column("users", "email")',)
SA = "import sqlalchemy as sa"


class TestWriting:
    def test_file(self, directory: Path) -> None:
        """A new file is exactly the documented text."""
        found = scripts(directory, timezone="UTC")
        first = found.create(NewRevision(id="27c6a30d7c24", message="users"))
        path = found.create(
            NewRevision(
                id="1975ea83b712",
                message="add email",
                parents=found.graph.heads,
                functions={"upgrade": UPGRADE, "downgrade": DOWNGRADE},
                imports=(SA, "import os"),
            )
        )
        assert first.name == "27c6a30d7c24_users.py"
        assert path == directory / "versions" / "1975ea83b712_add_email.py"
        lines = path.read_text().splitlines()
        assert lines[4].startswith("Create Date: ")
        assert lines[4].endswith("+00:00")
        lines[4] = "Create Date: …"
        assert "\n".join(lines) == (
            '"""add email\n\nRevision ID: 1975ea83b712\nRevises: 27c6a30d7c24\n'
            'Create Date: …\n"""\n\nimport sqlalchemy as sa\nfrom flaskmig import op\n\n'
            'revision = "1975ea83b712"\ndown_revision = "27c6a30d7c24"\n'
            "branch_labels = None\ndepends_on = None\n\n\n"
            f"def upgrade():\n    {UPGRADE[0]}\n\n\ndef downgrade():\n    {DOWNGRADE[0]}"
        )
        assert found.graph.heads == ("1975ea83b712",)
        assert found.graph.revision("1975ea83b712").message == "add email"
        assert callable(found.load("1975ea83b712").upgrade)

    def test_ruff(self, directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is written passes ruff's check and format as it is."""
        (directory.parent / "shop").mkdir()
        (directory.parent / "shop" / "types.py").write_text(
            "import sqlalchemy as sa\nclass Money(sa.Integer): pass\n"
        )
        monkeypatch.syspath_prepend(str(directory.parent))
        importlib.import_module("shop.types")
        found = scripts(directory)
        found.create(NewRevision(id="a1", message='"empty" \\d """ of it', branch_labels=("x",)))
        found.create(NewRevision(id="b1", message="other base"))
        found.create(NewRevision(id="m1", parents=("a1", "b1"), depends_on=("a1",)))
        found.create(
            NewRevision(
                id="c1",
                parents=("m1",),
                functions={
                    "upgrade": ('op.add_column("t", sa.Column("m", shop.types.Money()))',),
                    "upgrade_logs": (
                        'op.create_table(\n    "t",\n    sa.Column("d", postgresql.JSONB()),\n)',
                    ),
                },
                imports=(
                    "import shop.types",
                    "from sqlalchemy.dialects import postgresql",
                    SA,
                    "import decimal",
                ),
            )
        )
        ruff = Path(sys.executable).with_name("ruff")
        for command in (["check", "--isolated", "--select=E,F,I,UP,W"], ["format", "--diff"]):
            done = subprocess.run(
                [ruff, *command, "migrations"],
                check=False,
                cwd=directory.parent,
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, done.stdout + done.stderr
        assert len(scripts(directory).graph) == 4
        empty = Path(scripts(directory).graph.revision("a1").path).read_text("utf-8")
        assert "import sqlalchemy as sa" in empty
        assert "from flaskmig import op" in empty
        assert scripts(directory).graph.revision("a1").message == '"empty" \\d """ of it'

    def test_functions_of_binds(self, directory: Path) -> None:
        """Functions of other binds are written after those of the default one; none is left out."""
        found = scripts(directory)
        found.create(NewRevision(id="a1", functions={"downgrade_logs": ('op.execute("x")',)}))
        text = found.source("a1").content.decode()
        names = [line for line in text.splitlines() if line.startswith("def ")]
        assert names == ["def upgrade():", "def downgrade():", "def downgrade_logs():"]
        assert "sqlalchemy" not in text

    @pytest.mark.parametrize("id_", ["", "a-b", "../x", "a" * 33, "head", "é", "a.b", "CON", "a\n"])
    def test_ids(self, directory: Path, id_: str) -> None:
        """An id that could lead elsewhere, or mean something else, is refused."""
        with pytest.raises(RevisionError):
            scripts(directory).create(NewRevision(id=id_, message="x"))
        assert list((directory / "versions").iterdir()) == []

    @pytest.mark.parametrize(
        "message", ["two\nlines", "x" * 201, "\x1b[31m", "a\u202eb", "a\u2028b", "\0"]
    )
    def test_messages(self, directory: Path, message: str) -> None:
        """A message is one line of visible characters."""
        with pytest.raises(RevisionError):
            scripts(directory).create(NewRevision(id="a1", message=message))

    @pytest.mark.parametrize(
        "message",
        ['"""\nimport os', '"""; import os; """', "\\", 'x"', '"x', "{{ 7 * 7 }}", "\\N{BULLET}"],
    )
    def test_messages_run_nothing(self, directory: Path, message: str) -> None:
        """A message stays text, whatever stands in it."""
        found = scripts(directory)
        try:
            found.create(NewRevision(id="a1", message=message))
        except RevisionError:
            assert "\n" in message
            return
        assert found.graph.revision("a1").message == message
        assert not hasattr(found.load("a1"), "os")

    def test_relations(self, directory: Path) -> None:
        """An id that is taken, a parent that is not there and a used label are refused."""
        found = scripts(directory)
        found.create(NewRevision(id="a1", branch_labels=("x",)))
        for new, error in (
            (NewRevision(id="a1"), AmbiguousRevisionError),
            (NewRevision(id="b1", parents=("zz",)), RevisionNotFoundError),
            (NewRevision(id="b1", branch_labels=("x",)), AmbiguousRevisionError),
            (NewRevision(id="b1", branch_labels=("a@b",)), RevisionError),
        ):
            with pytest.raises(error):
                found.create(new)
        assert len(list((directory / "versions").iterdir())) == 1

    def test_file_template(self, directory: Path) -> None:
        """The tokens of file_template are filled; folders in it are made and read again."""
        (directory / "alembic.ini").write_text(
            "[alembic]\nfile_template = %%(year)d/%%(month).2d/%%(rev)s-%%(slug)s\n"
        )
        found = scripts(directory)
        path = found.create(NewRevision(id="a1", message="Größe & Länge"))
        assert path.parent.parent.parent == directory / "versions"
        assert path.name == "a1-groe_lange.py"
        assert len(scripts(directory).graph) == 1

    @pytest.mark.parametrize(
        "template", ["../%(rev)s", "/tmp/%(rev)s", "%(nope)s", "%(rev)d", ".x"]
    )
    def test_wrong_template(self, directory: Path, template: str) -> None:
        """A template that cannot be filled, or leads out of the folder, is refused."""
        with pytest.raises(ConfigurationError):
            scripts(directory, file_template=template).create(NewRevision(id="a1"))

    def test_slug(self) -> None:
        """A slug is cut between words and has nothing in it that a file name cannot have."""
        assert naming.slug("Add the users' e-mail", 40) == "add_the_users_e_mail"
        assert naming.slug("one two three", 9) == "one_two_"
        assert naming.slug("x" * 50, 40) == "x" * 40
        assert naming.slug("漢字", 40) == ""

    def test_devices(self, directory: Path) -> None:
        """A file name that Windows keeps for a device is refused."""
        with pytest.raises(RevisionError, match="device"):
            scripts(directory, file_template="%(slug)s").create(NewRevision(id="a1", message="con"))

    def test_never_overwrites(self, directory: Path) -> None:
        """A file that is there stays as it is, and no temporary one is left."""
        path = directory / "versions" / "a1_x.py"
        found = scripts(directory)
        assert len(found.graph) == 0
        path.write_text("mine")
        with pytest.raises(ConfigurationError, match="there already"):
            found.create(NewRevision(id="a1", message="x"))
        assert path.read_text() == "mine"
        assert [p.name for p in path.parent.iterdir()] == [path.name]

    def test_interrupted(self, directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """An error while writing leaves no file and no folder."""

        def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("flaskmig.engine.files.new_files.os.link", fail)
        with pytest.raises(ConfigurationError, match="No space left"):
            scripts(directory, file_template="new/%(rev)s").create(NewRevision(id="a1"))
        assert list((directory / "versions").iterdir()) == []

    def test_no_hard_links(self, directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file system without hard links is served as well."""

        def fail(*_: object) -> None:
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr("flaskmig.engine.files.new_files.os.link", fail)
        path = scripts(directory).create(NewRevision(id="a1"))
        assert [p.name for p in path.parent.iterdir()] == [path.name]

    def test_version_path(self, directory: Path) -> None:
        """With several folders the parent's is taken, or the one that is named."""
        other = directory.parent / "other"
        other.mkdir()
        found = scripts(directory, version_locations=["versions", str(other)])
        with pytest.raises(ConfigurationError, match="several version locations"):
            found.create(NewRevision(id="a1"))
        with pytest.raises(ConfigurationError, match="none of the version locations"):
            found.create(NewRevision(id="a1", version_path=directory.parent))
        assert found.create(NewRevision(id="a1", version_path=other)).parent == other
        assert found.create(NewRevision(id="b1", parents=("a1",))).parent == other
        inside = found.create(NewRevision(id="c1", version_path="versions"))
        assert inside.parent == directory / "versions"

    def test_own_template(self, directory: Path) -> None:
        """A template of one's own is used; one that loses the header is refused."""
        own = directory / "script.py.jinja"
        ours = Path(revision_source.__file__).with_name("script.py.jinja").read_text()
        own.write_text("# ours\n" + ours.replace("):", ") -> None:"))
        found = scripts(directory)
        path = found.create(NewRevision(id="a1", message="x"))
        assert path.read_text().startswith("# ours\n")
        assert "def upgrade() -> None:" in path.read_text()
        own.write_text('revision = "{{ revision }}"\ndown_revision = "zz"\n')
        with pytest.raises(InvalidRevisionFileError, match="asked for"):
            found.create(NewRevision(id="b1"))
        own.write_text("{{ nothing_of_this_name }}")
        with pytest.raises(ConfigurationError, match="does not work"):
            found.create(NewRevision(id="b1"))
        own.write_text("def upgrade(:")
        with pytest.raises(InvalidRevisionFileError):
            found.create(NewRevision(id="b1"))
        assert len(list((directory / "versions").iterdir())) == 1

    @pytest.mark.parametrize(
        "line",
        [
            'eval("1")',
            "op.__class__()",
            "op.execute(lambda: 1)",
            "import os",
            "x = 1",
            'op.execute(f"{sa}")',
            "[op.execute(x) for x in ()]",
            "op.execute(open)",
        ],
    )
    def test_only_calls(self, directory: Path, line: str) -> None:
        """By our own template nothing is written but calls of what is imported."""
        with pytest.raises(InvalidRevisionFileError, match="not written"):
            scripts(directory).create(NewRevision(id="a1", functions={"upgrade": (line,)}))
        assert list((directory / "versions").iterdir()) == []

    def test_hooks(self, directory: Path) -> None:
        """Post-write hooks run on the new file, in order; one that fails is an error."""
        code = "import sys; open(sys.argv[1], 'a').write('# ' + sys.argv[2] + '\\n')"
        (directory / "one.py").write_text(code)
        command = [sys.executable, str(directory / "one.py"), "REVISION_SCRIPT_FILENAME"]
        found = scripts(directory, post_write_hooks=[[*command, "one"], [*command, "two"]])
        path = found.create(NewRevision(id="a1"))
        assert path.read_text().endswith("# one\n# two\n")
        failing = scripts(directory, post_write_hooks=[[sys.executable, "-c", "raise Oops"]])
        with pytest.raises(ConfigurationError, match="Oops"):
            failing.create(NewRevision(id="b1"))
        missing = scripts(directory, post_write_hooks=["no-such-program -x"])
        with pytest.raises(ConfigurationError, match="not installed"):
            missing.create(NewRevision(id="c1"))


class TestInit:
    def test_init(self, tmp_path: Path) -> None:
        """init makes the folder, versions and a README, and nothing else."""
        folder = tmp_path / "a" / "migrations"
        scripts(folder).init()
        made = sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))
        assert made == ["README", "versions"]
        assert len(scripts(folder).graph) == 0

    def test_package_and_binds(self, tmp_path: Path) -> None:
        """--package adds __init__.py, --multidb the option that manages all binds."""
        folder = tmp_path / "migrations"
        folder.mkdir()
        scripts(folder).init(multidb=True, package=True)
        assert (folder / "__init__.py").exists()
        assert (folder / "versions" / "__init__.py").exists()
        assert Options.read(folder, {}).binds == "all"

    def test_not_empty(self, directory: Path) -> None:
        """A folder with something in it is left alone."""
        before = sorted(directory.rglob("*"))
        with pytest.raises(ConfigurationError, match="not an empty folder"):
            scripts(directory).init()
        assert sorted(directory.rglob("*")) == before

    def test_failure_leaves_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the folder cannot be made whole, nothing of it stays."""
        real = os.open

        def fail(path: Any, *rest: Any, **keywords: Any) -> int:
            if str(path).endswith("README"):
                raise PermissionError(13, "Permission denied")
            return real(path, *rest, **keywords)

        monkeypatch.setattr("flaskmig.engine.files.new_files.os.open", fail)
        with pytest.raises(FlaskmigError, match="Permission denied"):
            scripts(tmp_path / "a" / "migrations").init()
        assert list(tmp_path.iterdir()) == []
