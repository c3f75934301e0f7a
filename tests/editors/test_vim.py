"""A whole session in the real Vim with ALE."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from editors.sessions import HERE, Session, assert_mended, assert_seen, missing, program, settings

PAGE = "vim.md"
ALE = Path(os.environ.get("INVIGILATOR_EDITORS_ALE", "/usr/share/vim-ale"))


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(tmp_path)


def vim(session: Session, linter: str, **variables: str) -> dict[str, Any]:
    vim_ = program("vim", "on Debian it is vim-nox, with vim-ale")
    if not ALE.is_dir():
        missing("ALE is not installed: on Debian it is vim-ale")
    session.write(".vim/ale_linters/markdown/invigilator.vim", linter)
    packages = f"set runtimepath^={ALE}\n"
    vimrc = session.write(".vimrc", packages + settings(PAGE, "vim", 1) + "set hidden noswapfile\nfiletype plugin on\n")
    driver = str(HERE / "vim_ale.vim")
    return session.run(
        vim_, "-N", "-u", str(vimrc), "-i", "NONE", "-es", "-S", driver, str(session.report), **variables
    )


def test_a_session(session: Session) -> None:
    told = vim(session, settings(PAGE, "vim"))

    assert_seen(told)
    assert_mended(told, session)


def test_settings_given_in_the_editor(session: Session) -> None:
    told = vim(session, settings(PAGE, "vim", 2), WITHOUT="figure.remote")

    assert "answer.too-short" in told["diagnostics"]
    assert "figure.remote" not in told["diagnostics"]
