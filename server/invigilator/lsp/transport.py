"""How messages come in and go out: over stdin and stdout, or over one TCP connection.

Takes the place of pygls' `start_io` and `start_tcp`. Input is cut into messages as it arrives and handled at once on
the event loop, without a hand-over to a thread pool for each line; what several messages in one read cause by
`loop.call_soon` runs once they are all taken in.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import re
import select
import socket
import stat
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from invigilator.lsp.protocol import BaseServer

_HEADER_END: Final = re.compile(rb"\r?\n\r?\n")
# Not anchored at the start: behind a message whose length was wrong or missing, the next header stands on the same
# line as the rest of that message, and reading gets back in step here.
_CONTENT_LENGTH: Final = re.compile(rb"content-length[ \t]*:[ \t]*(\d{1,9})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_HEADER_AT_MOST: Final = 64 * 1024
_READ_AT_ONCE: Final = 256 * 1024
_SECONDS_TO_LEAVE: Final = 0.2
_SECONDS_BETWEEN_LOOKS_AT_CLIENT: Final = 1.0


class Frames:
    """Cuts a stream of bytes into the bodies of messages (LSP 3.17, "Base Protocol").

    >>> list(Frames(print).feed(b"content-length: 2\\r\\n\\r\\n{}Content-"))
    [b'{}']
    """

    def __init__(self, complain: Callable[[str], None]) -> None:
        """`complain` gets a line of text for input that is skipped."""
        self._complain = complain
        self._buffer = bytearray()
        self._length: int | None = None

    @property
    def is_between_messages(self) -> bool:
        """False where the input so far ends inside a message."""
        return self._length is None and not self._buffer.strip()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Every message that `data` completes, in order."""
        self._buffer += data
        while self._length is not None or self._read_header():
            length = self._length or 0
            if len(self._buffer) < length:
                return
            body = bytes(self._buffer[:length])
            del self._buffer[:length]
            self._length = None
            yield body

    def _read_header(self) -> bool:
        while (end := _HEADER_END.search(self._buffer)) is not None:
            lengths = _CONTENT_LENGTH.findall(self._buffer, 0, end.start())
            del self._buffer[: end.end()]
            if lengths:
                self._length = int(lengths[-1])
                return True
            self._complain("Input without a usable Content-Length was skipped.")
        if len(self._buffer) > _HEADER_AT_MOST:
            self._complain("Input without a usable Content-Length was skipped.")
            del self._buffer[: -_HEADER_AT_MOST // 2]
        return False


class Session(asyncio.Protocol):
    """One client: its input handed to the server's protocol, the server's messages written, the end noticed.

    Is the `Connection` of `invigilator.lsp.json_rpc`, and an asyncio protocol for the input.
    """

    def __init__(self, server: BaseServer, write: Callable[[memoryview], int], watch_client: bool) -> None:
        """`write` writes some of the bytes, blocking, and returns how many; it raises OSError when nobody reads."""
        self._protocol = server.protocol
        self._frames = Frames(server.protocol.log_once)
        self._write = write
        self._watch_client = watch_client
        self._writing = threading.Lock()
        self._loop = asyncio.get_running_loop()
        self._is_over = False
        self.exit_code: asyncio.Future[int] = self._loop.create_future()
        self._protocol.connection = self

    def data_received(self, data: bytes) -> None:
        for body in self._frames.feed(data):
            if self._is_over:
                return
            self._protocol.receive(body)

    def eof_received(self) -> None:
        if not self._is_over and not self._frames.is_between_messages:
            self._protocol.log_once("The input ended in the middle of a message.")
        self.ended(self._protocol.exit_code)

    def connection_lost(self, error: Exception | None) -> None:
        self.ended(self._protocol.exit_code)

    def send(self, body: bytes) -> None:
        # One write for header and body: a client that reads as it arrives wakes up once.
        rest = memoryview(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        with self._writing:
            try:
                while rest and not self._is_over:
                    rest = rest[self._write(rest) :]
            except OSError:  # the client reads no more: not an error, but the end
                self._is_over = True
                self._loop.call_soon_threadsafe(self.ended, self._protocol.exit_code)

    def initialized(self, client_process: int | None) -> None:
        freeze_startup()
        if self._watch_client and client_process is not None and client_process > 0:
            threading.Thread(target=self._leave_after, args=(client_process,), name="client", daemon=True).start()

    def ended(self, exit_code: int) -> None:
        self._is_over = True
        if not self.exit_code.done():
            self.exit_code.set_result(exit_code)

    def _leave_after(self, client_process: int) -> None:
        # In a thread of its own and by `_exit`, so that it also ends a server that is stuck writing to nobody.
        if wait_for_end(client_process):
            os._exit(self._protocol.exit_code)


def serve_stdio(server: BaseServer) -> int:
    """Serves the client on stdin and stdout until it leaves; returns the exit code, with which the process must end.

    The code is 0 after `shutdown` (then `exit`, or the end of the input), else 1 (LSP 3.17, "Exit Notification").
    From here on nothing but messages reaches the client: what anything else in this process or its children prints
    goes to stderr, and stdin is empty for them.
    """
    stdin, stdout = _take_standard_streams()

    def write(data: memoryview) -> int:
        while True:
            try:
                return os.write(stdout, data)
            except BlockingIOError:  # somebody who shares the stream has made it non-blocking
                select.select([], [stdout], [])

    async def run() -> int:
        session = Session(server, write, watch_client=True)
        if _has_pipe_of_its_own(stdin, stdout):
            pipe = os.fdopen(stdin, "rb", buffering=0)
            await asyncio.get_running_loop().connect_read_pipe(lambda: session, pipe)
        else:
            _read_in_thread(session, lambda: _read(stdin))
        return await session.exit_code

    return _run(run())


def serve_tcp(server: BaseServer, host: str, port: int) -> int:
    """Waits for one client on a TCP port (0: any free one, which stderr tells) and serves it as `serve_stdio` does.

    Raises OSError where the address cannot be used.
    """
    listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    with listener:
        shown_host, shown_port = listener.getsockname()[:2]
        sys.stderr.write(f"invigilator: waiting for an editor on {shown_host}:{shown_port}\n")
        sys.stderr.flush()
        client, _ = listener.accept()
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    async def run() -> int:
        # The client's process may be on another machine: only the end of the connection says that it is gone.
        session = Session(server, client.send, watch_client=False)
        _read_in_thread(session, lambda: client.recv(_READ_AT_ONCE))
        return await session.exit_code

    with client:
        return _run(run())


def freeze_startup() -> None:
    """Takes all that start-up made out of the garbage collector's sight.

    Some 100,000 objects (mostly lsprotocol's types) live as long as the process; a full collection walks them all and
    takes tens of milliseconds, in the middle of somebody's typing. Frozen objects are never walked again. Collections
    of the young are kept small and full ones made rarer for the same reason.
    """
    gc.freeze()
    gc.enable()  # a caller may have disabled it while importing
    gc.set_threshold(2_000, 10, 50)


def wait_for_end(process: int) -> bool:
    """Blocks until a process is gone, then returns True; False at once where no such process is to be seen from here
    (a client in another container tells a number that means nothing here)."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        synchronize, infinite = 0x00100000, 0xFFFFFFFF
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.argtypes = [wintypes.DWORD, wintypes.BOOL, wintypes.DWORD]
        kernel.OpenProcess.restype = wintypes.HANDLE
        kernel.WaitForSingleObject.argtypes = [wintypes.HANDLE, wintypes.DWORD]
        kernel.WaitForSingleObject.restype = wintypes.DWORD
        handle = kernel.OpenProcess(synchronize, False, process)
        return bool(handle) and kernel.WaitForSingleObject(handle, infinite) == 0
    if not _is_alive(process):
        return False
    is_parent = os.getppid() == process
    while _is_alive(process) and not (is_parent and os.getppid() != process):  # a dead parent can stay as a zombie
        time.sleep(_SECONDS_BETWEEN_LOOKS_AT_CLIENT)
    return True


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True


def _take_standard_streams() -> tuple[int, int]:
    """Descriptors of the client's stdin and stdout, which nothing else in the process can reach any more."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    while nowhere <= 2:  # one of the three was closed, and is not to become a descriptor of something else
        nowhere = os.dup(nowhere)
    stdin, stdout = os.dup(0), os.dup(1)
    sys.stdout.flush()
    os.dup2(nowhere, 0)
    os.dup2(2, 1)
    os.close(nowhere)
    sys.stdout = sys.stderr
    return stdin, stdout


def _has_pipe_of_its_own(stdin: int, stdout: int) -> bool:
    """Whether the event loop may watch stdin itself, which is quickest.

    It makes the stream non-blocking for all who hold it, so stdin must be neither stdout nor stderr: on one socket,
    large answers would be cut short. On Windows the loop cannot watch pipes.
    """
    if sys.platform == "win32":
        return False
    status = os.fstat(stdin)
    if not (stat.S_ISFIFO(status.st_mode) or stat.S_ISSOCK(status.st_mode)):
        return False
    others = [os.fstat(stdout), os.fstat(2)]
    return all((status.st_dev, status.st_ino) != (other.st_dev, other.st_ino) for other in others)


def _read(descriptor: int) -> bytes:
    while True:
        try:
            return os.read(descriptor, _READ_AT_ONCE)
        except BlockingIOError:
            select.select([descriptor], [], [])


def _read_in_thread(session: Session, read: Callable[[], bytes]) -> None:
    """Hands over what `read` returns, on the loop, until that is nothing. The thread never keeps the process alive."""
    loop = asyncio.get_running_loop()

    def pump() -> None:
        data = b"..."
        while data:
            try:
                data = read()
            except OSError:
                data = b""
            try:
                if data:
                    loop.call_soon_threadsafe(session.data_received, data)
                else:
                    loop.call_soon_threadsafe(session.eof_received)
            except RuntimeError:  # the loop is closed: the session ended otherwise
                return

    threading.Thread(target=pump, name="input", daemon=True).start()


def _run(main: Coroutine[Any, Any, int]) -> int:
    logging.basicConfig(level=logging.WARNING, format="invigilator: %(message)s")

    async def run() -> int:
        code = await main
        # Messages are written as they are sent, so nothing is lost now; but a worker thread that is stuck (a network
        # drive, say) would keep the process for as long.
        leaving = threading.Timer(_SECONDS_TO_LEAVE, os._exit, (code,))
        leaving.daemon = True
        leaving.start()
        return code

    try:
        return asyncio.run(run())
    except KeyboardInterrupt:
        return 130
