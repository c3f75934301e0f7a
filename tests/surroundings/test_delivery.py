"""What would be handed in, asked of the real git: repositories of every kind, with a remote that the test makes."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from invigilator.surroundings.delivery import Branches, Delivery
from invigilator.surroundings.disk import DiskSurroundings
from invigilator.surroundings.git import delivered
from invigilator.surroundings.memory import MemorySurroundings
from pictures import png
from surroundings.repositories import GIT, git, pretend
from surroundings.worlds import fill

pytestmark = pytest.mark.skipif(GIT is None or os.name == "nt", reason="needs git, and scripts that can be executed")

REPORT = "reports/README.md"
TEXT = "### Question 1\n"
A = "figures/a.png"
PATH = "reports/figures/a.png"


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A bare repository with one commit, as the group's is: the report and a figure."""
    remote = tmp_path / "remote.git"
    first = tmp_path / "first"
    fill(first, {REPORT: TEXT, PATH: png(), "setup.py": ""})
    git(tmp_path, "init", "-q", "--bare", str(remote))
    git(first, "init", "-q")
    commit(first, "the template")
    git(first, "push", "-q", str(remote), "main")
    return remote


@pytest.fixture
def root(remote: Path) -> Path:
    """A clone of it."""
    return clone(remote, "project")


def clone(remote: Path, name: str, *options: str) -> Path:
    git(remote.parent, "clone", "-q", *options, remote.as_uri(), name)
    return remote.parent / name


def commit(folder: Path, message: str = "more") -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message)


def look(root: Path, *files: str, report: str = REPORT, text: str = TEXT, workspace: Path | None = None) -> Delivery:
    return DiskSurroundings(root / report, workspace or root).delivery(files or (A,), text)


def statuses(root: Path, *files: str, report: str = REPORT) -> list[str]:
    """Of the report, and of files beside it."""
    said = look(root, *files, report=report)
    assert said.status == "known"
    return list(said.files.values())


MAIN = Branches("main", "origin/main", ("origin",), "origin", "main", "origin/main", 0, 0)


# --- one file ---------------------------------------------------------------------------------------------------------


def test_all_is_handed_in(root: Path) -> None:
    said = look(root)
    assert said == Delivery("known", True, REPORT, {"README.md": "delivered", A: "delivered"}, {}, MAIN)


def test_changed_then_added_then_committed_then_pushed(root: Path) -> None:
    (root / REPORT).write_text("Other.\n")
    fill(root, {PATH: png(9, 9), "reports/figures/new.png": png()})
    files = (A, "figures/new.png")
    assert statuses(root, *files) == ["changed", "changed", "untracked"]
    git(root, "add", "-A")
    assert statuses(root, *files) == ["staged"] * 3
    git(root, "commit", "-qm", "x")
    assert statuses(root, *files) == ["committed"] * 3
    assert look(root, *files).branches == MAIN._replace(ahead=1)
    git(root, "push", "-q")
    assert statuses(root, *files) == ["delivered"] * 3
    assert look(root, *files).branches == MAIN


def test_added_and_changed_once_more(root: Path) -> None:
    fill(root, {"reports/figures/new.png": png(1, 1)})
    git(root, "add", "-A")
    fill(root, {"reports/figures/new.png": png(2, 2)})
    assert statuses(root, "figures/new.png") == ["delivered", "changed"]


def test_changed_and_back_again(root: Path) -> None:
    fill(root, {PATH: png(9, 9)})
    commit(root)
    fill(root, {PATH: png()})
    assert statuses(root) == ["delivered", "delivered"], "what is there now has been handed in"


def test_ignored(root: Path) -> None:
    fill(root, {".gitignore": "*.tmp.png\n", "reports/figures/a.tmp.png": png()})
    assert statuses(root, "figures/a.tmp.png") == ["delivered", "ignored"]


def test_a_file_that_is_gone(root: Path) -> None:
    (root / PATH).unlink()
    (root / REPORT).unlink()
    said = look(root)
    assert list(said.files.values()) == ["missing", "missing"]
    assert not said.is_saved


@pytest.mark.parametrize(
    "name",
    ["two words.png", "Größe-字.png", "line\nbreak.png", ":(top)x.png", "-n.png", "[a].png", 'q"uo.png', "*.png"],
)
def test_names_of_all_kinds(root: Path, name: str) -> None:
    fill(root, {f"reports/figures/{name}": png()})
    assert statuses(root, f"figures/{name}") == ["delivered", "untracked"]
    commit(root)
    assert statuses(root, f"figures/{name}") == ["delivered", "committed"]
    git(root, "push", "-q")
    assert statuses(root, f"figures/{name}") == ["delivered", "delivered"]


def test_composed_and_decomposed_letters_are_one_name(root: Path) -> None:
    fill(root, {"reports/figures/caf\u00e9.png": png()})
    commit(root)
    git(root, "push", "-q")
    (root / "reports/figures/caf\u00e9.png").rename(root / "reports/figures/cafe\u0301.png")
    assert statuses(root, "figures/cafe\u0301.png") == ["delivered", "delivered"]


def test_renamed_in_case_only(root: Path) -> None:
    git(root, "config", "core.ignorecase", "true")  # as on Windows and macOS, where git sees no change
    (root / PATH).rename(root / "reports/figures/A.png")
    said = look(root, "figures/A.png")
    assert said.files["figures/A.png"] == "other-case"
    assert said.spellings == {"figures/A.png": A}
    git(root, "rm", "-q", "--cached", PATH)
    git(root, "add", "reports/figures/A.png")
    assert statuses(root, "figures/A.png") == ["delivered", "staged"]


def test_two_files_that_differ_in_case_only(root: Path) -> None:
    fill(root, {"reports/figures/A.png": png(3, 3)})
    assert statuses(root, A, "figures/A.png") == ["delivered", "delivered", "untracked"]


def test_line_endings_that_git_converts(root: Path) -> None:
    (root / REPORT).write_bytes(TEXT.replace("\n", "\r\n").encode())
    said = look(root, text=TEXT.replace("\n", "\r\n"))
    assert (said.files["README.md"], said.is_saved) == ("delivered", True)


def test_a_byte_order_mark_and_text_that_is_not_saved(root: Path) -> None:
    (root / REPORT).write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    assert look(root).is_saved
    assert look(root, text="\ufeff" + TEXT).is_saved
    assert not look(root, text=TEXT + "More.\n").is_saved


def test_links_are_handed_in_with_what_they_lead_to(root: Path) -> None:
    fill(root, {"img/b.png": png(5, 5)})
    (root / "reports/figures/link.png").symlink_to("../../img/b.png")
    git(root, "add", "reports/figures/link.png")
    git(root, "commit", "-qm", "the link alone")
    git(root, "push", "-q")
    assert statuses(root, "figures/link.png") == ["delivered", "untracked"]
    commit(root)
    git(root, "push", "-q")
    assert statuses(root, "figures/link.png") == ["delivered", "delivered"]


def test_git_lfs_keeps_a_pointer(root: Path) -> None:
    oid = hashlib.sha256(png(7, 7)).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(png(7, 7))}\n"
    fill(root, {"reports/figures/big.png": pointer})
    commit(root)
    fill(root, {".gitattributes": "*.png filter=lfs diff=lfs merge=lfs -text\n", "reports/figures/big.png": png(7, 7)})
    assert statuses(root, "figures/big.png") == ["delivered", "committed"]
    git(root, "push", "-q")
    assert statuses(root, "figures/big.png") == ["delivered", "pointer"]
    fill(root, {"reports/figures/big.png": png(8, 8)})
    assert statuses(root, "figures/big.png") == ["delivered", "changed"]


def test_git_annex_keeps_a_link(root: Path) -> None:
    fill(root, {".git/annex/objects/1/key.png": png(7, 7)})
    (root / "reports/figures/big.png").symlink_to("../../.git/annex/objects/1/key.png")
    commit(root)
    git(root, "push", "-q")
    assert statuses(root, "figures/big.png") == ["delivered", "pointer"]


def test_what_only_a_filter_knows(root: Path) -> None:
    fill(root, {".gitattributes": "*.png filter=secret\n", PATH: png(7, 7)})
    assert statuses(root) == ["delivered", "unknown"]


# --- branches ---------------------------------------------------------------------------------------------------------


def test_behind_and_diverged(root: Path, remote: Path) -> None:
    other = clone(remote, "other")
    (other / REPORT).write_text("Theirs.\n")
    commit(other)
    git(other, "push", "-q")
    assert statuses(root) == ["delivered", "delivered"], "nothing is fetched"
    git(root, "fetch", "-q")
    said = look(root)
    assert (said.files["README.md"], said.branches) == ("committed", MAIN._replace(behind=1))
    fill(root, {PATH: png(9, 9)})
    commit(root)
    assert look(root).branches == MAIN._replace(ahead=1, behind=1)


def test_on_another_branch(root: Path) -> None:
    git(root, "switch", "-qc", "feature")
    fill(root, {PATH: png(9, 9)})
    commit(root)
    git(root, "push", "-qu", "origin", "feature")
    said = look(root)
    assert list(said.files.values()) == ["delivered", "committed"], "main does not have it"
    assert said.branches == MAIN._replace(current="feature", upstream="origin/feature", ahead=1)
    git(root, "push", "-q", "origin", "feature:main")
    assert statuses(root) == ["delivered", "delivered"]


def test_a_branch_that_follows_nothing(root: Path) -> None:
    git(root, "branch", "--unset-upstream")
    assert look(root).branches == MAIN._replace(upstream=None)


def test_a_detached_head(root: Path) -> None:
    git(root, "switch", "-q", "--detach")
    assert statuses(root) == ["delivered", "delivered"]
    fill(root, {PATH: png(9, 9)})
    commit(root)
    said = look(root)
    assert list(said.files.values()) == ["delivered", "committed"]
    assert said.branches == MAIN._replace(current=None, upstream=None, ahead=1)


def test_no_remote(root: Path) -> None:
    git(root, "remote", "remove", "origin")
    said = look(root)
    assert list(said.files.values()) == ["committed", "committed"]
    assert said.branches == Branches("main")


def test_no_commit_and_no_remote(tmp_path: Path) -> None:
    fill(tmp_path, {REPORT: TEXT, PATH: png()})
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", PATH)
    said = look(tmp_path)
    assert list(said.files.values()) == ["untracked", "staged"]
    assert said.branches == Branches("main")


def test_a_remote_that_nothing_was_pushed_to(tmp_path: Path) -> None:
    fill(tmp_path, {REPORT: TEXT, PATH: png()})
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    git(tmp_path, "remote", "add", "origin", "https://example.org/none.git")
    said = look(tmp_path)
    assert list(said.files.values()) == ["committed", "committed"]
    assert said.branches == Branches("main", None, ("origin",), "origin")


@pytest.mark.parametrize(
    ("branches", "mine", "compared"),
    [
        (["main"], "main", "origin/main"),
        (["main", "feature"], "feature", "origin/main"),
        (["main", "master"], "master", "origin/master"),
        (["dev"], "dev", "origin/dev"),
    ],
)
def test_where_the_default_branch_is_not_known(tmp_path: Path, branches: list[str], mine: str, compared: str) -> None:
    fill(tmp_path, {REPORT: TEXT, PATH: png()})
    remote = tmp_path / ".remote"
    git(tmp_path, "init", "-q", "--bare", str(remote))
    git(tmp_path, "init", "-q")
    fill(tmp_path, {".gitignore": ".remote\n"})
    commit(tmp_path)
    git(tmp_path, "remote", "add", "origin", str(remote))
    for branch in branches:
        git(tmp_path, "push", "-q", "origin", f"HEAD:{branch}")
    git(tmp_path, "switch", "-qC", mine)
    git(tmp_path, "branch", "-q", "-u", f"origin/{mine}")
    git(tmp_path, "update-ref", "--no-deref", "-d", "refs/remotes/origin/HEAD")  # new versions make it by themselves
    said = look(tmp_path).branches
    assert (said.default, said.compared) == (None, compared)


def test_a_default_branch_that_is_gone(root: Path) -> None:
    git(root, "update-ref", "-d", "refs/remotes/origin/main")
    assert look(root).branches == Branches("main", "origin/main", ("origin",), "origin")


def test_several_remotes(root: Path, remote: Path) -> None:
    git(root, "remote", "add", "group/ours", str(remote))
    assert look(root).branches == MAIN._replace(remotes=("group/ours", "origin"))
    git(root, "fetch", "-q", "group/ours")
    git(root, "branch", "-q", "-u", "group/ours/main")
    said = look(root).branches
    assert (said.remote, said.compared) == ("group/ours", "group/ours/main")
    git(root, "remote", "rename", "origin", "mine")
    git(root, "branch", "--unset-upstream")
    assert look(root).branches == Branches("main", None, ("group/ours", "mine"))


def test_a_merge_that_is_not_finished(root: Path, remote: Path) -> None:
    other = clone(remote, "other")
    for folder, text in ((other, "Theirs.\n"), (root, "Ours.\n")):
        (folder / REPORT).write_text(text)
        commit(folder)
    git(other, "push", "-q")
    git(root, "fetch", "-q")
    with pytest.raises(Exception, match="merge"):
        git(root, "merge", "origin/main")
    assert statuses(root) == ["unmerged", "delivered"]
    git(root, "add", "-A")
    assert statuses(root) == ["staged", "delivered"]


# --- repositories of every kind ---------------------------------------------------------------------------------------


def test_a_shallow_clone(remote: Path) -> None:
    other = clone(remote, "other")
    (other / REPORT).write_text("Theirs.\n")
    commit(other)
    git(other, "push", "-q")
    root = clone(remote, "project", "--depth", "1")
    assert statuses(root) == ["delivered", "delivered"]
    fill(root, {PATH: png(9, 9)})
    commit(root)
    assert look(root).branches == MAIN._replace(ahead=1)
    git(root, "push", "-q")
    assert statuses(root) == ["delivered", "delivered"]


def test_a_clone_of_one_other_branch(root: Path, remote: Path) -> None:
    git(root, "push", "-q", "origin", "main:dev")
    git(root, "push", "-q", "origin", "main:main")
    single = clone(remote, "single", "--single-branch", "--branch", "dev")
    said = look(single).branches
    assert (said.default, said.compared) == (None, "origin/dev"), "nobody here knows what the default branch is"


def test_another_work_tree(root: Path) -> None:
    tree = root.parent / "tree"
    git(root, "worktree", "add", "-qb", "feature", str(tree))
    said = look(tree)
    assert list(said.files.values()) == ["delivered", "delivered"]
    assert (said.place, said.branches.current) == (REPORT, "feature")


def test_a_report_in_a_submodule_and_figures_in_one(root: Path, remote: Path) -> None:
    git(root, "submodule", "add", "-q", remote.as_uri(), "part")
    said = look(root / "part", workspace=root)
    assert (said.place, list(said.files.values())) == (REPORT, ["delivered", "delivered"])
    assert statuses(root, "../part/reports/figures/a.png") == ["delivered", "elsewhere"]


def test_a_repository_inside_that_is_no_submodule(root: Path) -> None:
    fill(root, {"reports/figures/mine/b.png": png()})
    git(root / "reports/figures/mine", "init", "-q")
    assert statuses(root, "figures/mine/b.png") == ["delivered", "elsewhere"]


def test_a_workspace_below_and_above_the_repository(root: Path) -> None:
    fill(root, {PATH: png(9, 9)})
    for workspace in (root / "reports", root.parent):
        said = look(root, workspace=workspace)
        assert (said.place, list(said.files.values())) == (REPORT, ["delivered", "changed"]), workspace


def test_files_named_by_sha256(tmp_path: Path) -> None:
    root = tmp_path / "project"
    fill(root, {REPORT: TEXT, PATH: png()})
    git(root, "init", "-q", "--object-format=sha256")
    commit(root)
    assert statuses(root) == ["committed", "committed"]


def test_no_repository(tmp_path: Path) -> None:
    fill(tmp_path, {REPORT: TEXT})
    assert look(tmp_path) == Delivery("no-repository")


def test_a_folder_that_only_looks_like_one(tmp_path: Path) -> None:
    fill(tmp_path, {REPORT: TEXT, ".git/": ""})
    assert look(tmp_path) == Delivery("no-answer")


def test_without_git(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(root.parent / "nothing"))
    assert look(root) == Delivery("no-git")


def test_git_that_fails_and_git_that_hangs(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivered, "SECONDS", 0.3)
    for name, program in (("fails", "raise SystemExit(3)"), ("hangs", "import time; time.sleep(60)")):
        monkeypatch.setenv("PATH", str(pretend(tmp_path / name, program).parent))
        begun = time.monotonic()
        assert look(root) == Delivery("no-answer")
        assert time.monotonic() - begun < 5


def test_in_memory() -> None:
    files = {"reports/README.md": TEXT, PATH: png()}
    said = Delivery("known", True, REPORT, {REPORT: "delivered", PATH: "other-case"}, {PATH: "reports/figures/A.png"})
    around = MemorySurroundings(files, "reports", delivery=said)
    answer = around.delivery((A,), TEXT)
    assert answer.files == {"README.md": "delivered", A: "other-case"}
    assert answer.spellings == {A: "figures/A.png"}
    assert MemorySurroundings(files).delivery((A,), TEXT).status == "unknown"


# --- nothing of the folder is executed, nothing is changed ------------------------------------------------------------


def test_no_filter_hook_or_monitor_is_run(root: Path) -> None:
    trap = root.parent / "ran"
    command = f"touch '{trap}'; cat"
    fill(root, {".gitattributes": "*.png filter=trap\n*.md filter=trap\n"})
    commit(root)
    for key in ("filter.trap.clean", "filter.trap.smudge", "filter.trap.process", "core.fsmonitor"):
        git(root, "config", key, command)
    for at in (PATH, REPORT):  # as if touched a moment ago: git would look into them
        os.utime(root / at)
    index = (root / ".git/index").read_bytes()
    assert statuses(root) == ["delivered", "delivered"]
    fill(root, {PATH: png(9, 9)})
    assert statuses(root) == ["delivered", "unknown"]
    assert not trap.exists()
    assert (root / ".git/index").read_bytes() == index


def test_a_report_that_leads_out_of_the_root_is_not_read(tmp_path: Path) -> None:
    root = tmp_path / "project"
    fill(tmp_path, {"outside.md": TEXT, "project/reports/": ""})
    git(root, "init", "-q")
    (root / REPORT).symlink_to("../../outside.md")
    said = look(root)
    assert not said.is_saved
    assert said.files["README.md"] == "untracked"


def test_a_thousand_figures_among_ten_thousand_are_quick(root: Path) -> None:
    fill(root, {f"reports/figures/{number}.png": b"x" for number in range(10_000)})
    commit(root)
    begun = time.monotonic()
    assert set(statuses(root, *(f"figures/{number}.png" for number in range(1_000)))) == {"delivered", "committed"}
    assert time.monotonic() - begun < 8
