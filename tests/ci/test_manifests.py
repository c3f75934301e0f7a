"""What other programs read of us, and what docs/ci.md has to be copied, held against those programs' own schemas."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML  # check-jsonschema brings it along

from ci.tools import ROOT, VERSION, copied, program


def said_of(kind: str, path: Path) -> str:
    """What `check-jsonschema` says of a file by one of the schemas that it brings along."""
    command = [program("check-jsonschema"), "--builtin-schema", f"vendor.{kind}", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.stdout.strip() if done.returncode else "valid"


def test_the_action_is_one(tmp_path: Path) -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    broken = tmp_path / "action.yml"
    broken.write_text(text.replace("shell: bash", "shel: bash"))

    assert said_of("github-actions", ROOT / "action.yml") == "valid"
    assert said_of("github-actions", broken) != "valid"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("GitHub: a group's own report", "github-workflows"),
        ("GitHub: all groups at once", "github-workflows"),
        ("GitHub: code scanning", "github-workflows"),
        ("GitLab", "gitlab-ci"),
    ],
)
def test_what_is_to_be_copied_is_valid(tmp_path: Path, heading: str, kind: str) -> None:
    path = tmp_path / "copied.yml"
    path.write_text(copied(heading))

    assert said_of(kind, path) == "valid"


def test_pre_commit_takes_the_hooks() -> None:
    command = [program("pre-commit"), "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]

    assert subprocess.run(command, timeout=60, check=False).returncode == 0


@pytest.mark.parametrize("number", [0, 1])
def test_pre_commit_takes_its_settings(tmp_path: Path, number: int) -> None:
    path = tmp_path / ".pre-commit-config.yaml"
    path.write_text(copied("pre-commit", number))

    command = [program("pre-commit"), "validate-config", str(path)]
    assert subprocess.run(command, timeout=60, check=False).returncode == 0


def test_the_page_names_every_input_and_output() -> None:
    action = YAML(typ="safe").load(ROOT / "action.yml")
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")

    assert [name for name in (*action["inputs"], *action["outputs"]) if f"`{name}`" not in page] == []


@pytest.mark.parametrize("name", ["README.md", "docs/ci.md"])
def test_the_pages_name_this_version(name: str) -> None:
    named = re.findall(r"(?:invigilator@|rev: |`)(v[0-9][^\s`]*)", (ROOT / name).read_text("utf-8"))

    assert set(named) == {VERSION}
