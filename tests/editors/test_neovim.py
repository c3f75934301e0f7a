"""A whole session in the real Neovim: what it sees, what its code actions do, and what it saves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from editors.sessions import HERE, Session, assert_copied, assert_mended, assert_seen, program, settings

PAGE = "neovim.md"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(tmp_path)


def neovim(session: Session, lua: str, driver_name: str = "neovim.lua", **variables: str) -> dict[str, Any]:
    path = session.write("settings.lua", lua)
    nvim = program("nvim", "it comes with the development tools on Linux")
    driver = str(HERE / driver_name)
    return session.run(nvim, "--headless", "--clean", "-l", driver, str(path), str(session.report), **variables)


def test_a_session(session: Session) -> None:
    told = neovim(session, settings(PAGE, "lua") + settings(PAGE, "lua", 1))

    assert_seen(told)
    assert told["encoding"] == "utf-8"
    assert_mended(told, session)
    assert_copied(told, session)
    assert told["stopped"] is True


def test_settings_given_in_the_editor(session: Session) -> None:
    told = neovim(session, settings(PAGE, "lua") + settings(PAGE, "lua", 3), WITHOUT="figure.remote")

    assert "answer.too-short" in told["diagnostics"]
    assert "figure.remote" not in told["diagnostics"]


def test_typing(session: Session) -> None:
    """Hints, folds and completion, by the keys a person types."""
    told = neovim(session, settings(PAGE, "lua") + settings(PAGE, "lua", 2), "neovim_typing.lua")

    assert told["hints"][3] == ["### Question 4", "27 of 50-100 words (23 missing)"]
    assert [heading for heading, _ in told["hints"]] == [f"### Question {number}" for number in range(1, 13)]
    assert told["folded prompt"] == ["> **Which question does your project answer, and for whom?**", ">"]
    assert told["folded question"] == "### Question 4 · 27 of 50-100 words (23 missing)"
    assert told["not shown"] == 1
    assert "confusion" in told["offered"][0]
    assert told["completed"] == "![What was taken for what](figures/confusion%20matrix.png)"
    assert told["completed"] in session.text
    assert told["new hint"] == ["### Question 12", "5 of 50-150 words (45 missing)"]


def test_hints_turned_off(session: Session) -> None:
    off = 'vim.lsp.config("invigilator", { settings = { invigilator = { inlayHints = false } } })\n'
    lua = settings(PAGE, "lua") + settings(PAGE, "lua", 2) + off
    assert neovim(session, lua, "neovim_typing.lua", WITHOUT_HINTS="1") == {"hints": []}


def test_a_figure_gets_another_name(session: Session) -> None:
    """Neovim's own keys: definition, references and rename; the file moves, and the link in the report with it."""
    told = neovim(session, settings(PAGE, "lua"), "neovim_figures.lua")

    assert told["definition"] == [["Loss-curve.png", 1, 1]]
    assert told["references"] == 1
    assert told["offered"] == "loss-curve.png"
    assert ".gif is not one of the allowed types (.png, .jpg, .jpeg). Type loss.png." in told["refused"]
    assert "This is no figure that could be renamed." in told["no figure"]
    figures = session.report.parent / "figures"
    assert (figures / "run 31" / "loss of training.png").exists()
    assert not (figures / "Loss-curve.png").exists()
    assert "På øen 🚲: ![Træning](figures/run%2031/loss%20of%20training.png)\n" in session.text


def test_restoring_a_prompt(session: Session) -> None:
    """By the keys for the quick fixes, against a template that the configuration names."""
    original = session.text
    (session.report.parent / "template.md").write_bytes(original.encode())
    (session.report.parents[1] / "invigilator.toml").write_text('template = "reports/template.md"\n', encoding="utf-8")
    changed = original.replace("What do your tests cover, and what do they leave out?", "Which tests are there?")
    assert changed != original
    session.report.write_bytes(changed.encode())
    neovim(session, settings(PAGE, "lua"), "neovim_typing.lua", RESTORE="1")
    assert session.text == original
