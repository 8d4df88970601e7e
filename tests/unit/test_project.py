"""Options: where they come from, what they accept, what is said about them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from flaskmig.engine.configuration.option_values import ACCEPTED_NAMES, PARSERS
from flaskmig.engine.configuration.project import Options
from flaskmig.engine.configuration.write_hooks import WriteHook
from flaskmig.errors import ConfigurationError

FILE = "REVISION_SCRIPT_FILENAME"


def read(directory: Path, **keywords: Any) -> Options:
    return Options.read(directory, keywords)


def test_defaults(tmp_path: Path) -> None:
    """Without any configuration the options are their defaults."""
    assert read(tmp_path) == Options()
    assert read(tmp_path / "missing") == Options()
    assert Options().version_table == "alembic_version"
    assert (Options().lock_wait, Options().lock_timeout) == (60, 3)


def test_every_option_is_parsed() -> None:
    """Each option has what reads its value, and none is an ignored name as well."""
    names = set(Options.__dataclass_fields__) - {"notes", "given"}
    assert names == set(PARSERS)
    assert not names & set(ACCEPTED_NAMES)


def test_precedence(tmp_path: Path) -> None:
    """Keywords win over functions, functions over flaskmig.toml, that over alembic.ini."""
    ini = "[alembic]\ntimezone = Europe/Vienna\nfile_template = i\ntruncate_slug_length = 1\n"
    (tmp_path / "alembic.ini").write_text(f"{ini}output_encoding = latin-1\n")
    (tmp_path / "flaskmig.toml").write_text(
        'timezone = "UTC"\nfile_template = "t"\ntruncate_slug_length = 2\n'
    )
    main = {"file_template": "m", "truncate_slug_length": "3", "sqlalchemy.url": "x"}
    found = Options.read(tmp_path, {"file_template": "k", "timezone": None}, main)
    assert found.file_template == "k"
    assert found.truncate_slug_length == 3
    assert found.timezone == "UTC"
    assert found.output_encoding == "latin-1"


def test_ini(tmp_path: Path) -> None:
    """alembic.ini is data: what concerns files is read, everything else is passed over."""
    (tmp_path / "alembic.ini").write_text(
        "[alembic]\n"
        "script_location = %(here)s\nsqlalchemy.url = driver://%%user\nunknown_key = 1\n"
        "file_template = %%(year)d_%%(rev)s\n"
        "version_locations = %(here)s/versions:%(here)s/more\nversion_path_separator = :\n"
        "recursive_version_locations = true\n"
        "[post_write_hooks]\nhooks = black, ruff\n"
        "black.type = console_scripts\nblack.entrypoint = black\nblack.options = -l 79\n"
        "ruff.type = exec\nruff.executable = %(here)s/ruff\n"
        "ruff.options = check --fix REVISION_SCRIPT_FILENAME\nruff.cwd = %(here)s\n"
        "[loggers]\nkeys = root\n[formatter_generic]\nformat = %(levelname)s\n"
    )
    found = read(tmp_path)
    here = tmp_path.as_posix()
    assert found.file_template == "%(year)d_%(rev)s"
    assert found.version_locations == (f"{here}/versions", f"{here}/more")
    assert found.recursive_version_locations
    assert found.post_write_hooks == (
        WriteHook(kind="console_scripts", target="black", arguments=(FILE, "-l", "79")),
        WriteHook(kind="exec", target=f"{here}/ruff", arguments=("check", "--fix", FILE), cwd=here),
    )
    assert found.notes == ()


def test_flask_migrates_own_ini(tmp_path: Path) -> None:
    """The file that Flask-Migrate writes changes nothing."""
    import flask_migrate

    template = Path(flask_migrate.__file__).parent / "templates" / "flask" / "alembic.ini.mako"
    (tmp_path / "alembic.ini").write_text(template.read_text())
    assert read(tmp_path) == Options()


@pytest.mark.parametrize(
    ("separator", "text"),
    [
        ("os", os.pathsep.join(["a", "b"])),
        ("space", "a b"),
        ("newline", "\n  a\n  b"),
        (";", "a; b"),
        (None, "a, b"),
    ],
)
def test_path_separators(tmp_path: Path, separator: str | None, text: str) -> None:
    """version_locations are divided by each of Alembic's separators."""
    line = f"path_separator = {separator}\n" if separator else ""
    (tmp_path / "alembic.ini").write_text(f"[alembic]\nversion_locations = {text}\n{line}")
    assert read(tmp_path).version_locations == ("a", "b")


def test_toml(tmp_path: Path) -> None:
    """flaskmig.toml has the options by name, in TOML's own types."""
    (tmp_path / "flaskmig.toml").write_text(
        'binds = ["users", "default"]\nversion_locations = ["a", "b"]\nlock_wait = 5\n'
        'lock_timeout = "none"\npost_write_hooks = [["ruff", "format"], "ruff check --fix"]\n'
    )
    found = read(tmp_path)
    assert found.binds == ("users", "")
    assert found.version_locations == ("a", "b")
    assert (found.lock_wait, found.lock_timeout) == (5, None)
    assert [str(hook) for hook in found.post_write_hooks] == [
        f"ruff format {FILE}",
        f"ruff check --fix {FILE}",
    ]


@pytest.mark.parametrize(
    ("hooks", "arguments"),
    [
        ("ruff format", [("format", FILE)]),
        (["ruff", "format"], [("format", FILE)]),
        ([["ruff", "format"], ["ruff", "check"]], [("format", FILE), ("check", FILE)]),
        ([{"type": "exec", "executable": "ruff", "options": "x"}], [(FILE, "x")]),
        ([], []),
    ],
)
def test_hook_forms(tmp_path: Path, hooks: Any, arguments: list[tuple[str, ...]]) -> None:
    """A hook is a text, a list of words or a mapping with Alembic's keys."""
    found = read(tmp_path, post_write_hooks=hooks).post_write_hooks
    assert [hook.arguments for hook in found] == arguments
    assert all(hook.target == "ruff" for hook in found)


def test_hook_commands(tmp_path: Path) -> None:
    """A module is run by this interpreter, and the file takes the place of its name."""
    hook = WriteHook(kind="module", target="this", arguments=("-x", FILE))
    assert hook.command(tmp_path) == [sys.executable, "-m", "this", "-x", str(tmp_path)]
    with pytest.raises(ConfigurationError, match="not installed"):
        WriteHook(kind="module", target="no_such_module").command(tmp_path)
    with pytest.raises(ConfigurationError, match="not installed"):
        WriteHook(kind="console_scripts", target="no-such-script").command(tmp_path)


@pytest.mark.parametrize(
    ("name", "near"),
    [("compare_types", "compare_type"), ("verison_table", "version_table"), ("zzzzzz", None)],
)
def test_unknown_keyword(tmp_path: Path, name: str, near: str | None) -> None:
    """A name that neither tool knows is an error, with the nearest one that is known."""
    with pytest.raises(ConfigurationError, match=name) as caught:
        read(tmp_path, **{name: True})
    assert near is None or near in caught.value.hint


def test_unknown_in_toml(tmp_path: Path) -> None:
    """flaskmig.toml takes no names but options, and the error names the file."""
    (tmp_path / "flaskmig.toml").write_text("tag = 1\n")
    with pytest.raises(ConfigurationError, match=r"flaskmig\.toml"):
        read(tmp_path)


def test_without_effect(tmp_path: Path) -> None:
    """Alembic's other keywords are accepted, and each is noted with what to do instead."""
    found = read(tmp_path, user_module_prefix="m.", render_as_batch=True, tag=None, url="x")
    assert len(found.notes) == 2
    assert "user_module_prefix has no effect" in found.notes[0]
    assert read(tmp_path, transaction_per_migration=False).notes
    assert not read(tmp_path, transaction_per_migration=True).notes
    assert read(tmp_path, **dict.fromkeys(ACCEPTED_NAMES, 1)).version_table == "alembic_version"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("compare_type", "maybe"),
        ("include_object", "a name"),
        ("version_table", ""),
        ("version_table", 5),
        ("timezone", "Middle/Earth"),
        ("timezone", "../../etc/passwd"),
        ("truncate_slug_length", 0),
        ("lock_wait", "soon"),
        ("lock_timeout", -1),
        ("lock_timeout", True),
        ("write_for", "django"),
        ("binds", 5),
        ("version_locations", [5]),
        ("path_separator", "|"),
        ("post_write_hooks", 5),
        ("post_write_hooks", [{"type": "exec"}]),
        ("post_write_hooks", [[]]),
        ("env_py", True),
        ("file_template", " "),
    ],
)
def test_wrong_values(tmp_path: Path, name: str, value: Any) -> None:
    """A value that cannot be right is an error that names the option and what it takes."""
    with pytest.raises(ConfigurationError, match=name) as caught:
        read(tmp_path, **{name: value})
    assert caught.value.hint


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("flaskmig.toml", "x ="),
        ("alembic.ini", "no section"),
        ("alembic.ini", "[alembic]\nfile_template = %(rev)s\n"),
        ("alembic.ini", "[alembic]\ntimezone = Nowhere\n"),
        ("alembic.ini", b"\xff\xfe"),
    ],
)
def test_broken_files(tmp_path: Path, file: str, text: str | bytes) -> None:
    """A configuration file that cannot be read is an error that names it."""
    (tmp_path / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigurationError, match=file):
        read(tmp_path)


def test_writing_for_alembic(tmp_path: Path) -> None:
    """New files are written for flaskmig, or for both tools."""
    assert read(tmp_path, write_for="alembic").write_for == "alembic"
    assert read(tmp_path, write_for="flaskmig").write_for == "flaskmig"


def test_version_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders are looked for in the migrations folder, then in the working directory."""
    folder = tmp_path / "migrations"
    (folder / "inside").mkdir(parents=True)
    (tmp_path / "beside").mkdir()
    monkeypatch.chdir(tmp_path)
    assert Options().version_folders(folder) == (folder / "versions",)
    found = read(folder, version_locations=["inside", "beside", "new", tmp_path / "beside"])
    assert found.version_folders(folder) == (
        folder / "inside",
        Path("beside"),
        folder / "new",
        tmp_path / "beside",
    )
    (package,) = read(folder, version_locations="flaskmig:versions").version_folders(folder)
    assert package.parent.name == "flaskmig"
    with pytest.raises(ConfigurationError, match="no package"):
        read(folder, version_locations=["no_such_package:x"]).version_folders(folder)
