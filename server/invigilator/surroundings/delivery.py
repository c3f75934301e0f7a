"""What git would hand in of a report: whether its files are on the branch that is looked at, and what keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

FileDelivery = Literal[
    "delivered",
    "committed",
    "staged",
    "changed",
    "untracked",
    "ignored",
    "other-case",
    "unmerged",
    "pointer",
    "elsewhere",
    "missing",
    "unknown",
]
"""How far a file has come, as it stands on disk now.

`delivered`: it is the same on the remote's branch. `committed`: only in the commit that is checked out. `staged`: only
added. `changed`: git has another content. `untracked`, `ignored`: git does not have it. `other-case`: git has it in
other capitals. `unmerged`: a merge is not finished. `pointer`: what is on the remote's branch only says where the file
is (Git LFS, git-annex). `elsewhere`: in another repository inside this one. `missing`: there is no such file.
"""

NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})


class Branches(NamedTuple):
    """Where the work stands, as far as this computer knows: nothing is asked over the network.

    `current` is the branch that is checked out (None: a commit by itself), `upstream` the one it follows, such as
    ``origin/main``. `remote` is the remote that counts (None: there is none, or which one cannot be told: `remotes`
    has all), `default` the name of its default branch (None: not known), `compared` the one that files were compared
    with, such as ``origin/main`` (None: nothing is known of the remote). `ahead` and `behind` count the commits that
    only the one and only the other of here and `compared` has.
    """

    current: str | None = None
    upstream: str | None = None
    remotes: tuple[str, ...] = ()
    remote: str | None = None
    default: str | None = None
    compared: str | None = None
    ahead: int = 0
    behind: int = 0


class Delivery(NamedTuple):
    """What git says of the report and of files beside it.

    `status` is `known`, `no-repository`, `no-git` (not installed), `no-answer` (it fails, or takes too long), or
    `unknown` (a document without a folder). `is_saved` is whether the report's file holds the text that was asked
    about. `place` is the report's path from the top of its repository. `files` are by the path they were asked for,
    `spellings` has the names by which git has those that are in `other-case`, the same way.
    """

    status: Literal["known", "no-repository", "no-git", "no-answer", "unknown"]
    is_saved: bool = True
    place: str | None = None
    files: Mapping[str, FileDelivery] = MappingProxyType({})
    spellings: Mapping[str, str] = NO_NAMES
    branches: Branches = Branches()
