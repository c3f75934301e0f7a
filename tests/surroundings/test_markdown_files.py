"""Which files are read when a link to a place may stand in them."""

from __future__ import annotations

import os
from pathlib import Path

from invigilator.surroundings.markdown_files import MOST_FILES, markdown_files


def found(root: Path, *places: str, known: tuple[str, ...] = ()) -> list[str]:
    """The paths from the root."""
    files = markdown_files(root, [str(root / place) for place in places], [str(root / path) for path in known])
    return [os.path.relpath(file.path, root) for file in files]


def write(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"text")


def test_beside_above_and_in_reports(tmp_path: Path) -> None:
    write(
        tmp_path, "README.md", "a/b/x.MD", "a/y.markdown", "reports/r.md", "a/reports/s.md", "other/no.md", "a/b/no.txt"
    )
    write(tmp_path, "a/b/.hidden.md", "a/b/c/no.md")
    assert found(tmp_path, "a/b") == ["a/b/x.MD", "a/y.markdown", "a/reports/s.md", "README.md", "reports/r.md"]
    assert found(tmp_path, "") == ["README.md", "reports/r.md"]
    assert found(tmp_path, "a/b", "a", known=("README.md", "a/b/x.MD")) == [
        "a/y.markdown",
        "a/reports/s.md",
        "reports/r.md",
    ]
    assert found(tmp_path / "a", "b", "../other") == ["b/x.MD", "y.markdown", "reports/s.md"]
    assert found(tmp_path, "nowhere/at/all") == ["README.md", "reports/r.md"]


def test_links_lead_to_each_file_once_and_never_out(tmp_path: Path) -> None:
    write(tmp_path, "root/reports/r.md", "secret.md")
    root = tmp_path / "root"
    (root / "again.md").symlink_to("reports/r.md")
    (root / "out.md").symlink_to(tmp_path / "secret.md")
    (root / "loop.md").symlink_to("loop.md")
    (root / "folder.md").mkdir()
    (root / "reports" / "reports").symlink_to(".")
    assert found(root, "reports") == ["reports/r.md"]


def test_what_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "latin.md").write_bytes(b"\xe5")
    (tmp_path / "large.md").write_bytes(b"x" * (1024 * 1024 + 1))
    (tmp_path / "mark.md").write_bytes(b"\xef\xbb\xbfone\r\ntwo")
    os.mkfifo(tmp_path / "pipe.md")
    (file,) = markdown_files(tmp_path, [str(tmp_path)])
    assert (file.path, file.text) == (tmp_path / "mark.md", "one\r\ntwo")


def test_no_more_than_a_hundred(tmp_path: Path) -> None:
    write(tmp_path, *(f"{number:03}.md" for number in range(MOST_FILES + 5)))
    assert len(found(tmp_path, "")) == MOST_FILES
    assert len(found(tmp_path, "", known=("000.md",))) == MOST_FILES
