"""Where the report stands, and whether it and its pictures are where staff look for them: committed and pushed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from invigilator.analysis import Analysis
from invigilator.checks.finding import Count
from invigilator.figures.usage import uses_in_answers
from invigilator.ready.contents import reasons_of, script_of
from invigilator.ready.model import Check, Handover, Reason, State, note
from invigilator.ready.steps import finishing, in_order, name_of, what_to_add
from invigilator.report.destination import IMAGE_EXTENSIONS, shortened
from invigilator.surroundings import FileFact
from invigilator.surroundings.delivery import FileDelivery

_MOST_NAMED: Final = 4
_CANNOT_BE_SEEN: Final = ("empty", "no-image")  # variants of `figure.corrupt`
_WORTH_KNOWING: Final = ("figure.remote", "figure.bad-extension")
_LOOK_YOURSELF: Final = "Look at your repository's page in a browser: the report and its pictures must be there."
_NO_ANSWER: Final = {
    "no-repository": "This folder is in no git repository, so what is handed in cannot be told. Work in a clone of "
    f"your group's repository (git clone ADDRESS). {_LOOK_YOURSELF}",
    "no-git": f"Git is not installed here, so what is handed in cannot be told. {_LOOK_YOURSELF}",
    "no-answer": f"Git gives no answer here. Type: git status, which says why. {_LOOK_YOURSELF}",
    "unknown": "This document is in no folder, so what is handed in cannot be told. Save it in your repository.",
}
_TO_BE_ADDED: Final[tuple[tuple[FileDelivery, str, str], ...]] = (
    ("untracked", "Not in git: {names}.", "git add"),
    ("ignored", "Not in git, because of a line in .gitignore: {names}.", "git add -f"),
    ("changed", "Changed, and the change is not committed: {names}.", "git add"),
)
_CANNOT_BE_TOLD: Final[tuple[tuple[FileDelivery, str], ...]] = (
    (
        "pointer",
        (
            "Git has only a pointer to {names} (Git LFS or git-annex), and whether the picture itself was uploaded "
            "cannot be told. Look whether your repository's page shows it; safer is a picture that git itself has."
        ),
    ),
    (
        "elsewhere",
        (
            "In another repository inside this one (a submodule): {names}. Whether that is handed in cannot be told. "
            "Copy the file into this repository, and link that."
        ),
    ),
    ("unknown", "Git does not say whether it has {names} as here. Type: git status"),
)


def files_of(analysis: Analysis) -> tuple[str, ...]:
    """The files to ask git for, as paths from the report's folder: the pictures of answers, and `report.py`."""
    script = script_of(analysis)
    return (*_first_uses(analysis), *([script] if script else []))


def report_place(handover: Handover) -> Check:
    """The report stands where it is looked for."""
    expected = handover.analysis.ground.configuration.report
    title = f"The report stands at {expected}"
    surroundings, delivery = handover.analysis.ground.surroundings, handover.delivery
    own = surroundings.report
    if own is None:
        message = f"This document is in no folder. Save it as {expected} in your repository."
        return Check("report-place", title, "unknown", (Reason(message),))
    name = own.rpartition("/")[2]
    folder = (delivery.place or own).rpartition("/")[0]
    place = "/".join(filter(None, [folder, _spelt(surroundings.look_up(name), name)]))
    if place == expected:
        return Check("report-place", title, "yes")
    is_known = delivery.place is not None or not expected.endswith(
        f"/{place}"
    )  # else the folder that is open is inside
    message = (
        f"The report stands at {shortened(place)}, and is looked for at {expected} (capitals count). "
        "Move it there with the folders of its pictures, then commit and push."
        if is_known
        else f"The report stands at {shortened(place)} of this folder, which is in no git repository: in yours it must "
        f"stand at {expected}."
    )
    return Check("report-place", title, "no" if is_known else "unknown", (Reason(message),))


def figures(handover: Handover) -> Check:
    """The report and every picture that answers use are there, and committed and pushed as they are here."""
    title = "Report and pictures are committed and pushed"
    analysis, delivery = handover.analysis, handover.delivery
    wrong = list(_broken(analysis))
    if not delivery.is_saved and delivery.status != "unknown":
        wrong.append(Reason("The report has changes that are not saved. Press Ctrl+S (on a Mac Cmd+S)."))
    notes = [note(reason) for reason in reasons_of(analysis, lambda finding: finding.code in _WORTH_KNOWING)]
    if delivery.status != "known":
        unknown = [Reason(_NO_ANSWER[delivery.status])]
        return Check("figures", title, "no" if wrong else "unknown", (*wrong, *unknown, *notes))
    wrong.extend(_in_the_way(handover))
    unknown = list(_not_known(handover))
    state: State = "no" if wrong else "unknown" if unknown else "yes"
    if state == "yes":
        notes = [*_handed_in(handover), *notes]
    return Check("figures", title, state, (*wrong, *unknown, *notes))


def _broken(analysis: Analysis) -> Iterator[Reason]:
    """What is wrong with the pictures themselves."""
    return reasons_of(
        analysis,
        lambda finding: (
            (finding.severity == "error" and finding.code.startswith("figure."))
            or (finding.code == "figure.corrupt" and finding.variant in _CANNOT_BE_SEEN)
        ),
    )


def _in_the_way(handover: Handover) -> Iterator[Reason]:
    """What keeps files from being handed in, each kind with what to type; the last of them up to the push."""
    branches = handover.delivery.branches
    steps: list[tuple[str, list[str], list[str]]] = []  # what is said, of which files, and what to type
    for status, said, command in _TO_BE_ADDED:
        if paths := _of(handover, status):
            steps.append((said, paths, [what_to_add(command, paths, handover.typed)]))
    for path in _of(handover, "other-case"):
        old = handover.delivery.spellings.get(path, path)
        said = f"Git has {{names}} in other capitals, as {shortened(old)}, and on Linux and GitHub they count."
        typed = [what_to_add("git rm --cached", [old], handover.typed), what_to_add("git add", [path], handover.typed)]
        steps.append((said, [path], typed))
    if paths := _of(handover, "staged"):
        steps.append(("Added, and not committed: {names}.", paths, []))
    commits = bool(steps)
    unmerged = _of(handover, "unmerged")
    if unmerged:
        yield _reason(handover, "In the middle of a merge: {names}. Finish that first, then ask again.", unmerged)
    if paths := _of(handover, "committed"):
        if branches.behind and not branches.ahead and not commits:
            said = f"On {branches.compared} there is another version than here, pushed by somebody else: {{names}}."
            yield _reason(handover, f"{said} Type: git pull, then ask again.", paths)
        else:
            where = f"on {branches.compared}" if branches.compared else "pushed"
            steps.append((f"Committed{_on(handover)}, and not {where}: {{names}}.", paths, []))
    for index, (said, paths, typed) in enumerate(steps):
        if index == len(steps) - 1 and not unmerged:
            typed = [*typed, *finishing(branches, commits=commits)]
        yield _reason(handover, f"{said} Type: {in_order(typed)}" if typed else said, paths)
    if missing := _of(handover, "missing"):
        yield _reason(handover, "Not there: {names}. Save it.", missing)
    if not branches.remotes:
        mine = name_of(branches.current) if branches.current else "HEAD:main"
        yield Reason(
            "This repository has no remote, so nothing of it is handed in. Make one on GitHub, "
            f"then type: git remote add origin ADDRESS, then git push -u origin {mine}"
        )


def _not_known(handover: Handover) -> Iterator[Reason]:
    branches = handover.delivery.branches
    for status, said in _CANNOT_BE_TOLD:
        if paths := _of(handover, status):
            yield _reason(handover, said, paths)
    if branches.remotes and branches.remote is None:
        names = ", ".join(branches.remotes)
        yield Reason(
            f"Which of the remotes {names} is handed in cannot be told. Push there, say which one it is with "
            "git branch -u REMOTE/main, then ask again."
        )
    elif branches.compared and branches.default is None:
        yield Reason(
            f"{branches.compared} was looked at; whether that is the branch which is handed in cannot be told. "
            f"Type: git remote set-head {name_of(branches.remote or '')} --auto, then ask again."
        )


def _handed_in(handover: Handover) -> Iterator[Reason]:
    """What a yes is worth."""
    branches = handover.delivery.branches
    pictures = len(_first_uses(handover.analysis))
    what = "The report is" if not pictures else f"The report and {Count(pictures):picture} are"
    yield Reason(
        f"{what} on {branches.compared} as here, as far as this computer knows: nothing was asked over the network. "
        "Type: git fetch, then ask again, if others push as well."
    )
    if branches.ahead:
        commits = "1 other commit" if branches.ahead == 1 else f"{branches.ahead} other commits"
        steps = in_order(finishing(branches, commits=False))
        yield note(Reason(f"Not on {branches.compared} yet: {commits}. Type: {steps}"))


def _on(handover: Handover) -> str:
    branches = handover.delivery.branches
    if branches.current is None:
        return " on no branch (detached HEAD)"
    compared = branches.compared
    is_there = compared is None or compared in (f"{branches.remote}/{branches.current}", branches.upstream)
    return "" if is_there else f" on the branch {branches.current}"


def _of(handover: Handover, status: FileDelivery) -> list[str]:
    """The files that are in this state; of `report.py` nobody asks that it is handed in."""
    script = script_of(handover.analysis)
    return [path for path, found in handover.delivery.files.items() if found == status and path != script]


def _reason(handover: Handover, said: str, paths: Sequence[str]) -> Reason:
    """What is said of files, at the line where the first is used."""
    lines = _first_uses(handover.analysis)
    first = next((path for path in paths if path in lines), None)
    path = first or paths[0]
    return Reason(said.replace("{names}", _names(paths)), lines.get(path), path)


def _names(paths: Sequence[str]) -> str:
    names = ", ".join(shortened(path) for path in paths[:_MOST_NAMED])
    more = len(paths) - _MOST_NAMED
    return f"{names} and {more} more" if more > 0 else names


def _first_uses(analysis: Analysis) -> dict[str, int]:
    """The pictures that answers use, each with the line (from 1) of its first use, in that order."""
    extensions = (*IMAGE_EXTENSIONS, *analysis.ground.configuration.extensions)
    found: dict[str, int] = {}
    for use in sorted(uses_in_answers(analysis), key=lambda use: use.line):
        if use.path.lower().endswith(extensions):
            found.setdefault(use.path, use.line + 1)
    return found


def _spelt(fact: FileFact, name: str) -> str:
    """The report's name as it stands on disk."""
    return fact.path if fact.status == "wrong-case" else name
