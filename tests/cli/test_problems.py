"""What is wrong beside a report is one warning, and the checks go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.commands import Command, Files
from reports import numbered, words

TEXT = numbered([words(3), "![a](figures/a.png)"])


def warnings(command: Command, *arguments: str) -> list[str]:
    result = command("check", "--ignore", "figure.*", *arguments)
    assert result.code == 0
    assert "keep to their limits" in result.out
    return result.err.splitlines()


def test_an_unknown_key(files: Files, command: Command) -> None:
    files({"README.md": TEXT, "invigilator.toml": '# ours\nfigurs = "pictures"\nquestions = "many"\n'})

    assert warnings(command) == [
        'warning: invigilator.toml:2: figurs is no setting; did you mean "figures"?',
        'warning: invigilator.toml:3: questions must be a whole number or a list of titles, not "many"',
    ]


def test_a_configuration_that_is_no_toml(files: Files, command: Command) -> None:
    files({"README.md": TEXT, "invigilator.toml": "figures = \n"})

    (line,) = warnings(command)

    assert line.startswith("warning: invigilator.toml:1: is not valid TOML")


def test_a_script_that_does_not_parse(files: Files, command: Command) -> None:
    files({"reports/README.md": TEXT, "reports/report.py": "x = 1\ndef check(:\n"})

    (line,) = warnings(command)

    assert line.startswith("warning: reports/report.py:2: is not valid Python, so its limits are not used")


def test_a_script_that_is_a_folder(files: Files, command: Command) -> None:
    (files({"README.md": TEXT}) / "report.py").mkdir()

    assert warnings(command) == ["warning: report.py: is a folder, not a file, so its limits are not used"]


def test_a_script_of_ten_megabytes(files: Files, command: Command) -> None:
    files({"README.md": TEXT, "report.py": "#" * 10_485_760})

    assert warnings(command) == ["warning: report.py: is larger than 1 MiB (10.0 MiB), so its limits are not used"]


def test_a_figures_folder_that_is_a_file(files: Files, command: Command) -> None:
    files({"README.md": TEXT, "figures": "not a folder"})

    (line,) = warnings(command)

    assert line.startswith("warning: figures: ")


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_a_figure_that_is_a_folder_or_a_link_that_leads_nowhere(files: Files, command: Command, kind: str) -> None:
    figure = files({"README.md": TEXT, "figures/b.png": b""}) / "figures/a.png"
    if kind == "folder":
        figure.mkdir()
    else:
        figure.symlink_to("gone.png")

    result = command("check")

    assert result.code == 1
    assert "README.md:19:6: error: " in result.out
    assert "[figure.not-found]" in result.out
    assert result.out.endswith("2 of 2 keep to their limits, 0 unanswered\n")


def test_each_is_said_once_for_all_reports_and_with_its_path_from_here(
    files: Files, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = files({"a.md": TEXT, "b.md": TEXT, "invigilator.toml": "x = 1\n", "deep/er/x.txt": "", ".git/HEAD": ""})

    assert warnings(command, "a.md", "b.md") == ["warning: invigilator.toml:1: x is no setting"]

    monkeypatch.chdir(root / "deep/er")
    assert warnings(command, "../../a.md", str(root / "b.md")) == [
        f"warning: {Path(root, 'invigilator.toml').as_posix()}:1: x is no setting"
    ]


def test_a_configuration_that_hides_the_report_is_told_too(files: Files, command: Command) -> None:
    files({"README.md": TEXT, "invigilator.toml": 'marker = "Solution:"\nx = 1\n'})

    result = command("check", "README.md")

    assert result.code == 2
    assert "no `Solution:` below any of them" in result.err
