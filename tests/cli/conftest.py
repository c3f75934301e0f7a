"""The current folder, and the command in it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli.commands import Command, Files, Process, Result, environment, program
from invigilator.cli.app import run
from invigilator.cli.serve import Address


@pytest.fixture(autouse=True)
def outside_of_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test says itself what a job on GitHub would say: these tests may run in one."""
    for name in [name for name in os.environ if name.startswith("GITHUB_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def files(folder: Path) -> Files:
    def write(content: Mapping[str, str | bytes]) -> Path:
        for name, text in content.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        return folder

    return write


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    def no_server(address: Address | None) -> int:
        raise AssertionError("no test here asks for the server")

    def call(*arguments: str, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin)))
        code = run(no_server, arguments)
        return Result(code, *capsys.readouterr())

    return call


@pytest.fixture
def process(folder: Path) -> Process:
    def call(
        *arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            program(*arguments),
            input=stdin,
            capture_output=True,
            cwd=folder,
            env=environment(env),
            timeout=30,
            check=False,
        )

    return call
