"""Copies of pictures: whole or not at all, never over another file, never out of the root."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from invigilator.surroundings.copying import copy_file
from invigilator.surroundings.disk import DiskSurroundings


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    (root / "images").mkdir(parents=True)
    (root / "images" / "a.png").write_bytes(b"picture" * 1000)
    return root


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.parametrize("links", [True, False], ids=["hard links", "no hard links"])
def test_copy_into_a_folder_that_is_made(root: Path, links: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not links:
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(95, "Operation not supported")))
    copy_file(root, root / "images" / "a.png", root / "reports" / "figures" / "b.png")
    assert (root / "reports" / "figures" / "b.png").read_bytes() == b"picture" * 1000
    assert (root / "images" / "a.png").is_file()
    assert everything(root / "reports") == {"figures", "figures/b.png"}


@pytest.mark.parametrize("links", [True, False], ids=["hard links", "no hard links"])
def test_nothing_is_overwritten(root: Path, links: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not links:
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(95, "Operation not supported")))
    (root / "b.png").write_bytes(b"other")
    before = everything(root)
    with pytest.raises(FileExistsError):
        copy_file(root, root / "images" / "a.png", root / "b.png")
    assert (root / "b.png").read_bytes() == b"other"
    assert everything(root) == before


def test_a_link_that_leads_nowhere_is_something(root: Path) -> None:
    (root / "b.png").symlink_to(root / "nothing.png")
    with pytest.raises(FileExistsError):
        copy_file(root, root / "images" / "a.png", root / "b.png")
    assert not (root / "nothing.png").exists()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("../secret.png", "b.png"),
        ("images/a.png", "../b.png"),
        ("way out/secret.png", "b.png"),
        ("images/a.png", "way out/b.png"),
        ("images/a.png", "way out/deeper/b.png"),
    ],
)
def test_never_out_of_the_root(root: Path, source: str, target: str) -> None:
    (root.parent / "secret.png").write_bytes(b"secret")
    (root / "way out").symlink_to(root.parent)
    before = everything(root.parent)
    with pytest.raises(PermissionError):
        copy_file(root, root / source, root / target)
    assert everything(root.parent) == before


def test_a_copy_that_fails_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(OSError, match="No space left"):
        copy_file(root, root / "images" / "a.png", root / "b.png")
    assert everything(root) == {"images", "images/a.png"}


@pytest.mark.parametrize("source", ["images", "missing.png", "pipe"])
def test_only_regular_files(root: Path, source: str) -> None:
    os.mkfifo(root / "pipe")
    with pytest.raises(OSError):  # noqa: PT011  # whichever the system says
        copy_file(root, root / source, root / "b.png")
    assert not (root / "b.png").exists()


def test_paths_are_those_of_the_report(root: Path) -> None:
    (root / "reports").mkdir()
    surroundings = DiskSurroundings(root / "reports" / "README.md", root)
    own = surroundings.look_up("../images/a.png").path
    assert surroundings.look_up("figures/a.png").status == "missing"
    surroundings.copy(own, "figures/a.png")
    assert surroundings.refresh()
    assert surroundings.look_up("figures/a.png").bytes == 7000
