"""Paths as a repository knows them, for what is read elsewhere than on this machine."""

# `os.path` here: two paths need not exist to be compared.
# ruff: noqa: PTH100

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from invigilator.cli.loading import STANDARD_INPUT


def in_repository(path: str) -> str:
    """The path of a report from the top of the checkout, with ``/``: from $GITHUB_WORKSPACE, else from the current
    folder. One outside both stays absolute; standard input stays ``-``.
    """
    if path == STANDARD_INPUT:
        return path
    for top in _tops():
        # as it is written, and with links followed: a checkout can lie behind one
        for resolve in (os.path.abspath, os.path.realpath):
            folder, name = os.path.split(os.path.abspath(path))
            try:
                relative = os.path.relpath(os.path.join(resolve(folder), name), resolve(top))  # noqa: PTH118
            except ValueError:  # another drive
                continue
            if Path(relative).parts[:1] != (os.pardir,):
                return Path(relative).as_posix()
    return Path(os.path.abspath(path)).as_posix()


def _tops() -> Iterator[str]:
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if workspace:
        yield workspace
    yield os.curdir
