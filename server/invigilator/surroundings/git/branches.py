"""Where the work stands in git: which branch is checked out, and what the remote's default branch is known to be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from invigilator.surroundings.delivery import Branches
from invigilator.surroundings.git.command import GitFailure

Ask = Callable[..., str]
"""Runs git with these arguments and gives what it writes; `fine` are the exit codes of an answer. Raises GitFailure."""

_HEADS: Final = "refs/heads/"
_REMOTES: Final = "refs/remotes/"
_USUAL: Final = ("main", "master")


def read_branches(ask: Ask) -> Branches:
    """What the repository knows of itself. Raises GitFailure.

    The remote is the one that the branch follows, else `origin`, else the only one. Its default branch is where its
    `HEAD` was when it was cloned or looked at; where that is not known, files are compared with the likeliest branch.
    """
    current = _without(ask("symbolic-ref", "-q", "HEAD", fine=(0, 1)).strip(), _HEADS) or None
    remotes = tuple(ask("remote").splitlines())
    refs: dict[str, str] = {}
    upstream = None
    listed = ask("for-each-ref", "--format=%(refname)%00%(symref)%00%(upstream)", _HEADS, _REMOTES)
    for line in listed.splitlines():
        name, symbolic, follows = line.split("\0")
        refs[name] = symbolic
        if current is not None and name == _HEADS + current:
            upstream = _without(follows, _REMOTES) or None
    remote = _remote(upstream, remotes)
    if remote is None:
        return Branches(current, upstream, remotes)
    default = _default(remote, refs)
    compared = _compared(remote, default, upstream, current, refs)
    ahead, behind = (0, 0) if compared is None else _distance(ask, compared)
    return Branches(current, upstream, remotes, remote, default, compared, ahead, behind)


def _remote(upstream: str | None, remotes: Sequence[str]) -> str | None:
    followed = [remote for remote in remotes if upstream is not None and upstream.startswith(f"{remote}/")]
    if followed:
        return max(followed, key=len)
    if "origin" in remotes:
        return "origin"
    return remotes[0] if len(remotes) == 1 else None


def _default(remote: str, refs: Mapping[str, str]) -> str | None:
    prefix = f"{_REMOTES}{remote}/"
    target = refs.get(f"{prefix}HEAD", "")
    return _without(target, prefix) or None if target in refs else None


def _compared(
    remote: str, default: str | None, upstream: str | None, current: str | None, refs: Collection[str]
) -> str | None:
    if default is not None:
        return f"{remote}/{default}"
    likely = [f"{remote}/{name}" for name in _USUAL]
    known = [name for name in likely if _REMOTES + name in refs]
    if len(known) == 1:
        return known[0]
    mine = (upstream, f"{remote}/{current}")
    return next((name for name in (*mine, *known) if name is not None and _REMOTES + name in refs), None)


def _distance(ask: Ask, compared: str) -> tuple[int, int]:
    """How many commits only the one and only the other has; nothing where there is no commit here yet."""
    try:
        ahead, behind = ask("rev-list", "--left-right", "--count", f"HEAD...{_REMOTES}{compared}", "--").split()
    except GitFailure:
        return 0, 0
    return int(ahead), int(behind)


def _without(name: str, prefix: str) -> str:
    """What follows the prefix; empty where it is another one."""
    return name[len(prefix) :] if name.startswith(prefix) else ""
