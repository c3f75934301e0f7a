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
