"""``page.*``: what the handed-in page makes of lists, code and tables."""

from __future__ import annotations

import markdown
import pytest

from drawn import check, finding, findings
from invigilator.checks import handed_in
from invigilator.checks.finding import Finding


def found_in(answer: str, only: str = "page.*") -> list[Finding]:
    analysis = check(f"### Question 1\n> Answer:\n\n{answer}\n", select=[only])
    return [found for _, found in analysis.placed()]


def codes(answer: str) -> list[str]:
    return [found.code for found in found_in(answer)]


# --- page.list-needs-blank-line ---------------------------------------------------------------------------------------


def test_a_list_right_below_text() -> None:
    found, *_ = findings(
        """
        ### Question 1
        > Answer:
        - one
        ^ page.list-needs-blank-line
        - two

        **We did:**
        1. one
        ^^ page.list-needs-blank-line
           - inner

        text
          * three
          ^ page.list-needs-blank-line

        > text
        > + four
          ^ page.list-needs-blank-line
        """,
        only="page.list-*",
    )
    assert (found.severity, found.question) == ("hint", 1)
    assert "plain text" in found.message
    assert "Put a blank line above" in found.message


@pytest.mark.parametrize(
    "answer",
    [
        "text\n\n- one\n- two",
        "# heading\n- one",
        "- one\n* two",  # below an item
        "> text\n>\n> - one",
        "```\ncode\n```\n\n- one",
        "---\n- one",
        "text\n2. no list",
        "text\n-no list",
        "text\n    - code",
        "```\ntext\n- one\n```",
    ],
)
def test_a_list_that_is_one_on_the_page_too(answer: str) -> None:
    assert "page.list-needs-blank-line" not in codes(answer)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_a_list_with_any_line_ending(end: str) -> None:
    text = "### Question 1\n> Answer:\n\ntext\n- one\n- two\n".replace("\n", end)
    (found,) = check(text).findings[0]
    assert (found.code, text[found.span.start :][:5]) == ("page.list-needs-blank-line", "- one")


def test_markers_with_a_parenthesis_are_none_on_the_page() -> None:
    (found,) = found_in("text\n1) one\n2) two")
    assert found.variant == "parenthesis"
    assert "1. in place of 1)" in found.message


def test_a_list_whose_first_part_alone_is_lost() -> None:
    assert codes("text\n- one\n\n- two") == ["page.list-needs-blank-line"]


def test_the_prompts_own_lists_are_left_alone() -> None:
    findings("### Question 1\n\n> We ask:\n> - one\n> - two\n>\n> Answer:\n\nSo.\n")


def test_what_is_said_is_what_the_library_does() -> None:
    for answer in ("text\n- one", "# h\n- one", "text\n\n- one", "> text\n- one", "---\n- one", "text\n1) a"):
        page = markdown.markdown(answer.lstrip())
        assert ("<li>" not in page) == ("page.list-needs-blank-line" in codes(answer)), answer


# --- page.nested-list-indent ------------------------------------------------------------------------------------------


def test_an_inner_list_by_fewer_than_four_columns() -> None:
    three, two, paragraph, meant = findings(
        """
        ### Question 1
        > Answer:

        1. one
           - inner
           ^ page.nested-list-indent
           - inner

        ### Question 2
        > Answer:

        - one
            - inner
              1. innermost
              ^^ page.nested-list-indent

        ### Question 3
        > Answer:

        > - one
        >
        >   A second *paragraph*.
            ^ page.nested-list-indent

        ### Question 4
        > Answer:

        10. ten
          - meant as inner
          ^ page.nested-list-indent
        """,
        only="page.*",
    )
    assert {one.severity for one in (three, two, paragraph, meant)} == {"hint"}
    assert "Indent its lines by 1 space more." in three.message
    assert "Indent its lines by 2 spaces more." in two.message
    assert paragraph.variant == "paragraph"
    assert "this paragraph is not part of the item" in paragraph.message
    assert "2 spaces" in meant.message


@pytest.mark.parametrize(
    "answer",
    [
        "- one\n    - inner",
        "- one\n→- inner".replace("→", "\t"),
        "- one\n    - inner\n        - innermost",
        "> - one\n>     - inner",
        "  - one\n    - inner",  # the page counts from the left edge
        "- one\n\n    A second paragraph.",
        "- one\n  goes on",
        "- one\n- two",
        "- one\n1. two",
        "- one\n  ```\n  code\n  ```",
        "* * *",
    ],
)
def test_lists_that_stay_what_they_are(answer: str) -> None:
    assert "page.nested-list-indent" not in codes(answer)


# --- page.code-fence --------------------------------------------------------------------------------------------------


def test_a_fenced_block() -> None:
    runs_together, language, raw, heading, lost = findings(
        """
        ### Question 1
        > Answer:

        text
        ```
        ^^^ page.code-fence
        one
        two
        ```

        ```sh
        ^^^^^ page.code-fence
        one
        ```

        ### Question 2
        > Answer:

        ~~~
        ^^^ page.code-fence
        one
        ~~~

        - item
            ```py
            ^^^^^ page.code-fence
            # one
            ```

        ```
        ^^^ page.code-fence
        one

        run <name> now
        ```
        """
    )
    assert [one.variant for one in (runs_together, language, raw, heading, lost)] == ["", "", "raw", "heading", "lost"]
    assert [one.severity for one in (runs_together, raw, heading, lost)] == ["hint", "hint", "warning", "warning"]
    assert "run together" in runs_together.message
    assert "with its fence" in raw.message
    assert "becomes a heading" in heading.message
    assert "cannot be seen" in lost.message
    for one in (runs_together, raw, heading, lost):
        assert "by 4 spaces and delete the fence: that is right there and on GitHub" in one.message


@pytest.mark.parametrize(
    "answer",
    [
        "```\none line\n```",
        "text\n```\none <line> & 3 > 2 # so\n```\ntext",
        "> ```\n> one line\n> ```",
        "    indented\n    code",
        "`inline`",
        "<!--\n```\na\nb\n```\n-->",
    ],
)
def test_code_that_is_right_on_the_page(answer: str) -> None:
    assert codes(answer) == []


@pytest.mark.parametrize(
    ("answer", "variant"),
    [
        ("```\n# one line\n```", "heading"),
        ("```\na\n\nb\n```", "raw"),
        ("```\na\n\n# b\n```", "heading"),
        ("```\na\nb\n\n[c](d)\n```", "lost"),
        ("```\n```", ""),
        ("````\n```\na\n```\n````", "raw"),
        ("> ```\n> a\n> b\n> ```", ""),
        ("> ```\n> # a\n> b\n> ```", "heading"),
        ("1. one\n\n    ```\n    # a\n    ```", "heading"),
        ("```\na\nb", "raw"),
    ],
)
def test_what_becomes_of_code(answer: str, variant: str) -> None:
    (found,) = found_in(answer, "page.code-fence")
    assert found.variant == variant


def test_code_with_carriage_returns() -> None:
    text = "### Question 1\n> Answer:\n\n```sh\n# one\n\ntwo\n```\n".replace("\n", "\r\n")
    (found,) = check(text).findings[0]
    assert (found.code, found.variant) == ("page.code-fence", "heading")
    assert text[found.span.start : found.span.end] == "```sh"


# --- page.table -------------------------------------------------------------------------------------------------------


def test_a_table() -> None:
    found = finding(
        """
        ### Question 1
        > Answer:

        We measured:

          | a | b |
          ^^^^^^^^^ page.table
          |---|:-:|
          | 1 | 2 |
        """
    )
    assert (found.severity, found.question) == ("hint", 1)
    assert "no way of writing it is right both" in found.message


@pytest.mark.parametrize(
    "answer", ["a | b\n\n--- | ---", "```\n| a |\n|---|\n```", "a | b\nc | d", "a | b | c\n---|---"]
)
def test_what_is_no_table(answer: str) -> None:
    assert "page.table" not in codes(answer)


def test_a_table_in_a_quote() -> None:
    assert "page.table" in codes("> | a |\n> |---|\n> | b |")


# --- how often the library is asked -----------------------------------------------------------------------------------


def test_typing_a_word_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = "text\n- one\n  - two *three*\n\n```sh\n# four\nfive\n```\n"
    before = codes(answer)

    def asked(source: str) -> str:
        raise AssertionError(source)

    monkeypatch.setattr(handed_in, "markdown", asked)
    assert codes(answer.replace("one", "once upon a time").replace("five", "fifth")) == before
    assert codes(answer.replace("four", "fourth")) == before


def test_the_library_may_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(source: str) -> str:
        raise RecursionError

    monkeypatch.setattr(handed_in, "markdown", fails)
    unlike_all_others = "text\n" + "+ one\n" * 9 + "\n```\n$% and\n%$ so on\n```"
    assert codes(unlike_all_others) == ["page.code-fence"]
