"""The cache of headers: what it answers is what the files say, or it answers nothing."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from flaskmig.engine.configuration.options import Options
from flaskmig.engine.files import folder_headers, header_cache
from flaskmig.engine.files.folder_headers import FolderHeaders
from flaskmig.engine.files.scripts import Scripts
from flaskmig.engine.revisions.revision import Revision
from tests.counts import SEED
from tests.file_clock import wait_for_tick

BODY = (
    '"""{message}\n\nCreate Date: {created}\n"""\nrevision = {id!r}\ndown_revision = {parents!r}\n'
)
COLUMNS = [
    *("path", "size", "modified", "changed", "inode", "checksum", "id", "parents"),
    *("depends_on", "branch_labels", "replaces", "message", "doc", "created"),
]

Seen = tuple[list[Revision], dict[str, str]]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the cache, which takes files however few and however new they are."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(header_cache, "FEWEST", 1)
    monkeypatch.setattr(header_cache, "_SETTLED_NS", 0)
    return tmp_path / "cache" / "flaskmig"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    return folder


def write(directory: Path, id_: str, *parents: str, name: str = "", more: str = "") -> Path:
    path = directory / "versions" / (name or f"{id_}.py")
    path.write_text(BODY.format(message=id_, created="2026", id=id_, parents=parents) + more)
    return path


def seen(directory: Path) -> Seen:
    """The headers and the checksums, as a command gets them."""
    headers = FolderHeaders(directory, Options())
    return list(headers.read()), headers.checksums


def seen_without(directory: Path, monkeypatch: pytest.MonkeyPatch) -> Seen:
    """The same where there can be no cache."""
    with monkeypatch.context() as patch:
        patch.setattr(header_cache, "cache_folder", lambda: None)
        return seen(directory)


def content_of(cache: Path) -> tuple[Path, dict[str, Any]]:
    (kept,) = cache.iterdir()
    return kept, json.loads(kept.read_bytes())


def random_file(draw: random.Random, number: int) -> str:
    """A revision file with one of many headers."""
    ids = [f"r{draw.randrange(number)}.é" for _ in range(draw.randrange(3))] if number else []
    words = [
        "",
        " text",
        "\\n",
        "\\n\\n",
        "Create Date: 1",
        "\\x1b",
        "\\ud800",
        "日本",
        '\\"',
        "\\t",
    ]
    message = "".join(draw.choices(words, k=draw.randrange(5)))
    more = [
        f"depends_on = {draw.choice([None, ids, tuple(ids)])!r}",
        f"branch_labels = {draw.choice([None, f'one {number}', {f'b{number}', f'c{number}'}])!r}",
        f"replaces = {draw.choice([(), ('x.y', 'z'), None])!r}",
        "def upgrade():\n    pass",
    ]
    created = draw.choice(["2026-11-23", "", "some day"])
    text = BODY.format(message=message, created=created, id=f"r{number}.é", parents=tuple(ids))
    return "\n".join([text, *draw.sample(more, 3)])


def test_answers_are_those_of_the_files(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever headers say, the cache gives them as the files do, and no file is read for that."""
    draw = random.Random(SEED)
    for number in range(400):
        path = directory / "versions" / f"{number:03}.py"
        path.write_text(random_file(draw, number), encoding="utf-8")
    expected = seen_without(directory, monkeypatch)
    assert len(expected[0]) == 400
    assert seen(directory) == expected
    monkeypatch.setattr(folder_headers, "read_revision", None)
    assert seen(directory) == expected


def _longer(path: Path) -> None:
    path.write_text(path.read_text() + "# more\n")


def _as_long(path: Path) -> None:
    path.write_text(path.read_text().replace("2026", "2027"))


def _as_long_at_the_same_time(path: Path) -> None:
    status = path.stat()
    _as_long(path)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _replaced_by_one_like_it(path: Path) -> None:
    other = path.with_name("other")
    shutil.copy2(path, other)
    _as_long_at_the_same_time(other)
    other.replace(path)


def _its_folder_replaced(path: Path) -> None:
    folder = path.parent
    other = folder.with_name("other")
    shutil.copytree(folder, other)
    _as_long_at_the_same_time(other / path.name)
    folder.rename(folder.with_name("before"))
    other.rename(folder)


def _another_id(path: Path) -> None:
    path.write_text(path.read_text().replace("'bbbb'", "'bbb2'"))


def _gone(path: Path) -> None:
    path.unlink()


def _renamed(path: Path) -> None:
    path.rename(path.with_name("renamed.py"))


def _swapped(path: Path) -> None:
    other = path.with_name("cccc.py")
    path.rename(path.with_name("between"))
    other.rename(path)
    path.with_name("between").rename(other)


def _joined_by_another(path: Path) -> None:
    write(path.parent.parent, "dddd", "cccc")


@pytest.mark.parametrize(
    "change",
    [
        _longer,
        _as_long,
        _as_long_at_the_same_time,
        _replaced_by_one_like_it,
        _its_folder_replaced,
        _another_id,
        _gone,
        _renamed,
        _swapped,
        _joined_by_another,
    ],
)
def test_each_change_is_noticed(
    directory: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    """However a file is changed, the cache does not say what it was like before."""
    write(directory, "aaaa")
    path = write(directory, "bbbb", "aaaa")
    write(directory, "cccc")
    before = seen(directory)
    assert seen(directory) == before
    wait_for_tick(path)
    change(path)
    after = seen_without(directory, monkeypatch)
    assert after != before
    assert seen(directory) == after
    assert seen(directory) == after


def test_a_checksum_is_the_one_of_the_file(directory: Path) -> None:
    """What is compared with the journal is the checksum of the bytes, cached or not."""
    write(directory, "aaaa")
    for _ in range(2):
        scripts = Scripts(directory, Options())
        assert scripts.checksum_alone("aaaa") == scripts.checksum("aaaa")
    write(directory, "aaaa", more="# edited\n")
    scripts = Scripts(directory, Options())
    assert scripts.checksum_alone("aaaa") == Scripts(directory, Options()).checksum("aaaa")


def test_fresh_files_are_not_kept(
    directory: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file written just now is not kept, also where its time says that it is old."""
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache.parent))
    monkeypatch.setattr(header_cache, "FEWEST", 1)
    os.utime(write(directory, "aaaa"), (1000, 1000))
    assert len(seen(directory)[0]) == 1
    assert not cache.exists()


def test_few_files_are_not_kept(
    directory: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of few files leaves nothing in the cache."""
    monkeypatch.setattr(header_cache, "FEWEST", 3)
    write(directory, "aaaa")
    write(directory, "bbbb")
    _ = seen(directory)
    assert not cache.exists()
    write(directory, "cccc")
    _ = seen(directory)
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize("column", COLUMNS)
def test_odd_values(directory: Path, cache: Path, column: str) -> None:
    """A value of another kind than is written makes the cache as good as none."""
    write(directory, "aaaa")
    write(directory, "bbbb", "aaaa")
    expected = seen(directory)
    written = content_of(cache)[1][column][1]
    values: list[Any] = [None, 1, True, 1.5, "x", ["x"], {}]
    odd = [each for each in values if type(each) is not type(written)]
    for value in odd if column != "created" else odd[1:]:
        kept, content = content_of(cache)
        content[column][1] = value
        kept.write_text(json.dumps(content))
        assert seen(directory) == expected
        assert type(content_of(cache)[1][column][1]) is type(written), "it was not written anew"


@pytest.mark.parametrize("column", [*COLUMNS, "format"])
def test_odd_columns(directory: Path, cache: Path, column: str) -> None:
    """A column that is missing, shorter, or no list makes the cache as good as none."""
    write(directory, "aaaa")
    write(directory, "bbbb", "aaaa")
    expected = seen(directory)
    for change in (lambda _: None, lambda old: old[:1], str, lambda old: {"0": old}):
        kept, content = content_of(cache)
        content[column] = change(content[column] if column != "format" else "4")
        kept.write_text(json.dumps(content))
        assert seen(directory) == expected


def test_cut_off(directory: Path, cache: Path) -> None:
    """A cache of which any part is there is as good as none."""
    write(directory, "aaaa")
    expected = seen(directory)
    kept, content = content_of(cache)
    whole = kept.read_bytes()
    assert set(content) == {"format", *COLUMNS}
    for end in range(0, len(whole), 7):
        kept.write_bytes(whole[:end])
        assert seen(directory) == expected
    kept.write_bytes(b"[" * 100_000)
    assert seen(directory) == expected


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_others_may_write(directory: Path, cache: Path) -> None:
    """A cache that others can write is not believed."""
    write(directory, "aaaa")
    expected = seen(directory)
    kept, content = content_of(cache)
    content["id"] = ["forged"]
    kept.write_text(json.dumps(content))
    assert seen(directory)[0][0].id == "forged"
    kept.chmod(0o666)
    assert seen(directory) == expected


def test_no_place(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a place for a cache everything works."""
    path = write(directory, "aaaa")
    monkeypatch.setenv("XDG_CACHE_HOME", str(path / "no-folder"))
    assert seen(directory) == seen_without(directory, monkeypatch)


def test_old_ones_are_removed(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache has no more files than it may, whoever left them there, and keeps the newest."""
    monkeypatch.setattr(header_cache, "MOST_FOLDERS", 3)
    cache.mkdir(parents=True)
    for number in range(5):
        left = cache / f"left{number}.tmp"
        left.write_text("cut off")
        os.utime(left, (1000, 1000))
    directories = [tmp_path / f"project{number}" for number in range(4)]
    for directory in directories:
        (directory / "versions").mkdir(parents=True)
        write(directory, "aaaa")
        _ = seen(directory)
    assert len(list(cache.iterdir())) == 3
    kept = {header_cache._cache_file(directory) for directory in directories[1:]}
    assert set(cache.iterdir()) == kept


def test_several_at_once(directory: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several that read and write the cache at once get what the files say, and leave one file."""
    monkeypatch.setattr(header_cache, "MOST_FOLDERS", 1)
    paths = [write(directory, f"r{number:03}") for number in range(40)]

    def work(number: int) -> bool:
        # Each makes entries of its own old, so that everybody has something to write.
        os.utime(paths[number], (number + 1, number + 1))
        return [each.id for each in seen(directory)[0]] == [path.stem for path in paths]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(40)))
    assert len(list(cache.iterdir())) == 1
    assert seen(directory) == seen_without(directory, monkeypatch)
