"""A whole session in the real Emacs with eglot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from editors.sessions import HERE, Session, assert_copied, assert_mended, assert_seen, program, settings

PAGE = "emacs.md"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(tmp_path)


def emacs(session: Session, elisp: str, **variables: str) -> dict[str, Any]:
    path = session.write("settings.el", elisp)
    program_ = program("emacs", "on Debian it is emacs-nox, with elpa-eglot and elpa-markdown-mode")
    return session.run(
        program_, "--batch", "-l", str(HERE / "emacs.el"), "--", str(path), str(session.report), **variables
    )


def test_a_session(session: Session) -> None:
    told = emacs(session, settings(PAGE, "elisp") + settings(PAGE, "elisp", 1))

    assert_seen(told)
    assert_mended(told, session)
    assert_copied(told, session)
    assert told["completed"] == "![What was taken for what](figures/confusion%20matrix.png)"
    assert told["completed"] in session.text
    assert told["not shown"] == 0
    assert told["stopped"] is True


def test_settings_given_in_the_editor(session: Session) -> None:
    told = emacs(session, settings(PAGE, "elisp") + settings(PAGE, "elisp", 2), WITHOUT="figure.remote")

    assert "answer.too-short" in told["diagnostics"]
    assert "figure.remote" not in told["diagnostics"]
