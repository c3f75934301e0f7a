"""Folders that nobody may write to: the extension's, the report's, the one for compiled files.

Permissions do not bind root, so each is mounted read-only over itself, in a mount namespace of the server's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from packages.bundle import Start

# $1: the folder; the rest: what runs in it
MOUNT = """
mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" || exit 90
if touch "$1/may this be written" 2>/dev/null; then exit 91; fi
shift
exec "$@"
"""


def read_only(folder: Path) -> list[str]:
    """A command that runs another with `folder` read-only."""
    return ["unshare", "--mount", "sh", "-c", MOUNT, "sh", str(folder)]


@pytest.fixture
def can_mount(tmp_path: Path) -> None:
    if sys.platform != "linux" or shutil.which("unshare") is None:
        pytest.skip("needs unshare of Linux to make a folder read-only")
    tried = subprocess.run([*read_only(tmp_path), "true"], capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        pytest.skip(f"this user (id {os.getuid()}) may not mount: {tried.stderr.strip()}")


@pytest.mark.usefixtures("can_mount")
@pytest.mark.parametrize("which", ["extension", "workspace", "pycache"])
def test_a_read_only_folder(which: str, finds_them: Callable[..., None], start: Start, workspace: Path) -> None:
    start.cache.mkdir(parents=True)
    folder = {"extension": start.extension, "workspace": workspace, "pycache": start.cache}[which]
    finds_them(before=read_only(folder))
