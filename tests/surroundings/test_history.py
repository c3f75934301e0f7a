"""The original template in git's history: in repositories of every kind, asked for real."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from invigilator.report.grammar import DEFAULT_GRAMMAR
from invigilator.surroundings import TextFile
from invigilator.surroundings.disk import DiskSurroundings
from invigilator.surroundings.git import history as histories
from invigilator.template.original import FirstBlank
from surroundings.repositories import GIT, git, pretend
from surroundings.worlds import fill
from template.templates import ASKED, TEMPLATE, answered, question, report

pytestmark = pytest.mark.skipif(GIT is None or os.name == "nt", reason="needs git, and scripts that can be executed")

CHOICE = FirstBlank(DEFAULT_GRAMMAR)
HALF = report(question(1, "We are three."), *(question(number) for number in list(ASKED)[1:]))


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def repository(path: Path, *versions: str, name: str = "reports/README.md") -> Path:
    """A repository with one commit for each version of the report."""
    path.mkdir(parents=True, exist_ok=True)
    git(path, "init", "-q")
    for version in versions:
        commit(path, version, name)
    return path


def commit(root: Path, version: str, name: str = "reports/README.md") -> None:
    fill(root, {name: version})
    git(root, "add", name)
    git(root, "commit", "-qm", "another version")


def beside(root: Path, name: str = "reports/README.md") -> DiskSurroundings:
    return DiskSurroundings(root / name, root)


def text_of(original: TextFile | None) -> str | None:
    return None if original is None else original.text


def original(root: Path, name: str = "reports/README.md") -> str | None:
    return text_of(beside(root, name).original(CHOICE))


# --- repositories of every kind ---------------------------------------------------------------------------------------


def test_blank_at_first_and_filled_in_later(tmp_path: Path) -> None:
    root = repository(tmp_path, TEMPLATE, HALF, answered())
    found = beside(root).original(CHOICE)
    assert text_of(found) == TEMPLATE
    assert found is not None
    assert found.path.startswith("reports/README.md in commit ")


def test_another_file_at_first(tmp_path: Path) -> None:
    root = repository(tmp_path, "# Our project\n", "# Our project\n\nAnswer: 42\n", TEMPLATE, answered())
    assert original(root) == TEMPLATE


def test_squashed(tmp_path: Path) -> None:
    assert original(repository(tmp_path, answered())) is None


def test_a_shallow_clone(tmp_path: Path) -> None:
    upstream = repository(tmp_path / "upstream", TEMPLATE, HALF, answered())
    git(tmp_path, "clone", "-q", "--depth", "1", upstream.as_uri(), "clone")
    clone = tmp_path / "clone"
    around = beside(clone)
    assert around.original(CHOICE) is None
    git(clone, "fetch", "-q", "--unshallow")
    assert around.refresh()
    assert text_of(around.original(CHOICE)) == TEMPLATE


def test_a_clone_without_the_old_blobs(tmp_path: Path) -> None:
    """What is missing is not fetched: nobody asked for the network."""
    upstream = repository(tmp_path / "upstream", TEMPLATE, HALF, answered())
    git(upstream, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", upstream.as_uri(), "clone")
    clone = tmp_path / "clone"
    upstream.rename(tmp_path / "moved")
    assert original(clone) is None


def test_a_worktree(tmp_path: Path) -> None:
    root = repository(tmp_path / "project", TEMPLATE, answered())
    git(root, "worktree", "add", "-q", str(tmp_path / "other"))
    assert original(tmp_path / "other") == TEMPLATE


def test_a_submodule(tmp_path: Path) -> None:
    inner = repository(tmp_path / "inner", TEMPLATE, answered())
    outer = repository(tmp_path / "outer", "", name="x.txt")
    git(outer, "submodule", "--quiet", "add", inner.as_uri(), "sub")
    assert original(outer, "sub/reports/README.md") == TEMPLATE
    assert original(outer / "sub") == TEMPLATE


def test_a_root_below_the_work_tree(tmp_path: Path) -> None:
    """A workspace folder that is a part of the repository."""
    root = repository(tmp_path, TEMPLATE, answered())
    assert original(root / "reports", "README.md") == TEMPLATE


def test_no_commit_yet(tmp_path: Path) -> None:
    root = repository(tmp_path)
    fill(root, {"reports/README.md": TEMPLATE})
    around = beside(root)
    assert around.original(CHOICE) is None
    commit(root, TEMPLATE)
    assert around.refresh()
    assert text_of(around.original(CHOICE)) == TEMPLATE


def test_never_committed(tmp_path: Path) -> None:
    root = repository(tmp_path, "", name="x.txt")
    fill(root, {"reports/README.md": TEMPLATE})
    assert original(root) is None


def test_outside_any_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = pretend(tmp_path / "bin", "open(__file__ + '.was-here', 'w')").with_name("git.was-here")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    fill(tmp_path, {"project/reports/README.md": TEMPLATE})
    assert original(tmp_path / "project") is None
    assert not started.exists()


def test_a_repository_made_later(tmp_path: Path) -> None:
    fill(tmp_path, {"reports/README.md": TEMPLATE})
    around = beside(tmp_path)
    assert around.original(CHOICE) is None
    repository(tmp_path, TEMPLATE)
    assert around.refresh()
    assert text_of(around.original(CHOICE)) == TEMPLATE


@pytest.mark.parametrize("name", ["exam/report.md", "two words [a] *.md", "-x.md", ":(top)x.md", "Größe-字.md"])
def test_renamed(tmp_path: Path, name: str) -> None:
    root = repository(tmp_path, TEMPLATE)
    (root / name).parent.mkdir(exist_ok=True)
    git(root, "mv", "reports/README.md", f"./{name}")
    git(root, "commit", "-qm", "moved")
    commit(root, answered(), f"./{name}")
    assert original(root, name) == TEMPLATE


@pytest.mark.parametrize(
    ("key", "value"),
    [("log.showRoot", "false"), ("diff.renames", "false"), ("diff.relative", "true"), ("color.ui", "always")],
)
def test_settings_that_change_what_git_prints(tmp_path: Path, key: str, value: str) -> None:
    root = repository(tmp_path, TEMPLATE, answered())
    git(root, "config", key, value)
    assert original(root) == TEMPLATE


def test_a_template_that_was_replaced_by_a_larger_one(tmp_path: Path) -> None:
    smaller = report(*(question(number) for number in (1, 2, 3)))
    assert original(repository(tmp_path, smaller, TEMPLATE, smaller, answered())) == TEMPLATE


@pytest.mark.parametrize("raw", [TEMPLATE.encode("utf-16"), TEMPLATE.encode() + b"\xff\xfe", b"x" * 300_000], ids=len)
def test_what_is_no_text_or_too_large_is_passed_over(tmp_path: Path, raw: bytes) -> None:
    root = repository(tmp_path)
    fill(root, {"reports/README.md": raw})
    git(root, "add", ".")
    git(root, "commit", "-qm", "one")
    commit(root, TEMPLATE)
    assert original(root) == TEMPLATE


def test_line_endings_that_git_converts(tmp_path: Path) -> None:
    root = repository(tmp_path)
    git(root, "config", "core.autocrlf", "true")
    commit(root, TEMPLATE.replace("\n", "\r\n"))
    assert original(root) == TEMPLATE


# --- law and order ----------------------------------------------------------------------------------------------------


def test_nothing_in_the_repository_is_executed(tmp_path: Path) -> None:
    root = repository(tmp_path / "project", TEMPLATE, answered())
    trap = root / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {root}/sprung\n")
    trap.chmod(0o755)
    fill(
        root, {".gitattributes": "*.md diff=trap filter=trap\n", ".git/info/attributes": "*.md diff=trap filter=trap\n"}
    )
    for key in (
        *("core.pager", "pager.log", "core.fsmonitor", "core.sshCommand", "gpg.program", "diff.external"),
        *("diff.trap.command", "diff.trap.textconv", "filter.trap.smudge", "filter.trap.process", "alias.log"),
    ):
        git(root, "config", key, str(trap))
    git(root, "config", "log.showSignature", "true")
    assert original(root) == TEMPLATE
    assert not (root / "sprung").exists()


def test_an_older_git_that_fetches_what_is_missing_runs_nothing(tmp_path: Path) -> None:
    upstream = repository(tmp_path / "upstream", TEMPLATE, answered())
    git(upstream, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", upstream.as_uri(), "clone")
    clone = tmp_path / "clone"
    sprung = tmp_path / "sprung"
    git(clone, "config", "remote.origin.url", f"ext::sh -c touch% {sprung}")
    for name in ("ext", "file"):
        git(clone, "config", f"protocol.{name}.allow", "always")
    assert original(clone) is None
    assert not sprung.exists()


def test_a_git_that_hangs_is_waited_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(tmp_path / "project", TEMPLATE)
    program = pretend(
        tmp_path / "bin", "import sys, time; open(sys.argv[0] + '.calls', 'a').write('x'); time.sleep(60)"
    )
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setattr(histories, "SECONDS", 0.5)
    around = beside(root)
    start = time.monotonic()
    assert around.original(CHOICE) is None
    old = time.time() - 3600
    assert time.monotonic() - start < 5
    for path in (root / ".git/HEAD", root / ".git/logs/HEAD"):
        os.utime(path, (old, old))
    around.refresh()
    calls = len(program.with_name("git.calls").read_text())
    around.refresh()
    assert around.original(CHOICE) is None
    assert len(program.with_name("git.calls").read_text()) == calls


# --- found once, and kept ---------------------------------------------------------------------------------------------


def test_once_found_it_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(tmp_path, TEMPLATE)
    around = beside(root)
    assert text_of(around.original(CHOICE)) == TEMPLATE
    monkeypatch.setattr(histories, "_look", lambda *_: pytest.fail("asked"))
    commit(root, answered())
    around.refresh()
    assert text_of(around.original(CHOICE)) == TEMPLATE


def test_not_found_it_is_looked_for_again_after_a_commit_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(tmp_path, answered())
    around = beside(root)
    assert around.original(CHOICE) is None
    old = time.time() - 3600
    for path in (root / ".git/HEAD", root / ".git/logs/HEAD"):
        os.utime(path, (old, old))
    around.refresh()
    asked: list[object] = []
    real = histories._look
    monkeypatch.setattr(histories, "_look", lambda *given: (asked.append(given), real(*given))[1])
    fill(root, {"reports/README.md": TEMPLATE})
    around.refresh()
    assert asked == []
    commit(root, TEMPLATE)
    assert around.refresh()
    assert text_of(around.original(CHOICE)) == TEMPLATE


def test_another_grammar_chooses_anew(tmp_path: Path) -> None:
    root = repository(tmp_path, TEMPLATE)
    around = beside(root)
    other = FirstBlank(
        DEFAULT_GRAMMAR.__class__(DEFAULT_GRAMMAR.heading, "Text:", DEFAULT_GRAMMAR.placeholder, frozenset())
    )
    assert around.original(other) is None
    assert text_of(around.original(CHOICE)) == TEMPLATE


def in_a_thread(root: Path) -> tuple[DiskSurroundings, threading.Event]:
    answered_at = threading.Event()
    return DiskSurroundings(root / "reports/README.md", root, answered_at.set), answered_at


def test_in_a_thread_the_answer_comes_with_a_refresh(tmp_path: Path) -> None:
    around, answer = in_a_thread(repository(tmp_path, TEMPLATE, answered()))
    before = around.generation
    assert around.original(CHOICE) is None
    assert answer.wait(10)
    assert around.original(CHOICE) is None, "an answer holds until refresh() is called"
    assert around.refresh()
    assert around.generation != before
    assert text_of(around.original(CHOICE)) == TEMPLATE


def test_in_a_thread_nobody_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(tmp_path / "project", TEMPLATE)
    monkeypatch.setenv("PATH", str(pretend(tmp_path / "bin", "import time; time.sleep(60)").parent))
    monkeypatch.setattr(histories, "SECONDS", 0.5)
    around, answer = in_a_thread(root)
    start = time.monotonic()
    assert around.original(CHOICE) is None
    around.refresh()
    assert time.monotonic() - start < 0.3
    assert answer.wait(10)
    assert not around.refresh()
    assert around.original(CHOICE) is None


# --- a file that is named ---------------------------------------------------------------------------------------------

FILES: dict[str, bytes | str] = {"a/template.md": "text", "b.md": b"\xff", "c.md/": ""}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("a/template.md", "text"),
        ("A/Template.MD", "text"),
        ("b.md", "is not UTF-8 text"),
        ("c.md", "is a folder, not a file"),
        ("nothing.md", None),
        ("../outside.md", None),
        ("/a/template.md", "text"),
    ],
)
def test_a_text_file(world: Callable[..., DiskSurroundings], path: str, said: str | None) -> None:
    found = world(FILES, "a").text_file(path)
    assert (found and getattr(found, "message", getattr(found, "text", None))) == said


def test_a_link_out_of_the_root_is_not_followed(tmp_path: Path) -> None:
    fill(tmp_path, {"outside.md": TEMPLATE, "root/README.md": ""})
    (tmp_path / "root/template.md").symlink_to(tmp_path / "outside.md")
    found = beside(tmp_path / "root", "README.md").text_file("template.md")
    assert not isinstance(found, TextFile)
