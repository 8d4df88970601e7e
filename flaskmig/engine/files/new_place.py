"""Where a new revision file goes."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from flaskmig.engine.files import naming
from flaskmig.engine.files.folder_headers import FolderHeaders
from flaskmig.engine.files.new_revision import NewRevision
from flaskmig.engine.revisions.graph import Graph
from flaskmig.errors import ConfigurationError


def new_path(new: NewRevision, created: datetime, among: FolderHeaders, graph: Graph) -> Path:
    """The path of a new file: that of a squashed revision is beside what had its id.

    Raises ConfigurationError where no folder, or no name, can be told, RevisionError for a name
    that cannot be.
    """
    last = Path(graph.revision(new.id).path) if new.replaces else None
    if last is not None and not naming.is_new_id(new.id):
        # The ids of old files may be what no file can be called.
        return last
    name = naming.file_name(
        among.options.file_template,
        id_=new.id,
        message=new.message,
        created=created,
        longest=among.options.truncate_slug_length,
    )
    if last is not None:
        return last.with_name(Path(name).name)
    return _folder(new, among, graph) / name


def _folder(new: NewRevision, among: FolderHeaders, graph: Graph) -> Path:
    folders = among.folders
    if new.version_path is not None:
        for path in (Path(new.version_path), among.directory / new.version_path):
            if any(_is_in(path, folder, recursive=among.is_recursive) for folder in folders):
                return path
        raise ConfigurationError(
            f"{new.version_path} is none of the version locations",
            hint=f"use one of {', '.join(map(str, folders))}, or add it to version_locations",
        )
    if len(folders) == 1:
        return folders[0]
    for parent in new.parents:
        home = graph.revision(parent).path
        for folder in folders:
            if home.startswith(os.path.realpath(folder) + os.sep):
                return folder
    raise ConfigurationError(
        "there are several version locations, and the new revision follows none in them",
        hint=f"say --version-path with one of {', '.join(map(str, folders))}",
    )


def _is_in(path: Path, folder: Path, *, recursive: bool) -> bool:
    try:
        wanted, root = os.path.realpath(path), os.path.realpath(folder)
    except ValueError:
        # A NUL, or half a character: no folder is called so.
        return False
    return wanted == root or (recursive and wanted.startswith(root + os.sep))
