"""What new pictures are called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import check
from fixes.cases import report
from invigilator.figures.image_text import encoded
from invigilator.figures.new_figures import clean_name, free_path
from invigilator.surroundings.memory import MemorySurroundings

TEXT = report("One.")


@pytest.mark.parametrize(
    ("wished", "name"),
    [
        ("loss.png", "loss.png"),
        ("Loss Curve.PNG", "loss-curve.png"),
        ("Screenshot 2026-11-23 at 10.15.07.png", "screenshot-2026-11-23-at-10-15-07.png"),
        ("C:\\temp\\my_plot (2).jpeg", "my-plot-2.jpeg"),
        ("/home/me/plot.jpg", "plot.jpg"),
        ("Forløb på 10 %.png", "forløb-på-10.png"),
        ("A\u030angstro\u0308m.png", "ångström.png"),
        ("photo.webp", "photo.webp"),
        ("no ending", "no-ending.png"),
        ("odd.end ing", "odd-end-ing.png"),
        ("***.png", "figure.png"),
        ("", "figure.png"),
        (".png", "png.png"),
        ("CON.png", "figure-con.png"),
        ("lpt1.jpg", "figure-lpt1.jpg"),
        ("x" * 300 + ".png", "x" * 60 + ".png"),
        ("line\nbreak\t.png", "line-break.png"),
    ],
)
def test_clean_names(wished: str, name: str) -> None:
    assert clean_name(wished) == name


@given(st.text(max_size=80))
def test_a_clean_name_needs_no_encoding_and_is_one_name(wished: str) -> None:
    name = clean_name(wished)
    assert encoded(name) == name
    assert clean_name(name) == name
    assert name == name.lower()
    assert len(name) <= 70


@pytest.mark.parametrize(
    ("files", "taken", "path"),
    [
        ([], (), "figures/loss.png"),
        (["figures/loss.png"], (), "figures/loss-2.png"),
        (["figures/LOSS.png", "figures/loss-2.png"], (), "figures/loss-3.png"),
        (["figures/loss.png/inside.png"], (), "figures/loss-2.png"),
        ([], ("figures/loss.png", "figures/loss-2.png"), "figures/loss-3.png"),
        (["figures"], (), None),
    ],
)
def test_free_paths(files: list[str], taken: tuple[str, ...], path: str | None) -> None:
    analysis = check(TEXT, MemorySurroundings(dict.fromkeys(files, b"x")))
    assert free_path(analysis, "Loss.png", taken) == path


def test_a_document_in_no_folder_has_no_place_for_files() -> None:
    assert free_path(check(TEXT), "loss.png") is None
