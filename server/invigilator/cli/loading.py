"""One report, read from disk or standard input and analysed."""

from __future__ import annotations

import os
import stat
import sys
import traceback
from pathlib import Path
from typing import Final, NamedTuple

from invigilator.analysis import Analysis, analyse
from invigilator.report.grammar import DEFAULT_GRAMMAR
from invigilator.surroundings.disk import DiskSurroundings
from invigilator.surroundings.root import find_root

STANDARD_INPUT: Final = "-"
_LARGEST: Final = 16 * 1024 * 1024
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


class Checked(NamedTuple):
    """A report and its analysis. `path` is as it was asked for, with `/`; `root` ends the world it was judged in."""

    path: str
    root: Path
    analysis: Analysis


class Refused(NamedTuple):
    """A report that could not be checked, and why, in one line."""

    path: str
    reason: str


class NoReport(NamedTuple):
    """A document that is none, and why."""

    path: str
    reason: str


Loaded = Checked | Refused | NoReport


def load(path: str) -> Loaded:
    """The report at `path`, or on standard input."""
    try:
        raw = _read_standard_input() if path == STANDARD_INPUT else _read(Path(path))
    except OSError as error:
        return Refused(path, trouble(path, error))
    if len(raw) > _LARGEST:
        return Refused(path, f"is larger than {_LARGEST // 1024**2} MiB, too large for a report")
    try:
        text, unreadable = raw.decode("utf-8"), None
    except UnicodeDecodeError as error:
        text, unreadable = _nearly(raw), _not_utf8(raw, error)
    try:
        # standard input is judged as the report of the current folder
        place = Path("README.md") if path == STANDARD_INPUT else Path(path)
        root = find_root(place)
        analysis = analyse(text, DiskSurroundings(place, root))
    except OSError as error:
        return Refused(path, trouble(path, error))
    except Exception as error:  # a fault of ours in one report must not lose the others
        return Refused(path, _fault(error))
    if unreadable is not None:
        return Refused(path, unreadable) if analysis.is_report else NoReport(path, unreadable)
    return Checked(path, root, analysis) if analysis.is_report else NoReport(path, _missing_part(analysis))


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise OSError(0, "not a regular file")
        return file.read(_LARGEST + 1)


def _read_standard_input() -> bytes:
    if sys.stdin is None:
        raise OSError(0, "standard input is closed")
    return sys.stdin.buffer.read(_LARGEST + 1)


def trouble(path: str, error: OSError) -> str:
    """Why the file or folder at `path` cannot be read, in a few words."""
    if isinstance(error, FileNotFoundError):
        return "is a link that leads nowhere" if Path(path).is_symlink() else "no such file or folder"
    if isinstance(error, PermissionError):
        return "cannot be read: permission denied"
    return f"cannot be read: {(error.strerror or type(error).__name__).lower()}"


def _not_utf8(raw: bytes, error: UnicodeDecodeError) -> str:
    if raw.startswith(_UTF16):
        return "is not UTF-8 but UTF-16 (byte offset 0, line 1): save it as UTF-8"
    before = raw[: error.start]
    line = before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1
    return f"is not UTF-8: byte offset {error.start}, line {line}; save it as UTF-8"


def _nearly(raw: bytes) -> str:
    """The text of a file in another encoding, good enough to see whether it is a report."""
    return raw.decode("utf-16" if raw.startswith(_UTF16) else "utf-8", "replace")


def _missing_part(analysis: Analysis) -> str:
    grammar = analysis.ground.configuration.grammar
    mistakes = "".join(f"; {problem}" for problem in analysis.ground.problems[:1])  # which may be why
    headings = sum(section.number is not None for section in analysis.outline.sections)
    if headings:
        return f"is not a report: it has question headings, but no `{grammar.marker}` below any of them{mistakes}"
    if not analysis.outline.text.strip():
        return "is not a report: it is empty"
    wanted = " such as `### Question 1`"
    if grammar.titles:
        wanted = " with one of the titles that `questions` of its configuration names"
    elif grammar.heading is not DEFAULT_GRAMMAR.heading:
        wanted = " that `heading` of its configuration matches"
    return f"is not a report: it has no question heading{wanted}{mistakes}"


def _fault(error: Exception) -> str:
    """Where it went wrong; never the error's own words, which may quote the report."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"could not be checked, which is a fault of Invigilator ({type(error).__name__}{where}): please report it"
