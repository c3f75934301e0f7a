"""`invigilator check --fix` and `--fix --diff`: what is written, what is left alone, and what is said."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cli.commands import Command, Files, Process
from invigilator.cli import fix as module
from pictures import png
from reports import question, report

DASHES = "--- We did it like this."
BEFORE = report(question(1, f"{DASHES}\n\nWe used:\n- one\n- two"), question(2, "Two <name>."))
AFTER = BEFORE.replace(DASHES, "We did it like this.").replace("used:\n", "used:\n\n").replace("<name>", "`<name>`")
BLANK = report(question(1), question(2, "Two."))
CHANGED = "was changed by another program meanwhile: nothing was fixed, so run it again"
HIDDEN = ".README.md."


def nothing_left_over(folder: Path) -> bool:
    return not [path for path in folder.iterdir() if path.name.startswith(HIDDEN)]


def test_safe_fixes_are_applied_and_the_rest_is_reported(files: Files, command: Command) -> None:
    folder = files({"README.md": BEFORE.replace("Two <name>", "## Two <name>")})
    result = command("check", "--fix", "README.md")
    assert (folder / "README.md").read_text() == AFTER.replace("Two `<name>`", "## Two `<name>`")
    assert result.err == "README.md: 3 fixes applied\n"
    assert "answer.placeholder-dashes" not in result.out
    assert nothing_left_over(folder)
    again = command("check", "--fix", "README.md")
    assert again == (result.code, result.out, "README.md: no fixes applied\n")


def test_one_fix(files: Files, command: Command) -> None:
    files({"README.md": report(question(1, "One <name>."), question(2, "Two."))})
    assert command("check", "--fix").err == "README.md: 1 fix applied\n"


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("head", [b"", b"\xef\xbb\xbf"], ids=["no BOM", "BOM"])
@pytest.mark.parametrize("end", [b"", b"\n", b"\n\n\n"], ids=["no newline", "one", "three"])
def test_bytes_that_are_nobodys_business_stay(
    files: Files, command: Command, newline: bytes, head: bytes, end: bytes
) -> None:
    before, after = (head + (text.rstrip("\n").encode() + end).replace(b"\n", newline) for text in (BEFORE, AFTER))
    folder = files({"README.md": before})
    assert command("check", "--fix", "README.md").err == "README.md: 3 fixes applied\n"
    assert (folder / "README.md").read_bytes() == after


def test_headings_prompts_and_placeholders_stay(files: Files, command: Command) -> None:
    text = report(
        "# Part\n---\n\n## Question 3\n\n" + question(1).replace("What did", "<b>What</b> did:\n> - x\n"),
        question(2, "--- question 2 fill here ---\n\nTwo."),
    )
    folder = files({"README.md": text})
    assert command("check", "--fix", "README.md").err == "README.md: no fixes applied\n"
    assert (folder / "README.md").read_text() == text


def test_a_file_that_needs_nothing_is_not_written(files: Files, command: Command) -> None:
    path = files({"README.md": BLANK}) / "README.md"
    os.utime(path, ns=(1, 1))
    before = path.stat()
    command("check", "--fix")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_select_and_ignore_choose_what_is_fixed(files: Files, command: Command) -> None:
    folder = files({"README.md": BEFORE})
    command("check", "--fix", "README.md", "--select", "page.*", "--ignore", "page.table")
    assert (folder / "README.md").read_text() == BEFORE.replace("used:\n", "used:\n\n")
    command("check", "--fix", "README.md", "--ignore", "answer.placeholder-dashes")
    assert (folder / "README.md").read_text() == AFTER.replace("We did it like this.", DASHES)


def test_what_is_ignored_by_configuration_is_not_fixed(files: Files, command: Command) -> None:
    folder = files({"README.md": BEFORE, "invigilator.toml": 'ignore = ["answer.*"]\n'})
    command("check", "--fix", "README.md")
    assert (folder / "README.md").read_text() == BEFORE.replace("used:\n", "used:\n\n")


def test_in_json_with_the_fixes_that_are_left(files: Files, command: Command) -> None:
    files({"README.md": BEFORE.replace("Two <name>", "[it](figures/a.png)"), "figures/a.png": png()})
    (before,) = json.loads(command("check", "--format", "json").out)["reports"]
    fixes = {finding["code"]: finding["fixes"] for finding in before["findings"]}
    assert fixes["page.list-needs-blank-line"] == [
        {
            "title": "Put a blank line above the list",
            "safe": True,
            "edits": [
                {
                    "range": {"start": {"line": 14, "column": 1}, "end": {"line": 14, "column": 1}},
                    "new_text": "\n",
                }
            ],
        }
    ]
    assert [fix["safe"] for fix in fixes["figure.link"]] == [False]
    result = command("check", "--fix", "--format", "json")
    (after,) = json.loads(result.out)["reports"]
    assert [finding["code"] for finding in after["findings"]] == ["figure.link"]
    assert result.err == "README.md: 2 fixes applied\n"


def test_edits_of_the_json_make_the_text(files: Files, command: Command) -> None:
    """Applied by somebody else, behind characters of several units."""
    text = BEFORE.replace("We", "😀 é We").replace("\n", "\r\n")
    files({"README.md": text})
    (entry,) = json.loads(command("check", "--format", "json").out)["reports"]
    edits = [edit for finding in entry["findings"] for fix in finding["fixes"] if fix["safe"] for edit in fix["edits"]]
    lines = text.split("\r\n")

    def offset(point: dict[str, int]) -> int:
        return sum(len(line) + 2 for line in lines[: point["line"] - 1]) + point["column"] - 1

    for edit in sorted(edits, key=lambda edit: offset(edit["range"]["start"]), reverse=True):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = text[:start] + edit["new_text"] + text[end:]
    assert text == AFTER.replace("We", "😀 é We").replace("\n", "\r\n")


# --- --diff -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("end", ["", "\n"], ids=["no newline", "newline"])
def test_a_diff_that_git_applies(files: Files, process: Process, newline: str, end: str) -> None:
    before, after = ((text.rstrip("\n") + end).replace("\n", newline).encode() for text in (BEFORE, AFTER))
    folder = files({"reports/README.md": before})
    result = process("check", "--fix", "--diff", "reports/README.md")
    assert result.stderr == b""
    assert (folder / "reports" / "README.md").read_bytes() == before
    assert result.stdout.startswith(b"--- a/reports/README.md\n+++ b/reports/README.md\n@@ ")
    subprocess.run(["git", "apply", "-"], cwd=folder, input=result.stdout, check=True)
    assert (folder / "reports" / "README.md").read_bytes() == after
    assert process("check", "--fix", "--diff", "reports/README.md").stdout == b""


def test_a_diff_into_a_file_and_of_many_reports(files: Files, command: Command) -> None:
    folder = files({"a/README.md": BEFORE, "b/README.md": AFTER, "c/README.md": BEFORE})
    result = command("check", "--fix", "--diff", "a", "b", "c", "--output", "all.patch")
    assert (result.out, result.err) == ("", "")
    names = [line for line in (folder / "all.patch").read_text().splitlines() if line.startswith("+++")]
    assert names == ["+++ b/a/README.md", "+++ b/c/README.md"]


@pytest.mark.parametrize(("text", "code"), [(BEFORE, 1), (BEFORE.replace(" <name>", ""), 0), (BLANK, 0)])
def test_the_exit_code_of_a_diff_is_that_of_the_check(files: Files, command: Command, text: str, code: int) -> None:
    files({"README.md": text})
    assert command("check", "--fix", "--diff").code == command("check").code == code


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--fix", "-"], "--fix cannot change standard input: name a file"),
        (["--fix", "--diff", "-"], "--fix cannot change standard input: name a file"),
        (["--diff"], "--diff says what --fix would do: give both"),
        (["--fix", "--diff", "--format", "json"], "--diff has a format of its own: leave --format out"),
    ],
)
def test_calls_that_make_no_sense(files: Files, command: Command, arguments: list[str], reason: str) -> None:
    folder = files({"README.md": BEFORE})
    result = command("check", *arguments, stdin=BEFORE.encode())
    assert result == (2, "", f"invigilator: {reason} (invigilator check --help says more)\n")
    assert (folder / "README.md").read_text() == BEFORE


def test_the_report_itself_is_no_output_file(files: Files, command: Command) -> None:
    folder = files({"README.md": BEFORE})
    result = command("check", "--fix", "--output", "README.md")
    assert (result.code, result.err) == (2, "invigilator: cannot write README.md: it is one of the reports\n")
    assert (folder / "README.md").read_text() == BEFORE


# --- the file ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755])
def test_the_mode_stays(files: Files, command: Command, mode: int) -> None:
    path = files({"README.md": BEFORE}) / "README.md"
    path.chmod(mode)
    command("check", "--fix")
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.read_text() == AFTER


def test_a_link_stays_and_what_it_leads_to_is_fixed(files: Files, command: Command) -> None:
    folder = files({"there/report.md": BEFORE})
    (folder / "README.md").symlink_to(Path("there") / "report.md")
    assert command("check", "--fix", "README.md").err == "README.md: 3 fixes applied\n"
    assert (folder / "README.md").readlink() == Path("there") / "report.md"
    assert (folder / "there" / "report.md").read_text() == AFTER
    assert [path.name for path in (folder / "there").iterdir()] == ["report.md"]


def refused(command: Command, folder: Path, reason: str) -> None:
    """Asserts that the report is left as it is, with this one line, and that another one is fixed all the same."""
    other = folder / "other"
    other.mkdir()
    (other / "README.md").write_text(BEFORE)
    kept = (folder / "README.md").read_bytes()
    result = command("check", "--fix", "README.md", "other")
    assert result.code == 2
    assert result.err == f"other/README.md: 3 fixes applied\ninvigilator: README.md: {reason}\n"
    assert (folder / "README.md").read_bytes() == kept
    assert (other / "README.md").read_text() == AFTER
    assert nothing_left_over(folder)


def test_file_that_must_not_be_written(files: Files, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = files({"README.md": BEFORE})
    own = (folder / "README.md").resolve()

    def access(path: Path, mode: int) -> bool:
        return path != own or mode != os.W_OK  # root may write anything, so its answer is not asked for

    monkeypatch.setattr(module.os, "access", access)
    refused(command, folder, "cannot be fixed: permission denied")


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EACCES, "cannot be fixed: nothing can be written to its folder"),
        (errno.EPERM, "cannot be fixed: nothing can be written to its folder"),
        (errno.ENOSPC, "cannot be fixed: no space left on device"),
        (errno.EROFS, "cannot be fixed: read-only file system"),
    ],
)
@pytest.mark.parametrize("when", ["begun", "written"])
def test_disk_that_refuses(
    files: Files, command: Command, monkeypatch: pytest.MonkeyPatch, number: int, reason: str, when: str
) -> None:
    folder = files({"README.md": BEFORE})
    write = module._write

    def fails(path: Path, *more: Any) -> None:
        if path.parent == folder.resolve():
            if when == "written":
                write(path, *more)
            raise OSError(number, os.strerror(number))
        write(path, *more)

    monkeypatch.setattr(module, "_write", fails)
    refused(command, folder, reason)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a disk")
def test_disk_that_is_full(files: Files, command: Command, tmp_path: Path) -> None:
    files({"other/README.md": AFTER})
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        path = disk / "README.md"
        path.write_text(BEFORE + "x" * 40_000)
        kept = path.read_bytes()
        result = command("check", "--fix", "disk/README.md")
        assert result.err == "invigilator: disk/README.md: cannot be fixed: no space left on device\n"
        assert result.code == 2
        assert path.read_bytes() == kept
        assert [one.name for one in disk.iterdir()] == ["README.md"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("when", ["before", "meanwhile"])
@pytest.mark.parametrize("change", ["written", "gone"])
def test_file_that_another_program_changes(
    files: Files, command: Command, monkeypatch: pytest.MonkeyPatch, when: str, change: str
) -> None:
    path = files({"README.md": BEFORE}) / "README.md"
    mend, write = module.mend, module._write

    def another() -> None:
        if change == "gone":
            path.unlink()
        else:
            path.write_text("something else")

    def mends(*arguments: Any) -> Any:
        if when == "before":
            another()
        return mend(*arguments)

    def writes(*arguments: Any) -> None:
        write(*arguments)
        if when == "meanwhile":
            another()

    monkeypatch.setattr(module, "mend", mends)
    monkeypatch.setattr(module, "_write", writes)
    result = command("check", "--fix", "README.md")
    assert (result.code, result.err) == (2, f"invigilator: README.md: {CHANGED}\n")
    assert list(path.parent.iterdir()) == ([] if change == "gone" else [path])
    assert change == "gone" or path.read_text() == "something else"


def test_pipe_is_no_file_to_be_fixed(files: Files, command: Command) -> None:
    folder = files({"text": BEFORE})
    os.mkfifo(folder / "pipe.md")
    with subprocess.Popen(["sh", "-c", "cat text > pipe.md"], cwd=folder):
        result = command("check", "--fix", "pipe.md")
    assert (result.code, result.err) == (
        2,
        "invigilator: pipe.md: cannot be fixed: it is not a regular file\n",
    )
