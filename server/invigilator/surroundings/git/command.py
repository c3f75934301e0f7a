"""Running git to ask it about files. It executes nothing of the folder it is asked in, writes nothing, and is waited
for no longer than to a deadline.

A repository's own configuration can name programs that git runs (a file system monitor, hooks, a transport): those are
switched off on the command line, which wins over every file.
"""

# Paths are strings here, as git takes and gives them.
# ruff: noqa: PTH113, PTH117, PTH118

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final

from invigilator.surroundings import GitStatus
from invigilator.surroundings.tree import composed

_SAFELY: Final = (
    "--no-pager",
    "--no-optional-locks",
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "protocol.allow=never"),
    *("-c", "safe.bareRepository=explicit"),
)
# Those of git's variables that say how this machine is set up. The others would make it look at another repository:
# git sets them for its hooks, and from a hook the command line may well be called.
_KEPT: Final = frozenset(
    (
        *("GIT_CEILING_DIRECTORIES", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM"),
        *("GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH", "GIT_TEMPLATE_DIR"),
    )
)
_MOST_BYTES: Final = 20_000  # of one command line; on Windows it ends at 32,000
_APPLES_STUB: Final = "/usr/bin/git"
_APPLES_OWN: Final = (
    "/Library/Developer/CommandLineTools/usr/bin/git",
    "/Applications/Xcode.app/Contents/Developer/usr/bin/git",
)


class GitFailure(Exception):  # noqa: N818 - most often there is no git here, which is no error
    """Git gave no answer: it is not there, not a work tree, took too long, or failed."""


def find_git(*not_below: str) -> str:
    """The path of git, from `PATH`; never one below the folders `not_below`, nor one that `PATH` names relatively.

    Raises GitFailure where there is none.
    """
    name = "git.exe" if sys.platform == "win32" else "git"
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        path = os.path.join(folder, name)
        if not os.path.isabs(folder) or not (os.path.isfile(path) and os.access(path, os.X_OK)):
            continue
        if any(_is_below(path, other) for other in not_below):
            continue
        if sys.platform == "darwin" and path == _APPLES_STUB:
            # where Apple's tools are not installed, this one opens a window that offers to
            path = next(filter(os.path.isfile, _APPLES_OWN), "")
            if not path:
                continue
        return path
    raise GitFailure("there is no git")


def ask_git(git: str, work_tree: str, paths: Sequence[str], deadline: float) -> dict[str, GitStatus]:
    """What git says of the files at `paths`, which exist, relative to the folder `work_tree` and with `/`.

    `deadline` is a time of `time.monotonic()`. What git says nothing of is `unknown`. Raises GitFailure.
    """
    asked = {composed(path): path for path in paths}
    found: dict[str, GitStatus] = dict.fromkeys(paths, "unknown")
    for some in portions(paths):
        listed = ("ls-files", "-z", "-t", "--cached", "--others", "--exclude-standard", "--", *some)
        for line in run_git(git, listed, work_tree, deadline, literal=True).split("\0"):
            if (path := asked.get(composed(line[2:]))) is not None:
                found[path] = "untracked" if line[0] == "?" else "tracked"
    silent = [path for path, status in found.items() if status == "unknown"]
    if silent:  # not in the index and yet not to be added: the rules say ignore it, or git sees the name otherwise
        question = "".join(f"./{path}\0" for path in silent)
        answer = run_git(git, ("check-ignore", "-z", "--stdin"), work_tree, deadline, question, fine=(0, 1))
        for line in answer.split("\0"):
            if line[2:] in found:
                found[line[2:]] = "ignored"
    return found


def run_git(
    git: str,
    arguments: Sequence[str],
    folder: str,
    deadline: float,
    question: str = "",
    fine: Sequence[int] = (0,),
    *,
    literal: bool = False,
) -> str:
    """What git writes to its standard output, as names of files are decoded.

    `git` is its path, `deadline` a time of `time.monotonic()`, `question` what it reads from its standard input, `fine`
    are the exit codes of an answer. `literal`: paths among the arguments mean themselves, whatever is in their names.
    Raises GitFailure.
    """
    return os.fsdecode(run_git_for_bytes(git, arguments, folder, deadline, question, fine, literal=literal))


def run_git_for_bytes(
    git: str,
    arguments: Sequence[str],
    folder: str,
    deadline: float,
    question: str = "",
    fine: Sequence[int] = (0,),
    *,
    literal: bool = False,
) -> bytes:
    """The same as it is written."""
    try:
        process = subprocess.Popen(  # noqa: S603 - no shell, an absolute path, names behind `--` or on its input
            [git, *_SAFELY, *arguments],
            cwd=folder,
            env=_environment(os.environ, literal=literal),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, ValueError) as error:
        raise GitFailure("git does not start") from error
    _RUNNING.add(process)
    try:
        output, _ = process.communicate(os.fsencode(question), max(deadline - time.monotonic(), 0))
    except subprocess.TimeoutExpired as error:
        raise GitFailure("git takes too long") from error
    except OSError as error:
        raise GitFailure("git does not listen") from error
    finally:
        _end(process)
    if process.returncode not in fine:
        raise GitFailure(f"git ends with {process.returncode}")
    return output


_RUNNING: Final[set[subprocess.Popen[bytes]]] = set()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing behind: neither git, nor what it started, nor a pipe to them."""
    _RUNNING.discard(process)
    if process.poll() is None:
        with suppress(OSError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            process.wait(1)
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            if pipe is not None and not (sys.platform == "win32" and process.returncode is None):
                pipe.close()


@atexit.register
def _end_all() -> None:
    for process in list(_RUNNING):
        _end(process)


def _environment(own: Mapping[str, str], *, literal: bool) -> dict[str, str]:
    kept = {name: value for name, value in own.items() if not name.startswith("GIT_") or name in _KEPT}
    harmless = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "SSH_ASKPASS": ""}
    safe = {"GIT_NO_LAZY_FETCH": "1", "GIT_PAGER": "cat", "LC_ALL": "C"}
    return {**kept, **harmless, **safe, **({"GIT_LITERAL_PATHSPECS": "1"} if literal else {})}


def portions(paths: Sequence[str]) -> Iterator[list[str]]:
    """The paths in portions that a command line can take."""
    portion: list[str] = []
    size = 0
    for path in paths:
        length = len(os.fsencode(path)) + 1
        if portion and size + length > _MOST_BYTES:
            yield portion
            portion, size = [], 0
        portion.append(path)
        size += length
    if portion:
        yield portion


def _is_below(path: str, folder: str) -> bool:
    try:
        return os.path.commonpath([os.path.realpath(path), folder]) == folder
    except ValueError:
        return False
