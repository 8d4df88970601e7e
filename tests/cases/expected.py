"""The files that say what must come out, compared with or written anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path

NAMES = ("operations.txt", "upgrade.sql", "downgrade.sql", "revision.py", "refused.txt")


@dataclass
class Expected:
    """The folder of a case's texts for one database.

    ``version`` is the major version of a PostgreSQL server: what it alone writes otherwise is in
    ``postgresql<version>/``. With ``updates`` the files are written, else they are compared with.
    """

    folder: Path
    database: str
    version: int | None
    updates: bool
    seen: set[str] = field(default_factory=set)

    def check(self, name: str, text: str) -> None:
        """Fail unless the text is the one that is expected."""
        assert name in NAMES
        self.seen.add(name)
        if self.updates:
            self._write(name, text)
        path = self._path(name)
        assert path.exists(), f"there is no {path}: run pytest tests/cases --update-cases"
        lines = unified_diff(path.read_text().splitlines(), text.splitlines(), str(path), "now")
        assert text == path.read_text(), "\n".join(lines)

    def has(self, name: str) -> bool:
        """Whether a text of that name is expected."""
        return self._path(name).exists()

    def _path(self, name: str) -> Path:
        return self._own(name) if self._own(name).exists() else self._common(name)

    def finish(self) -> None:
        """Fail where a file is left of which nothing came."""
        for name in NAMES:
            for path in (self._common(name), self._own(name)):
                if name not in self.seen and path.exists():
                    assert self.updates, f"nothing came of {path}"
                    path.unlink()

    def _common(self, name: str) -> Path:
        return self.folder / self.database / name

    def _own(self, name: str) -> Path:
        return self.folder / f"{self.database}{self.version or ''}" / name

    def _write(self, name: str, text: str) -> None:
        common, own = self._common(name), self._own(name)
        is_newest = self.version in (None, NEWEST)
        if is_newest or not common.exists():
            path = common
        elif common.read_text() == text:
            own.unlink(missing_ok=True)
            return
        else:
            path = own
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


# The major version of the server that the test extra installs: its texts need no folder of their
# own.
NEWEST = 18
