"""`--output`: the whole text or nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from cli.commands import Command, Files
from reports import numbered, words

REPORT = numbered([words(3), "![ærø](figures/Smørrebrød.png)"])


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file(files: Files, command: Command) -> None:
    root = files({"README.md": REPORT})

    result = command("check", "--output", "found.txt")

    assert (result.code, result.out, result.err) == (1, "", "")
    text = (root / "found.txt").read_bytes().decode("utf-8")
    assert "figures/Smørrebrød.png" in text
    assert text.endswith("2 of 2 keep to their limits, 0 unanswered\n")
    assert names(root) == ["README.md", "found.txt"]


def test_an_old_file_keeps_its_permissions_and_its_link(files: Files, command: Command) -> None:
    root = files({"README.md": REPORT, "old.json": "old"})
    (root / "old.json").chmod(0o640)
    (root / "link.json").symlink_to("old.json")

    command("check", "--format", "json", "--output", "link.json")

    assert (root / "link.json").is_symlink()
    assert json.loads((root / "old.json").read_text())["version"] == 1
    assert (root / "old.json").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("gone/found.txt", "its folder does not exist"),
        ("folder", "it is a folder"),
        ("README.md/found.txt", "not a directory"),
        ("README.md", "it is one of the reports"),
        ("./folder/../README.md", "it is one of the reports"),
    ],
)
def test_a_place_where_nothing_can_be_written(files: Files, command: Command, path: str, why: str) -> None:
    root = files({"README.md": REPORT, "folder/x": ""})

    result = command("check", "--output", path)

    assert result == (2, "", f"invigilator: cannot write {path}: {why}\n")
    assert (root / "README.md").read_text(encoding="utf-8") == REPORT
    assert names(root) == ["README.md", "folder"]


def test_a_file_that_must_not_be_changed(files: Files, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    root = files({"README.md": REPORT, "found.txt": "old"})
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "found.txt")  # the superuser may do all

    assert command("check", "--output", "found.txt").err == "invigilator: cannot write found.txt: permission denied\n"
    assert (root / "found.txt").read_text() == "old"


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_what_was_there_stays_when_something_goes_wrong(
    files: Files, command: Command, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def broken(path: Path, target: object) -> None:
        raise error

    root = files({"README.md": REPORT, "found.txt": "old"})
    monkeypatch.setattr(Path, "replace", broken)

    result = command("check", "--output", "found.txt")

    assert result.code == (2 if isinstance(error, OSError) else 130)
    assert (root / "found.txt").read_text() == "old"
    assert names(root) == ["README.md", "found.txt"]


def test_a_device_is_written_to_and_not_replaced(files: Files, command: Command) -> None:
    files({"README.md": REPORT})

    assert command("check", "--output", "/dev/null").code == 1
    assert Path("/dev/null").is_char_device()
