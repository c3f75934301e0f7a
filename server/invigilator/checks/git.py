"""``figure.untracked``: a picture that git does not have."""

from __future__ import annotations

from typing import Final

from invigilator.checks.finding import Finding, Rule
from invigilator.checks.image import Image

UNTRACKED: Final = Rule(
    "figure.untracked",
    "information",
    "In a git work tree, a picture that is ignored or not added: it will not be handed in.",
    {
        "": "This picture is not in git, so it is not handed in with your report. "
        "Add it with `git add`, then commit and push.",
        "ignored": "Git ignores this picture because of a line in .gitignore, so it is not handed in with your report. "
        "Add it with `git add -f`, then commit and push.",
    },
)


def untracked(image: Image) -> tuple[Finding, ...]:
    """The file is there, and git will not hand it in."""
    if image.fact is None or image.fact.status != "file":
        return ()
    status = image.context.surroundings.git_status(image.fact.path)
    if status == "untracked":
        return (image.finding(UNTRACKED),)
    return (image.finding(UNTRACKED, "ignored"),) if status == "ignored" else ()
