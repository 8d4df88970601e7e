"""Reading a file that somebody else writes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flaskmig.engine.configuration import file_content
from flaskmig.engine.configuration.file_content import read_file


@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 100_000])
def test_whole(tmp_path: Path, size: int) -> None:
    """A file is read to its end, with the status that it has."""
    path = tmp_path / "file"
    path.write_bytes(os.urandom(size))
    content, status = read_file(path)
    assert content == path.read_bytes()
    assert status.st_size == size


@pytest.mark.parametrize("grown", [1, 2, 50_000])
def test_grown_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, grown: int) -> None:
    """A file that grows while it is read is read to its new end."""
    path = tmp_path / "file"
    path.write_bytes(b"a" * 10)
    real = os.fstat

    def fstat(handle: int) -> os.stat_result:
        status = real(handle)
        with path.open("ab") as more:
            more.write(b"b" * grown)
        return status

    monkeypatch.setattr(os, "fstat", fstat)
    assert read_file(path)[0] == b"a" * 10 + b"b" * grown


def test_too_big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is longer than what is read is refused by its size."""
    monkeypatch.setattr(file_content, "LONGEST", 5)
    path = tmp_path / "file"
    path.write_bytes(b"123456")
    with pytest.raises(OSError, match="at most 5") as caught:
        read_file(path)
    assert caught.value.strerror is not None
