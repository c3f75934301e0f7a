"""Ready or not: every check by itself, over reports and answers of git that are drawn here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from invigilator.analysis import Analysis, analyse
from invigilator.ready import Check, Reason, checks, conclusion, files_of, is_ready, page_of, ready_json
from invigilator.surroundings import Nowhere
from invigilator.surroundings.delivery import Branches, Delivery, FileDelivery
from invigilator.surroundings.memory import MemorySurroundings
from pictures import png
from reports import numbered, question, report, script, words

MAIN = Branches("main", "origin/main", ("origin",), "origin", "main", "origin/main")
PLACE = "reports/README.md"
PICTURE = "![what it shows](figures/a.png)"
NAMES = ["official-check", "report-place", "figures", "conflict-markers", "placeholders", "page"]


def analysed(text: str, files: Mapping[str, bytes | str] | None = None, place: str = PLACE) -> Analysis:
    folder, _, name = place.rpartition("/")
    around = MemorySurroundings(
        {f"{folder}/figures/a.png".lstrip("/"): png(), **(files or {})}, folder, report_name=name
    )
    return analyse(text, around)


def handed_in(files: Mapping[str, FileDelivery] | None = None, branches: Branches = MAIN, **more: Any) -> Delivery:
    known: dict[str, FileDelivery] = {"README.md": "delivered", "figures/a.png": "delivered", **(files or {})}
    return Delivery("known", **{"place": PLACE, "files": known, "branches": branches, **more})


def asked(
    text: str, delivery: Delivery | None = None, files: Mapping[str, bytes | str] | None = None
) -> dict[str, Check]:
    analysis = analysed(text, files)
    return {check.name: check for check in checks(analysis, delivery or handed_in(), page_of(analysis))}


def messages(check: Check) -> list[str]:
    return [reason.message for reason in check.reasons]


FINE = numbered([words(12), PICTURE, "x"])


def test_ready() -> None:
    found = asked(FINE)
    assert list(found) == NAMES
    assert {check.state for check in found.values()} == {"yes"}
    assert is_ready([*found.values()])
    assert conclusion([*found.values()]) == "Ready to hand in."


def test_what_a_yes_is_worth_is_said() -> None:
    (note,) = messages(asked(FINE)["figures"])
    assert note.startswith("The report and 1 picture are on origin/main as here, as far as this computer knows")
    behind = handed_in(branches=MAIN._replace(ahead=2))
    assert (
        messages(asked(FINE, behind)["figures"])[1] == "Note: Not on origin/main yet: 2 other commits. Type: git push"
    )


@pytest.mark.parametrize(
    ("states", "said", "answer"),
    [
        ("yes yes", "Ready to hand in.", True),
        ("yes no", "Not ready: 1 of 2 checks says no.", False),
        ("no no", "Not ready: 2 of 2 checks say no.", False),
        ("no unknown", "Not ready: 1 of 2 checks says no.", False),
        ("yes unknown", "Perhaps ready: 1 of 2 checks cannot tell. Look for yourself.", False),
    ],
)
def test_conclusion(states: str, said: str, answer: bool) -> None:
    found = [Check("x", "X", state) for state in states.split()]  # type: ignore[arg-type]
    assert (conclusion(found), is_ready(found)) == (said, answer)


def test_json() -> None:
    reason = Reason("Why.", 3, "figures/a.png")
    assert ready_json([Check("page", "The page", "no", (reason,))], PLACE) == {
        "version": 1,
        "path": PLACE,
        "ready": False,
        "conclusion": "Not ready: 1 of 1 checks says no.",
        "checks": [
            {
                "name": "page",
                "title": "The page",
                "state": "no",
                "reasons": [{"message": "Why.", "line": 3, "path": "figures/a.png"}],
            }
        ],
    }


# --- the official check -----------------------------------------------------------------------------------------------

JUDGED = {"reports/report.py": script({1: ((10, 30), None), 2: (None, (1, 2))}, 3)}


def test_questions_that_fail_are_named_with_what_is_missing() -> None:
    text = numbered([words(4), "No picture.", None])
    check = asked(text, files=JUDGED)["official-check"]
    assert (check.state, check.title) == ("no", "The official check passes")
    assert check.reasons == (
        Reason(
            "Question 1: 4 words, at least 10 are asked for: write 6 more.",
            text[: text.index("Answer:")].count("\n") + 1,
        ),
        check.reasons[1],
    )
    assert check.reasons[1].message.startswith("Question 2: 0 images, at least 1 asked for: save the picture")


def test_an_answer_that_is_cut_short_says_why() -> None:
    check = asked(numbered([f"{words(5)}\n\n## Part\n\n{words(20)}", PICTURE, "x"]), files=JUDGED)["official-check"]
    assert [message[:40] for message in messages(check)] == [
        "Question 1: 5 words, at least 10 are ask",
        "Question 1: The official check stops rea",
    ]


def test_without_an_official_check_the_limits_count() -> None:
    text = report(question(1, words(4), "Answer length: 10-20 words."), question(2, "x"))
    check = asked(text)["official-check"]
    assert (check.state, check.title) == ("no", "Every question keeps to its limits")
    assert messages(check) == ["Question 1: 4 words, at least 10 are asked for: write 6 more."]
    assert asked(numbered(["x"]))["official-check"].state == "yes"


def test_a_check_that_stops_says_so_first_and_then_what_fails_by_itself() -> None:
    text = report(question(1, words(4)), question(2, "x", marker=None), question(3, "x"))
    first, *others = messages(asked(text, files=JUDGED)["official-check"])
    assert first.startswith("The official check stops here, with no result for any question")
    assert others[0].startswith("Question 1: 4 words")
    assert others[1].startswith("Question 2 has lost its `Answer:` line")


def test_silenced_findings_keep_nobody_from_failing() -> None:
    ignoring = {**JUDGED, "invigilator.toml": 'ignore = ["answer.*", "report.*", "marker.*"]\n'}
    check = asked(numbered([words(4), PICTURE, "x"]), files=ignoring)["official-check"]
    assert messages(check) == ["Question 1: 4 words, at least 10 are asked for: write 6 more."]
    stopped = report(question(1, words(12)), question(2, "x", marker=None), question(3, "x"))
    assert asked(stopped, files=ignoring)["official-check"].state == "no"


def test_a_script_of_ones_own_is_pointed_out() -> None:
    said = asked(numbered([words(12), PICTURE, "x"]), handed_in({"report.py": "changed"}), JUDGED)
    assert {check.state for check in said.values()} == {"yes"}
    (note,) = said["official-check"].reasons
    assert note.message.endswith("Type: git diff origin/main -- reports/report.py")


# --- where it stands --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "state"),
    [
        (PLACE, "yes"),
        ("README.md", "no"),
        ("Reports/README.md", "no"),
        ("reports/readme.md", "no"),
        ("x/reports/README.md", "no"),
    ],
)
def test_place_in_the_repository(place: str, state: str) -> None:
    assert asked(FINE, handed_in(place=place))["report-place"].state in ("yes", state)
    analysis = analysed(FINE, place=place)
    check = checks(analysis, handed_in(place=place), "")[1]
    assert (check.name, check.state) == ("report-place", state)
    assert state == "yes" or place in check.reasons[0].message


def test_place_without_a_repository() -> None:
    nothing = Delivery("no-repository")
    for place, state in ((PLACE, "yes"), ("README.md", "unknown"), ("report.md", "no")):
        assert checks(analysed(FINE, place=place), nothing, "")[1].state == state, place


def test_a_place_of_ones_own() -> None:
    analysis = analysed(FINE, {"invigilator.toml": 'report = "lab/report.md"\n'}, "lab/report.md")
    check = checks(analysis, handed_in(place="lab/report.md"), "")[1]
    assert (check.state, check.title) == ("yes", "The report stands at lab/report.md")


def test_a_name_in_other_capitals_than_on_disk() -> None:
    analysis = analysed(FINE, {"reports/readme.md": FINE})
    (reason,) = checks(analysis, handed_in(), "")[1].reasons
    assert "stands at reports/readme.md" in reason.message


def test_a_document_in_no_folder() -> None:
    analysis = analyse(numbered(["x"]), Nowhere())
    found = checks(analysis, Nowhere().delivery((), ""), "")
    assert [check.state for check in found] == ["yes", "unknown", "unknown", "yes", "yes", "yes"]


# --- committed and pushed ---------------------------------------------------------------------------------------------

BOTH = ("README.md", "figures/a.png")
COMMIT = 'git commit -m "Report"'


@pytest.mark.parametrize(
    ("files", "branches", "said"),
    [
        (
            {"figures/a.png": "untracked"},
            MAIN,
            [f"Not in git: figures/a.png. Type: git add reports/figures/a.png, then {COMMIT}, then git push"],
        ),
        (
            {"figures/a.png": "ignored"},
            MAIN,
            [
                (
                    "Not in git, because of a line in .gitignore: figures/a.png. "
                    f"Type: git add -f reports/figures/a.png, then {COMMIT}, then git push"
                )
            ],
        ),
        (
            {"README.md": "changed", "figures/a.png": "untracked"},
            MAIN,
            [
                "Not in git: figures/a.png. Type: git add reports/figures/a.png",
                (
                    "Changed, and the change is not committed: README.md. "
                    f"Type: git add reports/README.md, then {COMMIT}, then git push"
                ),
            ],
        ),
        (
            {"README.md": "staged", "figures/a.png": "staged"},
            MAIN,
            [f"Added, and not committed: README.md, figures/a.png. Type: {COMMIT}, then git push"],
        ),
        (
            dict.fromkeys(BOTH, "committed"),
            MAIN._replace(ahead=1),
            ["Committed, and not on origin/main: README.md, figures/a.png. Type: git push"],
        ),
        (
            {"README.md": "committed"},
            MAIN._replace(ahead=1, behind=2),
            [
                (
                    "Committed, and not on origin/main: README.md. "
                    "Type: git pull --no-rebase --no-edit origin main, then git push"
                )
            ],
        ),
        (
            {"README.md": "committed"},
            MAIN._replace(behind=2),
            [
                (
                    "On origin/main there is another version than here, pushed by somebody else: README.md. "
                    "Type: git pull, then ask again."
                )
            ],
        ),
        (
            {"README.md": "committed"},
            MAIN._replace(current="feature", upstream="origin/feature", ahead=1),
            [
                (
                    "Committed on the branch feature, and not on origin/main: README.md. "
                    "Type: git switch main, then git pull, then git merge --no-edit feature, then git push"
                )
            ],
        ),
        (
            {"README.md": "committed"},
            MAIN._replace(current=None, upstream=None, ahead=1),
            [
                (
                    "Committed on no branch (detached HEAD), and not on origin/main: README.md. "
                    "Type: git push origin HEAD:main"
                )
            ],
        ),
        (
            {"README.md": "committed"},
            MAIN._replace(upstream=None, ahead=1),
            ["Committed, and not on origin/main: README.md. Type: git push -u origin main"],
        ),
        (
            {"README.md": "committed"},
            MAIN._replace(current="mine", ahead=1),
            ["Committed, and not on origin/main: README.md. Type: git push origin HEAD:main"],
        ),
        (
            dict.fromkeys(BOTH, "committed"),
            Branches("main", None, ("origin",), "origin"),
            ["Committed, and not pushed: README.md, figures/a.png. Type: git push -u origin main"],
        ),
        (
            {"README.md": "missing"},
            MAIN,
            ["Not there: README.md. Save it."],
        ),
        (
            {"README.md": "unmerged", "figures/a.png": "staged"},
            MAIN,
            [
                "In the middle of a merge: README.md. Finish that first, then ask again.",
                "Added, and not committed: figures/a.png.",
            ],
        ),
    ],
)
def test_not_handed_in(files: dict[str, FileDelivery], branches: Branches, said: list[str]) -> None:
    check = asked(FINE, handed_in(files, branches))["figures"]
    assert (check.state, messages(check)) == ("no", said)


def test_no_remote() -> None:
    check = asked(FINE, handed_in(dict.fromkeys(BOTH, "committed"), Branches("main")))["figures"]
    assert check.state == "no"
    assert messages(check)[0] == "Committed, and not pushed: README.md, figures/a.png."
    assert messages(check)[1].endswith("git remote add origin ADDRESS, then git push -u origin main")


def test_other_capitals_in_git() -> None:
    delivery = handed_in({"figures/a.png": "other-case"}, spellings={"figures/a.png": "figures/A.png"})
    assert messages(asked(FINE, delivery)["figures"]) == [
        (
            "Git has figures/a.png in other capitals, as figures/A.png, and on Linux and GitHub they count. Type: "
            f"git rm --cached reports/figures/A.png, then git add reports/figures/a.png, then {COMMIT}, then git push"
        )
    ]


@pytest.mark.parametrize(
    ("delivery", "said"),
    [
        (handed_in({"figures/a.png": "pointer"}), "Git has only a pointer to figures/a.png (Git LFS or git-annex)"),
        (handed_in({"figures/a.png": "elsewhere"}), "In another repository inside this one"),
        (handed_in({"figures/a.png": "unknown"}), "Git does not say"),
        (handed_in(branches=MAIN._replace(default=None)), "Type: git remote set-head origin --auto"),
        (handed_in(branches=Branches("main", None, ("a", "b"))), "Which of the remotes a, b"),
        (Delivery("no-repository"), "This folder is in no git repository"),
        (Delivery("no-git"), "Git is not installed here"),
        (Delivery("no-answer"), "Type: git status, which says why."),
        (Delivery("unknown", is_saved=False), "This document is in no folder"),
    ],
)
def test_what_cannot_be_told_is_no_yes(delivery: Delivery, said: str) -> None:
    check = asked(FINE, delivery)["figures"]
    assert check.state == "unknown"
    assert said in check.reasons[0].message


def test_text_that_is_not_saved() -> None:
    for delivery in (handed_in(is_saved=False), Delivery("no-repository", is_saved=False)):
        check = asked(FINE, delivery)["figures"]
        assert check.state == "no"
        assert check.reasons[0].message == "The report has changes that are not saved. Press Ctrl+S (on a Mac Cmd+S)."


def test_reasons_lead_to_the_first_use() -> None:
    line = FINE[: FINE.index(PICTURE)].count("\n") + 1
    (reason,) = asked(FINE, handed_in({"figures/a.png": "untracked"}))["figures"].reasons
    assert (reason.line, reason.path) == (line, "figures/a.png")
    (reason,) = asked(FINE, handed_in({"README.md": "changed"}))["figures"].reasons
    assert (reason.line, reason.path) == (None, "README.md")


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("![a](figures/b.png)", "There is no file figures/b.png."),
        ("![a](figures/A.png)", "The file is called figures/a.png"),
        ("![a](figures/empty.png)", "The file figures/empty.png is empty."),
    ],
)
def test_pictures_that_nobody_will_see(link: str, said: str) -> None:
    delivery = handed_in({"figures/empty.png": "delivered"})
    check = asked(numbered([link]), delivery, {"reports/figures/empty.png": b""})["figures"]
    assert check.state == "no"
    assert check.reasons[0].message.startswith(f"Question 1: {said}")


def test_a_picture_on_the_web_is_pointed_out() -> None:
    check = asked(numbered(["![a](https://example.org/a.png)"]))["figures"]
    assert check.state == "yes"
    assert check.reasons[1].message.startswith("Note: Question 1: This picture is on the web")


def test_many_files_and_odd_names_are_added_by_their_folder() -> None:
    names = [f"figures/{number}.png" for number in range(12)]
    text = numbered(["\n".join(f"![x]({name})" for name in names)])
    many = asked(text, handed_in(dict.fromkeys(names, "untracked")), {f"reports/{name}": png() for name in names})
    (message,) = messages(many["figures"])
    assert message.startswith(
        "Not in git: figures/0.png, figures/1.png, figures/2.png, figures/3.png and 8 more. "
        "Type: git add reports/figures, then"
    )
    odd = asked(FINE, handed_in({'figures/q"$x.png': "untracked"}))["figures"]
    assert 'Not in git: figures/q"$x.png. Type: git add reports/figures, then' in messages(odd)[0]
    spaced = asked(FINE, handed_in({"figures/two words.png": "untracked"}))["figures"]
    assert 'Type: git add "reports/figures/two words.png", then' in messages(spaced)[0]


@pytest.mark.parametrize("name", ["$(touch${IFS}x)", "a;b", "`x`"])
def test_a_branch_that_a_shell_would_run_is_not_to_be_typed(name: str) -> None:
    branches = MAIN._replace(default=name, compared=f"origin/{name}", upstream=f"origin/{name}", current=name)
    for current in (name, None, "main"):
        check = asked(FINE, handed_in({"README.md": "committed"}, branches._replace(current=current)))["figures"]
        typed = messages(check)[0].partition("Type: ")[2]
        assert typed
        assert name not in typed


def test_which_files_are_asked_for() -> None:
    text = numbered(
        [f"{PICTURE} {PICTURE} [code](figures/code.txt)", '<img src="figures/b.png">', "![x](figures/no.png)"]
    )
    around = {name: png() for name in ("reports/figures/b.png", "reports/figures/unused.png")}
    assert files_of(analysed(text, {**around, "reports/figures/code.txt": "", **JUDGED})) == (
        "figures/a.png",
        "figures/b.png",
        "report.py",
    )


def test_the_script_need_not_be_handed_in() -> None:
    said = asked(numbered([words(12), PICTURE, "x"]), handed_in({"report.py": "untracked"}), JUDGED)
    assert said["figures"].state == "yes"


# --- what is left in the text -----------------------------------------------------------------------------------------


def test_conflict_markers() -> None:
    both = "<<<<<<< ours\nOne.\n=======\nTwo.\n>>>>>>> theirs"
    check = asked(numbered([both]))["conflict-markers"]
    assert check.state == "no"
    assert "Two versions of the report" in check.reasons[0].message
    check = asked(FINE, handed_in({"figures/a.png": "unmerged"}))["conflict-markers"]
    assert messages(check) == [
        (
            "Git has not finished merging figures/a.png. Make it what it should be, "
            "then type: git add reports/figures/a.png, then git commit --no-edit"
        )
    ]


def test_placeholders() -> None:
    text = report(
        question(1, None),
        question(2, f"{words(3)}\n\n--- question 2 fill here ---"),
        question(3, ""),
        question(4, None, marker=None),
        question(5, "x"),
    )
    check = asked(text)["placeholders"]
    assert check.state == "no"
    assert messages(check) == [
        "Question 1 still has its placeholder. Write the answer in its place.",
        "Question 2 still has its placeholder beside the answer. Delete it.",
        "Question 4 still has its placeholder. Write the answer in its place.",
        "Note: Question 3 has no answer, and no placeholder either.",
    ]
    lines = text.split("\n")
    assert [lines[(reason.line or 0) - 1] for reason in check.reasons] == [
        "--- question 1 fill here ---",
        "--- question 2 fill here ---",
        "--- question 4 fill here ---",
        "> Answer:",
    ]
    assert asked(report(question(1, "")))["placeholders"].state == "yes", "it may be meant so"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("![a b](figures/two words.png)", "Readers see these characters, not a picture"),
        (f"{words(3)}\n\n```\ncode", "This code block is never closed"),
        (
            f"<details>\n<summary>More</summary>\n\n{PICTURE}\n\n</details>",
            "the picture figures/a.png is not on the page",
        ),
    ],
)
def test_what_the_page_loses(answer: str, said: str) -> None:
    check = asked(numbered([answer, "x"]))["page"]
    assert check.state == "no"
    assert any(said in message for message in messages(check)), messages(check)


@pytest.mark.parametrize(
    "link",
    [
        "![a](<figures/two words.png>)",
        "![a](figures/two%20words.png)",
        "![a][it]\n\n[it]: figures/a.png",
        "![a](figures/a&b.png)",
    ],
)
def test_pictures_that_are_on_the_page_however_they_are_written(link: str) -> None:
    assert asked(numbered([f"{words(3)}\n\n{link}"]))["page"].state == "yes"


def test_a_page_that_cannot_be_made() -> None:
    analysis = analysed(FINE)
    check = checks(analysis, handed_in(), None)[-1]
    assert (check.name, check.state) == ("page", "no")


def test_a_page_that_the_library_fails_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str) -> str:
        raise RecursionError(text)

    monkeypatch.setattr("invigilator.official.page.markdown", broken)
    assert page_of(analysed(FINE)) is None


def test_no_reason_quotes_an_answer() -> None:
    secret = "Kierkegaard"
    text = numbered(
        [
            f"{secret} --- question 1 fill here ---",
            f"![{secret}](figures/b.png)",
            f"<<<<<<< x\n{secret}\n=======\n>>>>>>> y",
        ]
    )
    files: dict[str, FileDelivery] = dict.fromkeys(BOTH, "changed")
    for check in asked(text, handed_in(files), JUDGED).values():
        assert secret not in " ".join(messages(check))
