"""An analysis as JSON."""

from __future__ import annotations

from typing import Any

import pytest

from drawn import check, drawn, template, words
from invigilator.summary import error_json, report_json
from invigilator.surroundings.memory import MemorySurroundings
from pictures import jpeg, png


def summary(text: str, beside: Any = None, **configuration: Any) -> dict[str, Any]:
    return report_json(check(text, beside, **configuration), "reports/README.md")


KEYS = {"path", "error", "edition", "official", "questions", "findings", "figures", "unused_figures", "checklist"}


PLACE = {"question": 1, "line": 9}


def test_a_whole_report() -> None:
    text = (
        "* [x] a\n* [ ] b\n\n### Question 1\n\n> Answer length: 2-3 words + 1 image.\n> Answer:\n\n"
        "One two ![c](figures/c.png)\n\n### Question 2\n\n> Answer:\n\n--- question 2 fill here ---\n"
    )
    beside = {"figures/c.png": png(3, 2), "figures/d.jpg": jpeg(8, 16), "figures/e.txt": ""}
    result = summary(text, beside, questions=2)
    assert result.pop("problems") == []
    assert result == {
        "path": "reports/README.md",
        "error": None,
        "edition": None,
        "official": {
            "runs": True,
            "error": None,
            "passed": 2,
            "total": 2,
            "answers": [
                {"index": 1, "question": 1, "words": 3, "images": 1, "characters": None, "passed": True},
                {"index": 2, "question": 2, "words": 6, "images": 0, "characters": None, "passed": True},
            ],
        },
        "questions": [
            {
                "number": 1,
                "line": 4,
                "section": None,
                "answered": True,
                "limits": {"words": [2, 3], "images": [1, 1], "characters": None, "source": "prompt", "assumed": False},
                "words": 3,
                "prose_words": 2,
                "images": 1,
                "characters": None,
                "images_shown": 1,
                "passed": True,
            },
            {
                "number": 2,
                "line": 11,
                "section": None,
                "answered": False,
                "limits": {"words": None, "images": None, "characters": None, "source": None, "assumed": False},
                "words": 6,
                "prose_words": 0,
                "images": 0,
                "characters": None,
                "images_shown": 0,
                "passed": True,
            },
        ],
        "findings": [
            {
                "code": "answer.missing",
                "severity": "information",
                "question": 2,
                "message": result["findings"][0]["message"],
                "range": {"start": {"line": 13, "column": 3}, "end": {"line": 13, "column": 10}},
                "fixes": [],
            }
        ],
        "figures": [
            {"path": "figures/c.png", "bytes": len(png(3, 2)), "width": 3, "height": 2, "uses": 1, "places": [PLACE]},
            {"path": "figures/d.jpg", "bytes": len(jpeg(8, 16)), "width": 8, "height": 16, "uses": 0, "places": []},
        ],
        "unused_figures": ["figures/d.jpg"],
        "checklist": {"done": 1, "total": 2},
    }
    assert "not answered" in result["findings"][0]["message"]


def test_a_report_that_could_not_be_read() -> None:
    result = error_json("a.md", "a.md is not UTF-8")
    assert set(result) >= KEYS
    assert set(result) == set(summary(template(1)))
    assert (result["path"], result["error"], result["official"]) == ("a.md", "a.md is not UTF-8", None)
    assert result["questions"] == result["findings"] == result["figures"] == result["unused_figures"] == []


@pytest.mark.parametrize("text", ["", "# Title\n", "### Question 1\n", "### Question 1\n\n![a](b.png)\n"])
def test_a_document_that_is_no_report(text: str) -> None:
    result = summary(text, {"figures/a.png": png()})
    assert (result["official"], result["questions"], result["findings"]) == (None, [], [])


# --- official ---------------------------------------------------------------------------------------------------------


def test_where_the_check_does_not_run() -> None:
    official = summary(template(3), questions=4)["official"]
    assert official["runs"] is False
    assert official["error"].startswith("ValueError")
    assert (official["passed"], official["total"]) == (None, None)
    assert [(one["question"], one["words"], one["passed"]) for one in official["answers"]] == [
        (n, 6, None) for n in (1, 2, 3)
    ]


def test_without_an_edition_there_is_no_official_verdict() -> None:
    assert summary(template(3))["official"] is None


def test_an_answer_above_the_first_question_belongs_to_none() -> None:
    official = summary("Answer: a b\n\n### Question 1\n> Answer:\n\nc d e\n", questions=2)["official"]
    assert [(one["index"], one["question"], one["words"]) for one in official["answers"]] == [(1, None, 2), (2, 1, 3)]


@pytest.mark.parametrize(("questions", "edition"), [(27, "2023"), (31, "2025")])
def test_the_edition(questions: int, edition: str) -> None:
    result = summary(template(questions))
    assert result["edition"] == edition
    assert result["official"]["total"] == questions


# --- questions --------------------------------------------------------------------------------------------------------


def test_questions_follow_the_documents_own_headings() -> None:
    text = "### Question 5\n> Answer:\none ## two\n### Question 2\n\nno marker\n"
    text += "### Question 5\n> Answer: lost\n> Answer: a b\n"
    keys = ("number", "line", "words", "prose_words", "images", "images_shown", "passed", "answered")
    assert [tuple(question[key] for key in keys) for question in summary(text)["questions"]] == [
        (5, 1, 1, 2, 0, 0, True, True),
        (2, 4, None, None, None, None, None, False),
        (5, 7, 2, 2, 0, 0, True, True),
    ]


@pytest.mark.parametrize(
    ("limits", "words_", "images"),
    [
        ({"words": [1, 2]}, [1, 2], None),
        ({"words": {"min": 50}}, [50, None], None),
        ({"words": {"max": 250}, "images": {"max": 2}}, [None, 250], [None, 2]),
        ({"words": "none"}, None, None),
    ],
)
def test_limits(limits: dict[str, object], words_: object, images: object) -> None:
    (question,) = summary(template(1), limits={"1": limits})["questions"]
    assert question["limits"] == {
        "words": words_,
        "images": images,
        "characters": None,
        "source": "config",
        "assumed": False,
    }


def test_where_limits_come_from() -> None:
    prompt = "Answer length: 5-6 words."
    assert summary(template(1, prompt=prompt))["questions"][0]["limits"]["source"] == "prompt"
    script = "question_constraints = {'question_1': ImageConstraints(min_images=1, max_images=2)}\n"
    limits = summary(template(1, prompt=prompt), {"report.py": script})["questions"][0]["limits"]
    assert limits == {"words": None, "images": [1, 2], "characters": None, "source": "report.py", "assumed": False}
    assert summary(template(27))["questions"][3]["limits"]["source"] == "edition"


def test_a_limit_on_which_the_editions_disagree_is_assumed() -> None:
    by_number = {question["number"]: question["limits"] for question in summary(template(27, prompt=""))["questions"]}
    assert by_number[4] == {
        "words": [100, 200],
        "images": None,
        "characters": None,
        "source": "edition",
        "assumed": False,
    }
    assert by_number[18] == {
        "words": [100, 200],
        "images": None,
        "characters": None,
        "source": "edition",
        "assumed": True,
    }


def test_images_shown_are_what_a_reader_sees() -> None:
    text = template(1, {1: "![a](figures/a.png) `![b](c)` <!-- ![d](e) --> <img src=f.png> ![g](h i.png)"})
    (question,) = summary(text)["questions"]
    assert (question["images"], question["images_shown"]) == (4, 2)


def test_what_an_answer_fails_by() -> None:
    result = summary(template(2, {1: words(5), 2: words(6)}), limits={"1": {"words": [1, 5]}, "2": {"words": [1, 5]}})
    assert [question["passed"] for question in result["questions"]] == [True, False]


# --- findings ---------------------------------------------------------------------------------------------------------


def test_columns_count_code_points_from_one() -> None:
    text, ((span, _),), _ = drawn(
        """
        ### Question 1
        > Answer:

        字🚲é\u2028 [a](b.png) 🚲
              ^^^^^^^^^^ link
        """
    )
    ((finding),) = summary(text)["findings"]
    assert finding["code"] == "figure.link"
    assert finding["range"] == {"start": {"line": 4, "column": 6}, "end": {"line": 4, "column": 16}}
    assert span.end - span.start == 10


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_count_from_one_whatever_ends_them(end: str) -> None:
    text = "# A\n\n### Question 1\n> Answer:\n\na\n\n### Question 2\n\nb\n".replace("\n", end)
    (finding,) = summary(text)["findings"]
    assert finding["range"] == {"start": {"line": 8, "column": 1}, "end": {"line": 8, "column": 15}}


def test_findings_stand_in_document_order() -> None:
    text = template(3, {1: "[a](b.png) ![c] (d.png)", 3: "![e](http://f.png)\n\n--- question 3 fill here ---"})
    lines = [finding["range"]["start"] for finding in summary(text)["findings"]]
    assert len(lines) == 5
    assert lines == sorted(lines, key=lambda start: (start["line"], start["column"]))


# --- figures ----------------------------------------------------------------------------------------------------------

FIGURES = {
    "figures/a.png": png(),
    "figures/b c.png": png(),
    "figures/d.png": png(),
    "figures/broken.png": b"",
    "figures/n.gif": b"",
}


def test_uses_are_those_of_answers() -> None:
    answers = {
        1: "![a](figures/a.png) [a](./figures/a.png) <img src='figures/a.png'>",
        2: "![b](figures/b%20c.png) ![b](<figures/b c.png>) ![A](figures/A.png) `![d](figures/d.png)`",
    }
    text = "![d](figures/d.png)\n\n" + template(2, answers)
    result = summary(text, FIGURES)
    assert {figure["path"]: figure["uses"] for figure in result["figures"]} == {
        "figures/a.png": 4,
        "figures/b c.png": 2,
        "figures/broken.png": 0,
        "figures/d.png": 0,
    }
    assert result["unused_figures"] == ["figures/broken.png"]  # the introduction links to d.png


def test_a_figure_that_a_prompt_links_to_is_not_unused() -> None:
    result = summary(template(1, prompt="See [this](figures/a.png)"), FIGURES)
    assert "figures/a.png" not in result["unused_figures"]
    assert "figures/d.png" in result["unused_figures"]


def test_a_reference_is_a_use() -> None:
    text = template(2, {1: "![a][x]", 2: "[x]: figures/a.png"})
    (a, *_others) = summary(text, FIGURES)["figures"]
    assert (a["path"], a["uses"]) == ("figures/a.png", 1)


def test_a_broken_figure_has_no_size() -> None:
    (broken,) = (f for f in summary(template(1), FIGURES)["figures"] if f["path"] == "figures/broken.png")
    assert broken == {"path": "figures/broken.png", "bytes": 0, "width": None, "height": None, "uses": 0, "places": []}


def test_paths_are_the_reports_own() -> None:
    beside = MemorySurroundings({"reports/figures/a.png": png(), "figures/b.png": png()}, "reports")
    result = summary(template(1, {1: "![a](/reports/figures/a.png)"}), beside)
    assert [(figure["path"], figure["uses"]) for figure in result["figures"]] == [("figures/a.png", 1)]


# --- checklist --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("items", "done", "total"),
    [
        ("", 0, 0),
        ("* [x] a\n* [X] b\n* [ ] c", 2, 3),
        ("- [x] a\n  + [ ] b\n1. [x] c\n2) [ ] d", 2, 4),
        ("* [x ] a\n* [] b\n* [y] c\n[x] d\n* [x]e\n* a [x] b", 0, 0),
        ("* [x] a\r\n* [ ] b\r\n", 1, 2),
        ("* [x] a\r* [ ] b\r", 1, 2),
    ],
)
def test_the_checklist_before_the_first_question(items: str, done: int, total: int) -> None:
    text = f"{items}\n### Question 1\n> Answer:\n\n* [x] mine\n"
    assert summary(text)["checklist"] == {"done": done, "total": total}


def test_a_report_that_begins_with_a_question_has_no_checklist() -> None:
    assert summary("### Question 1\n> Answer:\n* [x] a\n## Deployment\n* [x] b\n")["checklist"] == {
        "done": 0,
        "total": 0,
    }
