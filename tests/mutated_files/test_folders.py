"""Things in the folders that are no plain files, or not those of whoever runs the command."""

from __future__ import annotations

import os
import py_compile
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.mutated_files.project import READING, Project, source

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")

EVIL = b'ran("evil")\n' + source("dd44", "cc33", "evil")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    found = Project(tmp_path)
    found.reset()
    (found.around / "elsewhere").mkdir()
    umask = os.umask(0o022)
    yield found
    os.umask(umask)


def elsewhere(project: Project, name: str = "dd44_evil.py") -> Path:
    path = project.around / "elsewhere" / name
    path.write_bytes(EVIL)
    return path


def _link_out(project: Project) -> None:
    (project.versions / "dd44_evil.py").symlink_to(elsewhere(project))


def _link_out_by_a_way_round(project: Project) -> None:
    elsewhere(project)
    (project.versions / "way").symlink_to(project.around / "elsewhere")
    (project.versions / "dd44_evil.py").symlink_to(Path("way") / "dd44_evil.py")


def _link_to_itself(project: Project) -> None:
    (project.versions / "dd44_evil.py").symlink_to("dd44_evil.py")


def _link_to_nothing(project: Project) -> None:
    (project.versions / "dd44_evil.py").symlink_to("not_there.py")


def _link_to_a_device(project: Project) -> None:
    (project.versions / "dd44_evil.py").symlink_to("/dev/zero")


def _versions_elsewhere(project: Project) -> None:
    elsewhere(project)
    for path in project.versions.iterdir():
        path.rename(project.around / "elsewhere" / path.name)
    project.versions.rmdir()
    project.versions.symlink_to(project.around / "elsewhere")


def _too_big(project: Project) -> None:
    path = project.versions / "dd44_evil.py"
    path.write_bytes(EVIL)
    os.truncate(path, 2**31)


def _pipe_for_settings(name: str) -> Callable[[Project], None]:
    def make(project: Project) -> None:
        os.mkfifo(project.migrations / name)

    return make


def _settings(name: str, content: bytes) -> Callable[[Project], None]:
    def make(project: Project) -> None:
        (project.migrations / name).write_bytes(content)

    return make


def _folder_for_settings(project: Project) -> None:
    (project.migrations / "flaskmig.toml").mkdir()


def _file_for_versions(project: Project) -> None:
    for path in project.versions.iterdir():
        path.unlink()
    project.versions.rmdir()
    project.migrations.rmdir()
    project.migrations.write_text("a letter")


REFUSED = (
    _link_out,
    _link_out_by_a_way_round,
    _link_to_itself,
    _link_to_nothing,
    _link_to_a_device,
    _versions_elsewhere,
    _too_big,
    _file_for_versions,
    _folder_for_settings,
    *(_pipe_for_settings(name) for name in ("alembic.ini", "flaskmig.toml", "env.py")),
    _settings("alembic.ini", b"\x00\xff\xfe"),
    _settings("alembic.ini", b"no section = 1\n"),
    _settings("alembic.ini", b"[alembic]\nfile_template = %(here\n"),
    _settings("flaskmig.toml", b"\xff"),
    _settings("flaskmig.toml", b"lock_wait = [" * 500),
    _settings("flaskmig.toml", b'no_such_option = "x"\n'),
    _settings("flaskmig.toml", b'version_locations = "nothing:here"\n'),
    _settings("env.py", b"def f(:\n"),
    _settings("env.py", b"x = " + b"-" * 50_000 + b"1\n"),
    _settings("env.py", b"\x00"),
)


@pytest.mark.parametrize("spoil", REFUSED)
def test_refused(project: Project, spoil: Callable[[Project], None]) -> None:
    """What leaves the folder, is no file or cannot be read is refused; nothing is executed."""
    before = project.database()
    spoil(project)
    for command in (*READING, ("upgrade",)):
        seen = project.run(*command)
        assert seen.is_clear, f"{command}: {seen}"
    assert seen.code == 1, str(seen)
    assert "Try: " in seen.errors, str(seen)
    assert project.ran == []
    assert project.database() == before


def _pipe(project: Project) -> None:
    os.mkfifo(project.versions / "dd44_evil.py")


def _socket(project: Project) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        before = Path.cwd()
        os.chdir(project.versions)
        made.bind("dd44_evil.py")
        os.chdir(before)


def _folder(project: Project) -> None:
    (project.versions / "dd44_evil.py").mkdir()


def _cached(project: Project) -> None:
    """Byte code of something else, as new and as long as the file that it is said to be of."""
    folder = project.versions / "__pycache__"
    folder.mkdir()
    for path in list(project.versions.glob("*.py")):
        before = path.stat()
        good = path.read_bytes()
        evil = b'ran("evil")\n'
        path.write_bytes(evil + b"#" * (len(good) - len(evil)))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        for tag in ("cpython-311", "cpython-312", "cpython-313"):
            py_compile.compile(str(path), cfile=str(folder / f"{path.stem}.{tag}.pyc"))
        path.write_bytes(good)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _modules(project: Project) -> None:
    """Modules that would stand in for others if the folder were on the path."""
    for folder in (project.versions, project.migrations):
        for name in ("sqlalchemy", "flaskmig", "os", "sitecustomize", "conftest"):
            if folder == project.migrations or name == "sitecustomize":
                (folder / f"{name}.txt").write_bytes(EVIL)
            if folder == project.migrations:
                (folder / f"{name}.py").write_bytes(b'ran("evil")\n')


def _hidden(project: Project) -> None:
    for name in ("__init__.py", ".#dd44.py", "dd44.pyc", "dd44.py~", "dd44.py.orig", "dd44.PYC"):
        (project.versions / name).write_bytes(EVIL)


def _deeper(project: Project) -> None:
    deeper = project.versions / "sub"
    deeper.mkdir()
    (deeper / "dd44_evil.py").write_bytes(EVIL)
    (project.versions / "linked").symlink_to(project.around / "elsewhere")


def _environment(project: Project) -> None:
    (project.migrations / "env.py").write_bytes(
        b'ran("evil")\nfrom alembic import context\ncontext.configure(connection=None)\n'
        b"context.run_migrations()\n"
    )
    (project.migrations / "script.py.mako").write_bytes(b'<% ran("evil") %>')


def _pipe_for_a_template(project: Project) -> None:
    os.mkfifo(project.migrations / "script.py.jinja")


PASSED_OVER = (
    *(_pipe, _socket, _folder, _cached, _modules, _hidden, _deeper, _environment),
    _pipe_for_a_template,
)


@pytest.mark.parametrize("add", PASSED_OVER)
def test_passed_over(project: Project, add: Callable[[Project], None]) -> None:
    """What is no revision file there is left alone, and the others run from their source."""
    add(project)
    for command in READING:
        assert project.run(*command).is_clear
    assert project.ran == []
    seen = project.run("upgrade")
    assert seen.code == 0, str(seen)
    assert project.ran == ["bb22", "up bb22", "cc33", "up cc33"]
    assert project.run("revision", "-m", "next").code == 0
    assert "evil" not in project.ran


OPEN = (
    *("migrations/versions/bb22_spoiled.py", "migrations/versions", "migrations"),
    *("migrations/flaskmig.toml", "migrations/alembic.ini", "migrations/script.py.jinja"),
)


@pytest.mark.parametrize("path", OPEN)
def test_open_to_everybody(project: Project, path: str) -> None:
    """What everybody may write decides nothing: neither what runs nor what a new file is."""
    (project.migrations / "flaskmig.toml").write_text('post_write_hooks = ["touch"]\n')
    (project.migrations / "alembic.ini").write_text("[alembic]\n")
    template = "from flaskmig import op\nrevision = {{ revision | literal }}\n"
    template += "down_revision = {{ down_revision | literal }}\nbranch_labels = None\n"
    template += "depends_on = None\ndef upgrade():\n    pass\n"
    (project.migrations / "script.py.jinja").write_text(template)
    target = project.folder / path
    target.chmod(target.stat().st_mode | 0o002)
    files, before = sorted(project.versions.iterdir()), project.database()
    runs = path.startswith("migrations/versions") or path == "migrations"
    for command in (("upgrade",), ("revision", "-m", "x")):
        refused = command[0] == "upgrade" if "versions" in path else runs or command[0] != "upgrade"
        seen = project.run(*command)
        assert seen.code == (1 if refused else 0), f"{command}: {seen}"
        if refused:
            assert "everybody may write" in seen.errors
            assert "trust_directory" in seen.errors
    if runs:
        assert project.ran == []
        assert project.database() == before
    if "versions" not in path:
        assert sorted(project.versions.iterdir()) == files
    app = project.folder / "app.py"
    app.write_text(app.read_text().replace("engine=engine", "engine=engine, trust_directory=True"))
    assert project.run("upgrade").code == 0


def test_a_folder_between_that_everybody_may_write(project: Project) -> None:
    """A folder above the file's own, below that of the revisions, is looked at as well."""
    deep = project.versions / "2026" / "01"
    deep.mkdir(parents=True)
    project.file.rename(deep / project.file.name)
    (project.versions / "2026").chmod(0o777)
    (project.migrations / "flaskmig.toml").write_text("recursive_version_locations = true\n")
    seen = project.run("upgrade")
    assert seen.code == 1
    assert "2026" in seen.errors
    assert project.ran == []


NAMES = (
    *("dd44\nx.py", "dd44\x1b[2J.py", "-dd44.py", "dd44 .py", "dd44\u202e.py", "größe.py", "'.py"),
    *("dd44;$(touch x).py", "{{7*7}}.py", "%s%n.py", "x" * 200 + ".py", "..py", "CON.py"),
    b"dd44\xff\xfe.py",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("content", [EVIL[len(b'ran("evil")\n') :], b"nothing\n"])
def test_names(project: Project, name: str | bytes, content: bytes) -> None:
    """A file's name is shown and never obeyed, whatever stands in it."""
    path = os.path.join(os.fsencode(project.versions), os.fsencode(name))
    with suppress(OSError):
        Path(os.fsdecode(path)).write_bytes(content)
    for command in (*READING, ("show", "cc33"), ("history", "--json")):
        seen = project.run(*command)
        assert seen.is_clear, f"{command}: {seen}"
        assert not {"\x1b[2J", "\u202e"} & {*seen.output, *seen.errors}
        assert "\x1b[2J" not in seen.output + seen.errors
    seen = project.run("upgrade")
    # A file that says nothing of a revision is left out where its name is none of one either.
    is_broken = content == b"nothing\n" and any(map(str.isdigit, os.fsdecode(name)))
    assert seen.code == (1 if is_broken else 0), str(seen)
    assert seen.is_clear
    assert project.outside() == set()
