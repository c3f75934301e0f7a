"""`invigilator html`: one report in, one page out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from markdown import markdown

from cli.commands import Command, Files, Process, environment, program
from pictures import png
from reports import numbered, words

REPORT = numbered([words(3), "Smørrebrød → ![plot](figures/plot.png)"])
PICTURE = png(4, 3)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_page_of_the_current_folders_report(files: Files, command: Command) -> None:
    files({"reports/README.md": REPORT, "reports/figures/plot.png": PICTURE})

    result = command("html")

    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("<!DOCTYPE html>\n")
    assert result.out.endswith("</html>\n")
    assert '<section id="question-2">' in result.out
    assert '<img src="data:image/png;base64,' in result.out


@pytest.mark.parametrize("path", ["README.md", ".", "./README.md"])
def test_a_path(files: Files, command: Command, path: str) -> None:
    files({"README.md": REPORT, "figures/plot.png": PICTURE})

    assert command("html", path) == command("html")


@pytest.mark.parametrize("option", ["-o", "--output"])
def test_into_a_file(files: Files, command: Command, option: str) -> None:
    folder = files({"README.md": REPORT, "figures/plot.png": PICTURE, "page.html": "old"})
    (folder / "page.html").chmod(0o640)
    shown = command("html").out

    result = command("html", option, "page.html")

    assert result == (0, "", "")
    assert (folder / "page.html").read_bytes() == shown.encode("utf-8")
    assert (folder / "page.html").stat().st_mode & 0o777 == 0o640
    assert names(folder) == ["README.md", "figures", "page.html"]


def test_standard_input_and_output(files: Files, command: Command) -> None:
    files({"README.md": REPORT, "figures/plot.png": PICTURE})

    assert command("html", "-", "-o", "-", stdin=REPORT.encode()) == command("html")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_handed_in_page_to_the_byte(files: Files, process: Process, newline: str) -> None:
    text = "\ufeff" + "# Ørsted's report, with a title of some length\n\n" + REPORT
    folder = files({"README.md": text.replace("\n", newline).encode("utf-8")})
    expected = markdown(text[43:]).encode("utf-8")

    done = process("html", "--handed-in", "-o", "page.html", env={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (folder / "page.html").read_bytes() == expected

    done = process("html", "--handed-in", env={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stdout, done.stderr) == (0, expected, b"")


def test_a_page_is_utf_8_on_every_console(files: Files, process: Process) -> None:
    files({"README.md": REPORT, "figures/plot.png": PICTURE})

    done = process("html", env={"PYTHONIOENCODING": "cp1252"})

    assert done.returncode == 0
    assert "Smørrebrød →" in done.stdout.decode("utf-8")


def test_what_is_not_shown_is_told(files: Files, command: Command) -> None:
    files(
        {
            "README.md": numbered(["![a](figures/gone.png)", "> " * 400 + "secret", "x"]),
            "invigilator.toml": "marker = 3\n",
        }
    )

    result = command("html")

    assert result.code == 0
    lines = result.err.splitlines()
    assert all(line.startswith("warning: ") for line in lines)
    assert lines[0].startswith("warning: invigilator.toml")
    assert [line.removeprefix("warning: README.md: ") for line in lines[-2:]] == [
        "Question 2 is shown as plain text, because it cannot be read as Markdown: nested too deeply",
        "figures/gone.png is not shown: there is no such file",
    ]
    assert "secret" not in result.err
    assert "secret" in result.out


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("no.md", None, "no.md: no such file or folder"),
        ("empty.md", b"", "empty.md: is not a report: it is empty"),
        ("notes.md", b"# Notes\n", "notes.md: is not a report: it has no question heading such as `### Question 1`"),
        (
            "latin.md",
            b"### Question 1\n\nAnswer:\n\n\xe6",
            "latin.md: is not UTF-8: byte offset 25, line 5; save it as UTF-8",
        ),
    ],
)
@pytest.mark.parametrize("kind", [[], ["--handed-in"]])
def test_unusable_input(
    files: Files, command: Command, path: str, content: bytes | None, said: str, kind: list[str]
) -> None:
    folder = files({path: content} if content is not None else {})

    assert command("html", path, "-o", "page.html", *kind) == (2, "", f"invigilator: {said}\n")
    assert "page.html" not in names(folder)


def test_a_folder_of_many_reports(files: Files, command: Command) -> None:
    files({"a/one.md": REPORT, "a/two.md": REPORT})

    said = "a: holds 2 reports: name the one to make a page of, such as a/one.md"
    assert command("html", "a") == (2, "", f"invigilator: {said}\n")


@pytest.mark.parametrize(
    ("output", "why"),
    [
        ("README.md", "it is the report"),
        ("./figures/../README.md", "it is the report"),
        ("figures", "it is a folder"),
        ("gone/page.html", "its folder does not exist"),
    ],
)
def test_a_place_where_nothing_can_be_written(files: Files, command: Command, output: str, why: str) -> None:
    folder = files({"README.md": REPORT, "figures/plot.png": PICTURE})

    assert command("html", "-o", output) == (2, "", f"invigilator: cannot write {output}: {why}\n")
    assert (folder / "README.md").read_text(encoding="utf-8") == REPORT
    assert names(folder) == ["README.md", "figures"]


def test_what_was_there_stays_when_the_disk_is_full(
    files: Files, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path, target: object) -> None:
        raise OSError(28, "No space left on device")

    folder = files({"README.md": numbered(["x"]), "page.html": "old"})
    monkeypatch.setattr(Path, "replace", broken)

    assert command("html", "-o", "page.html").err == "invigilator: cannot write page.html: no space left on device\n"
    assert (folder / "page.html").read_text() == "old"
    assert names(folder) == ["README.md", "page.html"]


def test_a_text_that_the_course_s_script_fails_on(
    files: Files, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(text: str) -> str:
        raise RecursionError(text)

    files({"README.md": REPORT})
    monkeypatch.setattr("invigilator.official.page.markdown", broken)

    said = "README.md: the course's script makes no page of it: RecursionError in the Markdown library"
    assert command("html", "--handed-in") == (2, "", f"invigilator: {said}\n")


# --- figures, and nothing else, from the root, and from nowhere else --------------------------------------------------


def test_only_pictures_below_the_root(files: Files, command: Command) -> None:
    folder = files(
        {
            "outside.png": png(9, 9),
            "project/.git/HEAD": "",
            "project/secret.txt": "secret",
            "project/reports/README.md": numbered(
                [
                    "![1](../../outside.png) ![2](link.png) ![3](../assets/inside.png) ![4](/assets/inside.png)",
                    "![5](../secret.txt) ![6](text.png) ![7](pipe.png) ![8](/etc/hostname)",
                ]
            ),
            "project/assets/inside.png": PICTURE,
        }
    )
    reports = folder / "project" / "reports"
    (reports / "link.png").symlink_to("../../outside.png")
    (reports / "text.png").symlink_to("../secret.txt")
    os.mkfifo(reports / "pipe.png")

    result = command("html", "project")

    assert result.code == 0
    assert result.out.count("<img ") == 2
    assert 'alt="3"' in result.out
    assert 'alt="4"' in result.out
    assert [line.removeprefix("warning: project/reports/README.md: ") for line in result.err.splitlines()] == [
        "../../outside.png is not shown: it lies outside the project's folder",
        "link.png is not shown: it lies outside the project's folder",
        "../secret.txt is not shown: this file is no image",
        "text.png is not shown: this file is no image",
        "pipe.png is not shown: this file cannot be read",
        "/etc/hostname is not shown: there is no such file",
    ]


def test_a_figure_that_is_too_large(files: Files, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    files({"README.md": REPORT, "figures/plot.png": PICTURE})
    monkeypatch.setattr("invigilator.surroundings.picture.LARGEST", len(PICTURE) - 1)

    result = command("html")

    assert result.code == 0
    assert "<img " not in result.out
    assert result.err == (
        "warning: README.md: figures/plot.png is not shown: this file is too large for the page, or cannot be read\n"
    )


def test_a_page_imports_neither_the_protocol_nor_what_draws_on_terminals(files: Files) -> None:
    folder = files({"README.md": REPORT, "figures/plot.png": PICTURE})

    done = subprocess.run(
        [sys.executable, "-X", "importtime", *program("html")[1:]],
        capture_output=True,
        cwd=folder,
        env=environment(),
        timeout=30,
        check=False,
    )

    imported = {line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.decode().splitlines()}
    assert {"invigilator", "click", "mistletoe"} <= imported
    assert not imported & {"pygls", "lsprotocol", "asyncio", "rich"}
