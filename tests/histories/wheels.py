"""Wheels of the registry, downloaded once a machine and read; nothing in them is installed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

FOLDER = "FLASKMIG_HISTORIES"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wheel:
    """A wheel by name, version and SHA-256; ``files`` are the patterns of what is read in it."""

    name: str
    version: str
    sha256: str
    files: tuple[str, ...]

    def folder(self) -> Path:
        """The folder that the files are in; downloads the wheel where it was not read yet.

        Raises subprocess.CalledProcessError where the registry does not give it: a history that
        cannot be had fails its tests, and skips none.
        """
        found = cache_folder() / f"{self.name}-{self.version}-{self._key()}"
        if not found.is_dir():
            found.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=found.parent) as scratch:
                read = Path(scratch) / "read"
                _extract(_download(self, Path(scratch)), self.files, read)
                _put(read, found)
        return found

    def _key(self) -> str:
        """Changes with what is read, so that a longer list of files is read again."""
        said = "\n".join((self.sha256, *self.files))
        return hashlib.sha256(said.encode()).hexdigest()[:12]


def cache_folder() -> Path:
    """Where wheels that were read are kept: FLASKMIG_HISTORIES, or the user's cache."""
    if os.environ.get(FOLDER):
        return Path(os.environ[FOLDER])
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(cache) / "flaskmig" / "histories"


def _download(wheel: Wheel, scratch: Path) -> Path:
    pinned = scratch / "pinned.txt"
    pinned.write_text(f"{wheel.name}=={wheel.version} --hash=sha256:{wheel.sha256}\n")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir"]
    command += ["--disable-pip-version-check", "--only-binary=:all:", "--require-hashes"]
    subprocess.run([*command, "-r", str(pinned), "-d", str(scratch)], check=True)
    [found] = scratch.glob("*.whl")
    return found


def _extract(archive: Path, patterns: Sequence[str], target: Path) -> None:
    target.mkdir()
    with zipfile.ZipFile(archive) as opened:
        for name in opened.namelist():
            if any(fnmatchcase(name, pattern) for pattern in patterns):
                opened.extract(name, target)


def _put(read: Path, target: Path) -> None:
    """Move what was read to its place, where another process may have put it meanwhile."""
    try:
        read.rename(target)
    except OSError:
        if not target.is_dir():
            raise
        shutil.rmtree(read)
