"""Which image is being typed at a cursor (`|`), read from its line alone."""

from __future__ import annotations

import time

import pytest

from invigilator.figures.half_typed import TypedImage, TypedPath, half_typed


def at(drawn: str) -> tuple[TypedPath | TypedImage | None, str]:
    """What is found at the `|`, and the text without it."""
    cursor = drawn.index("|")
    line = drawn[:cursor] + drawn[cursor + 1 :]
    return half_typed(line, cursor), line


@pytest.mark.parametrize(
    ("drawn", "replaced", "typed", "closing"),
    [
        ("![a](|", "", "", ")"),
        ("![a](|)", "", "", ""),
        ("![](|", "", "", ")"),
        ("See ![a](fig|", "fig", "fig", ")"),
        ("![a](figures/|)", "figures/", "figures/", ""),
        ("![a](./figures/lo|", "./figures/lo", "./figures/lo", ")"),
        ("![a]( fig| )", "fig", "fig", ""),
        ("![a](fig|ures/old.png)", "figures/old.png", "fig", ""),
        ("![a](|figures/old.png)", "figures/old.png", "", ""),
        ('![a](fig|ures/old.png "Its title")', "figures/old.png", "fig", ""),
        ("![a](fig| 'Its title')", "fig", "fig", ""),
        ("![a](figures/loss cu|", "figures/loss cu", "figures/loss cu", ")"),
        ("![a](figures/lo|ss curve.png)", "figures/loss curve.png", "figures/lo", ""),
        ("![a](figures/loss(1|).png)", "figures/loss(1).png", "figures/loss(1", ""),
        ("![a](figures/loss(1|", "figures/loss(1", "figures/loss(1", ")"),
        ("![a](figures/loss(|1).png)", "figures/loss(1).png", "figures/loss(", ""),
        (r"![a](figures/loss\)|.png)", r"figures/loss\).png", r"figures/loss\)", ""),
        ("![a [b] c](f|", "f", "f", ")"),
        (r"![a\]](f|", "f", "f", ")"),
        ("[![a](f|", "f", "f", ")"),
        ("[see](a ![b](c|", "c", "c", ")"),
        ("(see ![a](x.png) and ![b](c|", "c", "c", ")"),
        ("![a](| and (see below)", "", "", ")"),
        ("![a](| and ![b](figures/b.png)", "", "", ")"),
        ("> - ![a](f|", "f", "f", ")"),
    ],
)
def test_path(drawn: str, replaced: str, typed: str, closing: str) -> None:
    found, line = at(drawn)
    assert isinstance(found, TypedPath)
    assert (line[slice(*found.span)], found.typed, found.closing, found.angled) == (replaced, typed, closing, False)


@pytest.mark.parametrize(
    ("drawn", "replaced", "typed", "closing"),
    [
        ("![a](<|", "", "", ">)"),
        ("![a](<|>", ">", "", ">)"),
        ("![a](<|)", "", "", ">"),
        ("![a](<|>)", "", "", ""),
        ("![a](<loss cu|>)", "loss cu", "loss cu", ""),
        ("![a](<lo|ss curve.png>)", "loss curve.png", "lo", ""),
        ('![a](<lo|ss curve.png> "Title")', "loss curve.png", "lo", ""),
        ("![a](<loss (1|", "loss (1", "loss (1", ">)"),
        ("![a](<lo|ss)", "loss", "lo", ">"),
    ],
)
def test_path_in_angle_brackets(drawn: str, replaced: str, typed: str, closing: str) -> None:
    found, line = at(drawn)
    assert isinstance(found, TypedPath)
    assert (line[slice(*found.span)], found.typed, found.closing, found.angled) == (replaced, typed, closing, True)


def test_what_is_glued_to_an_open_path_may_belong_to_it() -> None:
    found, line = at("![a](figures/lo|ss.png and more")
    assert isinstance(found, TypedPath)
    assert line[slice(*found.span)] == "figures/lo"
    assert line[found.span.start : found.glued] == "figures/loss.png"


@pytest.mark.parametrize(
    ("drawn", "replaced", "typed", "begins"),
    [
        ("!|", "!", None, True),
        ("  - !|", "!", None, True),
        ("12. !|", "!", None, True),
        ("> !|", "!", None, True),
        ("See !|", "!", None, False),
        ("(!|", "!", None, False),
        ("![|", "![", "", True),
        ("![|]", "![]", "", True),
        ("See ![|] too", "![]", "", False),
        ("![lo|", "![lo", "lo", True),
        ("![lo|]", "![lo]", "lo", True),
    ],
)
def test_image(drawn: str, replaced: str, typed: str | None, begins: bool) -> None:
    found, line = at(drawn)
    assert isinstance(found, TypedImage)
    assert (line[slice(*found.span)], found.typed, found.begins) == (replaced, typed, begins)


@pytest.mark.parametrize(
    "drawn",
    [
        "|",
        "Some words.|",
        "Great!|",
        "Great!!|",
        "Great!|[",
        "!|[a](x.png)",
        r"\!|",
        r"\![|",
        "[|",
        "[a](|",
        "[a](figures/|)",
        r"\![a](|",
        r"!\[a](|",
        "[![a](x.png)](fig|",
        "![a](x.png)|",
        "![a](x.png) and |",
        "![a](x(1).png) and |",
        "![a](<x.png>|",
        "![a](<x.png>) and |",
        "![a]|(x.png)",
        "![|](x.png)",
        "![|][ref]",
        "![a] (|",
        "!(|",
    ],
)
def test_nothing(drawn: str) -> None:
    assert at(drawn)[0] is None


@pytest.mark.parametrize("piece", ["[", "![a](", "![", "](", "[]", "(", "\\", "a"])
def test_generated_line_takes_no_time(piece: str) -> None:
    line = piece * (200_000 // len(piece))
    begun = time.perf_counter()
    half_typed(line, len(line) - len(line) % 2)
    half_typed(line, len(line) // 2)
    assert time.perf_counter() - begun < 0.2


def test_offsets_on_a_long_line_count_from_its_start() -> None:
    found, line = at(f"{'word ' * 2_000}![a](fig|)")
    assert isinstance(found, TypedPath)
    assert line[slice(*found.span)] == "fig"
    found, line = at(f"{'word ' * 2_000}![|]")
    assert isinstance(found, TypedImage)
    assert (line[slice(*found.span)], found.begins) == ("![]", False)
