"""Where a report's world ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from invigilator.surroundings.disk import DiskSurroundings
from invigilator.surroundings.root import find_root
from surroundings.worlds import fill


@pytest.mark.parametrize(
    ("files", "report", "workspace_folders", "root"),
    [
        # its own folder, or the one above `reports`
        ([], "work/README.md", [], "work"),
        ([], "work/reports/README.md", [], "work"),
        ([], "work/Reports/README.md", [], "work/Reports"),
        ([], "work/reports/group/README.md", [], "work/reports/group"),
        # the git top level: a folder, or a file in work trees and submodules
        ([".git/config"], "work/reports/README.md", [], "."),
        (["work/.git"], "work/deep/reports/README.md", [], "work"),
        ([".git/config", "work/.git"], "work/README.md", [], "work"),
        (["work/reports/.git"], "work/reports/README.md", [], "work/reports"),
        # the workspace folder that holds it
        ([".git/config"], "work/reports/README.md", ["work"], "work"),
        ([".git/config"], "work/reports/README.md", ["other", "work", "."], "work"),
        ([".git/config"], "work/reports/README.md", ["work/reports"], "work/reports"),
        (["work/.git"], "work/reports/README.md", ["."], "."),
        (["work/.git"], "work/reports/README.md", ["wor", "work/reports/README.md", "work/rep"], "work"),
        ([], "work/README.md", ["other"], "work"),
    ],
)
def test_root(tmp_path: Path, files: list[str], report: str, workspace_folders: list[str], root: str) -> None:
    fill(tmp_path, dict.fromkeys([*files, report], ""))
    found = find_root(tmp_path / report, [tmp_path / folder for folder in workspace_folders])
    assert found == (tmp_path / root).resolve()


def test_a_workspace_folder_that_is_a_link(tmp_path: Path) -> None:
    fill(tmp_path, {"real/reports/README.md": "", ".git/config": ""})
    (tmp_path / "link").symlink_to("real")
    assert find_root(tmp_path / "link/reports/README.md", [tmp_path / "link"]) == (tmp_path / "real").resolve()
    assert find_root(tmp_path / "real/reports/README.md", [tmp_path / "link"]) == (tmp_path / "real").resolve()


def test_a_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, {"work/reports/README.md": ""})
    monkeypatch.chdir(tmp_path / "work/reports")
    assert find_root(Path("README.md")) == (tmp_path / "work").resolve()


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"invigilator.toml": ""}, None),
        ({"work/invigilator.toml": ""}, "invigilator.toml"),
        ({"work/reports/pyproject.toml": "[tool.invigilator]"}, "reports/pyproject.toml"),
        ({"work/reports/pyproject.toml": "[tool.other]", "work/invigilator.toml": ""}, "invigilator.toml"),
        ({"work/reports/pyproject.toml": "[tool.invigilator", "work/invigilator.toml": ""}, None),
    ],
)
def test_the_configuration_is_at_or_above_the_report_and_not_above_the_root(
    tmp_path: Path, files: dict[str, str], found: str | None
) -> None:
    fill(tmp_path, {"work/reports/README.md": "", **files})
    configuration = DiskSurroundings(tmp_path / "work/reports/README.md", tmp_path / "work").configuration
    assert (configuration.path if configuration else None) == found
