"""The files of replaced revisions, kept beside the folders of those that count.

`<migrations>/replaced` has a folder for each squashed revision. Alembic does not look there; here
only databases in the middle of what was replaced need it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from flaskmig.engine.files.header import read_header
from flaskmig.engine.files.new_files import write_new
from flaskmig.engine.files.replacing import replace_file
from flaskmig.engine.files.revision_folders import read_revision, revision_files
from flaskmig.engine.revisions.replaced import Replaced
from flaskmig.engine.revisions.revision import Revision
from flaskmig.errors import ConfigurationError

FOLDER = "replaced"


def read_replaced(directory: Path) -> Replaced:
    """The replaced revisions of a migrations folder, by the headers of their files.

    Raises InvalidRevisionFileError for one that cannot be read.
    """
    layers = []
    for folder in _layer_folders(directory / FOLDER):
        revisions = []
        for file in revision_files([folder], recursive=False):
            content, _ = read_revision(file.path)
            revisions.append(read_header(content, file.path, file.name))
        layers.append(tuple(revisions))
    return Replaced(tuple(layers))


def keep(directory: Path, name: str, revisions: Sequence[Revision]) -> Path:
    """Copy the files of revisions into a folder of their own; returns the folder.

    A copy that another file has the place of is called otherwise. Raises ConfigurationError
    where one cannot be written; the files themselves are not touched.
    """
    root = directory / FOLDER
    folder = root / name
    number = 1
    while folder.exists():
        number += 1
        folder = root / f"{name}_{number}"
    for revision in revisions:
        content, _ = read_revision(revision.path)
        path = folder / os.path.basename(revision.path)
        while path.exists():
            path = path.with_name(f"{path.stem}_.py")
        write_new(path, content)
    return folder


def put_in_place(last: Path, path: Path, content: bytes) -> None:
    """Give the file ``last`` its new content, and then its new name.

    There is one file of that revision at every moment. Raises ConfigurationError where it cannot
    be written, and where another file has the name.
    """
    if path != last and path.exists():
        raise ConfigurationError(
            f"{path} is there already", hint="give another message with -m, or move that file"
        )
    replace_file(last, content)
    if path != last:
        try:
            last.rename(path)
        except OSError as error:
            raise ConfigurationError(
                f"{last} cannot be renamed to {path.name}: {error.strerror or error}",
                hint="it is the squashed revision already; rename it by hand",
            ) from error


def remove_kept(directory: Path, revisions: Sequence[Revision]) -> tuple[str, ...]:
    """Remove the files of replaced revisions that have a copy; the paths of those removed.

    One that differs from its copy, or has none, stays: it counts for nothing where it is.
    """
    copies = {_content(path) for path in _copies(directory)}
    removed = []
    for revision in revisions:
        if _content(revision.path) in copies:
            with suppress(OSError):
                os.unlink(revision.path)
                removed.append(revision.path)
    return tuple(removed)


def _copies(directory: Path) -> list[str]:
    folders = _layer_folders(directory / FOLDER)
    return [file.path for folder in folders for file in revision_files([folder], recursive=False)]


def _content(path: str) -> bytes:
    return read_revision(path)[0]


def _layer_folders(root: Path) -> list[Path]:
    try:
        return sorted(each for each in root.iterdir() if each.is_dir() and not each.is_symlink())
    except OSError:
        return []
