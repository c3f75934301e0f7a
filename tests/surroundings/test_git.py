"""What git says of figures: asked for real, in repositories of every kind, and with programs that only pretend."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from invigilator.surroundings.disk import DiskSurroundings
from invigilator.surroundings.git import status as git_answers
from pictures import png
from surroundings.repositories import GIT, git, pretend
from surroundings.worlds import fill

pytestmark = pytest.mark.skipif(GIT is None or os.name == "nt", reason="needs git, and scripts that can be executed")

ODD = ["two words.png", "Größe-字.png", "line\nbreak.png", ":(top)x.png", "-n.png", "[a].png", 'quo"te.png', "*.png"]


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A fresh repository without a commit, one figure of each kind."""
    root = tmp_path / "project"
    fill(
        root,
        {
            ".gitignore": "*.tmp.png\n",
            "reports/README.md": "",
            "reports/figures/added.png": png(),
            "reports/figures/new.png": png(),
            "reports/figures/a.tmp.png": png(),
        },
    )
    git(root, "init", "-q")
    git(root, "add", "reports/figures/added.png")
    return root


def beside(root: Path, report: str = "reports/README.md") -> DiskSurroundings:
    return DiskSurroundings(root / report, root)


def statuses(around: DiskSurroundings, *names: str) -> list[str]:
    """What git says of files of the figures folder."""
    return [around.git_status(f"figures/{name}") for name in names or ("added.png", "new.png", "a.tmp.png")]


ALL = ["tracked", "untracked", "ignored"]


# --- repositories of every kind ---------------------------------------------------------------------------------------


def test_without_a_commit_what_is_added_counts(root: Path) -> None:
    assert statuses(beside(root)) == ALL


def test_after_a_commit(root: Path) -> None:
    git(root, "commit", "-qm", "one")
    assert statuses(beside(root)) == ALL


def test_a_figure_that_is_deleted_and_still_tracked(root: Path) -> None:
    (root / "reports/figures/added.png").unlink()
    around = beside(root)
    assert around.look_up("figures/added.png").status == "missing"
    assert statuses(around) == ALL


def test_ignored_and_added_all_the_same(root: Path) -> None:
    git(root, "add", "-f", "reports/figures/a.tmp.png")
    assert statuses(beside(root), "a.tmp.png") == ["tracked"]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("figures/", ["tracked", "ignored", "ignored"]),
        ("reports/**/*.png\n!new.png\n", ["tracked", "untracked", "ignored"]),
        ("# nothing\n", ["tracked", "untracked", "untracked"]),
    ],
)
def test_rules_of_all_kinds(root: Path, rules: str, expected: list[str]) -> None:
    (root / ".gitignore").write_text(rules)
    assert statuses(beside(root)) == expected


def test_names_of_all_kinds(root: Path) -> None:
    fill(root, {f"reports/figures/{part}{name}": png() for name in ODD for part in ("", "added ", "x.tmp")})
    (root / ".gitignore").write_text("x.tmp*\n")
    git(root, "add", *(f"./reports/figures/added {name}" for name in ODD))
    around = beside(root)
    assert statuses(around, *(f"added {name}" for name in ODD)) == ["tracked"] * len(ODD)
    assert statuses(around, *ODD) == ["untracked"] * len(ODD)
    assert statuses(around, *(f"x.tmp{name}" for name in ODD)) == ["ignored"] * len(ODD)


def test_another_work_tree(root: Path) -> None:
    git(root, "commit", "-qm", "one")
    other = root.parent / "other"
    git(root, "worktree", "add", "-q", str(other))
    fill(other, {"reports/README.md": "", "reports/figures/new.png": png()})
    around = beside(other)
    assert statuses(around, "added.png", "new.png") == ["tracked", "untracked"]
    git(other, "add", "reports/figures/new.png")
    assert around.refresh()
    assert statuses(around, "added.png", "new.png") == ["tracked", "tracked"]


def test_a_submodule(root: Path) -> None:
    git(root, "commit", "-qm", "one")
    outer = root.parent / "outer"
    fill(outer, {"README.md": "", "figures/mine.png": png()})
    git(outer, "init", "-q")
    git(outer, "submodule", "--quiet", "add", root.as_uri(), "sub")
    fill(outer, {"sub/reports/figures/new.png": png()})
    for around in (beside(outer, "sub/reports/README.md"), beside(outer / "sub")):
        assert statuses(around, "added.png", "new.png") == ["tracked", "untracked"]
    from_outside = beside(outer, "README.md")
    assert from_outside.git_status("sub/reports/figures/added.png") == "tracked"
    assert from_outside.git_status("figures/mine.png") == "untracked"


def test_a_root_below_the_work_tree(root: Path) -> None:
    """A workspace folder that is a part of the repository."""
    assert statuses(beside(root / "reports", "README.md")) == ALL


@pytest.mark.parametrize("bare", [True, False], ids=["bare repository", "no repository"])
def test_no_work_tree(tmp_path: Path, bare: bool) -> None:
    if bare:
        git(tmp_path, "init", "-q", "--bare")
    fill(tmp_path, {"README.md": "", "figures/new.png": png()})
    assert statuses(beside(tmp_path, "README.md"), "new.png") == ["unknown"]


def test_without_a_repository_no_program_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = pretend(tmp_path / "bin", "open(__file__ + '.was-here', 'w')").with_name("git.was-here")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    fill(tmp_path, {"project/README.md": "", "project/figures/new.png": png()})
    assert statuses(beside(tmp_path / "project", "README.md"), "new.png") == ["unknown"]
    assert not started.exists()


@pytest.mark.parametrize("content", ["", "gitdir: /nowhere/at/all", "gitdir: " + "x" * 9_000, "\0"])
def test_a_broken_repository(tmp_path: Path, content: str) -> None:
    fill(tmp_path, {".git": content, "README.md": "", "figures/new.png": png()})
    assert statuses(beside(tmp_path, "README.md"), "new.png") == ["unknown"]


def test_a_link_is_handed_in_with_what_it_leads_to(root: Path) -> None:
    figures = root / "reports/figures"
    for name, target in (("both.png", "added.png"), ("half.png", "new.png"), ("link.png", "added.png")):
        (figures / name).symlink_to(target)
    git(root, "add", "reports/figures/both.png", "reports/figures/half.png")
    assert statuses(beside(root), "both.png", "half.png", "link.png") == ["tracked", "untracked", "untracked"]


def test_a_folder_that_is_a_link(root: Path) -> None:
    (root / "reports/linked").symlink_to("figures")
    assert beside(root).git_status("linked/added.png") == "tracked"


def test_a_link_out_of_the_project(root: Path) -> None:
    fill(root.parent, {"elsewhere/a.png": png()})
    (root / "reports/figures/away.png").symlink_to(root.parent / "elsewhere/a.png")
    assert statuses(beside(root), "away.png") == ["untracked"]
    git(root, "add", "reports/figures/away.png")
    assert statuses(beside(root), "away.png") == ["tracked"]


def test_more_names_than_a_command_line_takes(root: Path) -> None:
    names = [f"{number:03d}{'x' * 200}.png" for number in range(400)]
    fill(root, {f"reports/figures/{name}": b"" for name in names})
    around = beside(root)
    around.figure_folder("figures", (".png",))
    assert set(statuses(around, *names)) == {"untracked"}


# --- law and order ----------------------------------------------------------------------------------------------------


def test_nothing_in_the_repository_is_executed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trap = root / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {root}/sprung\n")
    trap.chmod(0o755)
    pretend(root / "bin", f"open({str(root / 'sprung')!r}, 'w')")
    for key in ("core.fsmonitor", "core.pager", "pager.ls-files", "core.sshCommand", "core.askPass", "alias.ls-files"):
        git(root, "config", key, str(trap))
    for hook in ("post-index-change", "pre-commit", "fsmonitor-watchman"):
        (root / ".git/hooks").mkdir(exist_ok=True)
        (root / ".git/hooks" / hook).write_text(trap.read_text())
        (root / ".git/hooks" / hook).chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([str(root / "bin"), ".", "bin", "", os.environ["PATH"]]))
    monkeypatch.chdir(root)
    assert statuses(beside(root)) == ALL
    assert not (root / "sprung").exists()


def test_nothing_in_the_repository_is_written(root: Path) -> None:
    def content() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}

    before = content()
    os.utime(root / "reports/figures/added.png", (1, 1))  # git would like to note this in its index
    assert statuses(beside(root)) == ALL
    assert content() == before


def test_variables_of_a_hook_lead_nowhere_else(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a git hook of another repository."""
    other = root.parent / "other"
    other.mkdir()
    git(other, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git/index"))
    assert statuses(beside(root)) == ALL


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(None, id="absent"),
        pytest.param("raise SystemExit(128)", id="fails"),
        pytest.param("print('nonsense')", id="speaks another language"),
        pytest.param("import sys; sys.stdout.buffer.write(b'\\xff\\xfe\\x00H \\x80\\x00')", id="not text"),
    ],
)
def test_a_git_that_is_none(root: Path, monkeypatch: pytest.MonkeyPatch, program: str | None) -> None:
    if program is not None:
        pretend(root.parent / "bin", program)
    monkeypatch.setenv("PATH", str(root.parent / "bin"))
    assert statuses(beside(root)) == ["unknown"] * 3


SLEEPS = """
import os, subprocess, sys, time
open(sys.argv[0] + ".calls", "a").write("x")
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])  # holds the pipe as well
time.sleep(60)
"""


def test_a_git_that_hangs_is_waited_for_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = pretend(root.parent / "bin", SLEEPS)
    calls = program.with_name("git.calls")
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setattr(git_answers, "SECONDS", 0.5)
    around = beside(root)
    start = time.monotonic()
    assert statuses(around) == ["unknown"] * 3
    around.refresh()
    fill(root, {"reports/figures/another.png": png()})
    assert statuses(around, "another.png") == ["unknown"]
    assert time.monotonic() - start < 5
    assert calls.read_text() == "x"

    git(root, "add", "reports/figures/new.png")  # something changes: it is asked again
    monkeypatch.setenv("PATH", str(Path(GIT or "").parent))
    assert around.refresh()
    assert statuses(around, "new.png", "another.png") == ["tracked", "untracked"]


def test_two_seconds_is_the_limit() -> None:
    assert git_answers.SECONDS == 2


# --- what changes -----------------------------------------------------------------------------------------------------


CHANGES: list[tuple[str, Callable[[Path], object], list[str]]] = [
    ("git add", lambda root: git(root, "add", "reports/figures/new.png"), ["tracked", "tracked", "ignored"]),
    (
        "git rm --cached",
        lambda root: git(root, "rm", "-q", "--cached", "reports/figures/added.png"),
        ["untracked", "untracked", "ignored"],
    ),
    ("a rule is gone", lambda root: (root / ".gitignore").unlink(), ["tracked", "untracked", "untracked"]),
    (
        "a rule in another folder",
        lambda root: (root / "reports/.gitignore").write_text("new.png"),
        ["tracked", "ignored", "ignored"],
    ),
    (
        "a rule of this clone",
        lambda root: (root / ".git/info/exclude").write_text("new.png"),
        ["tracked", "ignored", "ignored"],
    ),
]


@pytest.mark.parametrize(("change", "expected"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES])
def test_a_change_is_seen_by_refresh(root: Path, change: Callable[[Path], object], expected: list[str]) -> None:
    (root / ".git/info").mkdir(exist_ok=True)
    around = beside(root)
    assert statuses(around) == ALL
    before = around.generation
    change(root)
    assert statuses(around) == ALL, "an answer holds until refresh() is called"
    assert around.refresh()
    assert around.generation != before
    assert statuses(around) == expected


def test_a_repository_made_later(tmp_path: Path) -> None:
    fill(tmp_path, {"README.md": "", "figures/new.png": png()})
    around = beside(tmp_path, "README.md")
    assert statuses(around, "new.png") == ["unknown"]
    git(tmp_path, "init", "-q")
    assert around.refresh()
    assert statuses(around, "new.png") == ["untracked"]


def test_without_a_change_git_is_not_asked_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    around = beside(root)
    assert statuses(around) == ALL
    then = time.time() - 3600
    for path in (".git/index", ".git/info/exclude", ".gitignore"):
        if (root / path).exists():
            os.utime(root / path, (then, then))
    around.refresh()
    monkeypatch.setattr(git_answers, "_look", lambda *_: pytest.fail("asked"))
    assert not around.refresh()
    assert statuses(around) == ALL


def test_one_question_for_the_whole_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    real = git_answers._look
    monkeypatch.setattr(git_answers, "_look", lambda root, paths: (asked.append(tuple(paths)), real(root, paths))[1])
    around = beside(root)
    around.figure_folder("figures", (".png",))
    assert statuses(around) == ALL
    assert [sorted(paths) for paths in asked] == [
        ["reports/figures/a.tmp.png", "reports/figures/added.png", "reports/figures/new.png"]
    ]


# --- in a thread of its own -------------------------------------------------------------------------------------------


def test_in_a_thread_the_answer_comes_with_a_refresh(root: Path) -> None:
    answered = threading.Event()
    around = DiskSurroundings(root / "reports/README.md", root, answered.set)
    assert statuses(around) == ["unknown"] * 3
    assert answered.wait(10)
    assert statuses(around) == ["unknown"] * 3, "an answer holds until refresh() is called"
    answered.clear()
    assert around.refresh()
    # only the first was asked for; the others came while git was at work
    assert statuses(around)[0] == "tracked"
    assert answered.wait(10)
    assert around.refresh()
    assert statuses(around) == ALL


def test_in_a_thread_the_last_answer_holds_until_there_is_another(root: Path) -> None:
    answered = threading.Event()
    around = DiskSurroundings(root / "reports/README.md", root, answered.set)
    around.figure_folder("figures", (".png",))
    around.git_status("figures/new.png")
    seen = [statuses(around)]
    git(root, "add", "reports/figures/new.png")
    deadline = time.monotonic() + 10
    while seen[-1] != ["tracked", "tracked", "ignored"] and time.monotonic() < deadline:
        answered.wait(0.05)
        answered.clear()
        before = around.generation
        assert around.refresh() is (around.generation != before)
        if statuses(around) != seen[-1]:
            seen.append(statuses(around))
    assert seen[0] == ["unknown"] * 3
    assert seen[-1] == ["tracked", "tracked", "ignored"]
    assert seen[1:-1] in ([], [ALL]), "no answer is taken back while another is awaited"


def test_in_a_thread_nobody_waits_for_a_git_that_hangs(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(pretend(root.parent / "bin", SLEEPS).parent))
    monkeypatch.setattr(git_answers, "SECONDS", 0.5)
    answered = threading.Event()
    around = DiskSurroundings(root / "reports/README.md", root, answered.set)
    start = time.monotonic()
    assert statuses(around) == ["unknown"] * 3
    around.refresh()
    assert time.monotonic() - start < 0.3
    assert answered.wait(10)
    assert not around.refresh()
    assert statuses(around) == ["unknown"] * 3
