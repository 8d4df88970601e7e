"""The launcher of the tests' own server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.postgres import Server, ServerError, start_server

ROOT = Path(__file__).parents[2]


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_server_stops_and_leaves_no_files() -> None:
    """After stop() there must be neither a process nor a folder."""
    with start_server() as server:
        engine = sa.create_engine(server.url())
        with engine.connect() as connection:
            folder = connection.exec_driver_sql("SHOW data_directory").scalar_one()
        engine.dispose()
        assert Path(folder).is_dir()
    assert not Path(folder).parent.exists()
    assert not is_running(server.pid)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_server_does_not_outlive_the_process_that_started_it(number: int) -> None:
    """Killed without a chance to clean up, the tests must leave no server behind."""
    code = (
        "from tests.postgres import start_server; import time\n"
        "server = start_server(); print(server.pid, flush=True); time.sleep(60)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    pid = int(child.stdout.readline())
    assert is_running(pid)
    child.send_signal(number)
    child.communicate()
    deadline = time.monotonic() + 5
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(pid)


def test_a_forked_child_cannot_stop_the_server(postgresql_server: Server) -> None:
    """stop() in a forked child of the tests must do nothing."""
    child = os.fork()
    if child == 0:
        postgresql_server.stop()
        os._exit(0)
    os.waitpid(child, 0)
    assert is_running(postgresql_server.pid)


def test_missing_binaries_are_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder without a server must raise, so that tests fail and are not skipped."""
    monkeypatch.setenv("PGBIN", str(tmp_path))
    with pytest.raises(ServerError, match="no postgres and initdb"):
        start_server()
