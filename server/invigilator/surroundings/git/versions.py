"""The versions that git has of one file. Objects are read as they are stored: no filter, no program, no network."""

# Paths are strings here, as git takes and gives them.

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from invigilator.surroundings.git.command import run_git, run_git_for_bytes

_MOST_COMMITS: Final = 2_000  # the newest ones that touch the file
_MOST_VERSIONS: Final = 50  # the oldest of those
_LARGEST: Final = 256 * 1024
_MOST_BYTES: Final = 4 * 1024 * 1024

# A repository's own configuration can have a signature checked by a program that it names, an older git fetch what is
# not there by a transport of its own, and the first commit left out.
_PROTOCOLS: Final = ("ext", "file", "git", "http", "https", "ssh")
_SAFELY: Final = (
    *("-c", "log.showSignature=false", "-c", "log.showRoot=true", "-c", f"diff.orderFile={os.devnull}"),
    *(part for name in _PROTOCOLS for part in ("-c", f"protocol.{name}.allow=never")),
)
_LOG: Final = (
    *("log", "--follow", "--raw", "-z", "--no-abbrev", "--no-color", "--no-ext-diff", "--no-textconv"),
    *("--no-show-signature", "--no-notes", "--no-relative", "--topo-order", f"--max-count={_MOST_COMMITS}"),
    "--format=format:%x02%H",
)
_COMMIT: Final = re.compile(
    r"\x02(?P<commit>[0-9a-f]{40,64})\n:\d{6} 100\d{3} [0-9a-f]+ (?P<blob>[0-9a-f]{40,64}) [A-Z]\d*"
)
_HEADER: Final = re.compile(rb"(?P<blob>[0-9a-f]{40,64}) blob (?P<size>\d{1,12})\n")


class Version(NamedTuple):
    """What a file held, and the id of the commit that says so."""

    commit: str
    content: bytes


def versions_of(git: str, folder: str, name: str, deadline: float) -> Iterator[Version]:
    """The versions of the file `name` in `folder`, the oldest first, each content once; renames are followed.

    `git` is its path, `deadline` a time of `time.monotonic()`. Of a long history only the 50 oldest versions are read,
    and no version of more than 256 KiB. Raises GitFailure, also where there is no commit yet.
    """
    listed = run_git(git, (*_SAFELY, *_LOG, "--", name), folder, deadline, literal=True)
    commits: dict[str, str] = {}  # by the blob
    for match in reversed(list(filter(None, map(_COMMIT.fullmatch, listed.split("\0"))))):
        commits.setdefault(match["blob"], match["commit"])
    oldest = list(commits)[:_MOST_VERSIONS]
    if not oldest:
        return
    wanted = list(_small_enough(git, oldest, folder, deadline))
    raw = _cat_file(git, "--batch", wanted, folder, deadline) if wanted else b""
    at = 0
    while (header := _HEADER.match(raw, at)) is not None:
        at = header.end() + int(header["size"])
        yield Version(commits[header["blob"].decode()], raw[header.end() : at])
        at += 1  # the line ending behind it


def _small_enough(git: str, blobs: list[str], folder: str, deadline: float) -> Iterator[str]:
    """Those that are there and not too large, as long as all together are not."""
    total = 0
    for line in _cat_file(git, "--batch-check", blobs, folder, deadline).splitlines(keepends=True):
        header = _HEADER.fullmatch(line)
        if header is not None and int(header["size"]) <= _LARGEST:
            total += int(header["size"])
            if total > _MOST_BYTES:
                return
            yield header["blob"].decode()


def _cat_file(git: str, how: str, blobs: list[str], folder: str, deadline: float) -> bytes:
    return run_git_for_bytes(git, (*_SAFELY, "cat-file", how), folder, deadline, "".join(f"{blob}\n" for blob in blobs))
