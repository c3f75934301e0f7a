"""0: fine. 1: something was found, or the official check fails. 2: something could not be read."""

from __future__ import annotations

import pytest

from cli.commands import Command, Files
from reports import numbered, question, report, script, words

REMOTE = "![a](https://example.org/a.png)"  # figure.remote, information
FINE = numbered([words(12)] * 3)
JUDGED = script({1: ((10, 30), None)}, 3)


@pytest.mark.parametrize(
    ("text", "arguments", "code"),
    [
        (FINE, [], 0),
        (numbered([words(12), REMOTE, "x"]), [], 0),
        (numbered([words(12), REMOTE, "x"]), ["--fail-on", "information"], 1),
        (numbered([words(12), REMOTE, "x"]), ["--fail-on", "hint"], 1),
        (numbered([words(12), "![a](no.png)", "x"]), ["--fail-on", "error"], 1),
        (numbered([words(12), "![a](no.png)", "x"]), ["--fail-on", "never"], 0),
        (numbered([words(12), "x --- question 2 fill here ---", "x"]), [], 1),
        (numbered([words(12), "x --- question 2 fill here ---", "x"]), ["--fail-on", "error"], 0),
        # the official check fails question 1, whatever findings are asked for
        (numbered([words(2), "x", "x"]), ["--fail-on", "error"], 1),
        (numbered([words(2), "x", "x"]), ["--ignore", "*.*"], 1),
        (numbered([words(2), "x", "x"]), ["--fail-on", "never"], 0),
        # it does not run
        (report(question(1, words(12)), question(2, "x", marker=None), question(3, "x")), ["--ignore", "*.*"], 1),
        (report(question(1, words(12)), question(2, "x", marker=None), question(3, "x")), ["--fail-on", "never"], 0),
    ],
)
def test_fine_or_not(files: Files, command: Command, text: str, arguments: list[str], code: int) -> None:
    files({"README.md": text, "report.py": JUDGED})

    result = command("check", *arguments)

    assert (result.code, result.err) == (code, "")


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("no.md", None, "no.md: no such file or folder"),
        ("no/such.md", None, "no/such.md: no such file or folder"),
        ("empty.md", b"", "empty.md: is not a report: it is empty"),
        ("notes.md", b"# Notes\n", "notes.md: is not a report: it has no question heading such as `### Question 1`"),
        (
            "prompts.md",
            b"### Question 1\n\nWhy?\n",
            "prompts.md: is not a report: it has question headings, but no `Answer:` below any of them",
        ),
        (
            "latin.md",
            "### Question 1\r\n\r\n> Answer:\r\n\r\nÆrø".encode("latin-1"),
            "latin.md: is not UTF-8: byte offset 31, line 5; save it as UTF-8",
        ),
        (
            "wide.md",
            FINE.encode("utf-16"),
            "wide.md: is not UTF-8 but UTF-16 (byte offset 0, line 1): save it as UTF-8",
        ),
        ("figure.png", b"\x89PNG\r\n", "figure.png: is not UTF-8: byte offset 0, line 1; save it as UTF-8"),
        ("huge.md", b"x" * (16 * 1024**2 + 1), "huge.md: is larger than 16 MiB, too large for a report"),
        (
            "notes/todo.md",
            b"# To do\n",
            "notes: no report in this folder: no Markdown file below it has questions to answer",
        ),
    ],
)
def test_unusable_input_is_told_in_one_line(
    files: Files, command: Command, path: str, content: bytes | None, said: str
) -> None:
    files({path: content} if content is not None else {})

    result = command("check", "notes" if path == "notes/todo.md" else path)

    assert result == (2, "", f"invigilator: {said}\n")


def test_an_empty_folder(files: Files, command: Command) -> None:
    result = command("check", str(files({})))

    assert result.code == 2
    assert result.err.count("\n") == 1
    assert "no report in this folder" in result.err


def test_a_link_that_leads_nowhere(files: Files, command: Command) -> None:
    (files({}) / "README.md").symlink_to("gone.md")

    assert command("check", "README.md").err == "invigilator: README.md: is a link that leads nowhere\n"
    assert command("check").err == "invigilator: README.md: is a link that leads nowhere\n"


def test_one_unreadable_report_does_not_stop_the_others(files: Files, command: Command) -> None:
    files({"a.md": FINE, "b.md": FINE.encode() + b"\xff", "c.md": numbered([words(3), None, words(3)])})

    result = command("check", "a.md", "b.md", "c.md", "d.md")

    assert result.code == 2
    assert "a.md (limits from its prompts)\n" in result.out
    assert "c.md (limits from its prompts)\n" in result.out
    assert "\nb.md: is not UTF-8: byte offset " in result.out
    assert result.out.endswith("4 reports: 2 fine, 2 not checked; 1 finding: 1 information\n")
    assert [line.split(": ")[1] for line in result.err.splitlines()] == ["b.md", "d.md"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "yaml"], "'yaml' is not one of 'text', 'json'"),
        (["--fail-on", "bad"], "'bad' is not one of"),
        (["--selekt", "x"], "--selekt"),
        (["--select", "figur.remote"], "figur.remote is no code of a finding: did you mean figure.remote"),
        (["--select", "figure.remote,answer.to-short"], "did you mean answer.too-short"),
        (["--ignore", "figure"], "did you mean figure.*"),
        (["--ignore", "pages.*"], "pages.* is no code of a finding"),
        (["--ignore", "zzz"], "the families are report.*, question.*, marker.*, answer.*, prompt.*, limits.*"),
    ],
)
def test_a_call_that_is_not_understood(files: Files, command: Command, arguments: list[str], said: str) -> None:
    files({"README.md": FINE})

    result = command("check", *arguments)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("invigilator: ")
    assert result.err.count("\n") == 1
    assert said in result.err


def test_a_fault_of_ours_is_one_line_and_never_quotes_the_report(
    files: Files, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(text: str, surroundings: object) -> None:
        raise KeyError(text)

    monkeypatch.setattr("invigilator.cli.loading.analyse", broken)
    files({"README.md": FINE})

    result = command("check", "README.md")

    assert result.code == 2
    assert result.err.startswith(
        "invigilator: README.md: could not be checked, which is a fault of Invigilator (KeyError"
    )
    assert result.err.count("\n") == 1
    assert "word word" not in result.err


def test_no_command_shows_what_there_is(command: Command) -> None:
    result = command()

    assert (result.code, result.out) == (2, "")
    assert "check" in result.err
    assert "serve" in result.err


def test_the_version(command: Command) -> None:
    result = command("--version")

    assert result.code == 0
    assert result.out.startswith("invigilator 0.")
