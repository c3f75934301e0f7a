"""What docs/templates.md promises a teacher: its keys, headings and wordings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from drawn import check
from invigilator.analysis import analyse
from invigilator.report.configuration import READERS, from_sources
from invigilator.report.limits import prompt_constraint
from invigilator.surroundings.memory import MemorySurroundings

GUIDE = (Path(__file__).parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")


def rows(*heads: str) -> list[list[str]]:
    """The cells of the table with these column heads."""
    _, _, below = GUIDE.partition("| " + " | ".join(heads) + " |\n")
    lines = below.partition("\n\n")[0].splitlines()[1:]
    assert lines
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def codes(cell: str) -> list[str]:
    """What stands between back-ticks."""
    return re.findall(r"`([^`]+)`", cell)


def test_every_key_is_explained() -> None:
    named = {
        code.strip("[]").partition(".")[0] for key, *_ in rows("key", "default", "what it says") for code in codes(key)
    }
    assert named == {*READERS, "reports"}


HEADINGS = [
    (line, codes(heading)) for lines, heading in rows("questions begin with", "heading") for line in codes(lines)
]


@pytest.mark.parametrize(("line", "heading"), HEADINGS)
def test_the_headings(line: str, heading: list[str]) -> None:
    settings: dict[str, Any] = {"heading": heading[0].strip("'"), "marker": "none"} if heading else {}
    text = f"{line.replace(' …', ' was it?')}\n\n> Answer:\n\nanswer\n"
    assert [state.question.number for state in check(text, {}, **settings).questions] == [3]


WORDINGS = [(kind, wording) for kind, cell in rows("of", "such as") for wording in codes(cell)]


@pytest.mark.parametrize(("kind", "wording"), WORDINGS)
def test_the_wordings(kind: str, wording: str) -> None:
    said = prompt_constraint(f"> **{wording.replace('…', 'what went wrong?')}**\n>\n")
    limited = [name for name, bounds in zip(("words", "images", "characters"), said, strict=True) if bounds]
    assert limited == (["words", "images", "characters"] if kind == "several" else [kind])


@pytest.mark.parametrize(
    "wording",
    [
        "(250 words)",
        "about 200 words",
        "3-5 sentences",
        "1 page",
        "max 2000 characters excluding spaces",
        "højst 200 ord",
    ],
)
def test_what_limits_nothing(wording: str) -> None:
    assert prompt_constraint(f"> Say how. {wording}\n>\n") == (None, None, None)


def test_the_steps() -> None:
    """The template of step 1 with the configuration of step 2."""
    template, configuration = re.findall(r"^   ```(?:markdown|toml)\n(.*?)^   ```", GUIDE, re.MULTILINE | re.DOTALL)[:2]
    template, configuration = (re.sub(r"^   ", "", text, flags=re.MULTILINE) for text in (template, configuration))
    assert from_sources(("invigilator.toml", configuration))[1] == ()
    beside = {"invigilator.toml": configuration, "template.md": template}
    analysis = analyse(template, MemorySurroundings(beside))
    (state,) = analysis.questions
    assert (state.question.number, state.question.answered) == (3, False)
    assert str(state.limits.word_bounds) == "40 to 120"
    assert analysis.problems == ()


@pytest.mark.parametrize("block", re.findall(r"^```toml\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL))
def test_every_other_piece_of_configuration_is_right(block: str) -> None:
    if "title" in block and "questions" not in block:
        block += "questions = ['a']\n"
    assert from_sources(("invigilator.toml", block))[1] == ()
