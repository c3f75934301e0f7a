"""What happens to the files while a report is open."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from invigilator.surroundings import disk
from invigilator.surroundings.disk import DiskSurroundings
from invigilator.surroundings.memory import MemorySurroundings
from pictures import jpeg, png
from surroundings.worlds import fill, forbid

EXTENSIONS = (".png", ".jpg")
TABLE = "[tool.invigilator]\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    fill(tmp_path, {"reports/README.md": "", "reports/figures/roc.png": png(2, 2), "reports/report.py": "x = 1"})
    aged(tmp_path)
    return tmp_path


@pytest.fixture
def beside(root: Path) -> DiskSurroundings:
    return DiskSurroundings(root / "reports/README.md", root)


def aged(folder: Path) -> None:
    """Makes all that stands in a folder an hour old, so that no stamp is recent."""
    then = time.time() - 3600.5
    for path in [*folder.rglob("*"), folder]:
        os.utime(path, (then, then))


def answers(beside: DiskSurroundings) -> dict[str, object]:
    folder = beside.figure_folder("figures", EXTENSIONS)
    return {
        "figures": (folder.status, [(fact.path, fact.image and fact.image.width) for fact in folder.files]),
        "link": beside.look_up("figures/roc.png").status,
        "script": beside.script and beside.script.text,
        "configuration": beside.configuration and (beside.configuration.path, beside.configuration.text),
        "problems": [str(problem) for problem in beside.problems],
    }


FIRST: dict[str, object] = {
    "figures": ("ok", [("figures/roc.png", 2)]),
    "link": "file",
    "script": "x = 1",
    "configuration": None,
    "problems": [],
}


def write(path: str, content: bytes | str) -> Callable[[Path], None]:
    return lambda root: fill(root, {path: content})


def remove(path: str) -> Callable[[Path], None]:
    return lambda root: (root / path).unlink()


def rename(old: str, new: str) -> Callable[[Path], object]:
    return lambda root: (root / old).rename(root / new)


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        pytest.param(
            write("reports/figures/new.jpg", jpeg(24, 8)),
            {"figures": ("ok", [("figures/new.jpg", 24), ("figures/roc.png", 2)])},
            id="a figure saved",
        ),
        pytest.param(
            write("reports/figures/deep/new.png", png(3)),
            {"figures": ("ok", [("figures/deep/new.png", 3), ("figures/roc.png", 2)])},
            id="a figure saved in a new folder",
        ),
        pytest.param(
            write("reports/figures/roc.png", png(9, 9)),
            {"figures": ("ok", [("figures/roc.png", 9)])},
            id="a figure overwritten",
        ),
        pytest.param(
            remove("reports/figures/roc.png"), {"figures": ("ok", []), "link": "missing"}, id="a figure deleted"
        ),
        pytest.param(
            rename("reports/figures/roc.png", "reports/figures/ROC.png"),
            {"figures": ("ok", [("figures/ROC.png", 2)]), "link": "wrong-case"},
            id="a figure renamed",
        ),
        pytest.param(
            rename("reports/figures", "reports/plots"),
            {"figures": ("absent", []), "link": "missing"},
            id="the folder renamed",
        ),
        pytest.param(
            lambda root: shutil.rmtree(root / "reports/figures"),
            {"figures": ("absent", []), "link": "missing"},
            id="the folder deleted",
        ),
        pytest.param(write("reports/report.py", "x = 2"), {"script": "x = 2"}, id="report.py edited"),
        pytest.param(remove("reports/report.py"), {"script": None}, id="report.py deleted"),
        pytest.param(
            write("reports/report.py", b"\xff"),
            {"script": None, "problems": ["reports/report.py:1: is not UTF-8 text, so its limits are not used"]},
            id="report.py broken",
        ),
        pytest.param(
            write("reports/invigilator.toml", ""),
            {"configuration": ("reports/invigilator.toml", "")},
            id="configuration created",
        ),
        pytest.param(
            write("pyproject.toml", TABLE), {"configuration": ("pyproject.toml", TABLE)}, id="and in the folder above"
        ),
    ],
)
def test_a_change_is_seen(
    root: Path, beside: DiskSurroundings, change: Callable[[Path], object], differs: dict[str, object]
) -> None:
    assert answers(beside) == FIRST
    before = beside.generation
    change(root)
    assert answers(beside) == FIRST, "an answer holds until refresh() is called"
    assert beside.refresh()
    assert beside.generation != before
    assert answers(beside) == FIRST | differs


def test_a_figures_folder_created_later(tmp_path: Path) -> None:
    fill(tmp_path, {"README.md": ""})
    aged(tmp_path)
    beside = DiskSurroundings(tmp_path / "README.md", tmp_path)
    assert (beside.figure_folder("figures", EXTENSIONS).status, beside.look_up("figures/a.png").status) == (
        "absent",
        "missing",
    )
    fill(tmp_path, {"figures/a.png": png()})
    assert beside.refresh()
    assert (beside.figure_folder("figures", EXTENSIONS).status, beside.look_up("figures/a.png").status) == (
        "ok",
        "file",
    )


def test_a_configuration_edited_and_removed(root: Path, beside: DiskSurroundings) -> None:
    fill(root, {"pyproject.toml": TABLE, "reports/pyproject.toml": "[project]"})
    aged(root)
    assert answers(beside) == FIRST | {"configuration": ("pyproject.toml", TABLE)}
    fill(root, {"pyproject.toml": TABLE + "ignore = []"})
    assert beside.refresh()
    assert answers(beside) == FIRST | {"configuration": ("pyproject.toml", TABLE + "ignore = []")}
    fill(root, {"reports/pyproject.toml": TABLE + "# nearer"})
    assert beside.refresh()
    assert answers(beside) == FIRST | {"configuration": ("reports/pyproject.toml", TABLE + "# nearer")}
    (root / "reports/pyproject.toml").unlink()
    (root / "pyproject.toml").unlink()
    assert beside.refresh()
    assert answers(beside) == FIRST


def test_a_link_that_is_turned_outwards(tmp_path: Path) -> None:
    fill(tmp_path, {"root/figures/a.png": png(), "secret.png": png()})
    (tmp_path / "root/figures/l.png").symlink_to("a.png")
    beside = DiskSurroundings(tmp_path / "root/README.md", tmp_path / "root")
    assert beside.look_up("figures/l.png").status == "file"
    (tmp_path / "root/figures/l.png").unlink()
    (tmp_path / "root/figures/l.png").symlink_to(tmp_path / "secret.png")
    assert beside.refresh()
    assert beside.look_up("figures/l.png").status == "outside"


def test_permission_given_later(root: Path, beside: DiskSurroundings) -> None:
    with pytest.MonkeyPatch.context() as patch:
        forbid(patch, [root / "reports/figures/roc.png"])
        assert beside.look_up("figures/roc.png").status == "unreadable"
    (root / "reports/figures/roc.png").chmod(0o600)
    assert beside.refresh()
    assert beside.look_up("figures/roc.png").status == "file"


@pytest.mark.skipif(os.name == "nt", reason="there, a file has no time of its last change that cannot be set")
def test_a_file_edited_and_given_its_old_time(root: Path, beside: DiskSurroundings) -> None:
    assert answers(beside) == FIRST
    script = root / "reports/report.py"
    stamp = script.stat()
    script.write_text("x = 2")
    os.utime(script, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert beside.refresh()
    assert answers(beside) == FIRST | {"script": "x = 2"}


def test_more_paths_than_are_worth_watching(
    root: Path, beside: DiskSurroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "_MOST_WATCHED", 3)
    assert answers(beside) == FIRST
    assert beside.refresh()
    fill(root, {"reports/report.py": "x = 2"})
    assert answers(beside) == FIRST | {"script": "x = 2"}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda root: None, id="nothing"),
        pytest.param(write("reports/README.md", "typed and saved"), id="the report saved"),
        pytest.param(write("reports/report.py", "x = 1"), id="report.py saved unchanged"),
        pytest.param(write("elsewhere/x.png", png()), id="a folder that nobody asked for"),
        pytest.param(write("reports/.README.md.swp", ""), id="an editor's own file"),
    ],
)
def test_what_makes_no_difference_is_no_change(
    root: Path, beside: DiskSurroundings, change: Callable[[Path], object]
) -> None:
    fill(root, {"reports/.README.md.swp": "", "elsewhere/": b""})
    aged(root)
    assert answers(beside) == FIRST
    change(root)
    assert not beside.refresh()
    assert beside.generation == 0


def test_without_a_change_nothing_is_listed_or_opened(
    root: Path, beside: DiskSurroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answers(beside) == FIRST
    forbid(monkeypatch, [root, root / "reports", root / "reports/figures", *root.rglob("*")])
    assert not beside.refresh()
    assert answers(beside) == FIRST


def test_two_changes_within_one_tick_of_the_clock(
    root: Path, beside: DiskSurroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the second change leaves the folder's stamp as it was, a stamp that is still fresh is not trusted."""
    figures = root / "reports/figures"
    stamp = figures.stat()
    real_stat, frozen = os.stat, {str(figures): stamp}
    monkeypatch.setattr(os, "stat", lambda path, **named: frozen.get(str(path)) or real_stat(path, **named))
    now = [stamp.st_mtime_ns + 3_000_000]
    monkeypatch.setattr(time, "time_ns", lambda: now[0])

    assert len(beside.figure_folder("figures", EXTENSIONS).files) == 1
    fill(root, {"reports/figures/second.png": png()})
    assert beside.refresh()
    assert len(beside.figure_folder("figures", EXTENSIONS).files) == 2

    now[0] += 100_000_000  # from here on a change would have another stamp
    assert not beside.refresh()
    fill(root, {"reports/figures/third.png": png()})
    assert not beside.refresh(), "an old stamp that stayed is believed"


def test_a_clock_of_whole_seconds_is_trusted_after_two(
    root: Path, beside: DiskSurroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = root / "reports/report.py"
    os.utime(script, ns=(10**18, 10**18))
    stamp = script.stat()
    real_stat = os.stat
    monkeypatch.setattr(
        os, "stat", lambda path, **named: stamp if str(path) == str(script) else real_stat(path, **named)
    )
    now = [10**18 + 1_900_000_000]
    monkeypatch.setattr(time, "time_ns", lambda: now[0])
    assert beside.script is not None
    script.write_text("y = 2")
    assert beside.refresh()
    assert beside.script is not None
    assert beside.script.text == "y = 2"
    now[0] += 1_000_000_000
    assert not beside.refresh()


def test_many_changes_right_after_one_another_are_all_seen(root: Path, beside: DiskSurroundings) -> None:
    for count in range(2, 200):
        beside.figure_folder("figures", EXTENSIONS)
        fill(root, {f"reports/figures/{count}.png": b""})
        assert beside.refresh()
        assert len(beside.figure_folder("figures", EXTENSIONS).files) == count


def test_in_memory() -> None:
    beside = MemorySurroundings({"figures/a.png": png()}, "")
    assert beside.look_up("figures/b.png").status == "missing"
    beside.write("figures/b.png", png())
    assert beside.look_up("figures/b.png").status == "missing"
    assert beside.refresh()
    assert (beside.generation, beside.look_up("figures/b.png").status) == (1, "file")
    beside.remove("figures/b.png")
    assert beside.refresh()
    assert beside.look_up("figures/b.png").status == "missing"
    assert not beside.refresh()


def test_in_memory_a_path_is_a_file_or_a_folder() -> None:
    with pytest.raises(ValueError, match="both a file and a folder: figures"):
        MemorySurroundings({"figures": "", "figures/a.png": ""})
