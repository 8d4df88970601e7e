"""A pooler that hands out a server's connection for one transaction, as poolers in that mode do.

It knows as much of the protocol as that takes: it answers the start of a connection by itself,
with a process id that is no backend's, and sends each transaction to a backend that is free.
"""

from __future__ import annotations

import queue
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.faults.proxy import answer_of, request_of, startup_of

# AuthenticationOk, the parameters that psycopg asks for, BackendKeyData, ReadyForQuery.
_PARAMETERS = {
    "server_version": "",
    "client_encoding": "UTF8",
    "standard_conforming_strings": "on",
    "integer_datetimes": "on",
}
_NO_BACKEND = 2**30


class Pooler:
    """Takes connections on a loopback port; ``backends`` of the server serve them all."""

    def __init__(self, port: int, database: str, backends: int) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self._free: queue.Queue[socket.socket] = queue.Queue()
        self._all: list[socket.socket] = []
        self._version = ""
        self.transactions = 0
        for _ in range(backends):
            self._all.append(self._backend(port, database))
            self._free.put(self._all[-1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no further connections and end those of the server."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for backend in self._all:
            backend.close()

    def ask(self, sql: str) -> list[str]:
        """One column of one row from each backend, in no order; none of them may be in use."""
        backends = [self._free.get(timeout=60) for _ in self._all]
        found = []
        for backend in backends:
            text = sql.encode() + b"\0"
            backend.sendall(b"Q" + struct.pack("!i", len(text) + 4) + text)
            for kind, message in _messages(answer_of(backend)):
                if kind == b"D":
                    found.append(message[11:].decode())
            self._free.put(backend)
        return found

    def _backend(self, port: int, database: str) -> socket.socket:
        backend = socket.create_connection(("127.0.0.1", port))
        backend.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        words = f"user\0postgres\0database\0{database}\0\0".encode()
        backend.sendall(struct.pack("!ii", len(words) + 8, 196608) + words)
        for kind, message in _messages(answer_of(backend)):
            if kind == b"S" and message[5:].startswith(b"server_version\0"):
                self._version = message[5:].split(b"\0")[1].decode()
        return backend

    def _accept(self) -> None:
        for number in range(2**30):
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            serve = threading.Thread(target=self._serve, args=(client, number), daemon=True)
            serve.start()

    def _serve(self, client: socket.socket, number: int) -> None:
        with client, suppress(OSError, EOFError):
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            startup_of(client)
            client.sendall(self._welcome(number))
            while True:
                request = request_of(client)
                if request[:1] == b"X":
                    return
                self._transaction(client, request)

    def _transaction(self, client: socket.socket, request: bytes) -> None:
        """Lend a backend until the transaction that the request begins is over."""
        backend = self._free.get()
        self.transactions += 1
        is_open = False
        try:
            while True:
                backend.sendall(request)
                answer = answer_of(backend)
                is_open = answer[-1:] != b"I"
                client.sendall(answer)
                if not is_open:
                    return
                request = request_of(client)
                if request[:1] == b"X":
                    raise EOFError
        finally:
            if is_open:
                backend.sendall(b"Q\0\0\0\rROLLBACK\0")
                answer_of(backend)
            self._free.put(backend)

    def _welcome(self, number: int) -> bytes:
        found = b"R" + struct.pack("!ii", 8, 0)
        for name, value in {**_PARAMETERS, "server_version": self._version}.items():
            words = f"{name}\0{value}\0".encode()
            found += b"S" + struct.pack("!i", len(words) + 4) + words
        found += b"K" + struct.pack("!iii", 12, _NO_BACKEND + number, 0)
        return found + b"Z" + struct.pack("!i", 5) + b"I"


@contextmanager
def pooler_to(port: int, database: str, *, backends: int) -> Iterator[Pooler]:
    """A transaction pooler before one database of a server on a loopback port."""
    pooler = Pooler(port, database, backends)
    try:
        yield pooler
    finally:
        pooler.close()


def _messages(answer: bytes) -> Iterator[tuple[bytes, bytes]]:
    while answer:
        end = 1 + struct.unpack("!i", answer[1:5])[0]
        yield answer[:1], answer[:end]
        answer = answer[end:]
