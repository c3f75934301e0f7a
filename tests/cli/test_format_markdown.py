"""`--format markdown`: read as GitHub reads it, by a Markdown parser that knows tables."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from inline_snapshot import snapshot
from markdown_it import MarkdownIt

from cli.commands import Command, Files
from reports import numbered, script, words

REMOTE = "![a](https://example.org/a.png)"
JUDGED = script({1: ((10, 30), None), 2: ((10, 30), (1, 2)), 4: (None, (1, 1))}, 5)


def rendered(page: str) -> str:
    return MarkdownIt("commonmark").enable("table").render(page)


def shown(page: str) -> str:
    """What a reader sees of a page."""
    return unescape(re.sub(r"<[^>]+>", "", rendered(page)))


def test_the_verdict_then_the_questions_then_the_findings(files: Files, command: Command) -> None:
    text = numbered([words(12), words(8), f"{words(3)} {REMOTE}", None, None])
    files({"reports/README.md": text, "reports/report.py": JUDGED})

    result = command("check", "--format", "markdown")

    assert (result.code, result.err) == (1, "")
    assert re.sub(r"(- .*?: ).* (?=`)", r"\1... ", result.out) == snapshot("""\
## `reports/README.md`

**3 of 5 pass the official check, 2 unanswered** (limits from its report.py)

These questions fail the official check:

| Question | Words | asked | Images | asked | What is wrong | Line |
| ---: | ---: | --- | ---: | --- | --- | ---: |
| 2 | 8 | 10-30 | 0 | 1-2 | 2 words short, 1 image short | 13 |
| 4 | - |  |  | 1 | not answered | 29 |

Pass: 1, 3

Pass, but not answered: 5

5 findings: 3 warnings, 2 information

**Question 2**

- warning, line 17: ... `answer.too-short`
- warning, line 17: ... `figure.too-few`

**Question 3**

- information, line 27: ... `figure.remote`

**Question 4**

- warning, line 33: ... `answer.missing`

**Question 5**

- information, line 41: ... `answer.missing`

""")
    html = rendered(result.out)
    assert html.count("<tr>") == 3
    assert html.count("<li>") == 5
    assert "put 1 more into the answer, as ![what it shows](figures/name.png)." in shown(result.out)


def test_many_findings_are_folded(files: Files, command: Command) -> None:
    files({"README.md": numbered([REMOTE] * 11)})

    html = rendered(command("check", "--format", "markdown").out)

    assert "<details><summary>11 findings: 11 information</summary>" in html
    assert html.index("<summary>") < html.index("<li>") < html.index("</details>")
    assert html.count("<li>") == 11


def test_lines_lead_to_the_commit_on_github(files: Files, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = files({"reports/my report.md": numbered([None]), "reports/report.py": script({1: ((10, 30), None)}, 1)})
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder))
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.example")
    monkeypatch.setenv("GITHUB_REPOSITORY", "group/seven")
    monkeypatch.setenv("GITHUB_SHA", "0123abc")
    monkeypatch.chdir(folder / "reports")

    html = rendered(command("check", "--format", "markdown", "my report.md").out)

    address = "https://github.example/group/seven/blob/0123abc/reports/my%20report.md?plain=1#L"
    assert re.findall(r'<a href="([^"]*)">(.*?)</a>', html) == [(f"{address}5", "5"), (f"{address}9", "line 9")]


def test_several_reports_have_a_table_of_their_own(files: Files, command: Command) -> None:
    files({"a.md": numbered([words(12)]), "b.md": numbered([REMOTE]), "c.md": numbered(["x"]).encode() + b"\xff"})

    result = command("check", "--format", "markdown", "a.md", "b.md", "c.md")

    assert result.code == 2
    assert result.out.startswith("3 reports: 2 fine, 1 not checked; 1 finding: 1 information\n\n| Report |")
    html = rendered(result.out)
    assert html.count("<tr>") == 4
    assert html.count("<h2>") == 3
    assert "<strong>Not checked</strong>: is not UTF-8" in html


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x onerror=alert(1)>.png",
        "a|b.png",
        "`a` ``b``.png",
        "a*b*_c_~~d~~.png",
        "[a](https:example.org).png",
        "&lt;b&gt;.png",
        "$x$ #1.png",
        "a\\b.png",
    ],
)
def test_names_are_shown_as_they_are(files: Files, command: Command, name: str) -> None:
    folder = files({})
    report = folder / name.replace(".png", ".md").replace("/", "")
    report.write_text(numbered([f"![a](<figures/{name.replace('<', '%3C').replace('>', '%3E')}>)"]))
    (folder / "other.md").write_text(numbered(["x"]))

    page = command("check", "--format", "markdown", "--select", "figure.*", str(report.name), "other.md").out

    html = rendered(page)
    assert not re.findall(r"<(?!/?(?:h2|p|strong|table|thead|tbody|tr|t[hd]|ul|li|code|br)\b)[^>]*>", html)
    assert html.count("<tr>") == 3
    assert f"<h2>{report.name}</h2>" in re.sub(r"</?code>", "", unescape(html))


def test_to_a_file(files: Files, command: Command) -> None:
    folder: Path = files({"README.md": numbered([words(12)])})

    result = command("check", "--format", "markdown", "--output", "page.md")

    assert result == (0, "", "")
    assert (folder / "page.md").read_text().startswith("## `README.md`\n")
