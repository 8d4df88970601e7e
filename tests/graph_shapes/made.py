"""Random histories: files with merges, labels and dependencies, in several folders."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

import flaskmig

LONG = "a_revision_whose_id_is_longer_than_thirty_two_characters"


@dataclass(frozen=True, kw_only=True)
class File:
    """What a revision file says, and the number of the folder that it is in."""

    id: str
    parents: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    label: str = ""
    folder: int = 0

    def text(self) -> str:
        return (
            f'"""revision {self.id}"""\n\n'
            f"revision = {self.id!r}\n"
            f"down_revision = {_value(self.parents)}\n"
            f"branch_labels = {_value((self.label,) if self.label else ())}\n"
            f"depends_on = {_value(self.depends_on)}\n\n\n"
            "def upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n"
        )


def random_files(source: random.Random, count: int) -> list[File]:
    """A history whose revisions follow earlier ones, some several, some none."""
    files: list[File] = []
    for number in range(count):
        ids = [file.id for file in files]
        heads = sorted(set(ids) - {parent for file in files for parent in file.parents})
        kind = source.random()
        if not ids or kind < 0.12:
            parents: tuple[str, ...] = ()
        elif kind < 0.40 and len(heads) > 1:
            parents = tuple(source.sample(heads, 2 if kind < 0.33 else min(3, len(heads))))
        elif kind < 0.70:
            parents = (source.choice(heads),)
        else:
            parents = (source.choice(ids),)
        depends_on: tuple[str, ...] = ()
        others = [id_ for id_ in ids if id_ not in below(files, parents)]
        if others and source.random() < 0.2:
            depends_on = (source.choice(others),)
        label = f"branch{number}" if source.random() < 0.15 else ""
        # Alembic itself fails on ids that begin alike where one is short.
        id_ = f"{LONG}_{number}" if source.random() < 0.1 else f"r{number:03}.x"
        files.append(
            File(
                id=id_,
                parents=parents,
                depends_on=depends_on,
                label=label,
                folder=source.randrange(2),
            )
        )
    return files


def write(files: list[File], directory: Path) -> None:
    """The files in two version folders of a migrations folder."""
    for number in range(2):
        (directory / f"versions{number}").mkdir(parents=True)
    for position, file in enumerate(files):
        path = directory / f"versions{file.folder}" / f"{position:03}_file.py"
        path.write_text(file.text())


def locations(directory: Path) -> list[str]:
    """The version folders."""
    return [str(directory / f"versions{number}") for number in range(2)]


def application(directory: Path, engine: sa.Engine, **options: Any) -> Flask:
    """An application whose migrations are there."""
    app = Flask("shapes")
    flaskmig.Migrate(
        app, metadata=sa.MetaData(), engine=engine, directory=str(directory), **options
    )
    return app


def below(files: list[File], ends: tuple[str, ...]) -> set[str]:
    """The revisions that the ends need, themselves included."""
    known = {file.id: file for file in files}
    found: set[str] = set()
    waiting = list(ends)
    while waiting:
        id_ = waiting.pop()
        if id_ not in found:
            found.add(id_)
            waiting += [*known[id_].parents, *known[id_].depends_on]
    return found


def _value(texts: tuple[str, ...]) -> str:
    return repr(None if not texts else texts[0] if len(texts) == 1 else texts)
