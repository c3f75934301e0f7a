"""A report as one page: its parts, its verdicts, its figures."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from hashlib import sha256
from html import escape

import pytest

from page.making import PIXEL, main_of, page_of
from page.reading import Element, check
from pictures import jpeg
from reports import numbered, question, report, script, words


def elements(html: str, name: str) -> list[Element]:
    return [element for element in check(html)[0] if element.name == name]


def text_of(html: str) -> str:
    return " ".join(check(html)[1].split())


# --- the frame --------------------------------------------------------------------------------------------------------


def test_one_file_that_needs_nothing_else() -> None:
    page = page_of(numbered(["x ![a](figures/dot.png) https://example.org"]))

    assert page.html.startswith('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    assert page.html.endswith("</html>\n")
    assert page.warnings == ()
    found, _ = check(page.html)
    assert not {element.name for element in found} & {"script", "link", "iframe", "object", "base", "form"}


def test_the_policy_lets_the_one_style_and_pictures_in_the_page_through() -> None:
    html = page_of(numbered(["x"])).html

    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    style = html.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert html.index("http-equiv") < html.index("<style>")
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("# Our *project* & `more`\n\n", "Our project &amp; more"),
        ("Text\n\n## </title><script>alert(1)</script>\n\n", "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("```\n# code\n```\n", "Report"),
        ("", "Report"),
    ],
)
def test_the_title_is_the_first_heading_that_is_no_question(head: str, title: str) -> None:
    html = page_of(report(question(1, "x"), head=head)).html
    check(html)
    assert f"<title>{'alert(1)' if 'script' in head else title}</title>" in html


@pytest.mark.parametrize(
    ("head", "front", "rest"),
    [
        ("---\nlayout: <b>\nnav: true\n---\n\n# Title\n\n", "layout: <b>\nnav: true", "<h1>Title</h1>"),
        ("\ufeff---\r\na: b\r\n---\r\n# Title\n\n", "a: b", "<h1>Title</h1>"),
        ("---\nno settings at all\n---\n\n", None, "<hr>\n<h2>no settings at all</h2>"),
        ("---\n\n---\n\n", None, ""),
        ("---\na: b\n\n", None, "<hr>\n<p>a: b</p>"),
    ],
)
def test_front_matter_stands_aside(head: str, front: str | None, rest: str) -> None:
    main = main_of(page_of(report(question(1, "x"), head=head)))
    check(main, is_part=True)

    if front is not None:
        aside = (
            f'<details class="front"><summary>Front matter</summary><pre class="plain">{escape(front)}</pre></details>'
        )
        assert main.startswith(aside)
        main = main[len(aside) :].lstrip()
    assert "Front matter" not in main
    assert main.startswith(rest)


# --- questions --------------------------------------------------------------------------------------------------------

JUDGED = script({1: ((10, 30), None), 2: ((10, 30), (1, 2)), 3: (None, (1, 1)), 4: ((0, 5), None), 5: (None, None)}, 5)
ANSWERS = [words(12), f"{words(3)} ![a](figures/dot.png)", "none", words(9), None]
FIGURE = {"figures/dot.png": PIXEL}


def test_every_question_has_its_verdict_and_its_counts() -> None:
    page = page_of(numbered(ANSWERS), {"report.py": JUDGED, **FIGURE})

    shown = re.findall(
        r'<section id="(.*?)">\n<h3>(.*?)</h3>\n<p class="mark (.*?)"><strong>(.*?)</strong>(.*?)</p>', page.html
    )
    assert shown == [
        ("question-1", "Question 1", "passes", "Passes the official check", " · 12 words (10 to 30)"),
        (
            "question-2",
            "Question 2",
            "fails",
            "Fails the official check",
            " · 4 words (10 to 30: 6 missing), 1 image (1 to 2)",
        ),
        ("question-3", "Question 3", "fails", "Fails the official check", " · 0 images (exactly 1: 1 missing)"),
        ("question-4", "Question 4", "fails", "Fails the official check", " · 9 words (at most 5: 4 too many)"),
        ("question-5", "Question 5", "open", "Not answered. Passes the official check", ""),
    ]


def test_the_contents_link_every_question_and_say_its_verdict() -> None:
    page = page_of(numbered(ANSWERS), {"report.py": JUDGED, **FIGURE})

    assert "<p>2 of 5 pass the official check, 1 unanswered</p>" in page.html
    links = [a.attributes for a in elements(page.html, "a") if a.attributes.get("aria-label")]
    assert [(a["href"], a["class"]) for a in links] == [
        ("#question-1", "passes"),
        ("#question-2", "fails"),
        ("#question-3", "fails"),
        ("#question-4", "fails"),
        ("#question-5", "open"),
    ]
    assert links[0]["aria-label"] == "Question 1: Passes the official check: 12 words (10 to 30)"
    assert links[4]["aria-label"] == "Question 5: Not answered. Passes the official check"


@pytest.mark.parametrize(
    ("text", "files", "verdicts", "result"),
    [
        (  # nothing but the prompts to judge by
            numbered([words(3), words(12), None], "Why? Answer length: 10-20 words."),
            {},
            [
                ("fails", "Not within the limits", " · 3 words (10 to 20: 7 missing)"),
                ("passes", "Within the limits", " · 12 words (10 to 20)"),
                ("fails", "Not answered. Not within the limits", " · asked for: 10 to 20 words"),
            ],
            ["1 of 3 keep to their limits, 1 unanswered"],
        ),
        (  # no limits at all
            numbered(["x", None]),
            {},
            [("passes", "No limits", " · 1 word"), ("open", "Not answered", "")],
            ["2 of 2 keep to their limits, 1 unanswered"],
        ),
        (  # the check stops
            report(question(1, words(12)), question(2, "x", marker=None)),
            {"report.py": script({1: ((10, 30), None)}, 3)},
            [
                ("passes", "Within the limits", " · 12 words (10 to 30)"),
                ("unknown", "Not counted", " · its answer marker is gone, so nothing is counted"),
            ],
            ["1 of 2 keep to their limits, 1 unanswered", "The official check stops: 2 answers found, 3 expected"],
        ),
        (  # an answer in another question's place
            report(question(1, "x", marker=None), question(2, words(12))),
            {"report.py": script({1: ((10, 30), None)}, 1)},
            [
                ("fails", "Not seen by the official check", " · its answer marker is gone, so nothing is counted"),
                (
                    "passes",
                    "Passes the official check, which takes it for the answer to question 1",
                    " · 12 words",
                ),
            ],
            ["1 of 1 pass the official check, 1 unanswered"],
        ),
    ],
)
def test_verdicts_of_other_kinds(
    text: str, files: dict[str, str], verdicts: list[tuple[str, str, str]], result: list[str]
) -> None:
    html = page_of(text, files).html
    check(html)

    assert re.findall(r'<p class="mark (.*?)"><strong>(.*?)</strong>(.*?)</p>', html) == verdicts
    assert re.findall(r"<p>(.*?)</p>", html.partition("<ol>")[0]) == result


def test_a_number_that_comes_twice_has_two_places() -> None:
    html = page_of(report(question(1, "a"), question(1, "b"), question(1, "c"))).html

    places = [element.attributes["id"] for element in elements(html, "section")]
    assert places == ["question-1", "question-1-2", "question-1-3"]
    assert [a.attributes["href"] for a in elements(html, "a")][1:] == [f"#{place}" for place in places]


def test_a_link_from_one_answer_to_another() -> None:
    assert '<a href="#question-2" rel="noreferrer">there</a>' in page_of(numbered(["[there](#question-2)", "x"])).html


def test_one_answer_does_not_reach_into_the_next() -> None:
    page = page_of(numbered(["```\ncode", "<details>\n\na", "<!-- b", "[l][x]", "*last*\n\n[x]: https://example.org"]))

    sections = re.findall(r"<section id.*?</section>", page.html, re.DOTALL)
    assert len(sections) == 5
    for section in sections:
        check(section, is_part=True)
    assert '<a href="https://example.org" rel="noreferrer">l</a>' in sections[3]
    assert "<em>last</em>" in sections[4]


def test_a_part_that_cannot_be_read_is_shown_as_it_is_written() -> None:
    page = page_of(numbered(["fine", "> " * 400 + "<deep>", "*fine* too"]))

    assert (
        "Question 2 is shown as plain text, because it cannot be read as Markdown: nested too deeply" in page.warnings
    )
    assert f"{'&gt; ' * 400}&lt;deep&gt;</pre>" in page.html
    assert "<em>fine</em> too" in page.html
    check(page.html)


# --- figures ----------------------------------------------------------------------------------------------------------


def test_figures_stand_in_the_page() -> None:
    files = {"figures/a b.png": PIXEL, "figures/c.jpg": jpeg(16, 8), "figures/d.svg": '<svg width="5" height="4"/>'}
    text = numbered(
        ['![A "q"](figures/a%20b.png "Title")', "![](figures/c.jpg?raw=true)", '<img src="figures/d.svg" width="50%">']
    )

    page = page_of(text, files)

    assert page.warnings == ()
    pictures = [image.attributes for image in elements(page.html, "img")]
    assert [{name: value for name, value in image.items() if name != "src"} for image in pictures] == [
        {"alt": 'A "q"', "title": "Title", "width": "4", "height": "3"},
        {"alt": "", "width": "16", "height": "8"},
        {"alt": "", "width": "50%"},
    ]
    for image, (kind, raw) in zip(
        pictures,
        [("png", PIXEL), ("jpeg", files["figures/c.jpg"]), ("svg+xml", b'<svg width="5" height="4"/>')],
        strict=True,
    ):
        head, _, data = (image["src"] or "").partition(",")
        assert head == f"data:image/{kind};base64"
        assert b64decode(data) == raw


def test_the_kind_is_the_files_own_and_not_its_name() -> None:
    page = page_of(numbered(["![a](figures/a.png)"]), {"figures/a.png": jpeg()})

    assert (elements(page.html, "img")[0].attributes["src"] or "").startswith("data:image/jpeg;")


@pytest.mark.parametrize(
    ("figure", "note", "warning"),
    [
        ("![the loss](figures/gone.png)", "figures/gone.png there is no such file the loss", "there is no such file"),
        ("![](figures)", "figures this is a folder", "this is a folder"),
        ("![](../../../etc/passwd)", "it lies outside the project's folder", "it lies outside the project's folder"),
        ("![](/etc/passwd)", "/etc/passwd there is no such file", "there is no such file"),
        (
            "![](file:///etc/passwd)",
            "this is no path in the project's folder",
            "this is no path in the project's folder",
        ),
        ("![](C:/x.png)", "this is no path in the project's folder", "this is no path in the project's folder"),
        ("![](figures/empty.png)", "figures/empty.png this file is empty", "this file is empty"),
        ("![](figures/text.png)", "figures/text.png this file is no image", "this file is no image"),
        ("![](figures/page.png)", "figures/page.png browsers do not show PDF files", "browsers do not show PDF files"),
        ("![x](https://example.org/a.png)", "https://example.org/a.png it is on the web x", "it is on the web"),
        ("![x](//example.org/a.png)", "//example.org/a.png it is on the web x", "it is on the web"),
        ("![]()", "no file is named", "no file is named"),
        ("![](data:text/html,<script>alert(1)</script>)", "its bytes stand in the text itself", "its bytes stand in"),
        ("![](javascript:alert(1))", "this is no path in the project's folder", "this is no path"),
    ],
)
def test_what_is_not_shown_is_said(figure: str, note: str, warning: str) -> None:
    files = {"figures/empty.png": "", "figures/text.png": "text", "figures/page.png": "%PDF-1.7 and more"}

    page = page_of(numbered([f"before {figure} after"]), files)

    assert elements(page.html, "img") == []
    shown = text_of(page.html)
    assert "before Figure not shown: " in shown
    assert note in shown
    assert len(page.warnings) == 1
    assert warning in page.warnings[0]


def test_a_remote_figure_is_linked_but_not_loaded() -> None:
    page = page_of(numbered(["![x](https://example.org/a.png) [![y](https://example.org/b.png)](https://example.org)"]))

    assert [a.attributes["href"] for a in elements(main_of(page), "a")] == [
        "https://example.org/a.png",
        "https://example.org",
    ]


def test_a_file_of_another_case_is_shown_with_a_warning() -> None:
    page = page_of(numbered(["![a](figures/DOT.png)"]))

    assert len(elements(page.html, "img")) == 1
    assert page.warnings == ("figures/DOT.png is not shown on GitHub: the file is called figures/dot.png",)


def test_all_figures_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("invigilator.page.figures.MOST_BYTES", len(PIXEL) + 5)
    text = numbered(["![a](figures/a.png) ![a](figures/a.png) ![b](figures/b.png)"])

    page = page_of(text, {"figures/a.png": PIXEL, "figures/b.png": PIXEL})

    assert len(elements(page.html, "img")) == 2  # the same file counts once
    assert page.warnings == ("figures/b.png is not shown: this file is too large for the page, or cannot be read",)


@pytest.mark.parametrize(
    "figure",
    [
        '![" onerror="alert(1)](figures/dot.png)',
        "!['><script>alert(1)</script>](figures/dot.png)",
        '![a](figures/dot.png "x\\" onload=\\"alert(1)")',
        '![a](<figures/"><script>alert(1)</script>.png>)',
        '<img src="figures/dot.png" alt=\'"><script>alert(1)</script>\' onerror=alert(1) style=x>',
        '<img src="figures/&quot;&gt;&lt;script&gt;.png" alt="&quot;&gt;&lt;script&gt;">',
        "<img src=`figures/dot.png`onerror=alert(1)>",
        "<img/src='figures/dot.png'/onerror=alert(1)//>",
    ],
)
def test_nothing_escapes_from_an_attribute(figure: str) -> None:
    html = page_of(numbered([figure, f"text {figure}", f"[{figure}](https://example.org)"])).html

    check(html)


def test_characters_where_they_are_limited() -> None:
    text = report(question(1, "abc def", "At most 6 characters."), question(2, None, "500-800 characters"))
    said = text_of(page_of(text).html)
    assert "7 characters (at most 6: 1 too many)" in said
    assert "asked for: 500 to 800 characters" in said
