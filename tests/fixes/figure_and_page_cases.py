"""The fixes of ``figure.*``, ``page.*``, ``prompt.*`` and ``checklist.*``."""

from __future__ import annotations

from fixes.cases import Case, of_answer, report
from reports import question

FIGURE = "Insert one image."

FIGURES = [
    of_answer(
        "figure.too-few",
        "Add the missing !",
        "See [it](figures/loss.png).",
        "See ![it](figures/loss.png).",
        asks=FIGURE,
    ),
    of_answer(
        "figure.too-few",
        "Add the 2 missing !",
        "[a](figures/loss.png) [b](figures/roc.png) [c](figures/loss.png)",
        "![a](figures/loss.png) ![b](figures/roc.png) [c](figures/loss.png)",
        asks="Insert 2 to 3 images.",
    ),
    of_answer(
        "figure.too-few",
        "Insert figure figures/Loss curve.png",
        "One.",
        "One.\n\n![Loss curve](figures/Loss%20curve.png)",
        asks=FIGURE,
    ),
    of_answer("figure.link", "Add the missing !", "See [it](figures/loss.png).", "See ![it](figures/loss.png)."),
    of_answer(
        "figure.wrong-case", "Write figures/loss.png", "![a](figures/Loss.png)", "![a](figures/loss.png)", safe=True
    ),
    of_answer(
        "figure.wrong-case",
        "Write figures/Loss curve.png",
        '![a](./Figures/loss%20curve.png?raw=true "Loss")',
        '![a](./figures/Loss%20curve.png?raw=true "Loss")',
        safe=True,
    ),
    of_answer(
        "figure.wrong-case",
        "Write figures/Loss curve.png",
        "![a](<./figures/loss curve.png>) is it",
        "![a](<./figures/Loss%20curve.png>) is it",
        safe=True,
    ),
    of_answer("figure.not-found", "Write figures/loss.png", "![a](figures/los.png)", "![a](figures/loss.png)"),
    of_answer("figure.not-found", "Write figures/roc.png", "![a](img/rok.png#x)", "![a](figures/roc.png#x)"),
    of_answer("figure.not-found", "Remove the angle brackets", "![a](figures/<roc>.<png>)", "![a](figures/roc.png)"),
    of_answer("figure.not-found", "Write / for the backslash", "![a](figures\\loss.png)", "![a](figures/loss.png)"),
    of_answer("figure.outside-folder", "Write figures/roc.png", "![a](images/roc.png)", "![a](figures/roc.png)"),
    of_answer(
        "figure.no-alt",
        "Take the alt text from the file's name",
        "![](figures/Loss%20curve.png)",
        "![Loss curve](figures/Loss%20curve.png)",
    ),
    of_answer(
        "figure.no-alt",
        "Take the alt text from the file's name",
        "![my_image](figures/roc.png)",
        "![roc](figures/roc.png)",
    ),
    of_answer(
        "figure.html",
        "Write it as a Markdown image",
        'See <img src="figures/Loss curve.png" alt="our loss" width=200> here.',
        "See ![our loss](figures/Loss%20curve.png) here.",
    ),
    of_answer(
        "figure.html",
        "Write it as a Markdown image",
        "One.\n\n<p align='center'>\n  <img src='figures/loss.png'>\n  <img src='./figures/roc.png'/>\n</p>\n\nTwo.",
        "One.\n\n![loss](figures/loss.png)\n\n![roc](./figures/roc.png)\n\nTwo.",
    ),
    of_answer(
        "figure.html",
        "Write it as a Markdown image",
        "One:\n<div><img src=figures/loss.png></div>\nTwo.",
        "One:\n\n![loss](figures/loss.png)\n\nTwo.",
    ),
    of_answer(
        "figure.html",
        "Write it as a Markdown image",
        "<div>\n<img src=figures/loss.png>\nOur loss.\n</div>",
        "<div>\n\n![loss](figures/loss.png)\n\nOur loss.\n</div>",
    ),
]

NOT_SHOWN = [
    of_answer(
        "figure.not-shown",
        "Write %20 for the space",
        '![a]( figures/Loss curve.png "Loss" )',
        '![a]( figures/Loss%20curve.png "Loss" )',
    ),
    of_answer("figure.not-shown", "Delete the space", "![a] (figures/loss.png)", "![a](figures/loss.png)"),
    of_answer("figure.not-shown", "Add the missing )", "![a](figures/loss.png", "![a](figures/loss.png)"),
    of_answer(
        "figure.not-shown",
        "Add the missing )",
        "![a](figures/Loss curve.png and so on.",
        "![a](figures/Loss%20curve.png) and so on.",
    ),
    of_answer("figure.not-shown", "Delete the backslash", "\\![a](figures/loss.png)", "![a](figures/loss.png)"),
    of_answer(
        "figure.not-shown",
        "Take the image out of the comment",
        "<!-- ![a](figures/loss.png) -->",
        "![a](figures/loss.png)",
    ),
    of_answer(
        "figure.not-shown",
        "Take the image out of the comment",
        "<!--\nfor later\n![a](figures/loss.png)\n-->\nOne.",
        "<!--\nfor later\n-->\n\n![a](figures/loss.png)\n\nOne.",
    ),
    of_answer(
        "figure.not-shown",
        "Take the image out of the comment",
        "One <!-- two ![a](figures/loss.png) --> three.",
        "One <!-- two --> ![a](figures/loss.png) three.",
    ),
    of_answer(
        "figure.not-shown",
        "Take the image out of the code",
        "See `![a](figures/loss.png)`.",
        "See ![a](figures/loss.png).",
    ),
    of_answer(
        "figure.not-shown",
        "Take the image out of the code",
        "See `x ![a](figures/loss.png) y`.",
        "See `x` ![a](figures/loss.png) `y`.",
    ),
    of_answer(
        "figure.not-shown",
        "Take the image out of the code",
        "One:\n```markdown\n![a](figures/loss.png)\n```\nTwo.",
        "One:\n\n![a](figures/loss.png)\n\nTwo.",
    ),
    of_answer(
        "figure.not-shown",
        "Take the image out of the code",
        "One:\n\n```\nx = 1\n![a](figures/loss.png)\n```\nTwo.",
        "One:\n\n```\nx = 1\n```\n\n![a](figures/loss.png)\n\nTwo.",
    ),
    of_answer(
        "figure.not-shown",
        "Take the image out of the code",
        "One:\n\n    x\n    ![a](figures/loss.png)\n    y",
        "One:\n\n    x\n\n![a](figures/loss.png)\n\n    y",
    ),
]

PAGES = [
    of_answer(
        "page.list-needs-blank-line",
        "Put a blank line above the list",
        "We used:\n- one\n- two",
        "We used:\n\n- one\n- two",
        safe=True,
    ),
    of_answer(
        "page.list-needs-blank-line",
        "Put a blank line above the list",
        "Said:\n\n> We used:\n> * one\n> * two",
        "Said:\n\n> We used:\n>\n> * one\n> * two",
    ),
    of_answer(
        "page.list-needs-blank-line",
        "Put a blank line above the list and write 1. for 1)",
        "We used:\n1) one\n2) two",
        "We used:\n\n1. one\n2. two",
    ),
    of_answer(
        "page.nested-list-indent",
        "Indent it by 4 a level",
        "- one\n  - two\n    goes on\n    - three\n\n      and three\n- four",
        "- one\n    - two\n      goes on\n        - three\n\n            and three\n- four",
        safe=True,
    ),
    of_answer(
        "page.nested-list-indent",
        "Indent it by 4 a level",
        "1. one\n\n   more of it\n   and more\n\n2. two",
        "1. one\n\n    more of it\n    and more\n\n2. two",
        safe=True,
    ),
    of_answer(
        "page.code-fence",
        "Indent the code by 4, without fence",
        "Run:\n```bash\npip install it\n\n  run it\n```\nand see.",
        "Run:\n\n    pip install it\n\n      run it\n\nand see.",
    ),
    of_answer(
        "page.code-fence",
        "Indent the code by 4, without fence",
        "~~~\none\ntwo\n~~~",
        "    one\n    two",
    ),
    of_answer(
        "page.code-fence",
        "Indent the code by 4, without fence",
        "1. Run\n   ```bash\n   one\n   two\n   ```\n2. See",
        "1. Run\n\n        one\n        two\n\n2. See",
    ),
    of_answer(
        "page.code-fence",
        "Indent the code by 4, without fence",
        "- one\n- two\n\n```bash\none\ntwo\n```\n\nEnd.",
        "- one\n- two\n\n        one\n        two\n\nEnd.",
    ),
    of_answer(
        "page.code-fence",
        "Indent the code by 4, without fence",
        "Said:\n\n> ```bash\n> one\n> two\n> ```",
        "Said:\n\n>     one\n>     two",
    ),
    of_answer(
        "page.code-fence",
        "Indent the code by 4, without fence",
        "So:\n\n```bash curl \\\n  --it\n```",
        "So:\n\n    curl \\\n      --it",
    ),
]


def asked(number: int, length: str) -> str:
    """A question of the edition of 2024, with its length line, and an answer of as many words as it may have."""
    line = f"> {length}\n>\n" if length else ""
    return question(number, " ".join(["word"] * 100)).replace("> Answer:", f"{line}> Answer:")


def edition(without: int | None, wording: str) -> str:
    """Of 27 questions; of 2023 or 2024, by how it words its length lines. Question 14 wants images as well."""
    lengths = {**dict.fromkeys(range(3, 28), "100-200"), **dict.fromkeys((6, 7, 12), "50-100"), 11: "200-300"}
    lengths |= {17: "50-200", 24: "25-100", 25: "200-400", 26: "200-400", 27: "50-200", 14: "200-300"}
    parts = []
    for number in range(1, 28):
        length = lengths.get(number) if number not in (19, 20, 21, without) else None
        more = " + 1 to 3 screenshots" if number == 14 else ""
        parts.append(asked(number, f"{wording} length: {length} words{more}." if length else ""))
    return "".join(parts).replace("What did you do?", "What did you do, and what are they testing?")


PROMPTS = [
    Case("prompt.limit-removed", "Restore the length line", edition(n, wording), edition(None, wording))
    for wording in ("Answer", "Recommended answer")
    for n in (9, 14)
]


def with_example(length: str) -> str:
    """The edition of 2024, whose question 9 has the length line or not, and an example of an answer."""
    example = "> Example:\n> *We used it here and there*\n>\n> Answer:"
    start, _, rest = edition(9, "Recommended answer").partition("### Question 9\n")
    return f"{start}### Question 9\n{rest.replace('> Answer:', length + example, 1)}"


PROMPTS += [
    Case(
        "prompt.limit-removed",
        "Restore the length line",
        with_example(""),
        with_example("> Recommended answer length: 100-200 words.\n>\n"),
    )
]

CHECKLISTS = [
    Case(
        "checklist.malformed-box",
        f"Write {right}",
        f"# A\n\n* {wrong} One\n* [ ] Two\n\n" + report("One."),
        f"# A\n\n* {right} One\n* [ ] Two\n\n" + report("One."),
        safe=True,
    )
    for wrong, right in (("[x ]", "[x]"), ("[ X]", "[X]"), ("[]", "[ ]"), ("[  ]", "[ ]"))
]

CASES = [*FIGURES, *NOT_SHOWN, *PAGES, *PROMPTS, *CHECKLISTS]
