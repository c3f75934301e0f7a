"""Servers for the tests, as real processes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import invigilator
from protocol.client import Client
from protocol.editor import Editor, Json
from protocol.in_process import InProcessClient


@pytest.fixture
def launch() -> Iterator[Callable[..., Client]]:
    """Starts servers: `launch(script or module arguments..., quiet=True, **Popen's own)`.

    The arguments follow the name of this Python. A server that is `quiet` (unless said otherwise) fails the test if it
    ever opened a message window.
    """
    clients: list[tuple[Client, bool]] = []

    def start(*arguments: str | Path, quiet: bool = True, **popen: Any) -> Client:
        source = str(Path(invigilator.__file__).parents[1])
        path = os.pathsep.join(filter(None, [source, os.environ.get("PYTHONPATH")]))
        environment = {**os.environ, "PYTHONPATH": path, **popen.pop("env", {})}
        client = Client([sys.executable, *map(str, arguments)], env=environment, **popen)
        clients.append((client, quiet))
        return client

    yield start
    windows = {"window/showMessage", "window/showMessageRequest"}
    said = [method for client, quiet in clients if quiet for method in client.said if method in windows]
    for client, _ in clients:
        client.end()
    assert not said, "the server opened message windows"


@pytest.fixture
def serve(launch: Callable[..., Client]) -> Callable[..., Editor]:
    """Starts `invigilator serve` as a process, with an editor that has not said anything yet."""
    return lambda **options: Editor(launch("-m", "invigilator", "serve", **options))


@pytest.fixture
def start(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[..., Editor]]:
    """Starts servers in this process, each with an editor that has been initialised: `start(folder, capabilities,
    **initializationOptions)`. A message window or a failure in the log fails the test, unless it cleared the log.
    """
    clients: list[InProcessClient] = []

    def start(folder: Path | None = None, capabilities: Json | None = None, **options: Any) -> Editor:
        clients.append(InProcessClient())
        return Editor(clients[-1]).start(folder, capabilities, **options)

    yield start
    for client in clients:
        client.take_all()
        client.end()
        assert not {"window/showMessage", "window/showMessageRequest"} & set(client.said)
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
