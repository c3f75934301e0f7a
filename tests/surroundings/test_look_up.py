"""What a path in a report means; every line of the tables holds on disk and in memory."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest

from invigilator.surroundings import FileFact, ImageHeader
from pictures import jpeg, png
from surroundings.worlds import World

Form = Literal["NFC", "NFD"]

FILES: dict[str, bytes | str] = {
    "reports/figures/roc.png": png(12, 8),
    "reports/figures/Loss Curve.PNG": png(),
    "reports/figures/deep/er/net.jpg": jpeg(20, 10),
    "reports/figures/empty.png": b"",
    "reports/figures/notes.png": "no image at all",
    "reports/Plots/a.png": png(),
    "reports/plots/b.png": png(),
    "docs/plan.png": png(3, 4),
    "docs/Å.png": png(),
    "reports/aux.png": png(),
    "logo.png": png(5, 6),
}


@pytest.mark.parametrize(
    ("path", "status", "true_path"),
    [
        ("figures/roc.png", "file", "figures/roc.png"),
        ("./figures//./roc.png", "file", "figures/roc.png"),
        ("figures/deep/../roc.png", "file", "figures/roc.png"),
        ("figures/no-such-folder/../roc.png", "file", "figures/roc.png"),
        ("figures/deep/er/net.jpg", "file", "figures/deep/er/net.jpg"),
        ("figures/Loss Curve.PNG", "file", "figures/Loss Curve.PNG"),
        ("../docs/plan.png", "file", "../docs/plan.png"),
        ("../reports/figures/roc.png", "file", "figures/roc.png"),
        ("/reports/figures/roc.png", "file", "figures/roc.png"),
        ("/logo.png", "file", "../logo.png"),
        ("/docs/../logo.png", "file", "../logo.png"),
        ("aux.png", "file", "aux.png"),
        # the case
        ("figures/ROC.png", "wrong-case", "figures/roc.png"),
        ("Figures/roc.png", "wrong-case", "figures/roc.png"),
        ("figures/loss curve.png", "wrong-case", "figures/Loss Curve.PNG"),
        ("FIGURES/DEEP/ER/NET.JPG", "wrong-case", "figures/deep/er/net.jpg"),
        ("/Docs/plan.png", "wrong-case", "../docs/plan.png"),
        ("../docs/å.png", "wrong-case", "../docs/Å.png"),
        # two folders that differ in case only: the file decides
        ("plots/a.png", "wrong-case", "Plots/a.png"),
        ("plots/b.png", "file", "plots/b.png"),
        ("Plots/b.png", "wrong-case", "plots/b.png"),
        # nothing there
        ("figures/none.png", "missing", "figures/none.png"),
        ("figures/none/../gone.png", "missing", "figures/gone.png"),
        ("figures/roc.png/more.png", "missing", "figures/roc.png/more.png"),
        ("figures/roc.png/", "missing", "figures/roc.png"),
        ("figures\\roc.png", "missing", "figures\\roc.png"),
        ("figures/\0.png", "missing", "figures/\0.png"),
        ("figures/\ud800.png", "missing", "figures/\ud800.png"),
        ("figures/roc.png.", "missing", "figures/roc.png."),
        ("figures/roc.png:stream", "missing", "figures/roc.png:stream"),
        ("figures/" + 300 * "x" + ".png", "missing", "figures/" + 300 * "x" + ".png"),
        ("docs/plan.png", "missing", "docs/plan.png"),
        # folders
        ("figures", "directory", "figures"),
        ("figures/", "directory", "figures"),
        ("", "directory", "."),
        ("..", "directory", ".."),
        ("/", "directory", ".."),
        # places that must not be looked at
        ("../../secret.png", "outside", "../../secret.png"),
        ("figures/../../../root/logo.png", "outside", "figures/../../../root/logo.png"),
        ("/../logo.png", "outside", "/../logo.png"),
        ("//server/share/x.png", "outside", "//server/share/x.png"),
        ("\\\\server\\share\\x.png", "outside", "\\\\server\\share\\x.png"),
        ("\\\\.\\COM1", "outside", "\\\\.\\COM1"),
        ("//./NUL", "outside", "//./NUL"),
        ("C:\\figures\\roc.png", "outside", "C:\\figures\\roc.png"),
        ("c:/figures/roc.png", "outside", "c:/figures/roc.png"),
        ("D:roc.png", "outside", "D:roc.png"),
        ("file:///etc/passwd", "outside", "file:///etc/passwd"),
    ],
)
def test_status_and_true_path(world: World, path: str, status: str, true_path: str) -> None:
    fact = world(FILES, "reports").look_up(path)
    assert (fact.status, fact.path) == (status, true_path)
    assert (fact.image is not None) == (status in ("file", "wrong-case"))


@pytest.mark.parametrize(
    ("path", "bytes_", "image"),
    [
        ("figures/roc.png", len(png(12, 8)), ImageHeader("png", 12, 8)),
        ("figures/ROC.png", len(png(12, 8)), ImageHeader("png", 12, 8)),
        ("figures/deep/er/net.jpg", len(jpeg(20, 10)), ImageHeader("jpeg", 20, 10)),
        ("figures/empty.png", 0, ImageHeader(None, None, None)),
        ("figures/notes.png", 15, ImageHeader(None, None, None)),
    ],
)
def test_size_and_header(world: World, path: str, bytes_: int, image: ImageHeader) -> None:
    fact = world(FILES, "reports").look_up(path)
    assert (fact.bytes, fact.image) == (bytes_, image)


def test_a_report_at_the_root(world: World) -> None:
    beside = world({"figures/roc.png": png()})
    assert beside.look_up("figures/roc.png").status == "file"
    assert beside.look_up("/figures/roc.png") == beside.look_up("figures/roc.png")
    assert beside.look_up("../figures/roc.png").status == "outside"
    assert beside.look_up("") == FileFact("directory", ".")


@pytest.mark.parametrize(("written", "asked"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_composed_and_decomposed_letters_are_the_same_name(world: World, written: Form, asked: Form) -> None:
    name = unicodedata.normalize(written, "figures/kælling é.png")
    link = unicodedata.normalize(asked, name)
    beside = world({name: png()})
    assert beside.look_up(link)[:2] == ("file", name)
    assert beside.look_up(link.replace("é", "É").replace("e\u0301", "E\u0301"))[:2] == ("wrong-case", name)


def test_of_two_names_for_one_the_exact_one_is_taken(world: World) -> None:
    composed, decomposed = "figures/\u00e9.png", "figures/e\u0301.png"
    beside = world({composed: png(1), decomposed: png(2), "figures/\u00c9.png": png(3)})
    assert [beside.look_up(path)[:2] for path in (composed, decomposed)] == [("file", composed), ("file", decomposed)]


def test_the_same_letters_come_before_those_of_another_case(world: World) -> None:
    beside = world({"figures/\u00e9.png": png(1), "figures/E\u0301.png": png(2)})
    assert beside.look_up("figures/e\u0301.png")[:2] == ("file", "figures/\u00e9.png")


def test_without_permission(world: World) -> None:
    files = {"figures/roc.png": png(), "plots/a.png": png()}
    beside = world(files, unreadable=["figures/roc.png", "plots"])
    assert beside.look_up("figures/roc.png") == FileFact("unreadable", "figures/roc.png")
    assert beside.look_up("plots/a.png") == FileFact("unreadable", "plots/a.png")
    assert beside.look_up("plots/none.png") == FileFact("unreadable", "plots/none.png")


def test_thousands_of_half_typed_paths_change_nothing(world: World) -> None:
    beside = world(FILES, "reports")
    for number in range(6_000):
        assert beside.look_up(f"figures/{number}").status == "missing"
    assert beside.look_up("figures/roc.png").status == "file"
    assert not beside.refresh()
    assert len(beside._facts) <= 5_000
