"""The fixes of ``answer.*``, ``marker.*``, ``question.*`` and ``report.*``."""

from __future__ import annotations

from fixes.cases import Case, of_answer, of_report
from reports import question, words


def two(first: str, second: str = "Two.") -> str:
    return question(1, first) + question(2, second)


HEADINGS = [
    of_answer("answer.heading", "Make the heading bold", "One.\n\n## Two\n\nThree.", "One.\n\n**Two**\n\nThree."),
    of_answer("answer.heading", "Make the heading bold", "One.\n### Two ###\nThree.", "One.\n\n**Two**\n\nThree."),
    of_answer("answer.heading", "Make the heading bold", "##Two **words**\n\nx", "**Two words**\n\nx"),
    of_answer("answer.heading", "Make the heading bold", "> ## Two\n> x", "> **Two**\n> x"),
    of_answer("answer.heading", "Make the heading bold", "One.\n\n##\n\nTwo.", "One.\n\nTwo."),
    of_answer(
        "answer.heading",
        "Make the 2 headings bold",
        "## One\n\na\n\n#### Two\n\nb",
        "**One**\n\na\n\n**Two**\n\nb",
    ),
    of_answer("answer.heading", "Write # for ##", "We wrote C## in it.", "We wrote C# in it."),
    of_answer("answer.heading", "Write # for ##", "Run:\n\n    ## it\n    x", "Run:\n\n    # it\n    x"),
    of_answer(
        "answer.heading",
        "Make the heading bold and write # for ## in 2 places",
        "a ## b\n\n## Two\n\n`### x`",
        "a # b\n\n**Two**\n\n`# x`",
    ),
    Case("answer.heading", "Make the heading bold", two("x", "## a\n\n### b"), two("x", "## a\n\n**b**")),
    of_answer(
        "answer.setext-heading",
        "Put a blank line above the dashes",
        "One.\n---\n\nTwo.",
        "One.\n\n---\n\nTwo.",
        safe=True,
    ),
    of_answer("answer.setext-heading", "Delete the line of dashes", "One.\n---\n\nTwo.", "One.\n\nTwo."),
]

REMAINS = [
    of_answer(
        "answer.placeholder-left",
        "Delete the placeholder",
        "--- question 1 fill here ---\n\nOne.",
        "One.",
    ),
    of_answer(
        "answer.placeholder-left",
        "Delete the placeholder",
        "One.\n\n--- question 1 fill here ---\n\nTwo.",
        "One.\n\nTwo.",
    ),
    of_answer("answer.placeholder-left", "Delete the placeholder", "One.\n--- question 1 fill here ---", "One."),
    of_answer(
        "answer.placeholder-left", "Delete the placeholder", "--- question 1 fill here --- And so on.", "And so on."
    ),
    of_answer("answer.placeholder-left", "Delete the placeholder", "So. question 1 fill here --- And.", "So. And."),
    Case(
        "answer.placeholder-left",
        "Delete the placeholder",
        question(1, "x") + question(2, "Two.\n\n--- question 2 fill here ---").rstrip("\n"),
        question(1, "x") + question(2, "Two.").rstrip("\n"),
    ),
    of_answer("answer.placeholder-dashes", "Delete the dashes", "--- We did it. ---", "We did it.", safe=True),
    of_answer("answer.placeholder-dashes", "Delete the dashes", "---We did it.", "We did it.", safe=True),
    of_answer("answer.placeholder-dashes", "Delete the dashes", "One.\n\nTwo. ---", "One.\n\nTwo.", safe=True),
    of_answer("answer.placeholder-dashes", "Delete the dashes", "---\n\nOne.\n\n---", "One.", safe=True),
    of_answer("answer.in-quote", "Take it out of the quote", "> One,\n> two.\n>\n> Three.", "One,\ntwo.\n\nThree."),
    of_answer("answer.in-quote", "Take it out of the quote", "One.\n>> Two,\n>three.", "One.\n\nTwo,\nthree."),
    Case(
        "answer.in-quote",
        "Take it out of the quote",
        two("x").replace("> Answer:\n\nx", "> Answer:\n> One.\n> Two."),
        two("x").replace("> Answer:\n\nx", "> Answer:\n\nOne.\nTwo."),
    ),
    Case(
        "answer.in-quote",
        "Take it out of the quote",
        two("One.").replace("> Answer:\n\n", "> Answer:\n>\n", 1),
        two("One."),
    ),
    Case(
        "answer.joins-quote",
        "Put a blank line below the marker",
        two("One,\ntwo.").replace("> Answer:\n\n", "> Answer:\n", 1),
        two("One,\ntwo."),
        safe=True,
    ),
    Case(
        "answer.joins-quote",
        "Put a blank line below the marker",
        two("One.").replace("> Answer:\n\n", "> *Answer:*  ", 1),
        two("One.").replace("> Answer:", "> *Answer:*", 1),
        safe=True,
    ),
    of_answer(
        "answer.text-vanishes",
        "Put back-ticks ` around it",
        "Go to https://<project-id>.example.org.",
        "Go to https://`<project-id>`.example.org.",
        safe=True,
    ),
]

UNCLOSED = [
    of_answer(
        "answer.unclosed",
        "Close the code block at the end of the answer",
        "```py\nx = 1\n\ny = 2",
        "```py\nx = 1\n\ny = 2\n```",
    ),
    of_answer(
        "answer.unclosed",
        "Close the code block before the next empty line",
        "~~~~\nx = 1\n\nSo it is.",
        "~~~~\nx = 1\n~~~~\n\nSo it is.",
    ),
    of_answer(
        "answer.unclosed",
        "Close the code block at the end of the answer",
        "- one\n\n  ```py\n  x = 1",
        "- one\n\n  ```py\n  x = 1\n  ```",
    ),
    of_answer("answer.unclosed", "Close the code block at the end of the answer", "One.\n\n```", "One.\n\n```\n```"),
    of_answer(
        "answer.unclosed", "Write --> at the end of the answer", "One.\n\n<!-- a\n\nb", "One.\n\n<!-- a\n\nb -->"
    ),
    of_answer(
        "answer.unclosed", "Write --> before the next empty line", "One.\n\n<!-- a\n\nb", "One.\n\n<!-- a -->\n\nb"
    ),
]

MARKERS = [
    Case("marker.missing", "Insert > Answer:", two("One.").replace("> Answer:\n", "", 1), two("One.")),
    Case(
        "marker.missing",
        "Insert > Answer:",
        two("One.").replace(">\n> Answer:\n", "", 1),
        two("One."),
    ),
    Case(
        "marker.missing",
        "Insert > Answer:",
        two("x").replace(">\n> Answer:\n\nx", "We did.\n\n> They said so.", 1),
        two("x").replace("\n\nx", "\n\nWe did.\n\n> They said so.", 1),
    ),
    of_report(
        "marker.missing",
        "Insert > Answer:",
        """
        ### Question 1

        We did it.

        ### Question 2

        > Answer:

        So.
        """,
        """
        ### Question 1

        > Answer:

        We did it.

        ### Question 2

        > Answer:

        So.
        """,
    ),
    Case("marker.missing", "Write > Answer:", two("One.").replace("> Answer:", "> *answer*", 1), two("One.")),
    Case("marker.duplicate", "Delete the second marker", two("One.\n\n> Answer:\n\nTwo."), two("One.\n\nTwo.")),
    Case("marker.duplicate", "Delete the second marker", two("Answer:\n\nTwo."), two("Two.")),
    Case("marker.duplicate", "Delete the second marker", two("One.\n\n**Answer:** Two."), two("One.\n\nTwo.")),
    Case("marker.duplicate", "Write Answer without the colon", two("The Answer: so."), two("The Answer so.")),
]

QUESTIONS = [
    Case(
        "question.missing",
        "Write ### Question 3",
        "".join(question(n, words(150)) for n in range(1, 28)).replace("### Question 3\n", "## Question 3\n"),
        "".join(question(n, words(150)) for n in range(1, 28)),
    ),
    Case(
        "question.missing",
        "Write ### Question 3",
        "".join(question(n, words(150)) for n in range(1, 28)).replace("### Question 3\n", "###Question 3 on data\n"),
        "".join(question(n, words(150)) for n in range(1, 28)).replace("### Question 3\n", "### Question 3: on data\n"),
    ),
    Case(
        "question.missing",
        "Insert question 3",
        "".join(question(n, words(150)) for n in range(1, 28) if n != 3),
        "".join(
            question(n, words(150)) if n != 3 else "### Question 3\n\n> Answer:\n\n--- question 3 fill here ---\n\n"
            for n in range(1, 28)
        ),
    ),
    Case(
        "question.missing",
        "Insert question 1",
        "".join(question(n, words(150)) for n in range(2, 28)),
        "### Question 1\n\n> Answer:\n\n--- question 1 fill here ---\n\n"
        + "".join(question(n, words(150)) for n in range(2, 28)),
    ),
    Case(
        "question.missing",
        "Insert question 27",
        "".join(question(n, words(150)) for n in range(1, 27)).rstrip("\n"),
        "".join(question(n, words(150)) for n in range(1, 27))
        + "### Question 27\n\n> Answer:\n\n--- question 27 fill here ---\n",
    ),
]

CONFLICT = two("One.\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> main\nTwo.")
WITH_BASE = two("One.\n<<<<<<< HEAD\nours\n||||||| 1234\nbase\n=======\ntheirs\n>>>>>>> main\nTwo.")
CONFLICTS = [
    Case("report.conflict-marker", f"Keep {which}", text, two(f"One.\n{kept}\nTwo."))
    for text in (CONFLICT, WITH_BASE)
    for which, kept in (("ours", "ours"), ("theirs", "theirs"), ("both", "ours\ntheirs"))
]

CASES = [*HEADINGS, *REMAINS, *UNCLOSED, *MARKERS, *QUESTIONS, *CONFLICTS]
