"""The Pythons of this machine, by version."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

_VERSION = "import sys; sys.stdout.write('%d.%d' % sys.version_info[:2])"


def python(minor: str) -> Path:
    """The Python of a version such as "3.10"; the test is skipped where there is none."""
    for candidate in _candidates(minor):
        if _version(candidate) == minor:
            return candidate
    pytest.skip(f"there is no Python {minor} on this machine (looked on the PATH and among pyenv's)")


def _candidates(minor: str) -> Iterator[Path]:
    found = shutil.which(f"python{minor}")
    if found is not None:
        yield Path(found)
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(pyenv.glob(f"versions/{minor}.*/bin/python"))


@cache
def _version(candidate: Path) -> str | None:
    """What the program says of itself; None where it does not run."""
    try:
        answer = subprocess.run([candidate, "-c", _VERSION], capture_output=True, text=True, timeout=20, check=False)
    except OSError:
        return None
    return answer.stdout if answer.returncode == 0 else None
