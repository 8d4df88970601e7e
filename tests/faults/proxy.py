"""A proxy between libpq and a server that cuts the connection at a message.

What a client sends up to a Query or Sync, and what the server answers up to ReadyForQuery, are
one exchange (documentation of PostgreSQL, "Message Flow"). Exchanges are counted over all
connections, from 0. Before an exchange is cut off, the server has had nothing of it or half of
it; after it, the server has done all of it and the client gets nothing of the answer, or half.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Literal

Moment = Literal["before", "after"]
# How: both ends closed; reset; half a message first; closed and nobody let in any more.
Kind = Literal["close", "reset", "torn", "shut", "down"]

_ENDS_REQUEST = {b"Q", b"S", b"X"}
_CANCEL = 80877102


@dataclass(frozen=True, slots=True)
class Cut:
    """Where to cut, and how."""

    exchange: int
    moment: Moment
    kind: Kind = "close"


class Proxy:
    """Forwards connections of a loopback port to ``port``; `cut` says what to cut."""

    def __init__(self, port: int) -> None:
        self._server_port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.cut: Cut | None = None
        # What was asked in each exchange, to say where a cut was.
        self.requests: list[bytes] = []
        self.is_dribbling = False
        self._is_down = False
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def begin(self, cut: Cut | None) -> None:
        """Count from 0 again, with another cut or none."""
        with self._lock:
            self.cut, self.requests, self._is_down = cut, [], False

    def close(self) -> None:
        """Take no further connections."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self._is_down:
                client.close()
                continue
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        server = socket.create_connection(("127.0.0.1", self._server_port))
        with closing(client), closing(server), suppress(OSError, EOFError):
            for one in (client, server):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            request = startup_of(client)
            while self._exchange(client, server, request):
                request = request_of(client)

    def _exchange(self, client: socket.socket, server: socket.socket, request: bytes) -> bool:
        """One exchange; whether the connection goes on after it."""
        with self._lock:
            number = len(self.requests)
            self.requests.append(request)
            cut = self.cut if self.cut and self.cut.exchange == number else None
            if cut is not None:
                self.cut = None
                self._is_down = cut.kind == "down"
        if cut is not None and cut.moment == "before":
            if cut.kind == "torn":
                server.sendall(request[: len(request) // 2])
            _end(client, cut.kind)
            return False
        server.sendall(request)
        if request[:1] == b"X" or _is_cancel(request):
            return False
        answer = answer_of(server)
        if cut is not None:
            if cut.kind == "torn":
                client.sendall(answer[: len(answer) // 2])
            _end(client, cut.kind)
            return False
        for start in range(0, len(answer), 1 if self.is_dribbling else max(1, len(answer))):
            client.sendall(answer[start : start + 1] if self.is_dribbling else answer)
        return True


@contextmanager
def proxy_to(port: int) -> Iterator[Proxy]:
    """A proxy to a server on a loopback port."""
    proxy = Proxy(port)
    try:
        yield proxy
    finally:
        proxy.close()


def _end(client: socket.socket, kind: Kind) -> None:
    if kind == "reset":
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    if kind == "shut":
        # Half closed: nothing comes any more, and what is sent is still taken, for nobody.
        client.shutdown(socket.SHUT_WR)
        while client.recv(4096):
            pass
    client.close()


def startup_of(client: socket.socket) -> bytes:
    """The first message, which has no type; encryption is refused by the URL."""
    head = _exactly(client, 4)
    return head + _exactly(client, struct.unpack("!i", head)[0] - 4)


def _is_cancel(request: bytes) -> bool:
    return len(request) == 16 and struct.unpack("!i", request[4:8])[0] == _CANCEL


def request_of(client: socket.socket) -> bytes:
    found = b""
    while True:
        kind, message = _message(client)
        found += message
        if kind in _ENDS_REQUEST:
            return found


def answer_of(server: socket.socket) -> bytes:
    """All up to ReadyForQuery; what came, where the server closed the connection."""
    found = b""
    with suppress(EOFError):
        while True:
            kind, message = _message(server)
            found += message
            if kind == b"Z":
                break
    return found


def _message(one: socket.socket) -> tuple[bytes, bytes]:
    head = _exactly(one, 5)
    return head[:1], head + _exactly(one, struct.unpack("!i", head[1:])[0] - 4)


def _exactly(one: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        some = one.recv(count - len(found))
        if not some:
            raise EOFError
        found += some
    return found
