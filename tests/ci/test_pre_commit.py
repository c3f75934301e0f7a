"""The hooks in the real pre-commit, which installs the project into an environment of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ci.conftest import Repository
from ci.tools import VERSION, copied, installs, program
from surroundings.repositories import git

HOSTED = "https://github.com/OWNER/invigilator"

Commit = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps its environments: it installs the project once for all tests here."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def commit(home: Path) -> Commit:
    """Commits all that has changed in a repository, as a person would; git runs the hooks."""

    def run(folder: Path) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(Path(program("pre-commit")).parent), os.environ["PATH"]])
        own = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON"))}
        author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        return subprocess.run(
            ["git", *author, "commit", "--all", "-m", "Work"],
            cwd=folder,
            capture_output=True,
            text=True,
            env={**own, "PATH": path, "PRE_COMMIT_HOME": str(home), "GIT_CONFIG_GLOBAL": os.devnull},
            timeout=300,
            check=False,
        )

    return run


def hooked(repository: Repository, settings: str) -> Path:
    """A repository with these settings, in which git runs pre-commit."""
    folder = repository(**{".pre-commit-config.yaml": settings})
    command = [program("pre-commit"), "install"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment, timeout=60)
    return folder


def write(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@installs
def test_fixed_then_checked(project: Path, repository: Repository, commit: Commit) -> None:
    folder = hooked(repository, copied("pre-commit").replace(HOSTED, project.as_uri()))
    report = folder / "reports" / "README.md"
    write(report, "# ", "#  ")

    first = commit(folder)

    assert first.returncode == 1
    assert "reports/README.md: 1 fix applied" in first.stdout + first.stderr
    assert "figures/Loss-curve.png" in report.read_text("utf-8")

    second = commit(folder)

    said = second.stdout + second.stderr
    assert second.returncode == 1
    assert "invigilator check --fix" in said
    assert "8 of 12 pass the official check, 2 unanswered" in said
    assert said.index("Passed") < said.index("Failed")


@installs
def test_while_it_is_half_written(project: Path, repository: Repository, commit: Commit) -> None:
    settings = f"""\
repos:
  - repo: {project.as_uri()}
    rev: {VERSION}
    hooks:
      - id: invigilator
        args: [--fail-on, never]
        verbose: true
"""
    folder = hooked(repository, settings)
    write(folder / "reports" / "README.md", "# ", "#  ")

    done = commit(folder)

    assert done.returncode == 0
    assert "8 of 12 pass the official check, 2 unanswered" in done.stdout + done.stderr


@installs
def test_what_has_to_do_with_the_report_starts_it(project: Path, repository: Repository, commit: Commit) -> None:
    folder = hooked(repository, copied("pre-commit").replace(HOSTED, project.as_uri()))
    (folder / "train.py").write_text("print()\n")
    git(folder, "add", "train.py")

    code = commit(folder)
    assert code.returncode == 0, code.stdout + code.stderr

    (folder / "reports" / "figures" / "bucket.png").write_bytes(b"")
    figure = commit(folder)
    assert figure.returncode == 1
    assert "8 of 12 pass the official check" in figure.stdout + figure.stderr


def test_one_that_is_installed_already(repository: Repository, commit: Commit) -> None:
    folder = hooked(repository, copied("pre-commit", 1))
    write(folder / "reports" / "README.md", "# ", "#  ")

    done = commit(folder)

    assert done.returncode == 1
    assert "8 of 12 pass the official check, 2 unanswered" in done.stdout + done.stderr
