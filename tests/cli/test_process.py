"""What only a real process shows: imports, encodings, pipes, signals, terminals."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pytest

from cli.commands import Files, Process, environment, program
from invigilator.cli.options import FORMATS
from reports import numbered, words

REPORT = numbered([words(3), "![ærø →](figures/Smørrebrød→.png)"])
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def test_a_check_imports_neither_the_protocol_nor_what_draws_on_terminals(files: Files) -> None:
    folder = files({"README.md": REPORT})

    command = [*program()[:1], "-X", "importtime", *program("check")[1:]]
    done = subprocess.run(command, capture_output=True, cwd=folder, env=environment(), timeout=30, check=False)

    imported = {line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.decode().splitlines()}
    assert {"invigilator", "click"} <= imported
    assert not imported & {"pygls", "lsprotocol", "asyncio", "rich"}


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("ascii", rb"figures/Sm\xf8rrebr\xf8d\u2192.png"),
        ("cp1252", b"figures/Sm\xf8rrebr\xf8d\\u2192.png"),
        ("latin-1", b"figures/Sm\xf8rrebr\xf8d\\u2192.png"),
        ("utf-8", "figures/Smørrebrød→.png".encode()),
    ],
)
def test_every_console_takes_the_output(files: Files, process: Process, encoding: str, name: bytes) -> None:
    files({"README.md": REPORT, "å→.md": b"\xff"})

    done = process("check", "README.md", "å→.md", env={"PYTHONIOENCODING": encoding})

    assert done.returncode == 2
    assert name in done.stdout
    assert done.stderr.startswith(b"invigilator: " + "å→.md: is not UTF-8".encode(encoding, "backslashreplace"))
    assert done.stderr.count(b"\n") == 1


def test_json_is_ascii_on_every_console(files: Files, process: Process) -> None:
    files({"README.md": REPORT})

    done = process("check", "--format", "json", env={"PYTHONIOENCODING": "ascii"})

    (report,) = json.loads(done.stdout.decode("ascii"))["reports"]
    assert "figures/Smørrebrød→.png" in report["findings"][0]["message"]


def test_a_name_that_is_no_text(files: Files, process: Process) -> None:
    folder = os.fsencode(files({}))
    with open(os.path.join(folder, b"caf\xe9.md"), "w") as file:  # noqa: PTH118, PTH123
        file.write(REPORT)

    done = process("check", env={"PYTHONIOENCODING": "utf-8"})
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.startswith(b"caf\\udce9.md (limits from its prompts)\n")

    assert json.loads(process("check", "--format", "json").stdout)["reports"][0]["path"] == "caf\udce9.md"


@pytest.mark.parametrize("form", FORMATS)
def test_a_reader_that_has_gone_is_no_error(files: Files, folder: Path, form: str) -> None:
    files({f"{number}.md": REPORT for number in range(30)})
    with subprocess.Popen(
        program("check", "--format", form),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment(),
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        said = running.stderr.read()

    assert (running.returncode, said) == (1, b"")


def test_a_full_disk(files: Files, folder: Path) -> None:
    files({"README.md": REPORT})
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            program("check"),
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=environment(),
            timeout=30,
            check=False,
        )

    assert (done.returncode, done.stderr) == (2, b"invigilator: cannot write the output: no space left on device\n")


def open_writer(pipe: Path, reader: subprocess.Popen[bytes]) -> BinaryIO:
    """The pipe's writing end, once `reader` has opened the other one; fails where that has ended instead."""
    deadline = time.monotonic() + 30
    while reader.poll() is None and time.monotonic() < deadline:
        try:
            return os.fdopen(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK), "wb")
        except OSError:  # nobody reads yet
            time.sleep(0.01)
    pytest.fail(f"the command has not opened the pipe (exit code {reader.returncode})")


def test_interrupted(folder: Path) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    with (
        subprocess.Popen(
            program("check", "pipe"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, env=environment()
        ) as running,
        open_writer(pipe, running),
    ):  # opened at both ends: it is reading now, or about to; a signal just before that would be seen only after it
        deadline = time.monotonic() + 30
        while running.poll() is None and time.monotonic() < deadline:
            running.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                running.wait(timeout=3)
        out, err = running.communicate(timeout=30)

    assert (running.returncode, out, err.strip()) == (130, b"", b"")


def test_a_pipe_is_a_report_too(files: Files, folder: Path) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(program("check", "pipe"), stdout=subprocess.PIPE, cwd=folder, env=environment()) as running:
        with open_writer(pipe, running) as writer:
            writer.write(REPORT.encode())
        out = running.communicate(timeout=30)[0]

    assert out.startswith(b"pipe (limits from its prompts)")


def on_terminal(folder: Path, *arguments: str, env: Mapping[str, str], stdout: int | None = None) -> tuple[int, str]:
    """The exit code, and what a terminal of 80 columns gets; with `stdout`, only standard error is the terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        program(*arguments),
        stdin=subprocess.DEVNULL,
        stdout=theirs if stdout is None else stdout,
        stderr=theirs,
        cwd=folder,
        env=environment({"COLUMNS": "80", "PYTHONIOENCODING": "utf-8", **env}),
    ) as running:
        os.close(theirs)
        printed = b""
        while True:
            try:
                data = os.read(ours, 65536)
            except OSError:  # nobody has the other end open any more
                break
            if not data:
                break
            printed += data
        running.wait(30)
    os.close(ours)
    return running.returncode, printed.decode().replace("\r\n", "\n")


def test_on_a_terminal(files: Files, folder: Path) -> None:
    files({"README.md": numbered(["x --- question 1 fill here ---", "![a](no.png)"])})

    code, printed = on_terminal(folder, "check", env={"TERM": "xterm"})

    plain = _COLOUR.sub("", printed)
    assert code == 1
    assert plain != printed
    assert "  warning  README.md:11:3  [answer.placeholder-left]\n" in plain
    assert "  error  README.md:19:6  [figure.not-found]\n" in plain
    assert plain.endswith("2 findings: 1 error, 1 warning\n2 of 2 keep to their limits, 0 unanswered\n")
    assert all(len(line) <= 80 and line == line.rstrip() for line in plain.splitlines())


def test_a_terminal_without_colours(files: Files, folder: Path) -> None:
    files({"README.md": numbered(["![a](no.png)"])})

    _, printed = on_terminal(folder, "check", env={"TERM": "xterm", "NO_COLOR": "1"})
    styles = {number for codes in re.findall(r"\x1b\[([0-9;]*)m", printed) for number in codes.split(";")}
    assert styles <= {"", "0", "1", "2"}  # bold and dim, no colour
    assert "  error  README.md:11:6" in _COLOUR.sub("", printed)

    _, printed = on_terminal(folder, "check", env={"TERM": "dumb"})
    assert "\x1b" not in printed
    assert "README.md:11:6: error: " in printed


def test_many_reports_are_counted_while_their_output_goes_elsewhere(files: Files, folder: Path) -> None:
    files({f"{number}.md": numbered(["x"]) for number in range(25)})
    with (folder / "out.txt").open("wb") as out:
        code, printed = on_terminal(folder, "check", env={"TERM": "xterm"}, stdout=out.fileno())

    assert code == 0
    assert "20 reports checked ...\r" in printed
    assert printed.endswith("\r")
    assert (folder / "out.txt").read_text().endswith("25 reports: 25 fine; no findings\n")
