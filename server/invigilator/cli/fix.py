"""`invigilator check --fix`: the safe fixes, written to the report whole or not at all, or shown as a diff."""

from __future__ import annotations

import difflib
import os
import re
import stat
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from invigilator.analysis import matches
from invigilator.cli.loading import Checked, Refused
from invigilator.cli.output import shown
from invigilator.fixes import mend

_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_CHANGED: Final = "was changed by another program meanwhile: nothing was fixed, so run it again"


class FixError(Exception):
    """A report that cannot be written, and why, in a few words."""


def fixed(report: Checked, select: Sequence[str], ignore: Sequence[str]) -> tuple[Checked | Refused, int]:
    """The report as it is after its safe fixes, which stand in its file then, and how many there were."""
    mended = mend(report.analysis, _wanted(select, ignore))
    if not mended.fixed:
        return report, 0
    old, new = report.analysis.outline.text, mended.analysis.outline.text
    try:
        replace(Path(report.path), old.encode("utf-8"), new.encode("utf-8"))
    except FixError as error:
        return Refused(report.path, str(error)), 0
    return report._replace(analysis=mended.analysis), mended.fixed


def difference(report: Checked, select: Sequence[str], ignore: Sequence[str]) -> str:
    """What the safe fixes would change, as a unified diff; empty where that is nothing."""
    mended = mend(report.analysis, _wanted(select, ignore))
    old, new = (_LINE.findall(analysis.outline.text) for analysis in (report.analysis, mended.analysis))
    path = shown(report.path).lstrip("/")
    lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def replace(path: Path, old: bytes, new: bytes) -> None:
    """Put `new` in place of `old` as the content of a file, at once; a link stays and leads to it.

    Raises FixError, and then the file is as it was: also where its content is not `old` any more.
    """
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name[:100]}.{uuid.uuid4().hex[:8]}")
    try:
        status = target.stat()
        if not stat.S_ISREG(status.st_mode):
            raise FixError("cannot be fixed: it is not a regular file")
        if not os.access(target, os.W_OK):
            raise FixError("cannot be fixed: permission denied")
        if target.read_bytes() != old:
            raise FixError(_CHANGED)
        try:
            _write(beside, new, status)
            if target.read_bytes() != old:
                raise FixError(_CHANGED)
            beside.replace(target)
        finally:
            with suppress(OSError):
                beside.unlink()
    except PermissionError:
        raise FixError("cannot be fixed: nothing can be written to its folder") from None
    except FileNotFoundError:
        raise FixError(_CHANGED) from None
    except OSError as error:
        raise FixError(f"cannot be fixed: {(error.strerror or type(error).__name__).lower()}") from None


def _write(path: Path, content: bytes, like: os.stat_result) -> None:
    """A new file with the content, on the disk, with the mode and owner of another one."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if hasattr(os, "chown"):
        with suppress(OSError):  # only root can give a file away
            os.chown(path, like.st_uid, like.st_gid)
    path.chmod(stat.S_IMODE(like.st_mode))


def _wanted(select: Sequence[str], ignore: Sequence[str]) -> Callable[[str], bool]:
    return lambda code: (not select or matches(code, select)) and not matches(code, ignore)
