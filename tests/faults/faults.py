"""What can happen to a server while it is used: a backend ends, or the whole server."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import Any

import psycopg

from tests.postgres import Server

DEADLINE = 60.0


def terminate(server: Server, pid: int) -> None:
    """An administrator ends the backend."""
    with psycopg.connect(dsn(server), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", (pid,))
    _gone(pid)


def kill_backend(server: Server, pid: int) -> None:
    """The backend dies; the server ends all others and recovers."""
    os.kill(pid, signal.SIGKILL)
    _gone(pid)


def restart_fast(server: Server, pid: int) -> None:
    """The server is stopped, which ends its backends, and started again."""
    server.halt(signal.SIGINT)
    server.resume()


def restart_at_once(server: Server, pid: int) -> None:
    """The server is stopped as by a crash, and recovers when it is started again."""
    server.halt(signal.SIGQUIT)
    server.resume()


FAULTS: dict[str, Callable[[Server, int], None]] = {
    "terminate": terminate,
    "kill": kill_backend,
    "restart": restart_fast,
    "crash": restart_at_once,
}


def dsn(server: Server, database: str = "postgres") -> str:
    """What psycopg connects to."""
    return f"host=127.0.0.1 port={server.port} user=postgres dbname={database}"


def wait_until_up(server: Server, database: str = "postgres") -> None:
    """Until the server lets somebody in, after a fault; fails after DEADLINE."""
    deadline = time.monotonic() + DEADLINE
    while True:
        try:
            psycopg.connect(dsn(server, database)).close()
        except psycopg.OperationalError:
            assert time.monotonic() < deadline, "the server does not come back"
            time.sleep(0.02)
        else:
            return


def backend_of(cursor: Any) -> int:
    """The process id of the backend behind a driver's cursor."""
    return int(cursor.connection.info.backend_pid)


def _gone(pid: int) -> None:
    """Until the process is gone: its end is asked for, and takes a moment."""
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.001)
    raise AssertionError(f"backend {pid} does not end")
