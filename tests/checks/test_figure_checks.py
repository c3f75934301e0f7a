"""``figure.*``: how many images an answer has, and whether each will be seen."""

from __future__ import annotations

from typing import Any

import pytest

from drawn import check, finding, findings
from invigilator.checks.finding import Finding
from invigilator.surroundings.memory import MemorySurroundings
from pictures import jpeg, png

BESIDE = {
    "figures/loss.png": png(),
    "figures/Über uns.png": png(),
    "figures/photo.jpg": jpeg(),
    "figures/sub/a.jpeg": jpeg(),
}


def answer(text: str) -> str:
    return f"### Question 1\n> Answer:\n\n{text}\n"


def found_in(text: str, only: str = "figure.*", **configuration: Any) -> list[Finding]:
    analysis = check(answer(text), BESIDE, select=[only], **configuration)
    return [found for _, found in analysis.placed()]


def codes(text: str) -> list[str]:
    return [found.code for found in found_in(text)]


def images(low: int | None, high: int | None) -> dict[str, object]:
    ends = {"min": low, "max": high}
    return {"1": {"images": {end: value for end, value in ends.items() if value is not None}}}


# --- figure.too-few ---------------------------------------------------------------------------------------------------


def test_too_few_images() -> None:
    found = finding(
        """
        ### Question 1

        > Insert 2-3 images.
        > Answer:
          ^^^^^^^ figure.too-few

        ![loss](figures/loss.png) and text
        """,
        BESIDE,
    )
    assert (found.severity, found.question) == ("warning", 1)
    assert "1 image, at least 2" in found.message
    assert "1 more" in found.message
    assert "figures/" in found.message


def test_too_few_names_the_links_and_tags_that_nearly_are_images() -> None:
    found, _, _ = findings(
        """
        ### Question 1
        > Answer:
          ^^^^^^^ figure.too-few

        [loss](figures/loss.png) <img src="figures/loss.png"> [code](https://example.org/a.png) [text](notes.txt)
        ^^^^^^^^^^^^^^^^^^^^^^^^ figure.link
                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ figure.html
        """,
        BESIDE,
        limits=images(1, None),
    )
    assert "figures/loss.png" in found.message
    assert "<img>" in found.message
    assert "!" in found.message
    assert "example.org" not in found.message
    assert "notes.txt" not in found.message


def test_an_image_behind_two_hashes_does_not_count() -> None:
    findings(
        """
        ### Question 1
        > Answer:
          ^^^^^^^ figure.too-few

        text

        ## ![loss](figures/loss.png)

        ### Question 2
        > Answer:
        b
        """,
        BESIDE,
        only="figure.*",
        limits=images(1, 1),
    )


def test_an_unanswered_question_is_not_short_of_images_too() -> None:
    assert found_in("--- question 1 fill here ---", limits=images(1, 1)) == []


@pytest.mark.parametrize(
    ("low", "high", "count", "code"),
    [
        (1, 2, 0, "figure.too-few"),
        (1, 2, 1, None),
        (1, 2, 2, None),
        (1, 2, 3, "figure.too-many"),
        (None, 2, 0, None),
        (1, None, 9, None),
    ],
)
def test_limits_are_inclusive(low: int | None, high: int | None, count: int, code: str | None) -> None:
    found = found_in("text " + "![loss](figures/loss.png) " * count, limits=images(low, high))
    assert [one.code for one in found] == ([code] if code else [])


def test_images_in_code_and_comments_count() -> None:
    assert "figure.too-few" not in [one.code for one in found_in("`![a](figures/loss.png)`", limits=images(1, 1))]


# --- figure.too-many --------------------------------------------------------------------------------------------------


def test_too_many_images() -> None:
    found = finding(
        """
        ### Question 1

        > Insert one image.
        > Answer:

        ![a](figures/loss.png) ![b](figures/photo.jpg)
                               ^^^^^^^^^^^^^^^^^^^^^^^ figure.too-many
        ![c](figures/loss.png)
        """,
        BESIDE,
    )
    assert (found.severity, found.question) == ("warning", 1)
    assert "3 images, at most 1" in found.message
    assert "2" in found.message


# --- figure.not-shown -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variant", "picture", "words"),
    [
        (
            "space",
            """
            ### Question 1
            > Answer:

            a ![b](figures/Über uns.png) c
              ^^^^^^^^^^^^^^^^^^^^^^^^^^ figure.not-shown
            """,
            "%20",
        ),
        (
            "gap",
            """
            ### Question 1
            > Answer:

            a ![b] (figures/loss.png) c
              ^^^^^^^^^^^^^^^^^^^^^^^ figure.not-shown
            """,
            "between `]` and `(`",
        ),
        (
            "unclosed",
            """
            ### Question 1
            > Answer:

            a ![b](figures/loss.png
              ^^^^^^^^^^^^^^^^^^^^^ figure.not-shown
            """,
            "closing `)`",
        ),
        (
            "code",
            """
            ### Question 1
            > Answer:

            a `![b](figures/loss.png)` c
               ^^^^^^^^^^^^^^^^^^^^^^ figure.not-shown
            """,
            "in code",
        ),
        (
            "code",
            """
            ### Question 1
            > Answer:

            ```markdown
            ![b](figures/loss.png)
            ^^^^^^^^^^^^^^^^^^^^^^ figure.not-shown
            ```
            """,
            "all the same",
        ),
        (
            "code",
            """
            ### Question 1
            > Answer:

            text

                ![b](figures/loss.png)
                ^^^^^^^^^^^^^^^^^^^^^^ figure.not-shown
            """,
            "in code",
        ),
        (
            "comment",
            """
            ### Question 1
            > Answer:

            a <!-- ![b](figures/loss.png) --> c
                   ^^^^^^^^^^^^^^^^^^^^^^ figure.not-shown
            """,
            "comment",
        ),
        (
            "comment",
            """
            ### Question 1
            > Answer:

            <!--
            ![b](figures/loss.png)
            ^^^^^^^^^^^^^^^^^^^^^^ figure.not-shown
            -->
            a
            """,
            "Take it out of <!--",
        ),
        (
            "escaped",
            r"""
            ### Question 1
            > Answer:

            a \![b](figures/loss.png)
               ^^^^^^^^^^^^^^^^^^^^^^ figure.not-shown
            """,
            "backslash",
        ),
        (
            "reference",
            """
            ### Question 1
            > Answer:

            a ![b][loss]
              ^^^^^^^^^^ figure.not-shown
            """,
            "which file",
        ),
        (
            "",
            """
            ### Question 1
            > Answer:

            a ![b](figures/loss(.png)
              ^^^^^^^^^^^^^^^^^^^^^^^ figure.not-shown
            """,
            "brackets",
        ),
    ],
)
def test_what_looks_like_an_image_and_is_none(variant: str, picture: str, words: str) -> None:
    found = finding(picture, BESIDE, only="figure.not-shown")
    assert (found.severity, found.variant) == ("warning", variant)
    assert words in found.message


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize(
    "source",
    [
        "![b](figures/a b.png)",
        "![b] (figures/loss.png)",
        "![b](figures/loss.png",
        "`![b](figures/loss.png)`",
        "![b][loss]",
    ],
)
def test_none_with_any_line_ending(source: str, end: str) -> None:
    text = answer(f"a {source}\nb").replace("\n", end)
    (found,) = check(text, BESIDE, select=["figure.not-shown"]).findings[0]
    assert text[found.span.start : found.span.end] == source.strip("`")


@pytest.mark.parametrize(
    "source",
    [
        "![b](figures/loss.png)",
        "![b](<figures/Über uns.png>)",
        "![b](figures/%C3%9Cber%20uns.png)",
        "![b](figures/loss.png 'a title')",
        "![b\nc](figures/loss.png)",
        "![b][l]\n\n[l]: figures/loss.png",
        "![l]\n\n[l]: figures/loss.png",
        "[![b](figures/loss.png)](https://example.org)",
        "Wow![^1] and a list [ ] (so)",
        "a! [b] (c)",
        "!`[b](c)`",
        "`![b]`",
        "if (!x[1]) (y)",
        "![b](see the text (it is long",
    ],
)
def test_what_is_shown_or_does_not_look_like_an_image(source: str) -> None:
    assert "figure.not-shown" not in codes(source)


def test_an_image_that_is_not_shown_gets_no_other_finding() -> None:
    assert codes("![b](https://example.org/a b.gif)") == ["figure.not-shown"]
    assert codes("`![b](figures/none.gif)`") == ["figure.not-shown"]


# --- figure.remote ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["https://example.org/a.png", "HTTP://example.org/a.gif", "//example.org/a.png"])
def test_an_image_on_the_web(target: str) -> None:
    found = finding(
        f"""
        ### Question 1
        > Answer:

        ![b]({target} "title")
             {"^" * len(target)} figure.remote
        """,
        BESIDE,
    )
    assert (found.severity, found.question) == ("information", 1)
    assert "on the web" in found.message
    assert "figures/" in found.message


# --- figure.bad-extension ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "severity", "words"),
    [
        ("figures/a.gif", "warning", ".gif is not one of the allowed types (.png, .jpg, .jpeg)"),
        ("figures/a.svg?raw=true", "warning", ".svg is not one of the allowed types"),
        ("figures/a%2Egif", "warning", ".gif is not"),
        ("figures/a", "warning", "no ending"),
        ("figures/.png", "warning", "no ending"),
        ("figures.png/a", "warning", "no ending"),
        ("figures/a.", "warning", "allowed types"),
        ("figures/loss.PNG", "hint", ".png"),
        ("figures/photo.Jpg", "hint", ".jpg"),
    ],
)
def test_an_ending_that_is_not_allowed(target: str, severity: str, words: str) -> None:
    found = finding(
        f"""
        ### Question 1
        > Answer:

        ![b]({target})
             {"^" * len(target)} figure.bad-extension
        """,
        BESIDE,
    )
    assert found.severity == severity
    assert words in found.message


def test_other_endings_may_be_allowed() -> None:
    assert found_in("![b](figures/none.gif)", "figure.bad-extension", extensions=["gif"]) == []
    (found,) = found_in("![b](figures/loss.png)", extensions=["gif"])
    assert ".png is not one of the allowed types (.gif)" in found.message


@pytest.mark.parametrize(
    "target", ["figures/loss.png?raw=true", "figures/loss.png#top", "figures/photo.jpg", "figures/sub/a.jpeg"]
)
def test_query_and_fragment_are_no_part_of_the_ending(target: str) -> None:
    assert codes(f"![b]({target})") == []


# --- figure.wrong-case ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("figures/Loss.png", "figures/loss.png"),
        ("Figures/loss.png", "figures/loss.png"),
        ("figures/SUB/a.jpeg", "figures/sub/a.jpeg"),
        ("figures/%C3%BCber%20uns.png", "figures/Über uns.png"),
    ],
)
def test_other_capitals_than_the_files(target: str, actual: str) -> None:
    found = finding(
        f"""
        ### Question 1
        > Answer:

        ![b]({target})
             {"^" * len(target)} figure.wrong-case
        """,
        BESIDE,
    )
    assert found.severity == "error"
    assert actual in found.message
    assert "Linux" in found.message


# --- figure.not-found -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variant", "target", "words"),
    [
        ("", "figures/quite-another.png", "no file figures/quite-another.png"),
        ("near", "figures/los.png", "Did you mean figures/loss.png?"),
        ("near", "loss.png", "figures/loss.png"),
        ("angles", "figures/<bucket>.<png>", "angle brackets"),
        ("angles", "figures/<bucket>.png", "figures/bucket.png"),
        ("backslash", "figures\\\\loss.png", "write /"),
        ("folder", "figures/sub.png", "is a folder"),
        ("", "../quite-another.png", "no file ../quite-another.png"),
        ("elsewhere", "C:/figures/loss.png", "one computer"),
        ("elsewhere", "file:///figures/loss.png", "one computer"),
    ],
)
def test_a_file_that_is_not_there(variant: str, target: str, words: str) -> None:
    beside = MemorySurroundings(
        {**{f"reports/{path}": content for path, content in BESIDE.items()}, "reports/figures/sub.png/": b""}, "reports"
    )
    found = finding(
        f"""
        ### Question 1
        > Answer:

        ![b]({target})
             {"^" * len(target)} figure.not-found
        """,
        beside,
    )
    assert (found.severity, found.variant) == ("error", variant)
    assert words in found.message


def test_a_file_that_cannot_be_read() -> None:
    beside = MemorySurroundings(BESIDE, unreadable=["figures/loss.png"])
    found = finding("### Question 1\nAnswer:\n![b](figures/loss.png)\n     ^^^^^^^^^^^^^^^^ figure.not-found\n", beside)
    assert (found.severity, found.variant) == ("error", "unreadable")
    assert "cannot be read" in found.message


@pytest.mark.parametrize(
    "target",
    [
        "figures/loss.png",
        "./figures/loss.png",
        "figures//loss.png",
        "figures/../figures/loss.png",
        "<figures/Über uns.png>",
    ],
)
def test_a_file_that_is_there(target: str) -> None:
    assert codes(f"![b]({target})") == []


def test_a_reference_is_told_where_it_is_used() -> None:
    findings(
        """
        ### Question 1
        > Answer:

        see ![b][loss] there
            ^^^^^^^^^^ figure.not-found

        ### Question 2
        > Answer:

        [loss]: figures/none-such.png
        """,
        BESIDE,
        only="figure.*",
    )


def test_without_a_folder_nothing_is_missing() -> None:
    findings(answer("![b](figures/none.png) ![c](figures/Loss.png)"))


# --- figure.corrupt ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "variant", "words"),
    [
        ("a.png", b"", "empty", "figures/a.png is empty"),
        ("a.png", b"hello, this is text", "no-image", "figures/a.png"),
        ("a.png", jpeg(), "other", "JPEG"),
        ("a.jpg", png(), "other", "PNG"),
        ("a.jpeg", png(), "other", "PNG"),
        ("a.png", b"GIF89a\x01\x00\x01\x00\x00\x00\x00", "other", "GIF"),
    ],
)
def test_a_file_that_is_not_the_image_it_seems(name: str, content: bytes, variant: str, words: str) -> None:
    found = finding(
        f"""
        ### Question 1
        > Answer:

        ![b](figures/{name})
             {"^" * (8 + len(name))} figure.corrupt
        """,
        {f"figures/{name}": content},
    )
    assert (found.severity, found.variant) == ("warning", variant)
    assert words in found.message


def test_a_sound_image() -> None:
    assert codes("![b](figures/loss.png) ![c](figures/photo.jpg) ![d](figures/sub/a.jpeg)") == []


# --- figure.link ------------------------------------------------------------------------------------------------------


def test_a_link_that_lacks_its_exclamation_mark() -> None:
    found = finding(
        """
        ### Question 1
        > Answer:

        See [the loss](figures/loss.png).
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ figure.link
        """,
        BESIDE,
    )
    assert (found.severity, found.question) == ("information", 1)
    assert "Put a ! before the [" in found.message


@pytest.mark.parametrize(
    "target", ["figures/none.png", "figures/a.gif", "figures/a.SVG", "a.webp#top", "<figures/a b.jpg>"]
)
def test_a_link_to_any_local_picture(target: str) -> None:
    assert codes(f"[b]({target})") == ["figure.link"]


@pytest.mark.parametrize(
    "source",
    [
        "[b](https://example.org/a.png)",
        "[b](notes.txt)",
        "[b](#loss.png)",
        "[b](figures/)",
        "[b](mailto:a@example.org)",
        "[![b](figures/loss.png)](figures/photo.jpg)",
        "`[b](figures/loss.png)`",
        "<figures/loss.png>",
    ],
)
def test_what_is_no_forgotten_image(source: str) -> None:
    assert "figure.link" not in codes(source)


# --- figure.html ------------------------------------------------------------------------------------------------------


def test_a_picture_as_a_tag() -> None:
    found = finding(
        """
        # Report <img src="figures/loss.png">

        ### Question 1

        > See <img src="figures/loss.png">
        > Answer:

        Look: <IMG alt="a > b"
              ^^^^^^^^^^^^^^^^ figure.html
          src='figures/loss.png'/> and `<img>`, </img>, <image>, <!-- <img> -->.
        ^^^^^^^^^^^^^^^^^^^^^^^^^^ ...
        """,
        BESIDE,
        only="figure.*",
    )
    assert (found.severity, found.question) == ("information", 1)
    assert "is not counted" in found.message
    assert "![what it shows](figures/name.png)" in found.message


def test_a_picture_in_a_block_of_html() -> None:
    assert codes('<p align="center">\n  <img src="figures/loss.png" width="40%">\n</p>') == ["figure.html"]


# --- figure.outside-folder --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "variant"),
    [
        ("loss.png", ""),
        ("images/loss.png", ""),
        ("figures/../loss.png", ""),
        ("../figures/loss.png", ""),
        ("figures2/loss.png", ""),
        ("/reports/figures/loss.png", "root"),
        ("images/lo%20ss.png", ""),
    ],
)
def test_a_picture_outside_the_figures_folder(target: str, variant: str) -> None:
    there = {
        **dict.fromkeys(("reports/loss.png", "reports/images/loss.png", "figures/loss.png"), png()),
        **dict.fromkeys(("reports/figures2/loss.png", "reports/figures/loss.png", "reports/images/lo ss.png"), png()),
    }
    found = finding(
        f"""
        ### Question 1
        > Answer:

        ![b]({target})
             {"^" * len(target)} figure.outside-folder
        """,
        MemorySurroundings(there, "reports"),
    )
    assert (found.severity, found.variant) == ("information", variant)
    assert target.replace("%20", " ") in found.message
    assert "figures/" in found.message


@pytest.mark.parametrize(
    ("target", "folder"),
    [
        ("figures/sub/a.jpeg", "figures"),
        ("./figures/loss.png", "figures"),
        ("figures/sub/a.jpeg", "figures/sub"),
        ("figures/loss.png", "."),
        ("figures/loss.png", "./figures"),
    ],
)
def test_a_picture_in_the_figures_folder(target: str, folder: str) -> None:
    assert found_in(f"![b]({target})", figures=folder) == []


def test_what_is_not_there_is_not_outside_too() -> None:
    assert codes("![b](images/none.png) ![c](https://example.org/c.png)") == ["figure.not-found", "figure.remote"]


def test_without_a_folder_the_path_decides() -> None:
    findings("### Question 1\n> Answer:\n\n![b](a.png) ![b](figures/a.png)\n     ^^^^^ figure.outside-folder\n")


# --- figure.no-alt ----------------------------------------------------------------------------------------------------


def test_a_picture_without_a_description() -> None:
    empty, template = findings(
        """
        ### Question 1
        > Answer:

        ![](figures/loss.png) ![my_image](figures/loss.png "title") ![our my_image](figures/loss.png)
        ^^^^^^^^^^^^^^^^^^^^^ figure.no-alt
                                ^^^^^^^^ figure.no-alt
        """,
        BESIDE,
    )
    assert (empty.severity, empty.question, empty.variant) == ("hint", 1, "")
    assert "no description" in empty.message
    assert (template.severity, template.variant) == ("hint", "template")
    assert "still the template's" in template.message


@pytest.mark.parametrize("label", ["a", "My_image", "`x`", "![b](figures/loss.png)", "\\_", "[]"])
def test_a_picture_with_a_description(label: str) -> None:
    assert "figure.no-alt" not in codes(f"![{label}](figures/loss.png)")


def test_a_blank_description_is_none() -> None:
    assert codes("![ ](figures/loss.png)") == ["figure.no-alt"]


def test_it_may_be_said_besides() -> None:
    findings(
        """
        ### Question 1
        > Answer:

        ![](figures/none-such.png)
        ^^^^^^^^^^^^^^^^^^^^^^^^^^ figure.no-alt
            ^^^^^^^^^^^^^^^^^^^^^ figure.not-found
        """,
        BESIDE,
    )


# --- one defect, one code ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("![b](https://example.org/none.gif)", "figure.remote"),
        ("![b](figures/NONE.gif)", "figure.bad-extension"),
        ("![b](figures/Loss.PNG)", "figure.bad-extension"),
        ("![b](figures/Empty.png)", "figure.wrong-case"),
        ("![b](figures/<a>.<gif>)", "figure.not-found"),
        ("![b](figures/empty.png)", "figure.corrupt"),
        ("![b](C:/a.gif)", "figure.not-found"),
    ],
)
def test_one_finding_for_each_image(source: str, code: str) -> None:
    analysis = check(answer(source), {**BESIDE, "figures/empty.png": b""})
    assert [found.code for _, found in analysis.placed()] == [code]


def test_an_image_given_as_data_is_left_alone() -> None:
    assert codes("![b](data:image/png;base64,aaaa)") == []


def test_prompts_and_introductions_are_left_alone() -> None:
    findings(
        """
        # Report ![a](figures/none.gif)

        [a](figures/loss.png)

        ### Question 1

        > See ![b](figures/none.png) and [c](figures/loss.png) and ![d] (e.png).
        > Answer: ![f](figures/none-such.gif)
                       ^^^^^^^^^^^^^^^^^^^^^ figure.bad-extension

        ## Deployment

        ![g](https://example.org/h.png)
        """,
        BESIDE,
        only="figure.*",
    )


def test_an_answer_that_cannot_be_read_as_markdown_is_checked_line_by_line() -> None:
    analysis = check(
        answer("![a](figures/none-such.png)\n\n" + "![b](" * 400 + "\n\n![c](figures/loss.png)\n"),
        BESIDE,
        limits=images(3, None),
    )
    assert [found.code for _, found in analysis.placed()] == ["figure.too-few", "figure.not-found"]
    (problem,) = analysis.problems
    assert problem.path == "question 1"
    assert "line by line" in problem.message
