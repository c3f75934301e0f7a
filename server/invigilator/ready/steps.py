"""What to type so that files are handed in: to add them, to commit, to push."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from invigilator.surroundings.delivery import Branches

_PLAIN: Final = re.compile(r"[\w./+@=][\w./+@=-]*")
_NOT_QUOTABLE: Final = re.compile(r'["“”„\\$`!%]')
_MOST_TYPED: Final = 8


def in_order(steps: Sequence[str]) -> str:
    """Commands, one after the other. (`&&` is unknown to the PowerShell that comes with Windows.)"""
    return ", then ".join(steps)


def what_to_add(command: str, paths: Sequence[str], typed: Callable[[str], str]) -> str:
    """The command with the paths behind it; with their folders where they are many, or cannot well be typed."""
    arguments = [_argument(typed(path)) for path in paths]
    known = [argument for argument in arguments if argument is not None]
    if len(known) < len(arguments) or len(known) > _MOST_TYPED:
        folders = [path.rpartition("/")[0] or "." for path in map(typed, paths)]
        known = [_argument(folder) or "." for folder in dict.fromkeys(folders)]
    return " ".join([command, *known])


def _argument(path: str) -> str | None:
    """A path as every shell takes it; None where that depends on the shell."""
    if _PLAIN.fullmatch(path):
        return path
    if not path.isprintable() or _NOT_QUOTABLE.search(path):
        return None
    return f'"./{path}"' if path.startswith("-") else f'"{path}"'


def finishing(branches: Branches, *, commits: bool) -> list[str]:
    """What is to be done once everything is added, up to the push; `commits` is whether there is anything to commit."""
    steps = ['git commit -m "Report"'] if commits else []
    if branches.remote is None:
        return steps
    remote, current = name_of(branches.remote), branches.current and name_of(branches.current)
    target = name_of(branches.default or _branch(branches.compared, branches.remote) or branches.current or "main")
    if current is None:
        merge = [f"git merge --no-edit {remote}/{target}"] if branches.behind else []
        return [*steps, *merge, f"git push {remote} HEAD:{target}"]
    follows = branches.upstream is not None and name_of(branches.upstream) == f"{remote}/{target}"
    if current != target and not follows:
        return [*steps, f"git switch {target}", "git pull", f"git merge --no-edit {current}", "git push"]
    pull = [f"git pull --no-rebase --no-edit {remote} {target}"] if branches.behind else []
    if not follows:
        return [*steps, *pull, f"git push -u {remote} {target}"]
    return [*steps, *pull, "git push" if current == target else f"git push {remote} HEAD:{target}"]


def name_of(reference: str) -> str:
    """A branch or remote as it is typed. Git allows nearly everything in their names, a shell's own signs too, and they
    may come from another computer: then a word stands in its place."""
    return reference if _PLAIN.fullmatch(reference) else "BRANCH"


def _branch(name: str | None, remote: str) -> str | None:
    return None if name is None else name[len(remote) + 1 :]
