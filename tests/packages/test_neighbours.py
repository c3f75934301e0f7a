"""What lies around a student's report, or in their environment, does not get into the server."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from packages.bundle import Start, environment

Check = Callable[..., None]

NOT_OURS = 'raise SystemExit("this is the student\'s own module")\n'


def modules(folder: Path, *names: str) -> Path:
    """Modules (`name/` is a package) that end whoever imports them."""
    for name in names:
        path = folder / name / "__init__.py" if name.endswith("/") else folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(NOT_OURS)
    return folder


def test_as_the_extension_starts_it(finds_them: Check) -> None:
    finds_them()


def test_a_workspace_with_modules_of_the_library_s_names(finds_them: Check, workspace: Path) -> None:
    modules(workspace, "random", "logging", "json", "asyncio/", "typing", "markdown", "invigilator/", "sitecustomize")
    finds_them(env=environment(PYTHONPATH=str(workspace)))
    finds_them(cwd=workspace)


def test_an_old_attrs_on_pythonpath(finds_them: Check, tmp_path: Path) -> None:
    """As it is where another tool was told to put its packages there."""
    old = tmp_path / "old packages"
    (old / "attr").mkdir(parents=True)
    (old / "attr" / "__init__.py").write_text('__version__ = "19.1.0"\n')
    modules(old, "attrs/", "cattrs/", "pygls/", "typing_extensions")
    finds_them(env=environment(PYTHONPATH=str(old)))


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONSTARTUP": "/nowhere/startup.py", "PYTHONINSPECT": "1"},
        {"PYTHONHOME": "/nowhere"},
        {"PYTHONIOENCODING": "utf-16", "PYTHONUTF8": "0", "LC_ALL": "C"},
        {"PYTHONWARNINGS": "error", "PYTHONDEVMODE": "1"},
        {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONOPTIMIZE": "2", "PYTHONVERBOSE": "1"},
        {"PYTHONUSERBASE": "/nowhere", "PYTHONPLATLIBDIR": "nowhere", "PYTHONSAFEPATH": ""},
    ],
    ids=lambda variables: "+".join(variables),
)
def test_variables_of_python(finds_them: Check, variables: dict[str, str]) -> None:
    finds_them(env=environment(**variables))


def test_an_environment_without_pip(finds_them: Check, bare_environment: Path) -> None:
    assert subprocess.run([bare_environment, "-m", "pip"], capture_output=True, check=False).returncode == 1
    finds_them(bare_environment)


def test_an_environment_with_packages_of_the_same_names(finds_them: Check, bare_environment: Path) -> None:
    """Also one whose packages run something at every start of Python, and print."""
    (site,) = bare_environment.parents[1].glob("**/site-packages")
    modules(site, "attr/", "attrs/", "pygls/", "mistletoe/", "invigilator/", "sitecustomize")
    (site / "loud.pth").write_text("import sys; sys.stdout.write('loaded\\n')\n")
    finds_them(bare_environment)


def test_it_writes_nothing_beside_itself(finds_them: Check, start: Start) -> None:
    before = sorted(start.extension.rglob("*"))
    finds_them()
    assert sorted(start.extension.rglob("*")) == before
    assert list(start.cache.rglob("*.pyc")), "what Python compiled is kept for the next start"


def test_a_place_for_compiled_files_that_cannot_be(finds_them: Check, start: Start, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    finds_them(start=Start(start.extension, tmp_path / "a file" / "pycache"))
