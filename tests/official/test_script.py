"""Limits read from a course's script as syntax: both of its shapes, reformatted ones, files that are no such script."""

from __future__ import annotations

import textwrap
import time
from pathlib import Path

import pytest

from invigilator.official.script import Script, read_script
from invigilator.report.model import Bounds, Constraint, Problem

OLD = '''
"""Checks a hand-in."""
from functools import partial
import click

@click.command()
def html():
    with open("hand-in.md") as file:
        page = file.read()
    page = page[99:]

@click.command()
def check():
    with open("hand-in.md", "r") as file:
        text = file.read()
    text = text[12:]
    answers = text.split("Answer:")[1:]
    if len(answers) != 5:
        raise ValueError("answers are missing")

    def no_constraints(answer, index):
        pass

    def length_constraints(answer, index, min_length, max_length):
        if not min_length <= len(answer.split()) <= max_length:
            raise ValueError(index)

    def image_constrains(answer, index, min_length, max_length):
        pass

    def multi_constrains(answer, index, constrains):
        for one in constrains:
            one(answer, index)

    question_constrains = [
        no_constraints,
        partial(length_constraints, min_length=10, max_length=20),
        partial(image_constrains, min_length=1, max_length=2),
        partial(
            multi_constrains,
            constrains=(
                partial(length_constraints, min_length=30, max_length=40),
                partial(image_constrains, min_length=1, max_length=1),
            ),
        ),
        no_constraints,
    ]
    for index, (limit, answer) in enumerate(zip(question_constrains, answers)):
        limit(answer, index)
'''

NEW = """
from dataclasses import dataclass

@dataclass
class NoConstraints:
    def __call__(self, answer: str) -> bool:
        return True

@dataclass
class LengthConstraints:
    min_length: int
    max_length: int

@dataclass
class ImageConstraints:
    min_images: int = 1
    max_images: int = 3

@dataclass
class MultiConstraints:
    constrains: list

def check():
    text = read("hand-in.md")
    answers = cut(text)
    if len(answers) != 5:
        raise ValueError(f"expected 5, not {len(answers)}")
    question_constraints = {
        "question_1": NoConstraints(),
        "question_2": LengthConstraints(min_length=10, max_length=20),
        "question_3": ImageConstraints(min_images=1, max_images=2),
        "question_4": MultiConstraints(
            constrains=[
                LengthConstraints(min_length=30, max_length=40),
                ImageConstraints(min_images=1, max_images=1),
            ]
        ),
        "question_5": NoConstraints(),
    }
"""

FIVE = {
    1: Constraint(),
    2: Constraint(words=Bounds(10, 20)),
    3: Constraint(images=Bounds(1, 2)),
    4: Constraint(words=Bounds(30, 40), images=Bounds(1, 1)),
    5: Constraint(),
}


def script(source: str) -> Script:
    result = read_script(textwrap.dedent(source), "reports/report.py")
    assert isinstance(result, Script), result
    return result


def problem(source: str) -> Problem:
    result = read_script(source, "reports/report.py")
    assert isinstance(result, Problem), result
    return result


def one(entry: str, before: str = "") -> object:
    """The words and images of one entry of a table, the second; None where it is not understood."""
    result = script(f"{textwrap.dedent(before)}\nquestion_constraints = [NoConstraints(), {entry}]\n")
    constraint = result.constraints.get(2)
    assert (constraint is None) == bool(result.problems)
    assert constraint is None or constraint.characters is None  # no script counts them
    return constraint and constraint[:2]


def test_the_list_of_functions() -> None:
    assert script(OLD) == Script(FIVE, questions=5, dropped_head=12)


def test_the_dict_of_objects() -> None:
    assert script(NEW) == Script(FIVE, questions=5, dropped_head=0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("question_constrains", "questions_constraints"),
        ("question_constrains = [", "question_constrains: list = ["),
        ("    question_constrains = [", "    global question_constrains\n    question_constrains = ["),
        ("partial(", "functools.partial("),
        ("min_length=10, max_length=20", "max_length=20, min_length=10"),
        ("min_length=10, max_length=20", "min_length=SHORT, max_length = LONG\n"),
        ("len(answers) != 5", "len(answers) == 5"),
        ("len(answers) != 5", "5 != len(answers)"),
        ("len(answers) != 5", "not len(answers) == EXPECTED"),
        ("len(answers) != 5", "len(answers) < 5"),
        ("len(answers) != 5", "len(answers) != len(question_constrains)"),
        ("len(answers) != 5", "answers"),
        ("text = text[12:]", "text = text[HEAD:]"),
        ("text = file.read()\n    text = text[12:]", "text = file.read()[12:]"),
        ("text = file.read()\n    text = text[12:]", "raw = file.read()\n    text = raw[12:]"),
        ("    text = text[12:]", "    text = text[12:]\n    text = text[:-1]\n    rest = answers[3:]"),
    ],
)
def test_reformatted(old: str, new: str) -> None:
    assert old in OLD
    constants = "SHORT = 10\nLONG: int = 20\nEXPECTED = 5\nHEAD = 12\n"
    assert script(constants + OLD.replace(old, new)) == Script(FIVE, questions=5, dropped_head=12)


def test_other_line_endings_quotes_and_a_byte_order_mark() -> None:
    assert script("\ufeff" + NEW.replace('"', "'").replace("\n", "\r\n")) == Script(FIVE, questions=5, dropped_head=0)


@pytest.mark.parametrize(
    "table",
    [
        '{"question_1": NoConstraints(), "question_2": LengthConstraints(5, 9)}',
        "{1: NoConstraints(), 2: LengthConstraints(5, 9)}",
        "{0: NoConstraints(), 1: LengthConstraints(5, 9)}",
        "dict(question_1=NoConstraints(), question_2=LengthConstraints(5, 9))",
        '{"Q1": None, **OTHERS}',
        '{"Q1": None} | OTHERS',
        "[NoConstraints(), LengthConstraints(5, 9)]",
        "(NoConstraints(), LengthConstraints(5, 9))",
        "[NoConstraints()] * 1 + [LengthConstraints(5, 9)]",
        "[NoConstraints(), *MORE]",
    ],
)
@pytest.mark.parametrize("where", ["{}", "def check():\n    {}", "class Limits:\n    {}"])
def test_shapes_of_the_table(table: str, where: str) -> None:
    helpers = "OTHERS = {2: LengthConstraints(5, 9)}\nMORE = [LengthConstraints(5, 9)]\n"
    result = script(helpers + where.format(f"question_constraints = {table}"))
    assert result == Script({1: Constraint(), 2: Constraint(words=Bounds(5, 9))}, questions=2, dropped_head=0)


CLASS = """
class ImageConstraints:
    min_images: int = 1
    max_images: int = 3
"""
INIT = """
class LengthConstraints:
    def __init__(self, max_length, min_length=7):
        pass
"""
FUNCTION = """
def length_constraints(low_is_unused, min_length=4, *, max_length=8):
    pass
"""


@pytest.mark.parametrize(
    ("entry", "before", "constraint"),
    [
        ("ImageConstraints()", CLASS, (None, (1, 3))),
        ("ImageConstraints(2)", CLASS, (None, (2, 3))),
        ("ImageConstraints(max_images=9)", CLASS, (None, (1, 9))),
        ("LengthConstraints(20)", INIT, ((7, 20), None)),
        ("LengthConstraints(20, 10)", INIT, ((10, 20), None)),
        ("partial(length_constraints)", FUNCTION, ((4, 8), None)),
        ("partial(length_constraints, 0, 5)", FUNCTION, ((5, 8), None)),
        ("LengthConstraints(5, 9)", "", ((5, 9), None)),
        ("course.LengthConstraints(min_length=5)", "", ((5, None), None)),
        ("LengthConstraints(min_length=5, max_length=float('inf'))", "", ((5, None), None)),
        ("LengthConstraints(min_length=None, max_length=9)", "", ((None, 9), None)),
        ("WORDS", "WORDS = LengthConstraints(5, 9)", ((5, 9), None)),
        ("MultiConstraints([LengthConstraints(5, 9), ImageConstraints(1, 2)])", "", ((5, 9), (1, 2))),
        ("MultiConstraints(LengthConstraints(5, 9), ImageConstraints(1, 2))", "", ((5, 9), (1, 2))),
        ("MultiConstraints([LengthConstraints(5, 9), LengthConstraints(7, 12)])", "", ((7, 9), None)),
        ("no_constraints", "", (None, None)),
        ("no_constraints", "no_constraints = lambda answer: True", (None, None)),
        ("None", "", (None, None)),
    ],
)
def test_entries(entry: str, before: str, constraint: tuple[object, object]) -> None:
    assert one(entry, before) == constraint


@pytest.mark.parametrize(
    "entry",
    [
        "lambda answer: len(answer) > 3",
        "LengthConstraints()",
        "LengthConstraints(min_length=-5, max_length=9)",
        "LengthConstraints(min_length=int('5'), max_length=9)",
        "LengthConstraints(min_length='5', max_length=9)",
        "LengthConstraints(min_length=True, max_length=9)",
        "LengthConstraints(*ENDS)",
        "LengthConstraints(**ENDS)",
        "SpellingConstraints(1, 2)",
        "MultiConstraints([LengthConstraints(5, 9), SpellingConstraints()])",
        "WORDS",
        "3",
    ],
)
def test_entries_that_only_running_would_tell(entry: str) -> None:
    assert one(entry, "WORDS = WORDS\nENDS = (5, 9)") is None


def test_an_entry_that_is_not_understood_spoils_no_other() -> None:
    result = script(NEW.replace("LengthConstraints(min_length=10, max_length=20)", "made_elsewhere()"))
    assert result.constraints == {number: constraint for number, constraint in FIVE.items() if number != 2}
    assert result.questions == 5
    line = 1 + NEW[: NEW.index('"question_2"')].count("\n")
    (only,) = result.problems
    assert (only.path, only.line) == ("reports/report.py", line)
    assert "question 2" in only.message


def test_entries_set_below_the_table() -> None:
    result = script(
        'question_constraints = {"question_1": None}\nquestion_constraints["question_2"] = ImageConstraints(1, 2)'
    )
    assert result.constraints == {1: Constraint(), 2: Constraint(images=Bounds(1, 2))}
    assert result.problems == ()


@pytest.mark.parametrize(
    "change", ["limits.append(NoConstraints())", "limits += [None]", "limits[i] = NoConstraints()"]
)
def test_a_table_that_is_changed_later_is_told(change: str) -> None:
    result = script(f"limits = [NoConstraints()]\n{change}\n")
    assert result.constraints == {1: Constraint()}
    assert [found.line for found in result.problems] == [2]


def test_the_table_of_the_questions_is_preferred() -> None:
    result = script("limits = [NoConstraints()] * 9\nquestion_constraints = [LengthConstraints(1, 2)]\n")
    assert result.constraints == {1: Constraint(words=Bounds(1, 2))}


def test_what_check_calls_belongs_to_it() -> None:
    source = """
        def html():
            return open("x").read()[99:]
        def answers_of(file):
            return file.read()[7:].split("Answer:")
        def check():
            answers = answers_of(open("x"))
            assert len(answers) == 3
            constraints = [None]
        """
    assert script(source) == Script({1: Constraint()}, questions=3, dropped_head=7)


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("def check(:\n", 1, "not valid Python"),
        ("x = 1\n<<<<<<< ours\n", 2, "not valid Python"),
        ("", None, "no table"),
        ("print('hello')", None, "no table"),
        ("question_constraints = []", None, "no table"),
        ("question_constraints = load()", None, "no table"),
        ("\nquestion_constraints = [f(i) for i in x] + [1]", 2, "none of its limits"),
        ("\nlimits = [[NoConstraints()] * n, 1]", 2, "none of its limits"),
        ("\nlimits = [NoConstraints()] * n", 2, "none of its limits"),
        ("\nlimits = {**limits_of(2)}", 2, "none of its limits"),
        ("x = '\ud800'", None, "characters"),
        ("#" * 60_000, None, "60,000"),
    ],
)
def test_what_is_no_such_script(source: str, line: int | None, words: str) -> None:
    found = problem(source)
    assert (found.path, found.line) == ("reports/report.py", line)
    assert words in found.message


def test_null_bytes() -> None:
    assert problem("limits = [None]\0").path == "reports/report.py"


@pytest.mark.parametrize(
    "source",
    [
        "limits = " + "(" * 40_000,
        "limits = " + "-" * 40_000 + "1",
        "limits = [a" + ".b" * 20_000 + "]",
        "limits = [1" + "+1" * 20_000 + "]",
        "limits = " + "[1] + " * 6_000 + "[1]",
        "limits = [a" + "()" * 20_000 + "]",
        "limits = [" + "MultiConstraints([" * 90 + "])" * 90 + "]",
        "limits = limits + limits",
        "limits = [*limits]",
        "limits = {**limits}",
        "a0 = []\n" + "".join(f"a{i} = a{i - 1} + a{i - 1}\n" for i in range(1, 300)) + "limits = a299",
        "a0 = [None] * 9\n" + "".join(f"a{i} = a{i - 1} * 999\n" for i in range(1, 300)) + "limits = a299",
        "a0 = {}\n" + "".join(f"a{i} = {{**a{i - 1}, **a{i - 1}}}\n" for i in range(1, 300)) + "limits = a299",
        "m0 = None\n" + "".join(f"m{i} = Multi([m{i - 1}, m{i - 1}])\n" for i in range(1, 300)) + "limits = [m299]",
        "limits = [NoConstraints()] * 999999999999",
    ],
)
def test_a_hostile_file_costs_neither_a_crash_nor_time(source: str) -> None:
    start = time.perf_counter()
    assert isinstance(read_script(source, "report.py"), (Script, Problem))
    assert time.perf_counter() - start < 5


def test_nothing_is_run(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    source = f"open({str(trace)!r}, 'w').write('ran')\nlimits = [NoConstraints()]\n"
    assert script(source).constraints == {1: Constraint()}
    assert not trace.exists()
