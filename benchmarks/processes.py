"""`flask` processes on generated histories."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.histories import write_app, write_history

PEERS = {"flaskmig": "flaskmig", "flask-migrate": "flask_migrate"}


class Applications:
    """One migrations folder, with an application for each tool and databases of their own."""

    def __init__(self, folder: Path, revisions: int, urls: dict[str, str], merges: bool) -> None:
        self._folder = folder
        self._environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "XDG_CACHE_HOME": str(folder / "cache"),
            # Compiled once and kept, as where the tools are installed.
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        }
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)
        write_history(folder, revisions, merges=merges)
        for name, module in PEERS.items():
            write_app(folder, module, urls[name])

    def flask(self, name: str, *words: str) -> str:
        """What ``flask …`` prints with the tool of that name; raises CalledProcessError."""
        environment = {
            **self._environment,
            "FLASK_APP": str(self._folder / f"app_{PEERS[name]}.py"),
        }
        command = [sys.executable, "-m", "flask", *words]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True, cwd=self._folder
        )
        return done.stdout
