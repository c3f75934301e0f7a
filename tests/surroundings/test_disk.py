"""What only a disk has: links, pipes, names that are no text, other file systems."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest

from invigilator.report.model import Problem
from invigilator.surroundings import FigureFolder, FileFact
from invigilator.surroundings.disk import DiskSurroundings
from pictures import png
from surroundings.worlds import fill

EXTENSIONS = (".png",)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    fill(tmp_path, {"outside/secret.png": png(), "outside/report.py": "", "outside/invigilator.toml": ""})
    fill(tmp_path, {"root/reports/figures/roc.png": png(), "root/docs/plan.png": png(7, 7)})
    return tmp_path / "root"


@pytest.fixture
def beside(root: Path) -> DiskSurroundings:
    return DiskSurroundings(root / "reports" / "README.md", root)


def link(root: Path, path: str, target: str | Path) -> None:
    (root / path).symlink_to(target)


@pytest.mark.parametrize(
    ("path", "target", "asked", "status", "true_path"),
    [
        ("reports/figures/l.png", "../../docs/plan.png", "figures/l.png", "file", "figures/l.png"),
        ("reports/figures/l.png", "../../docs/plan.png", "figures/L.png", "wrong-case", "figures/l.png"),
        ("reports/figures/l.png", "roc.png", "figures/l.png", "file", "figures/l.png"),
        ("reports/l", "../docs", "l/plan.png", "file", "l/plan.png"),
        ("reports/l", "../docs", "l", "directory", "l"),
        ("reports/l", "..", "l/l/l/docs/plan.png", "missing", "l/l/l/docs/plan.png"),
        ("reports/l", ".", "l/l/l/figures/roc.png", "file", "l/l/l/figures/roc.png"),
        ("reports/figures/l.png", "gone.png", "figures/l.png", "missing", "figures/l.png"),
        ("reports/figures/l.png", "l.png", "figures/l.png", "missing", "figures/l.png"),
        ("reports/figures/l.png", "../../../outside/secret.png", "figures/l.png", "outside", "figures/l.png"),
        ("reports/figures/l.png", "/etc/passwd", "figures/l.png", "outside", "figures/l.png"),
        ("reports/l", "../../outside", "l/secret.png", "outside", "l/secret.png"),
        ("reports/l", "../../outside", "l", "outside", "l"),
        ("reports/l", "../../outside", "l/../figures/roc.png", "file", "figures/roc.png"),
        ("reports/l", "../../root", "l/docs/plan.png", "file", "l/docs/plan.png"),
    ],
)
def test_links_are_followed_below_the_root_only(
    root: Path, beside: DiskSurroundings, path: str, target: str, asked: str, status: str, true_path: str
) -> None:
    link(root, path, target)
    assert beside.look_up(asked)[:2] == (status, true_path)


def test_nothing_outside_the_root_is_opened(
    root: Path, beside: DiskSurroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    link(root, "reports/l", "../../outside")
    link(root, "reports/figures/l.png", "../../../outside/secret.png")
    link(root, "reports/figures/more", "../../../outside")
    link(root, "reports/report.py", "../../outside/report.py")
    link(root, "reports/invigilator.toml", "../../outside/invigilator.toml")
    opened: set[str] = set()
    real_open, real_scandir = os.open, os.scandir

    def noted(path: str) -> str:
        opened.add(path)
        return path

    monkeypatch.setattr(os, "open", lambda path, *rest: real_open(noted(path), *rest))
    monkeypatch.setattr(os, "scandir", lambda path: real_scandir(noted(path)))
    for path in ("l/secret.png", "figures/l.png", "../../outside/secret.png", "/../outside/secret.png"):
        assert beside.look_up(path) == FileFact("outside", path)
    assert beside.look_up(str(root.parent / "outside/secret.png")).status == "missing"
    assert [fact.path for fact in beside.figure_folder("figures", EXTENSIONS).files] == ["figures/roc.png"]
    assert (beside.script, beside.configuration) == (None, None)
    assert beside.problems == (
        Problem("reports/report.py", None, "leads out of the project's folder, so its limits are not used"),
        Problem("reports/invigilator.toml", None, "leads out of the project's folder, so its settings are not used"),
    )
    assert {Path(path).relative_to(root.resolve()).as_posix() for path in opened} == {
        ".",
        "reports",
        "reports/figures",
        "reports/figures/roc.png",
    }


def test_a_folder_of_a_similar_name_is_outside(root: Path, beside: DiskSurroundings) -> None:
    fill(root.parent, {"root-2/a.png": png()})
    link(root, "reports/l.png", "../../root-2/a.png")
    assert beside.look_up("l.png").status == "outside"


def test_links_that_lead_nowhere(root: Path, beside: DiskSurroundings) -> None:
    link(root, "reports/report.py", "gone.py")
    link(root, "invigilator.toml", "gone.toml")
    assert (beside.script, beside.configuration) == (None, None)
    assert beside.problems == (
        Problem("reports/report.py", None, "is a link that leads nowhere, so its limits are not used"),
        Problem("invigilator.toml", None, "is a link that leads nowhere, so its settings are not used"),
    )


def test_links_that_lead_round(root: Path, beside: DiskSurroundings) -> None:
    link(root, "reports/report.py", "report.py")
    link(root, "reports/figures/up", "..")
    link(root, "reports/figures/here", ".")
    link(root, "reports/figures/self", "self")
    link(root, "reports/figures/plan.png", "../../docs/plan.png")
    paths = [fact.path for fact in beside.figure_folder("figures", EXTENSIONS).files]
    assert paths == ["figures/plan.png", "figures/roc.png"]
    assert beside.script is None
    assert [problem.path for problem in beside.problems] == ["reports/report.py"]


def test_folders_that_differ_in_case_only_and_lead_round_take_no_time(root: Path, beside: DiskSurroundings) -> None:
    for name in ("a", "A"):
        link(root, f"reports/{name}", ".")
    started = time.perf_counter()
    assert beside.look_up(25 * "a/" + "none.png").status == "missing"
    assert time.perf_counter() - started < 0.5


def test_a_figures_folder_that_is_a_link(root: Path, beside: DiskSurroundings) -> None:
    link(root, "reports/plots", "../docs")
    link(root, "reports/away", "../../outside")
    assert [fact.path for fact in beside.figure_folder("plots", EXTENSIONS).files] == ["plots/plan.png"]
    assert beside.figure_folder("away", EXTENSIONS) == FigureFolder("unreadable")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipes_and_sockets_are_not_opened(
    root: Path, beside: DiskSurroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "reports")  # a socket's path must be short
    for path in ("figures/pipe.png", "report.py", "invigilator.toml"):
        os.mkfifo(path)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("figures/socket.png")
    for name in ("pipe.png", "socket.png"):
        assert beside.look_up(f"figures/{name}") == FileFact("unreadable", f"figures/{name}")
    assert beside.look_up("figures/pipe.png/x.png").status == "unreadable"
    assert [fact.path for fact in beside.figure_folder("figures", EXTENSIONS).files] == ["figures/roc.png"]
    assert (beside.script, beside.configuration) == (None, None)
    assert [problem.message for problem in beside.problems] == [
        "cannot be read (not a regular file), so its limits are not used",
        "cannot be read (not a regular file), so its settings are not used",
    ]


def test_a_name_that_is_no_text_is_left_out(root: Path, beside: DiskSurroundings) -> None:
    try:
        Path(os.fsdecode(bytes(root / "reports/figures") + b"/\xff.png")).write_bytes(png())
    except (OSError, UnicodeError):  # macOS and Windows refuse such names: then there is nothing to leave out
        assert os.name == "nt" or os.uname().sysname == "Darwin"
    assert [fact.path for fact in beside.figure_folder("figures", EXTENSIONS).files] == ["figures/roc.png"]
    assert beside.look_up("figures/\udcff.png").status == "missing"


def test_on_a_file_system_that_ignores_case(beside: DiskSurroundings, monkeypatch: pytest.MonkeyPatch) -> None:
    """There, `stat` finds a file under any spelling; the listing decides."""
    real_stat = os.stat
    monkeypatch.setattr(os, "stat", lambda path, *rest, **named: real_stat(str(path).replace("ROC", "roc"), **named))
    assert beside.look_up("figures/ROC.png")[:2] == ("wrong-case", "figures/roc.png")


def test_report_and_root_reached_through_a_link(root: Path) -> None:
    link(root.parent, "short", "root/reports")
    beside = DiskSurroundings(root.parent / "short/README.md", root)
    assert (beside.root, beside.folder) == (root.resolve(), (root / "reports").resolve())
    assert beside.look_up("figures/roc.png").status == "file"
    assert beside.look_up("../docs/plan.png").status == "file"


def test_a_report_that_is_not_below_the_root(root: Path) -> None:
    with pytest.raises(ValueError, match="is not below"):
        DiskSurroundings(root / "README.md", root / "reports")


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    beside = DiskSurroundings(tmp_path / "gone/reports/README.md", tmp_path / "gone")
    assert beside.look_up("figures/a.png").status == "missing"
    assert beside.figure_folder("figures", EXTENSIONS) == FigureFolder("absent")
    assert (beside.script, beside.configuration, beside.problems) == (None, None, ())
    assert not beside.refresh()
