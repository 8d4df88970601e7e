"""Serves `flask` commands from a process that has Flask and SQLAlchemy loaded: each is a fork.

Run as a script by `tests.flask_process`, which says in argv[1] the number of a socket. Each byte
on it comes with open files: the request as JSON, the command's stdin, stdout and stderr, and a
socket for the answers, which are the id of its process and how it ended.

Nothing of flaskmig is loaded here, so that each command imports what it needs, in its own order,
as in a process of its own. Only the code of its modules is compiled once.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import socket
import sys
import time
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

# What an application with Flask-SQLAlchemy loads, and what commands load of other people's.
_LOADED = (
    "flask.cli",
    "flask_sqlalchemy",
    "jinja2.ext",
    "psycopg",
    "rich.console",
    "rich.status",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "sqlglot",
)
_OURS = Path(__file__).resolve().parents[1] / "flaskmig"
_FILES = 5


def main() -> None:
    """Serve until the other end is closed; in a fork, be the process of one command."""
    for name in _LOADED:
        importlib.import_module(name)
    _compile_once()
    # What is loaded stays: at its end each process would look whether it is garbage, 0.2 s long.
    gc.freeze()
    control = socket.socket(fileno=int(sys.argv[1]))
    files = _next_command(control)
    if files is not None:
        control.close()
        _become(*files)
        runpy.run_module("flask", run_name="__main__", alter_sys=True)


def _next_command(control: socket.socket) -> list[int] | None:
    """The files of a command, in the process that is to be it; None at the end of all."""
    keepers = set[int]()
    while True:
        message, files, _, _ = socket.recv_fds(control, 1, _FILES)
        if not message:
            return None
        keeper = os.fork()
        if not keeper:
            return _kept(files)
        for file in files:
            os.close(file)
        keepers = {each for each in {*keepers, keeper} if not os.waitpid(each, os.WNOHANG)[0]}


def _kept(files: list[int]) -> list[int]:
    """In a process of its own, wait for the command and say how it ended."""
    *own, answers = files
    command = os.fork()
    if not command:
        os.close(answers)
        return own
    for file in own:
        os.close(file)
    os.write(answers, f"{command}\n".encode())
    status = os.waitpid(command, 0)[1]
    os.write(answers, f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os._exit(0)


def _become(request: int, stdin: int, stdout: int, stderr: int) -> None:
    """Have the arguments, the environment, the folder and the files of the command."""
    with open(request, encoding="utf-8") as file:
        wanted: dict[str, Any] = json.load(file)
    for number, file_ in enumerate((stdin, stdout, stderr)):
        os.dup2(file_, number)
        os.close(file_)
    os.environ.clear()
    os.environ.update(wanted["environment"])
    time.tzset()
    os.umask(wanted["umask"])
    os.chdir(wanted["folder"])
    # As `python -m flask` has it; this script is run with -P, which puts no folder there.
    sys.path.insert(0, os.getcwd())
    sys.argv = ["flask", *wanted["arguments"]]
    # Files of the application are written anew within a second, which byte code does not notice.
    sys.dont_write_bytecode = True


def _compile_once() -> None:
    """Have the code of our modules at hand, as byte code beside an installed package is."""
    known: dict[str, tuple[tuple[int, int], CodeType]] = {}
    for path in map(str, _OURS.rglob("*.py")):
        stamp = _stamp(path)
        known[path] = stamp, SourceFileLoader("", path).source_to_code(_read(path), path)
    load = SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, fullname: str) -> CodeType | None:
        stamp, code = known.get(loader.path, (None, None))
        if code is not None and stamp == _stamp(loader.path):
            return code
        return load(loader, fullname)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign, assignment]


def _stamp(path: str) -> tuple[int, int]:
    status = os.stat(path)
    return status.st_mtime_ns, status.st_size


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


if __name__ == "__main__":
    main()
