"""The figures folder: what is in it, and what stands in the way."""

from __future__ import annotations

import pytest

from invigilator.report.model import Problem
from invigilator.surroundings import FigureFolder, FileFact, ImageHeader
from pictures import jpeg, png
from surroundings.worlds import World

EXTENSIONS = (".png", ".jpg", ".jpeg")


def test_allowed_images_at_any_depth_sorted(world: World) -> None:
    beside = world(
        {
            "reports/figures/zoo.png": png(2, 3),
            "reports/figures/Big.PNG": png(),
            "reports/figures/a/b.jpg": jpeg(16, 8),
            "reports/figures/my plot.jpeg": jpeg(),
            "reports/figures/broken.png": b"",
            "reports/figures/anim.gif": b"GIF89a",
            "reports/figures/notes.txt": "",
            "reports/figures/.hidden.png": png(),
            "reports/figures/.cache/x.png": png(),
            "reports/figures/folder.png/inside.png": png(),
            "figures/not-the-reports.png": png(),
        },
        "reports",
    )
    folder = beside.figure_folder("figures", EXTENSIONS)
    assert folder.status == "ok"
    assert [fact.path for fact in folder.files] == [
        "figures/Big.PNG",
        "figures/a/b.jpg",
        "figures/broken.png",
        "figures/folder.png/inside.png",
        "figures/my plot.jpeg",
        "figures/zoo.png",
    ]
    assert folder.files[-1] == FileFact("file", "figures/zoo.png", len(png(2, 3)), ImageHeader("png", 2, 3))
    assert {fact.status for fact in folder.files} == {"file"}
    assert beside.problems == ()


def test_each_is_the_fact_that_a_look_up_gives(world: World) -> None:
    beside = world({"reports/figures/a b.png": png(), "reports/figures/c/d.png": png()}, "reports")
    for fact in beside.figure_folder("figures", EXTENSIONS).files:
        assert beside.look_up(fact.path) == fact


def test_other_folders_and_extensions(world: World) -> None:
    beside = world({"reports/plots/a.svg": "<svg/>", "assets/b.png": png(), "reports/c.png": png()}, "reports")
    paths = [
        [fact.path for fact in beside.figure_folder(folder, extensions).files]
        for folder, extensions in (("plots", (".svg",)), ("../assets", EXTENSIONS), ("./", EXTENSIONS))
    ]
    assert paths == [["plots/a.svg"], ["../assets/b.png"], ["c.png"]]


@pytest.mark.parametrize("files", [{}, {"Figures/a.png": png()}, {"figures.png": png()}])
def test_absent(world: World, files: dict[str, bytes]) -> None:
    beside = world(files)
    assert beside.figure_folder("figures", EXTENSIONS) == FigureFolder("absent")
    assert beside.problems == ()


def test_empty(world: World) -> None:
    assert world({"figures/": b""}).figure_folder("figures", EXTENSIONS) == FigureFolder("ok")


def test_a_file_called_figures(world: World) -> None:
    beside = world({"reports/figures": "text"}, "reports")
    assert beside.figure_folder("figures", EXTENSIONS) == FigureFolder("not-a-folder")
    message = "is a file, not a folder, so it holds no figures; rename or delete it"
    assert beside.problems == (Problem("reports/figures", None, message),)


def test_a_folder_outside_the_root(world: World) -> None:
    beside = world({})
    assert beside.figure_folder("../elsewhere", EXTENSIONS) == FigureFolder("unreadable")
    message = "leads out of the project's folder, so it is not read for figures"
    assert beside.problems == (Problem("../elsewhere", None, message),)


def test_without_permission_for_the_folder(world: World) -> None:
    beside = world({"reports/figures/a.png": png()}, "reports", unreadable=["reports/figures"])
    assert beside.figure_folder("figures", EXTENSIONS) == FigureFolder("unreadable")
    message = "cannot be read (permission denied), so its figures are not listed"
    assert beside.problems == (Problem("reports/figures", None, message),)


def test_without_permission_for_a_part_the_rest_is_listed(world: World) -> None:
    files = {"figures/a.png": png(), "figures/b.png": png(), "figures/c/d.png": png()}
    beside = world(files, unreadable=["figures/b.png", "figures/c"])
    folder = beside.figure_folder("figures", EXTENSIONS)
    assert (folder.status, [fact.path for fact in folder.files]) == ("ok", ["figures/a.png"])
    assert [problem.path for problem in beside.problems] == ["figures/c"]


def test_five_folders_down_and_no_further(world: World) -> None:
    beside = world({"figures/1/2/3/4/5/in.png": png(), "figures/1/2/3/4/5/6/out.png": png()})
    assert [fact.path for fact in beside.figure_folder("figures", EXTENSIONS).files] == ["figures/1/2/3/4/5/in.png"]


def test_two_thousand_files_and_no_more(world: World) -> None:
    files = {f"figures/{number:04}.png": b"" for number in range(2_000)}
    full = world(files)
    assert len(full.figure_folder("figures", EXTENSIONS).files) == 2_000
    assert full.problems == ()


def test_more_than_two_thousand_files(world: World) -> None:
    beside = world({f"figures/{number:04}.png": b"" for number in range(2_001)})
    files = beside.figure_folder("figures", EXTENSIONS).files
    assert (len(files), files[-1].path) == (2_000, "figures/1999.png")
    message = "holds more than 2,000 figures; only the first 2,000 are looked at"
    assert beside.problems == (Problem("figures", None, message),)
