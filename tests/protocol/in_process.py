"""The real server in this process, spoken to over the real transport's session: quick, and open to be looked into."""

from __future__ import annotations

import asyncio
import io
import time
from typing import Any

from invigilator.lsp.server import Server
from invigilator.lsp.transport import Session
from protocol.client import SECONDS, Client, read_frame


class InProcessClient(Client):
    """A `Client` of the server object `server`. Every call runs the event loop until nothing is left to do at once."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.received: list[dict[str, Any]] = []
        self.said: list[str] = []
        self.server = Server()
        self.server.seconds_a_look_holds = 0.0  # a test's files are there from one line to the next
        self.server_exit_code: int | None = None
        self._messages: list[dict[str, Any]] = []
        self._last_id = 0
        self._loop = asyncio.new_event_loop()
        self._session = self._loop.run_until_complete(self._connect())

    async def _connect(self) -> Session:
        return Session(self.server, self._take, watch_client=False)

    def _take(self, data: memoryview) -> int:
        self._messages.append(read_frame(io.BytesIO(data)))
        return len(data)

    async def _feed(self, data: bytes) -> None:
        self._session.data_received(data)
        for _ in range(4):  # what is put off by `call_soon`, and what that puts off
            await asyncio.sleep(0)

    def send_bytes(self, data: bytes) -> None:
        self._loop.run_until_complete(self._feed(data))

    def recv(self, timeout: float = SECONDS) -> dict[str, Any]:
        deadline = time.monotonic() + timeout
        while not self._messages:
            if time.monotonic() > deadline:
                raise TimeoutError(f"nothing came within {timeout} s")
            self._loop.run_until_complete(asyncio.sleep(0.005))
        message = self._messages.pop(0)
        self._note(message)
        return message

    def take_all(self) -> None:
        self._loop.run_until_complete(asyncio.sleep(0))
        while self._messages:
            message = self.recv()
            assert "method" in message, f"an answer that nobody waits for: {message}"
            self.received.append(message)

    def log(self) -> str:
        raise NotImplementedError("use caplog: the server logs in this process")

    def end(self) -> None:
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()
