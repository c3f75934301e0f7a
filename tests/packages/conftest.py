"""The packaged extension, unpacked; servers started from it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from packages.bundle import TOO_SHORT, TOO_SHORT_CODES, Start, environment, packaged, unpack
from protocol.client import Client
from protocol.editor import VISUAL_STUDIO_CODE, VISUAL_STUDIO_CODE_OPTIONS, Editor
from protocol.reports import folder

Findings = Callable[..., list[str]]


@pytest.fixture(scope="session")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension as an editor installs it, in a folder with a space and other letters than ASCII's."""
    vsix = packaged()
    if vsix is None:
        pytest.skip("there is no .vsix in dist/: `npm run package` makes it")
    return unpack(vsix, tmp_path_factory.mktemp("installed") / "Erweiterungen für 考试")


@pytest.fixture
def start(extension: Path, tmp_path: Path) -> Start:
    return Start(extension, tmp_path / "global storage" / "pycache")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A folder with a report in which two answers fall short."""
    path = tmp_path / "Prüfung, erster Versuch 考试"
    folder(path, TOO_SHORT)
    return path


@pytest.fixture
def findings(start: Start, workspace: Path) -> Iterator[Findings]:
    """Starts the server as the extension does, opens the report, and returns the findings' codes.

    `before`: a command in front of the interpreter; the others of `Popen` and `Start` in place of the usual ones.
    """
    clients: list[Client] = []

    def find(
        interpreter: Path | str = sys.executable,
        start: Start = start,
        before: list[str] | None = None,
        env: dict[str, str] | None = None,
        **popen: Any,
    ) -> list[str]:
        popen = {"cwd": start.extension, "env": environment() if env is None else env, **popen}
        client = Client([*(before or []), *start.command(interpreter)], **popen)
        clients.append(client)
        editor = Editor(client).start(workspace, VISUAL_STUDIO_CODE, **VISUAL_STUDIO_CODE_OPTIONS)
        document = editor.open(workspace / "README.md")
        codes = document.codes()
        command = {"command": "invigilator.check", "arguments": [document.uri]}
        assert client.request("workspace/executeCommand", command)["path"] == "README.md"
        client.leave()
        assert client.exit_code() == 0
        assert not {"window/showMessage", "window/showMessageRequest"} & set(client.said)
        assert client.log() == ""
        return codes

    yield find
    for client in clients:
        client.end()


@pytest.fixture
def finds_them(findings: Findings) -> Callable[..., None]:
    """The same, and they must be the two that are there."""

    def check(*arguments: Any, **options: Any) -> None:
        assert findings(*arguments, **options) == TOO_SHORT_CODES

    return check


@pytest.fixture(scope="session")
def bare_environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment without pip."""
    place = tmp_path_factory.mktemp("environment") / "ohne pip"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    return place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
