"""Which file a typed name means. What editors do with it is in tests/protocol/test_rename.py."""

from __future__ import annotations

from typing import Any

import pytest

from drawn import check
from invigilator.figures.other_path import other_path, written_name
from invigilator.figures.renaming import NotRenamedError, new_path
from invigilator.surroundings.memory import MemorySurroundings
from pictures import png

FILES: dict[str, bytes | str] = {
    "reports/figures/a.png": png(),
    "reports/figures/runs/b.png": png(),
    "reports/Img/c.GIF": b"GIF89a",
    "reports/figures/d.PNG": png(),
    "img/e.png": png(),
}


def renamed(path: str, typed: str, **configuration: Any) -> str:
    """Where the file at `path` goes, seen from a report in `reports/`."""
    surroundings = MemorySurroundings(FILES, "reports")
    analysis = check("### Question 1\n> Answer:\n", surroundings, **configuration)
    return new_path(analysis, surroundings.look_up(path), typed)


@pytest.mark.parametrize(
    ("path", "typed", "expected"),
    [
        ("figures/a.png", "n", "figures/n.png"),
        ("figures/runs/b.png", "n.png", "figures/runs/n.png"),
        ("figures/runs/b.png", "runs/n.png", "figures/runs/n.png"),
        ("figures/runs/b.png", "other/n.png", "figures/other/n.png"),
        ("figures/runs/b.png", "../n.png", "figures/n.png"),
        ("figures/runs/b.png", "figures/n.png", "figures/n.png"),
        ("figures/runs/b.png", "FIGURES/Runs/n.png", "figures/runs/n.png"),
        ("figures/runs/b.png", "./deep//er/./n.png", "figures/deep/er/n.png"),
        ("figures/runs/b.png", "Runs/", "figures/runs/b.png"),
        ("../img/e.png", "n.png", "../img/n.png"),
        ("../img/e.png", "sub/n.png", "../img/sub/n.png"),
        ("../img/e.png", "figures/n.png", "figures/n.png"),
        ("/img/e.png", "../n.png", "../n.png"),
        ("Img/c.GIF", "n", "Img/n.GIF"),
        ("Img/c.GIF", "n.GIF", "Img/n.GIF"),
        ("figures/d.PNG", "n", "figures/n.PNG"),
        ("figures/d.PNG", "d.png", "figures/d.png"),
        ("figures/a.png", "loss.v2", "figures/loss.v2.png"),
        ("figures/a.png", "loss 0.001", "figures/loss 0.001.png"),
    ],
)
def test_where_it_goes(path: str, typed: str, expected: str) -> None:
    assert renamed(path, typed) == expected


@pytest.mark.parametrize(
    ("path", "typed", "said"),
    [
        ("Img/c.GIF", "c.png", "Img/c.GIF is a GIF, and another ending does not make it a PNG."),
        ("Img/c.GIF", "c.gif", ".gif is not one of the allowed types (.png, .jpg, .jpeg). Type c.GIF."),
        ("figures/a.png", "A.png/x", "figures/a.png is a file, not a folder."),
        ("figures/a.png", "d.png", "figures/d.PNG is there already, and that is the same name on Windows and macOS."),
        ("figures/a.png", "../../../x.png", "outside the project's folder"),
        ("figures/a.png", "x/../../../../x.png", "outside the project's folder"),
    ],
)
def test_why_not(path: str, typed: str, said: str) -> None:
    with pytest.raises(NotRenamedError) as caught:
        renamed(path, typed)
    assert said in str(caught.value)


def test_other_folders_and_types_are_configurable() -> None:
    assert renamed("../img/e.png", "sub/n", figures="../img") == "../img/sub/n.png"
    with pytest.raises(NotRenamedError, match=r"\.png is not one of the allowed types \(\.svg\)"):
        renamed("Img/c.GIF", "n.png", extensions=[".svg"])


@pytest.mark.parametrize(
    ("written", "old", "new", "expected"),
    [
        ("figures/a.png", "figures/a.png", "figures/b c.png", "figures/b%20c.png"),
        ("./figures/a.png", "figures/a.png", "img/a.png", "./img/a.png"),
        ("./figures/a.png", "figures/a.png", "../a.png", "../a.png"),
        ("/reports/figures/a.png", "figures/a.png", "figures/b.png", "/reports/figures/b.png"),
        ("../reports/figures/a.png", "figures/a.png", "img/a.png", "img/a.png"),
        ("my%20plots/a.png", "my plots/a.png", "my plots/b.png", "my%20plots/b.png"),
        ("my plots/a.png", "my plots/a.png", "my plots/b.png", "my plots/b.png"),
        ("./a.png", "a.png", "b.png", "./b.png"),
        ("a.png?raw=true#top", "a.png", "b.png", "b.png?raw=true#top"),
        ("a&#40;1.png#top", "a(1.png", "b.png", "b.png#top"),
        ("Figures/a.png", "figures/a.png", "figures/b.png", "figures/b.png"),
        ("figures%2Fa.png", "figures/a.png", "figures/b.png", "figures/b.png"),
        ("figures/", "figures", "img", "img/"),
        ("x.png", "x.png", "a:b.png", "a%3Ab.png"),
    ],
)
def test_path_in_the_style_it_is_written(written: str, old: str, new: str, expected: str) -> None:
    assert other_path(written, old, new, f"reports/{new}") == expected


def test_name_in_a_written_path() -> None:
    assert [written_name(path) for path in ("a/b%20c.png?x=/#y", "b.png", "a/", "&#40;.png#t")] == [
        *("b%20c.png", "b.png", "", "&#40;.png"),
    ]
