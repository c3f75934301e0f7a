"""What can be clicked in a report, and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from protocol.clients import EGLOT, KATE, NEOVIM, VSCODE_FILES
from protocol.editor import Document, Editor, Json
from protocol.reports import WORDS, folder, question, report

Start = Callable[..., Editor]


def links(document: Document) -> list[tuple[str, str]]:
    """The text of every link and its target."""
    return [(document.shown(link["range"]), link["target"]) for link in document.ask("documentLink")]


@pytest.mark.parametrize("capabilities", [VSCODE_FILES, NEOVIM, EGLOT, KATE, {}])
def test_every_path_that_leads_somewhere(start: Start, tmp_path: Path, capabilities: Json) -> None:
    answer = (
        "🚲 ![a](figures/a.png) ![wrong](figures/A.png) ![s](<figures/b c.png> 'title') [all](figures)\n"
        "![no](none.png) ![web](https://x.org/ü.png?w=1#top) [mail](mailto:x@y.org) "
        "![data](data:image/png;base64,AAAA) [top](#top)\n"
        '`![code](figures/a.png)` <!-- ![comment](figures/a.png) --> <img width=3 src="figures/a.png"> ![r][ref]\n\n'
        "[ref]: ./figures/a.png\n\n[![in](figures/a.png)](//x.org/b.png) ![out](../../../../etc/hostname)"
    )
    asks = "Like ![this](/figures/a.png)."
    text = "# A report\n\n[intro](figures/a.png)\n\n" + question(1, WORDS, asks) + question(2, answer)
    document = start(tmp_path, capabilities).open(folder(tmp_path, text, ("a.png", "b c.png")))
    a, spaced = ((tmp_path / "figures" / name).as_uri() for name in ("a.png", "b c.png"))
    assert links(document) == [
        ("figures/a.png", a),
        ("/figures/a.png", a),
        ("figures/a.png", a),
        ("figures/A.png", a),
        ("figures/b c.png", spaced),
        ("https://x.org/ü.png?w=1#top", "https://x.org/%C3%BC.png?w=1#top"),
        ("figures/a.png", a),
        ("./figures/a.png", a),
        ("//x.org/b.png", "https://x.org/b.png"),
        ("figures/a.png", a),
    ]
    assert spaced.endswith("/b%20c.png")


@pytest.mark.parametrize(
    "name", ["a%20b.png", "100%.png", "a#b.png", "a?b.png", "it's.png", 'a"b.png', "a\nb.png", "å🚲.png"]
)
def test_addresses_of_odd_names(start: Start, tmp_path: Path, name: str) -> None:
    written = "".join(f"%{byte:02X}" for byte in name.encode())
    document = start(tmp_path).open(folder(tmp_path, report(f"![it](figures/{written})"), (name,)))
    ((text, target),) = links(document)
    assert text == f"figures/{written}"
    parts = urlsplit(target)
    assert unquote(parts.path) == str(tmp_path / "figures" / name)
    assert (parts.query, parts.fragment) == ("", "")


def test_tooltips_for_clients_that_show_them(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report("![it](figures/a.png)"), ("a.png",))
    (link,) = start(tmp_path, VSCODE_FILES).open(file).ask("documentLink")
    assert link["tooltip"].startswith("figures/a.png: 6 × 4 pixels, ")
    (link,) = start(tmp_path, NEOVIM).open(file).ask("documentLink")
    assert "tooltip" not in link


def test_after_edits_and_on_the_disk_as_it_is(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report(WORDS, "Second.", "![it](figures/b.png)"), ("a.png",))
    document = start(tmp_path).open(file)
    assert links(document) == []
    document.replace("Second.", "Second ![more](figures/a.png).\n\n- and")
    assert [text for text, _ in links(document)] == ["figures/a.png"]
    (tmp_path / "figures" / "a.png").rename(tmp_path / "figures" / "b.png")
    assert [text for text, _ in links(document)] == ["figures/b.png"]


def test_definition_that_comes_later(start: Start, tmp_path: Path) -> None:
    """A reference in a prompt or answer is one as soon as its definition is there, and not before."""
    file = folder(tmp_path, report("![it][a]", "Later."), ("a.png",))
    document = start(tmp_path).open(file)
    assert document.ask("references", document.at("![it]", 2), context={"includeDeclaration": False}) is None
    document.replace("Later.", "[a]: figures/a.png")
    places = document.ask("references", document.at("![it]", 2), context={"includeDeclaration": False})
    assert [document.shown(place["range"]) for place in places] == ["![it][a]", "figures/a.png"]
