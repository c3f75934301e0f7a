"""``figure.untracked``: a picture that git does not have."""

from __future__ import annotations

import pytest

from drawn import check, finding, findings
from invigilator.surroundings import GitStatus
from invigilator.surroundings.memory import MemorySurroundings
from pictures import png

FILES = {"reports/figures/new.png": png(), "reports/figures/broken.png": b"", "pictures/far.png": png()}
REPORT = "### Question 1\n> Answer:\n\n![what it shows]({})\n"


def beside(status: GitStatus) -> MemorySurroundings:
    return MemorySurroundings(FILES, "reports", git=dict.fromkeys(FILES, status))


def test_not_added() -> None:
    found = finding(
        """
        ### Question 1
        > Answer:

        See ![a curve](figures/new.png "loss") and ![it](https://example.org/a.png).
                       ^^^^^^^^^^^^^^^ figure.untracked
        """,
        beside("untracked"),
        only="figure.u*",
    )
    assert (found.severity, found.question) == ("information", 1)
    assert "`git add`" in found.message


def test_ignored() -> None:
    found = finding(
        """
        ### Question 1
        > Answer:

        ![a curve](figures/new.png)
                   ^^^^^^^^^^^^^^^ figure.untracked
        """,
        beside("ignored"),
    )
    assert found.severity == "information"
    assert ".gitignore" in found.message
    assert "`git add -f`" in found.message


@pytest.mark.parametrize("status", ["tracked", "unknown"])
def test_handed_in_or_nobody_knows(status: GitStatus) -> None:
    assert [found for _, found in check(REPORT.format("figures/new.png"), beside(status)).placed()] == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("figures/broken.png", "figure.corrupt"),
        ("figures/NEW.png", "figure.wrong-case"),
        ("figures/none.png", "figure.not-found"),
        ("../pictures/far.png", "figure.untracked"),
        ("figures/./new.png", "figure.untracked"),
    ],
)
def test_one_thing_is_said_of_a_picture(path: str, code: str) -> None:
    analysis = check(REPORT.format(path), beside("untracked"))
    assert [found.code for _, found in analysis.placed()] == [code]


def test_a_prompt_may_show_what_it_likes() -> None:
    findings(
        """
        ### Question 1
        > ![the course's example](figures/new.png)
        > Answer:

        text
        """,
        beside("untracked"),
    )


def test_gone_once_it_is_added() -> None:
    around = beside("untracked")
    text = REPORT.format("figures/new.png")
    analysis = check(text, around)
    assert [found.code for _, found in analysis.placed()] == ["figure.untracked"]
    around.git_says("reports/figures/new.png", "tracked")
    assert around.refresh()
    assert list(check(text, around).placed()) == []
