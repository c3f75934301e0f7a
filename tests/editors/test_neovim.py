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


def neovim(session: Session, lua: str, **variables: str) -> dict[str, Any]:
    path = session.write("settings.lua", lua)
    nvim = program("nvim", "it comes with the development tools on Linux")
    driver = str(HERE / "neovim.lua")
    return session.run(nvim, "--headless", "--clean", "-l", driver, str(path), str(session.report), **variables)


def test_a_session(session: Session) -> None:
    told = neovim(session, settings(PAGE, "lua") + settings(PAGE, "lua", 1))

    assert_seen(told)
    assert told["encoding"] == "utf-8"
    assert_mended(told, session)
    assert_copied(told, session)
    assert told["stopped"] is True


def test_settings_given_in_the_editor(session: Session) -> None:
    told = neovim(session, settings(PAGE, "lua") + settings(PAGE, "lua", 2), WITHOUT="figure.remote")

    assert "answer.too-short" in told["diagnostics"]
    assert "figure.remote" not in told["diagnostics"]
