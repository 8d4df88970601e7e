"""Places that are too small: a limit of pages, of a file's size, and a file system of its own."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from types import TracebackType

from tests import postgres
from tests.postgres import Server


@cache
def can_mount(folder: Path) -> bool:
    """Whether this process may mount a file system."""
    if os.geteuid() != 0:
        return False
    place = folder / "mount_trial"
    place.mkdir()
    try:
        with mounted(place, 1 << 20):
            return True
    except subprocess.CalledProcessError:
        return False
    finally:
        place.rmdir()


@contextmanager
def mounted(place: Path, size: int) -> Iterator[None]:
    """A file system in memory of so many bytes at the place, which must be a folder."""
    _run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place))
    try:
        yield
    finally:
        # What still has a file open there loses it with its process.
        _run("umount", "--lazy", str(place))


def resize(place: Path, size: int) -> None:
    """Give a mounted file system another size, in bytes."""
    _run("mount", "-o", f"remount,size={size}", str(place))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def in_child(action: Callable[[], str], *, file_size: int) -> str:
    """What the action returns in a forked process in which no file may become larger.

    ``file_size`` is in bytes. Raises AssertionError with the traceback where the child failed.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        code, told = 1, ""
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
            told, code = action(), 0
        except BaseException:
            told = traceback.format_exc()
        finally:
            with suppress(OSError):
                os.write(writing, told.encode()[:60_000])
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    assert status == 0, told
    return told


class SmallFiles:
    """A server none of whose files grows any more: larger than one of its log, not than a table."""

    made: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    clause = ""

    def __init__(self, server: Server) -> None:
        self._server = server

    def __enter__(self) -> SmallFiles:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Nothing: the server is its caller's."""

    def shrink(self) -> None:
        """From now on no file is written beyond 18 MB."""
        self._restart(18 << 20)

    def grow(self) -> None:
        """Take the limit away."""
        self._restart(None)

    def _restart(self, size: int | None) -> None:
        """Only a process itself may limit what it writes, and those that it starts after that."""
        self._server.halt(signal.SIGINT)
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        if size is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
        try:
            self._server.resume()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)


class SmallTablespace(SmallFiles):
    """A tablespace on a file system of its own."""

    dropped = ("DROP TABLESPACE small",)
    clause = "TABLESPACE small"

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        account = postgres._account()
        self._folder = postgres._folder(account)
        self._place = self._folder / "small"
        self._place.mkdir()
        self._stack = ExitStack()
        self._stack.callback(shutil.rmtree, self._folder)
        self._stack.enter_context(mounted(self._place, 64 << 20))
        if account:
            os.chown(self._place, account["user"], account["group"])
        self.made = (f"CREATE TABLESPACE small LOCATION '{self._place}'",)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is not None:
            # It may have files open there.
            self._server.stop()
        self._stack.close()

    def shrink(self) -> None:
        """Leave a megabyte."""
        disk = os.statvfs(self._place)
        used = (disk.f_blocks - disk.f_bfree) * disk.f_frsize
        resize(self._place, used + (1 << 20))

    def grow(self) -> None:
        """Give it back what it had."""
        resize(self._place, 64 << 20)
