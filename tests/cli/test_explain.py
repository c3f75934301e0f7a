"""`invigilator explain`, and the pages that it prints."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from types import ModuleType

import pytest

from cli.commands import Command, Process
from drawn import template
from invigilator import explanations
from invigilator.analysis import analyse
from invigilator.checks.registry import RULES
from invigilator.cli.app import run
from invigilator.report.configuration import from_sources
from invigilator.surroundings import GitStatus, Nowhere
from invigilator.surroundings.memory import MemorySurroundings
from pictures import png
from reports import script

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "server/invigilator/explanations"


def finding_codes() -> ModuleType:
    specification = importlib.util.spec_from_file_location("finding_codes", ROOT / "scripts" / "finding_codes.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


# --- the command ------------------------------------------------------------------------------------------------------


def test_a_code(command: Command) -> None:
    result = command("explain", "figure.remote")
    assert (result.code, result.err) == (0, "")
    assert result.out == explanations.page("figure.remote")
    assert result.out.startswith("# figure.remote\n")


def test_a_code_in_another_spelling(command: Command) -> None:
    assert command("explain", " Figure.Remote ").out.startswith("# figure.remote\n")


def test_all_codes(command: Command) -> None:
    result = command("explain")
    assert (result.code, result.err) == (0, "")
    assert [line.split()[:2] for line in result.out.splitlines()] == [[r.code, r.severity] for r in RULES.values()]


@pytest.mark.parametrize("family", ["marker", "marker.*", "m?rker.*"])
def test_the_codes_of_a_family(command: Command, family: str) -> None:
    result = command("explain", family)
    assert result.code == 0
    assert [line.split()[0] for line in result.out.splitlines()] == ["marker.missing", "marker.duplicate"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("figure.remot", "figure.remote"),
        ("answers.heading", "answer.heading"),
        ("heading", "answer.heading"),
        ("qqq", "the families are report.*"),
    ],
)
def test_an_unknown_code(command: Command, given: str, says: str) -> None:
    result = command("explain", given)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"invigilator: {given} is no code of a finding")
    assert says in result.err
    assert result.err.count("\n") == 1


def test_two_codes_at_once_are_refused(command: Command) -> None:
    assert command("explain", "figure.remote", "figure.link").code == 2


def test_on_a_console_that_knows_few_characters(process: Process) -> None:
    done = process("explain", "figure.too-few", env={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"# figure.too-few")


def test_in_a_terminal_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(StringIO):
        def isatty(self) -> bool:
            return True

    screen = Screen()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdout", screen)
    assert run(lambda address: 0, ["explain", "figure.remote"]) == 0
    assert "figure.remote" in screen.getvalue()
    assert "## Why" not in screen.getvalue()
    assert "Why it matters" in screen.getvalue()


def test_a_page_that_is_not_installed(command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(explanations, "FOLDER", tmp_path)
    result = command("explain", "figure.remote")
    assert (result.code, result.out) == (2, "")
    assert "install Invigilator again" in result.err


# --- the pages --------------------------------------------------------------------------------------------------------


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.md")) == sorted(RULES)


def test_pages_copies_and_tables_are_up_to_date() -> None:
    script = finding_codes()
    stale = [
        str(path.relative_to(ROOT))
        for path, text in script.documents().items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run: python scripts/finding_codes.py"
    assert script.strays() == []


def test_a_stale_page_is_noticed() -> None:
    script = finding_codes()
    rule = RULES["figure.remote"]
    old = explanations.page(rule.code)
    assert script.page(rule, old) == old
    assert script.page(rule, old.replace("# figure.remote", "# figure.elsewhere", 1)) == old
    assert script.page(rule, old.replace("ignore figure.remote", "ignore figure.elsewhere")) == old
    for heading in ("## Why it matters", "## Example", "## How to mend it"):
        with pytest.raises(SystemExit, match="must have the headings"):
            script.page(rule, old.replace(heading, "## Other"))


@pytest.mark.parametrize("code", RULES)
def test_a_page(code: str) -> None:
    text = explanations.page(code)
    assert [line for line in text.splitlines()[3:] if len(line) > 120] == []
    parts = re.split(r"(?m)^## (Why it matters|Example|How to mend it|To silence it)$", text)
    assert parts[1::2] == ["Why it matters", "Example", "How to mend it", "To silence it"]
    why, _, fix, silence = parts[2::2]
    assert len(why.split()) > 20
    assert len(fix.split()) >= 10
    (settings,) = re.findall(r"```toml\n(.*?)```", silence, re.DOTALL)
    configuration, problems = from_sources(("invigilator.toml", settings))
    assert problems == ()
    assert configuration.ignore == (code,)
    assert code in configuration.severity


@pytest.mark.parametrize("code", RULES)
def test_a_page_is_no_report(code: str) -> None:
    """An editor opens it when the code is clicked, and the server must be silent there."""
    assert not analyse(explanations.page(code), Nowhere()).is_report


PICTURES = ("loss", "Loss-curve", "confusion matrix", "confusion", "dashboard", "pipeline", "roc", "losses", "val")
BESIDE: dict[str, bytes | str] = {
    **{f"figures/{name}.png": png() for name in (*PICTURES, "architecture")},
    "figures/architecture.pdf": b"%PDF",
    "notebooks/out/loss.png": png(),
}
ANOTHER = "\n### Question 15\n\n> Answer:\n\nyes\n"
IN_CONTEXT: dict[str, Callable[[str], str]] = {
    "report.unreadable": lambda text: template(5) + "\n" + text + ANOTHER,
    "report.shifted": lambda text: template(1) + "\n" + text,
    "question.missing": lambda text: template(10) + "\n" + text + "\n> Answer:\n\nyes\n",
    "question.out-of-order": lambda text: text.replace("\n", "\n\n> Answer:\n\nyes\n\n"),
    "question.unknown": lambda text: template(6) + "\n" + text,
    "marker.missing": lambda text: text + ANOTHER,
    "answer.heading": lambda text: "### Question 14\n\n" + text + ANOTHER,
    "checklist.malformed-box": lambda text: text + ANOTHER,
}
"""What must stand around the examples of some codes."""
SETTINGS: dict[str, dict[str, object]] = {
    "report.unreadable": {"questions": 7},
    "report.shifted": {"questions": 3, "limits": {"2": {"words": [2, 9]}, "3": {"words": [2, 9]}}},
    "question.missing": {"questions": 13},
    "question.unknown": {"questions": 6},
}
NO_EXAMPLE = ("answer.too-short", "answer.too-long", "prompt.limit-removed")  # they would fill a page


@pytest.mark.parametrize("code", [code for code in RULES if code not in NO_EXAMPLE])
def test_an_example_is_found_before_and_not_after(code: str) -> None:
    example = explanations.page(code).partition("## Example")[2].partition("## How to mend it")[0]
    before, *after = [block for _, block in re.findall(r"(?ms)^(`{3,4})markdown\n(.*?)^\1$", example)]
    files = dict(BESIDE)
    if code == "figure.corrupt":
        files["figures/loss.png"] = b""
    elif code == "limits.disagree":
        files["report.py"] = script({14: ((50, 100), None)}, 14)
    elif code == "prompt.changed":
        files["invigilator.toml"] = 'template = "template.md"'
        files["template.md"] = f"### Question 14\n\n{after[0]}"
    git: dict[str, GitStatus] = {"figures/loss.png": "untracked"} if code == "figure.untracked" else {}

    def codes(text: str) -> set[str]:
        if code in IN_CONTEXT:
            text = IN_CONTEXT[code](text)
        elif "### Question" not in text:
            marker = "" if "Answer:" in text else "> Answer:\n\n"
            text = f"{text}{marker}\nyes\n" if code == "limits.disagree" else f"{marker}{text}"
            text = f"### Question 14\n\n{text}"
        analysis = analyse(text, MemorySurroundings(files, git=git), SETTINGS.get(code, {}))
        return {finding.code for _, finding in analysis.placed()}

    assert code in codes(before)
    assert [code in codes(text) for text in after] in ([], [False])
    assert after or code in ("figure.corrupt", "figure.untracked", "limits.disagree")


def test_where_a_page_is() -> None:
    address = explanations.address("figure.remote")
    assert address == (PAGES / "figure.remote.md").as_uri()
    assert explanations.address("no.code") is None
