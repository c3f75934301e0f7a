"""A small client that speaks JSON-RPC to a real server process, byte by byte: it hides nothing and repairs nothing."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import tempfile
import threading
from typing import IO, Any, cast

SECONDS = 10.0  # long enough for a slow machine; no test waits for it to pass


class RequestError(Exception):
    """The server answered a request with an error: `code` and `message` of it, `error` in full."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(f"{error['code']}: {error['message']}")
        self.error = error
        self.code: int = error["code"]
        self.message: str = error["message"]


class Client:
    """One server process and what it said.

    `received` holds every notification and request of the server that no `wait_for` has taken yet. Requests of the
    server are answered from `answers` (method -> result, or a function that makes it of the params; None for the
    others) as soon as they are read.
    """

    def __init__(
        self, command: list[str], stdin: Any = subprocess.PIPE, stdout: Any = subprocess.PIPE, **popen: Any
    ) -> None:
        self._log = cast("IO[bytes]", tempfile.TemporaryFile())  # noqa: SIM115  # closed by `end`
        self.process = subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=self._log, **popen)
        self.answers: dict[str, Any] = {}
        self.received: list[dict[str, Any]] = []
        self.said: list[str] = []  # the method of every message that was not an answer
        self._incoming: queue.Queue[dict[str, Any] | Exception] = queue.Queue()
        self._last_id = 0
        if self.process.stdout is not None and self.process.stdin is not None:
            self.attach(self.process.stdin, self.process.stdout)

    def attach(self, to_server: IO[bytes], from_server: IO[bytes]) -> None:
        """Speaks over these streams; done by itself where the process has pipes of its own."""
        self.to_server, self._from_server = to_server, from_server
        threading.Thread(target=self._read, daemon=True).start()

    # -- sending

    def send_bytes(self, data: bytes) -> None:
        self.to_server.write(data)
        self.to_server.flush()

    def send(self, message: object) -> None:
        self.send_bytes(frame(message))

    def notify(self, method: str, params: object = None) -> None:
        self.send(_message({"method": method}, params))

    def begin(self, method: str, params: object = None) -> int:
        """Sends a request and returns its id, for `answer`."""
        self._last_id += 1
        self.send(_message({"id": self._last_id, "method": method}, params))
        return self._last_id

    def request(self, method: str, params: object = None, timeout: float = SECONDS) -> Any:
        """The result of a request. Raises `RequestError`."""
        return self.answer(self.begin(method, params), timeout)

    def initialize(self, **params: Any) -> Any:
        """`initialize` with these params over an empty client's, then `initialized`; returns the server's answer."""
        result = self.request("initialize", {"processId": None, "rootUri": None, "capabilities": {}, **params})
        self.notify("initialized", {})
        return result

    # -- receiving

    def recv(self, timeout: float = SECONDS) -> dict[str, Any]:
        """The next message of the server, whatever it is. Raises EOFError at the end, TimeoutError."""
        try:
            message = self._incoming.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError(f"nothing came within {timeout} s; the server's log:\n{self.log()}") from None
        if isinstance(message, Exception):
            self._incoming.put(message)
            raise message
        self._note(message)
        return message

    def answer(self, request_id: int | str | None, timeout: float = SECONDS) -> Any:
        """The result of the request with this id; other messages go to `received`. Raises `RequestError`."""
        while True:
            message = self.recv(timeout)
            if "method" in message:
                self.received.append(message)
            elif message["id"] == request_id:
                if "error" in message:
                    raise RequestError(message["error"])
                return message["result"]

    def wait_for(self, method: str, timeout: float = SECONDS) -> Any:
        """The params of the first notification or request of this name that was not taken yet."""
        while True:
            for index, message in enumerate(self.received):
                if message["method"] == method:
                    return self.received.pop(index).get("params")
            message = self.recv(timeout)
            if "method" in message:
                self.received.append(message)

    def take_all(self) -> None:
        """Takes in what has arrived, so that `received` and `said` have all of it."""
        while not self._incoming.empty():
            message = self.recv()
            assert "method" in message, f"an answer that nobody waits for: {message}"
            self.received.append(message)

    def rest(self, timeout: float = SECONDS) -> list[dict[str, Any]]:
        """Every message up to the end of the server's output."""
        messages = []
        with contextlib.suppress(EOFError):
            while True:
                messages.append(self.recv(timeout))
        return messages

    # -- the process

    def log(self) -> str:
        """All that the server wrote to stderr so far."""
        return os.pread(self._log.fileno(), 10_000_000, 0).decode("utf-8", "replace")

    def exit_code(self, timeout: float = SECONDS) -> int:
        """Waits for the process to end."""
        return self.process.wait(timeout)

    def leave(self) -> int:
        """`shutdown`, `exit`, and the process's exit code."""
        self.request("shutdown")
        self.notify("exit")
        return self.exit_code()

    def end(self) -> None:
        """Ends the process if it runs still, and closes everything."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self._log.close()

    def _note(self, message: dict[str, Any]) -> None:
        """Keeps the name of a message that is no answer, and answers it where it is a request."""
        if "method" not in message:
            return
        self.said.append(message["method"])
        if "id" in message:
            answer = self.answers.get(message["method"])
            result = answer(message.get("params")) if callable(answer) else answer
            self.send({"jsonrpc": "2.0", "id": message["id"], "result": result})

    def _read(self) -> None:
        try:
            while True:
                self._incoming.put(read_frame(self._from_server))
        except (EOFError, OSError):
            self._incoming.put(EOFError("the server's output ended"))
        except (AssertionError, ValueError) as error:  # not a message: the test that reads it fails
            self._incoming.put(error)


def frame(message: object) -> bytes:
    """A message as it goes over the wire; bytes are taken as its body."""
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def read_frame(stream: IO[bytes]) -> dict[str, Any]:
    """The next message. Raises EOFError at the end, AssertionError for anything that is not a message."""
    length = None
    while (line := stream.readline()) != b"\r\n":
        if not line:
            raise EOFError
        name, _, value = line.partition(b": ")
        assert name in (b"Content-Length", b"Content-Type"), f"on stdout, but no message: {line!r}"
        length = int(value) if name == b"Content-Length" else length
    assert length is not None
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    return cast("dict[str, Any]", json.loads(body))


def _message(message: dict[str, Any], params: object) -> dict[str, Any]:
    return {"jsonrpc": "2.0", **message} | ({} if params is None else {"params": params})
