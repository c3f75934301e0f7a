"""``<!-- invigilator: ignore ... -->``: what it silences, and ``ignore.unused`` for one that silences nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import check, examples, finding, findings, template, words
from invigilator.analysis import Analysis
from pictures import png
from test_incremental import Document

BESIDE = {"figures/a.png": png(), "figures/empty.png": b""}
REMOTE = "![it](https://example.org/a.png)"


def answer(text: str) -> str:
    return f"### Question 1\n> Answer:\n\n{text}\n"


def codes(text: str, beside: Mapping[str, bytes | str] | None = None, **configuration: Any) -> list[str]:
    analysis = check(text, BESIDE if beside is None else beside, **configuration)
    return [found.code for _, found in analysis.placed()]


# --- what is silenced -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- invigilator: ignore figure.remote -->",
        "<!--invigilator:ignore figure.remote-->",
        "<!--  Invigilator :  IGNORE   Figure.Remote  -->",
        "<!-- invigilator: ignore figure.* -->",
        "<!-- invigilator: ignore *.remote -->",
        "<!-- invigilator: ignore -->",
        "- <!-- invigilator: ignore figure.remote -->",
        "  1. > <!-- invigilator: ignore figure.remote -->",
        "text <!-- invigilator: ignore figure.remote --> text",
        "<!-- something else --> <!-- invigilator: ignore figure.remote -->",
    ],
)
def test_forms_of_the_comment(comment: str) -> None:
    text = answer(f"{comment}\n  {REMOTE}")
    assert codes(text, select=["figure.*", "ignore.*"]) == []


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- ignore figure.remote -->",
        "<!-- invigilator ignore figure.remote -->",
        "invigilator: ignore figure.remote",
        "`<!-- invigilator: ignore figure.remote -->`",
        "    <!-- invigilator: ignore figure.remote -->\n",
        "```\n<!-- invigilator: ignore figure.remote -->\n```",
        "<!-- invigilator: ignore figure.remote -->\n",
        "<!-- invigilator: ignore figure.remote -->\ntext",
    ],
)
def test_what_silences_nothing(comment: str) -> None:
    assert codes(answer(f"{comment}\n{REMOTE}"), select=["figure.remote"]) == ["figure.remote"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_several_codes_and_findings(newline: str) -> None:
    comment = "<!-- invigilator: ignore figure.remote, figure.corrupt figure.no-alt -->"
    text = answer(f"{comment}\n![](https://example.org/a.png) ![x](figures/empty.png) [l](figures/a.png)")
    assert codes(text.replace("\n", newline), select=["figure.*", "ignore.*"]) == ["figure.link"]


def test_only_what_begins_on_the_next_line() -> None:
    findings(
        """
        ### Question 1
        > Answer:

        ![it](https://example.org/a.png) <!-- invigilator: ignore figure.remote -->
              ^^^^^^^^^^^^^^^^^^^^^^^^^ figure.remote
        ![it](https://example.org/a.png)
        ![it](https://example.org/a.png)
              ^^^^^^^^^^^^^^^^^^^^^^^^^ figure.remote
        """,
        BESIDE,
        only="figure.remote",
    )


def test_a_finding_at_the_marker_is_silenced_above_the_marker() -> None:
    text = "### Question 1\n> Write 5-10 words.\n<!-- invigilator: ignore answer.too-short -->\n> Answer:\n\nshort\n"
    analysis = check(text, BESIDE, limits={"1": {"words": [5, 10]}})
    assert [found.code for _, found in analysis.placed()] == []
    assert analysis.questions[0].passed is False


@pytest.mark.parametrize("silent", [True, False])
def test_a_finding_at_a_heading_is_silenced_by_the_last_line_above_it(silent: bool) -> None:
    comment = "<!-- invigilator: ignore question.unknown -->\n" if silent else "<!-- a note -->\n"
    text = template(3, {1: "a", 2: "b", 3: "c"}).replace("### Question 3", f"{comment}### Question 9")
    found = codes(text, questions=3, select=["question.*", "ignore.*"])
    assert found == (["question.missing"] if silent else ["question.missing", "question.unknown"])


def test_a_report_level_finding_above_the_first_heading() -> None:
    text = template(2).replace("> Answer:", "> answer:", 1)
    assert "report.unreadable" in codes(text, questions=2)
    silenced = text.replace("### Question 1", "<!-- invigilator: ignore report.unreadable -->\n### Question 1", 1)
    analysis = check(silenced, BESIDE, questions=2)
    found = [one.code for _, one in analysis.placed()]
    assert not {"report.unreadable", "ignore.unused"} & set(found)
    assert analysis.verdict is not None
    assert not analysis.verdict.runs, "what is silent is still true"


def test_the_comment_is_no_prose_and_counts_for_the_official_check() -> None:
    analysis = check(answer(f"<!-- invigilator: ignore figure.remote -->\n{REMOTE} three little words"), BESIDE)
    (state,) = analysis.questions
    assert state.question.prose_words == 3
    assert state.question.counts is not None
    assert state.question.counts.words == 5 + 1 + 3


def test_a_comment_alone_is_no_answer() -> None:
    assert not check(answer("<!-- invigilator: ignore answer.missing -->"), BESIDE).questions[0].question.answered


def test_configuration_and_comment_together() -> None:
    """What the configuration hides is there all the same, so the comment is no unused one."""
    text = answer(f"<!-- invigilator: ignore figure.remote -->\n{REMOTE}")
    assert codes(text, ignore=["figure.remote"], select=["figure.*", "ignore.*"]) == []


# --- ignore.unused ----------------------------------------------------------------------------------------------------


def test_a_code_that_silences_nothing() -> None:
    found = finding(
        """
        ### Question 1
        > Answer:

        <!-- invigilator: ignore figure.remote, figure.link -->
                                                ^^^^^^^^^^^ ignore.unused
        ![it](https://example.org/a.png)
        """,
        BESIDE,
    )
    assert (found.severity, found.question, found.rule.tags) == ("hint", 1, ("unnecessary",))
    assert "figure.link" in found.message


@pytest.mark.parametrize(
    ("picture", "says"),
    [
        (
            """
            ### Question 1
            > Answer:

            <!-- invigilator: ignore -->
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ignore.unused
            nothing to be silenced
            """,
            "There is nothing to silence",
        ),
        (
            """
            ### Question 1
            > Answer:

            <!-- invigilator: ignore figure.* -->
                                     ^^^^^^^^ ignore.unused

            ![it](https://example.org/a.png)
                  ^^^^^^^^^^^^^^^^^^^^^^^^^ figure.remote
            """,
            "directly below",
        ),
        (
            """
            ### Question 1
            > Answer:

            words <!-- invigilator: ignore figure.remoet --> words
                                           ^^^^^^^^^^^^^ ignore.unused
            ![it](https://example.org/a.png)
                  ^^^^^^^^^^^^^^^^^^^^^^^^^ figure.remote
            """,
            "Did you mean figure.remote?",
        ),
        (
            """
            ### Question 1
            > Answer:

            <!-- invigilator: ignore figure.remote Ada -->
                                                   ^^^ ignore.unused
            ![it](https://example.org/a.png)
            """,
            "no code of a finding",
        ),
        (
            """
            ### Question 1
            > Answer:

            <!-- invigilator: disable figure.remote -->
                              ^^^^^^^ ignore.unused
            ![it](https://example.org/a.png)
                  ^^^^^^^^^^^^^^^^^^^^^^^^^ figure.remote
            """,
            "`ignore`",
        ),
        (
            """
            ### Question 1
            > Answer:

            <!-- invigilator: -->
            ^^^^^^^^^^^^^^^^^^^^^ ignore.unused
            nothing to be silenced
            """,
            "`ignore`",
        ),
    ],
)
def test_what_is_said_of_a_useless_comment(picture: str, says: str) -> None:
    unused = [found for found in findings(picture, BESIDE) if found.code == "ignore.unused"]
    assert [found.message.count(says) for found in unused] == [1]
    assert "Ada" not in unused[0].message


def test_before_the_first_and_behind_the_last_question() -> None:
    comment = "<!-- invigilator: ignore figure.remote -->"
    text = f"{comment}\n\n{answer('text')}\n## Deployment\n\n{comment}"
    assert codes(text) == ["ignore.unused", "ignore.unused"]


def test_the_hint_is_silenced_like_all_others() -> None:
    unused = "<!-- invigilator: ignore figure.link -->\nno link"
    assert codes(answer(unused)) == ["ignore.unused"]
    assert codes(answer(unused), ignore=["ignore.unused"]) == []
    assert codes(answer(f"<!-- invigilator: ignore ignore.unused -->\n{unused}")) == []
    assert codes(answer("<!-- invigilator: ignore ignore.unused -->\ntext")) == ["ignore.unused"]


def test_a_document_that_is_no_report_is_left_alone() -> None:
    assert codes("# Title\n\n<!-- invigilator: ignore figure.remote -->\ntext") == []


def test_many_comments_are_read_at_once() -> None:
    text = answer("<!-- invigilator: ignore " * 20_000 + " " * 200_000)
    assert "ignore.unused" not in codes(text)


# --- typing -----------------------------------------------------------------------------------------------------------

TYPED = template(
    3,
    {
        1: f"one\n\n<!-- invigilator: ignore figure.remote -->\n{REMOTE}",
        2: f"{words(3)}\n<!-- invigilator: ignore question.* marker.* -->",
        3: "<!-- invigilator: ignore -->\n![x](figures/empty.png) text",
    },
)
BITS = [
    "<!--",
    "-->",
    "ignore",
    " figure.*",
    "invigilator:",
    "\n",
    "\r\n",
    "\n\n",
    "`",
    "```\n",
    "### Question 2\n",
    REMOTE,
    "x",
    "",
]


def found_in(analysis: Analysis) -> list[str]:
    return [found.code for _, found in analysis.placed()]


def test_a_comment_that_is_typed_and_taken_away() -> None:
    document = Document(template(3, {2: f"text\n{REMOTE}\n{REMOTE}"}), check("", BESIDE).ground.surroundings, {})
    before = found_in(document.analysis)
    document.type("text\n", "text\n<!-- invigilator: ignore figure.remote -->\n")
    assert before.count("figure.remote") == 2
    assert found_in(document.analysis).count("figure.remote") == 1
    assert "ignore.unused" not in found_in(document.analysis)
    document.type("<!-- invigilator: ignore figure.remote -->\n", "")
    assert found_in(document.analysis) == before


def test_what_is_found_elsewhere_stays_the_same_object() -> None:
    document = Document(TYPED, check("", BESIDE).ground.surroundings, {})
    first = document.analysis.findings
    document.type("one\n", "two words\n")
    assert [new is old for new, old in zip(document.analysis.findings, first, strict=True)].count(False) <= 1


@examples(60)
@given(st.data())
def test_typing_gives_what_reading_afresh_gives(data: st.DataObject) -> None:
    settings = data.draw(st.sampled_from([{}, {"questions": 3}, {"ignore": ["figure.*"]}]))
    document = Document(TYPED, check("", BESIDE).ground.surroundings, settings)
    for _ in range(6):
        length = len(document.source.text)
        start = data.draw(st.integers(0, length))
        end = min(length, start + data.draw(st.sampled_from([0, 0, 1, 3, 40])))
        if "\r\n" in (document.source.text[start - 1 : start + 1], document.source.text[end - 1 : end + 1]):
            continue
        document.edit(start, end, data.draw(st.sampled_from(BITS)))
