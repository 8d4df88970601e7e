"""`flask` processes: real ones, and forks of one that is loaded already, which start in no time.

Both have arguments, an environment, a working directory, an exit code and files of their own.
"""

from __future__ import annotations

import functools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

_SCRIPT = Path(__file__).with_name("forking.py")
_TIMEOUT = 120
# What an interpreter looks at while it starts, before the first module is loaded.
_AT_START = ("LANG", "LC_", "LD_", "PYTHON")


def run_flask(
    arguments: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    before: Callable[[], None] | None = None,
    is_real: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run ``flask …`` in the folder, with nothing to read.

    It is a fork where that cannot be told from a process that is started: not where
    ``environment`` says something to the interpreter itself, and not with ``before``, which is
    called in the child. ``is_real`` starts one anyway. Raises TimeoutExpired after two minutes.
    """
    if is_real or before is not None or _at_start(environment) != _at_start(os.environ):
        return _started(arguments, folder, environment, before)
    return _server(os.getpid()).run(arguments, folder, environment)


def _started(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    before: Callable[[], None] | None,
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flask", *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT,
        check=False,
        preexec_fn=before,
    )


def _at_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(_AT_START)}


@functools.cache
def _server(of: int) -> _Server:
    """The server of this process; it ends when this process does, which closes its socket."""
    return _Server()


class _Server:
    """The process that `tests.forking` is."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(_SCRIPT), str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._at_start = _at_start(os.environ)

    def run(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        if _at_start(environment) != self._at_start:
            return _started(arguments, folder, environment, None)
        request = {
            "arguments": list(arguments),
            "environment": dict(environment),
            "folder": str(folder),
            "umask": _umask(),
        }
        answers, theirs = socket.socketpair()
        with (
            tempfile.TemporaryFile("w+", encoding="utf-8") as asked,
            open(os.devnull) as nothing,
            tempfile.TemporaryFile("w+") as output,
            tempfile.TemporaryFile("w+") as errors,
            answers,
        ):
            json.dump(request, asked)
            asked.seek(0)
            with theirs:
                files = [each.fileno() for each in (asked, nothing, output, errors, theirs)]
                socket.send_fds(self._control, [b"."], files)
            code = _awaited(answers, arguments)
            output.seek(0)
            errors.seek(0)
            return subprocess.CompletedProcess(
                [sys.executable, "-m", "flask", *arguments], code, output.read(), errors.read()
            )


def _awaited(answers: socket.socket, arguments: Sequence[str]) -> int:
    """How the command ended: its exit code, or the signal as a negative number."""
    answers.settimeout(_TIMEOUT)
    said: Any = answers.makefile("r")
    process = int(said.readline())
    try:
        return int(said.readline())
    except TimeoutError:
        os.kill(process, signal.SIGKILL)
        raise subprocess.TimeoutExpired(["flask", *arguments], _TIMEOUT) from None


def _umask() -> int:
    umask = os.umask(0o077)
    os.umask(umask)
    return umask
