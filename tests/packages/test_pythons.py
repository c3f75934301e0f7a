"""The bundle under every Python that can be had: the supported ones run it, the others hear why not."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from packages.bundle import Start, environment
from packages.pythons import python

TOO_OLD, NOT_PACKAGED = 78, 79  # client-vscode/src/server/limits.ts knows them too


@pytest.mark.parametrize("minor", ["3.10", "3.11", "3.12", "3.13", "3.14"])
def test_a_supported_python(minor: str, finds_them: Callable[..., None]) -> None:
    finds_them(python(minor))


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=30, check=False)


@pytest.mark.parametrize("minor", ["3.6", "3.7", "3.8", "3.9"])
def test_an_older_python_is_refused(minor: str, start: Start) -> None:
    old = python(minor)
    ended = run(*start.command(old))
    assert (ended.returncode, ended.stdout) == (TOO_OLD, "")
    assert ended.stderr.startswith(f"Invigilator needs Python 3.10 or newer; this one is {minor}.")
    assert ended.stderr.count("\n") == 1


def test_python_2_is_refused(start: Start) -> None:
    """It does not know `-I`; whoever starts it without still gets the words."""
    ended = run(python("2.7"), start.main)
    assert (ended.returncode, ended.stdout) == (TOO_OLD, "")
    assert "Invigilator needs Python 3.10 or newer; this one is 2.7" in ended.stderr


def test_any_python_3_can_read_main(start: Start) -> None:
    ast.parse(start.main.read_text(encoding="ascii"), feature_version=(3, 4))


def test_an_older_python_is_refused_also_where_none_is_at_hand(start: Start) -> None:
    pretend = (
        "import runpy, sys; sys.version_info = (3, 8, 1, 'final', 0); runpy.run_path(sys.argv[1], run_name='__main__')"
    )
    ended = run(sys.executable, "-I", "-S", "-c", pretend, start.main)
    assert ended.returncode == TOO_OLD
    assert ended.stderr == f"Invigilator needs Python 3.10 or newer; this one is 3.8.1: {sys.executable}\n"


def test_sources_that_were_never_packaged(start: Start, tmp_path: Path) -> None:
    (tmp_path / "bundled").mkdir()
    shutil.copy(start.main, tmp_path / "bundled")
    ended = run(*Start(tmp_path, start.cache).command(sys.executable))
    assert ended.returncode == NOT_PACKAGED
    assert "npm run package" in ended.stderr
