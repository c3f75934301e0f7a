"""Where the output goes. Nothing here fails because of a console's encoding or a reader that has gone."""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TextIO

Write = Callable[[str], None]

_UNSEEN: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]")


class OutputError(Exception):
    """A place where nothing can be written or served; says where and why, in one line."""


def prepare() -> None:
    """Make standard output and error take every character: what an encoding lacks is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def shown(text: str) -> str:
    """Text on one line, with escapes for what would steer a terminal: a file's name can hold anything."""
    return _UNSEEN.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def complain(line: str) -> None:
    """Say something on standard error."""
    _write_to(sys.stderr, f"{shown(line)}\n")


def say(text: str) -> None:
    """Write to standard output. Once its reader has gone, do nothing. Raises OutputError."""
    try:
        _write_to(sys.stdout, text)
    except OSError as error:
        raise OutputError(f"cannot write the output: {_reason(error)}") from None


@contextmanager
def file_or_stdout(path: str | None) -> Iterator[Write]:
    """A way to write to the file `path`, which appears whole at the end or not at all, or to standard output.

    Raises OutputError.
    """
    if path is None:
        yield say
        return
    target = Path(os.path.realpath(path))
    try:
        mode = target.stat().st_mode if target.exists() else None
        if mode is not None and stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        if mode is not None and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "permission denied")
        in_place = mode is not None and not stat.S_ISREG(mode)  # a pipe or device is no file to be replaced
        beside = target if in_place else target.with_name(f".{target.name[:100]}.{uuid.uuid4().hex[:8]}")
        file = beside.open("w" if in_place else "x", encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise OutputError(f"cannot write {path}: {_reason(error)}") from None
    is_done = False

    def write(text: str) -> None:
        try:
            file.write(text)
        except OSError as error:
            raise OutputError(f"cannot write {path}: {_reason(error)}") from None

    try:
        yield write
        try:
            file.close()
            if not in_place:
                if mode is not None:
                    beside.chmod(stat.S_IMODE(mode))
                beside.replace(target)
        except OSError as error:
            raise OutputError(f"cannot write {path}: {_reason(error)}") from None
        is_done = True
    finally:
        if not is_done:
            with suppress(OSError):
                file.close()
            if not in_place:
                with suppress(OSError):
                    beside.unlink()


def _write_to(stream: TextIO | None, text: str) -> None:
    if stream is None or stream.closed:
        return
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        # What is still in the buffer would fail once more when Python ends, and print a traceback.
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
        if error.errno not in (errno.EPIPE, errno.EINVAL):  # the latter is a closed pipe on Windows
            raise


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "its folder does not exist"
    return (error.strerror or str(error)).lower()
