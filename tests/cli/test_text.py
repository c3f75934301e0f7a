"""What a reader sees of a report, and in which order."""

from __future__ import annotations

import re

from inline_snapshot import snapshot

from cli.commands import Command, Files
from invigilator.checks.answers import PLACEHOLDER_LEFT
from reports import numbered, question, report, script, words

JUDGED = script({1: ((10, 30), None), 2: ((10, 30), (1, 2)), 3: ((0, 5), None), 4: (None, (1, 1))}, 5)


def printed(command: Command, *arguments: str) -> str:
    """What is printed, with `...` for each finding's message, whose words are the business of its own tests."""
    return re.sub(r"(: (?:error|warning|information|hint): ).* (?=\[)", r"\1... ", command(*arguments).out)


def test_failing_questions_first_then_findings_then_the_verdict(files: Files, command: Command) -> None:
    text = numbered([words(12), words(8), words(6), None, None])
    files({"reports/README.md": text, "reports/report.py": JUDGED})

    assert printed(command, "check") == snapshot("""\
reports/README.md (limits from its report.py)

These questions fail the official check:

  Question  Words  asked  Images  asked  What is wrong                 Line
         2      8  10-30       0  1-2    2 words short, 1 image short    13
         3      6  max 5                 1 word over                     21
         4      -                 1      not answered                    29

Question 2:
reports/README.md:17:3: warning: ... [answer.too-short]
reports/README.md:17:3: warning: ... [figure.too-few]

Question 3:
reports/README.md:27:26: warning: ... [answer.too-long]

Question 4:
reports/README.md:33:3: warning: ... [answer.missing]

Question 5:
reports/README.md:41:3: information: ... [answer.missing]

Pass: 1
Pass, but not answered: 5
5 findings: 4 warnings, 1 information
2 of 5 pass the official check, 2 unanswered
""")


def test_a_report_without_faults(files: Files, command: Command) -> None:
    files({"README.md": numbered([words(12)] * 4), "report.py": script({1: ((10, 30), None)}, 4)})

    assert printed(command, "check") == snapshot("""\
README.md (limits from its report.py)

Pass: 1-4
no findings
4 of 4 pass the official check, 0 unanswered
""")


def test_without_an_official_check_the_limits_in_the_prompts_judge(files: Files, command: Command) -> None:
    asks = "What did you do?**\n>\n> **Answer length: 10-20 words."
    files({"README.md": numbered([words(12), words(21), None], asks)})

    assert printed(command, "check", "README.md") == snapshot("""\
README.md (limits from its prompts)

These questions do not keep to their limits:

  Question  Words  asked  Images  asked  What is wrong  Line
         2     21  10-20                 1 word over      15
         3      -  10-20                 not answered     25

Question 2:
README.md:23:101: warning: ... [answer.too-long]

Question 3:
README.md:31:3: warning: ... [answer.missing]

Pass: 1
2 findings: 2 warnings
1 of 3 keep to their limits, 1 unanswered
""")


def test_an_official_check_that_stops(files: Files, command: Command) -> None:
    text = report(question(1, words(12)), question(2, words(12), marker=None), question(3, words(6)))
    files({"README.md": text, "report.py": script({1: ((20, 30), None), 3: ((0, 5), None)}, 3)})

    assert printed(command, "check") == snapshot("""\
README.md (limits from its report.py)

The official check has no result; by themselves these questions would fail:

  Question  Words  asked  Images  asked  What is wrong     Line
         1     12  20-30                 8 words short        5
         2      -                        no answer marker    13
         3      6  max 5                 1 word over         20

The report as a whole:
README.md:5:1: error: ... [report.unreadable]

Question 1:
README.md:9:3: warning: ... [answer.too-short]

Question 2:
README.md:13:1: error: ... [marker.missing]

Question 3:
README.md:26:26: warning: ... [answer.too-long]

4 findings: 2 errors, 2 warnings
0 of 3 keep to their limits, 1 unanswered
The official check stops: 2 answers found, 3 expected
""")


def test_an_official_check_that_takes_answers_for_others(files: Files, command: Command) -> None:
    last = f"{words(3)}\n\n### And more\n\n{words(3)}"  # counted twice, which makes up for the marker that is gone
    text = report(question(1, words(12), marker=None), question(2, words(12)), question(3, last))
    files({"README.md": text, "report.py": script({1: ((1, 5), None), 2: ((10, 20), None)}, 3)})

    assert printed(command, "check") == snapshot("""\
README.md (limits from its report.py)

These questions fail the official check:

  Question  Words  asked  Images  asked  What is wrong     Line
         1      -  1-5                   no answer marker     5
  2 (as 1)     12  1-5                   7 words over        12
  3 (as 2)      3  10-20                 7 words short       20

(as N): the official check takes this answer for that of question N, and judges it by its limits.

The report as a whole:
README.md:5:1: error: ... [report.shifted]

Question 1:
README.md:5:1: error: ... [marker.missing]

Question 3:
README.md:28:1: warning: ... [answer.heading]

Pass: 3
3 findings: 2 errors, 1 warning
1 of 3 pass the official check, 1 unanswered
""")


def test_several_reports_end_with_a_line_for_all(files: Files, command: Command) -> None:
    files({"a.md": numbered([words(3)]), "b.md": numbered([None])})

    assert printed(command, "check", "a.md", "b.md") == snapshot("""\
a.md (limits from its prompts)

Pass: 1
no findings
1 of 1 keep to their limits, 0 unanswered

b.md (limits from its prompts)

Question 1:
b.md:9:3: information: ... [answer.missing]

Pass, but not answered: 1
1 finding: 1 information
1 of 1 keep to their limits, 1 unanswered

2 reports: 2 fine; 1 finding: 1 information
""")


def test_a_name_that_would_steer_the_terminal_is_written_as_escapes(files: Files, command: Command) -> None:
    files({"README.md": numbered(["![a](figures/%1b[31m.png)"])})

    result = command("check")

    assert "figures/\\x1b[31m.png" in result.out
    assert "\x1b" not in result.out


def test_a_message_stands_on_one_line_with_its_place_and_code(files: Files, command: Command) -> None:
    files({"README.md": numbered(["x --- question 1 fill here ---"])})

    (line,) = [line for line in command("check").out.splitlines() if line.startswith("README.md:")]

    message = PLACEHOLDER_LEFT.messages[""]
    assert line == f"README.md:11:3: warning: {message} [answer.placeholder-left]"


def test_characters_have_columns_where_a_question_that_fails_limits_them(files: Files, command: Command) -> None:
    text = report(question(1, "abc def", "At most 6 characters."), question(2, words(3), "5-9 words"))
    files({"README.md": text})

    assert printed(command, "check").split("\n\n")[2] == snapshot("""\
  Question  Words  asked  Characters  asked  Images  asked  What is wrong     Line
         1      2                  7  max 6                 1 character over     5
         2      3  5-9                                      2 words short       13\
""")
