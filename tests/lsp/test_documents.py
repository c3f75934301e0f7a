"""The store of open documents: changes as clients send them, and which URIs mean one document."""

from __future__ import annotations

import os
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invigilator.lsp.documents import Documents, MalformedChangeError, key_of, nearest_position, path_of
from invigilator.text import Encoding

URI = "file:///reports/README.md"


def at(line: Any, character: Any) -> dict[str, Any]:
    return {"line": line, "character": character}


def edit(start: Any, end: Any, text: Any) -> dict[str, Any]:
    return {"range": {"start": start, "end": end}, "text": text}


def changed(text: str, *changes: Any, encoding: Encoding = "utf-16") -> str:
    documents = Documents(encoding)
    documents.open(URI, 1, text)
    document = documents.change(URI, 2, list(changes))
    assert document is not None
    return document.text.text


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        ("one\ntwo", [edit(at(1, 0), at(1, 3), "2")], "one\n2"),
        ("one\ntwo", [], "one\ntwo"),
        ("one", [{"text": "other"}], "other"),
        ("one", [{"text": "other", "range": None}], "other"),
        # each change counts on the text the one before it left
        ("a", [edit(at(0, 1), at(0, 1), "\nb"), edit(at(1, 1), at(1, 1), "c"), edit(at(0, 0), at(1, 0), "")], "bc"),
        ("a", [{"text": "x\ny"}, edit(at(1, 0), at(1, 1), "z")], "x\nz"),
        # the end before the start
        ("abcdef", [edit(at(0, 4), at(0, 1), "-")], "a-ef"),
        # outside the text
        ("ab\ncd", [edit(at(0, 99), at(0, 99), "!")], "ab!\ncd"),
        ("ab\ncd", [edit(at(9, 9), at(9, 9), "!")], "ab\ncd!"),
        ("ab\ncd", [edit(at(-1, 5), at(0, 1), "!")], "!b\ncd"),
        ("ab\ncd", [edit(at(1, -3), at(1, 10**30), "!")], "ab\n!"),
        # not whole numbers, not numbers
        ("abc", [edit(at(0, 1.9), at(0, 2.0), "-")], "a-c"),
        ("abc", [edit(at(None, "1"), at(True, 1), "-")], "-bc"),
        ("abc", [edit(at(0, float("inf")), at(0, float("nan")), "-")], "-"),
        ("abc", [edit({}, {}, "-")], "-abc"),
        # lines end only where the protocol says
        ("a\u2028b\x0cc\x85d\ne", [edit(at(1, 0), at(1, 1), "E")], "a\u2028b\x0cc\x85d\nE"),
        ("a\rb\r\nc", [edit(at(2, 0), at(2, 1), "C")], "a\rb\r\nC"),
    ],
)
def test_changes(before: str, changes: list[Any], after: str) -> None:
    assert changed(before, *changes) == after


@pytest.mark.parametrize(("encoding", "character"), [("utf-8", 6), ("utf-16", 3), ("utf-32", 2)])
def test_characters_are_counted_in_the_clients_unit(encoding: Encoding, character: int) -> None:
    change = edit(at(0, character), at(0, character), "|")
    assert changed("😀éz", change, encoding=encoding) == "😀é|z"


@pytest.mark.parametrize(
    "changes",
    [
        None,
        "text",
        {"text": "a"},
        [None],
        [["a"]],
        [{}],
        [{"text": 7}],
        [{"text": "a", "range": "0:0"}],
        [{"text": "a", "range": {}}],
        [edit(at(0, 0), None, "a")],
        [edit([0, 0], at(0, 0), "a")],
    ],
)
def test_malformed_change_changes_nothing(changes: Any) -> None:
    documents = Documents()
    documents.open(URI, 1, "as it was")
    good = [{"text": "half of it"}]
    with pytest.raises(MalformedChangeError):
        documents.change(URI, 2, good + changes if isinstance(changes, list) else changes)
    document = documents.get(URI)
    assert document is not None
    assert (document.text.text, document.version) == ("as it was", 1)


def test_life_of_a_document() -> None:
    documents = Documents()
    first = documents.open(URI, 1, "one", "markdown")
    assert documents.change("file:///other.md", 2, [{"text": "x"}]) is None
    second = documents.change(URI, 2, [{"text": "two"}])
    assert second is not None
    assert (first.text.text, second.text.text) == ("one", "two"), "a document is a value"
    assert (second.uri, second.version, second.language_id) == (URI, 2, "markdown")
    assert list(documents) == [second]
    assert documents.open(URI, 7, "again").text.text == "again"
    assert len(documents) == 1
    closed = documents.close(URI)
    assert closed is not None
    assert closed.version == 7
    assert documents.close(URI) is None
    assert documents.get(URI) is None
    assert documents.change(URI, 8, [{"text": "late"}]) is None


@pytest.mark.parametrize("version", [None, "2", 2.5, True])
def test_version_that_is_none(version: object) -> None:
    documents = Documents()
    documents.open(URI, 1, "a")
    document = documents.change(URI, version, [{"text": "b"}])
    assert document is not None
    assert document.version is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("file:///C:/a/b.md", "file:///c%3A/a/b.md"),
        ("file:///c:/a/b.md", "FILE:///C%3a/a/b%2Emd"),
        ("file:///a/with%20space.md", "file:///a/with space.md"),
        ("file:///a/%C3%A6.md", "file:///a/æ.md"),
        ("file:///a.md", "file://localhost/a.md"),
        ("file:///a.md", "file:/a.md"),
        ("file://c:/a.md", "file:///c:/a.md"),
        ("file://Server/share/a.md", "file://server/share/a.md"),
        ("untitled:Untitled-1", "untitled:Untitled%2D1"),
    ],
)
def test_one_document(one: str, other: str) -> None:
    documents = Documents()
    documents.open(one, 1, "text")
    document = documents.change(other, 2, [{"text": "new"}])
    assert document is not None
    assert document.uri == one, "answers use the client's own spelling"
    documents.open(other, 3, "text")
    assert [document.uri for document in documents] == [other]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("file:///a/B.md", "file:///a/b.md"),
        ("file:///a.md", "vscode-vfs:///a.md"),
        ("file:///a.md", "untitled:/a.md"),
        ("file:///a.md", "/a.md"),
        ("file:///a/C.md", "file:///a/C#.md"),
        ("vscode-notebook-cell:/a.ipynb#one", "vscode-notebook-cell:/a.ipynb#two"),
        ("git:/a.md?HEAD", "git:/a.md?index"),
        ("file://one/a.md", "file://two/a.md"),
    ],
)
def test_two_documents(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize(
    ("uri", "posix", "windows"),
    [
        ("file:///reports/README.md", "/reports/README.md", r"\reports\README.md"),
        ("file:///a/with%20space/%C3%A6.md", "/a/with space/æ.md", "\\a\\with space\\æ.md"),
        ("file:///c%3A/a.md", "/c:/a.md", r"c:\a.md"),
        ("file:///C:/a.md", "/c:/a.md", r"c:\a.md"),
        ("file:///a/C#?.md", "/a/C#?.md", r"\a\C#?.md"),
        ("file:///a/%FF.md", "/a/\udcff.md", "\\a\\\udcff.md"),
        ("file://server/share/a.md", None, r"\\server\share\a.md"),
        ("file:///a%00.md", None, None),
        ("file:a.md", None, None),
        ("file:", None, None),
        ("untitled:Untitled-1", None, None),
        ("vscode-vfs://github/owner/name/README.md", None, None),
        ("git:/a.md?HEAD", None, None),
        ("vscode-notebook-cell:/a.ipynb#one", None, None),
        ("/a.md", None, None),
        ("", None, None),
    ],
)
def test_path(monkeypatch: pytest.MonkeyPatch, uri: str, posix: str | None, windows: str | None) -> None:
    monkeypatch.setattr(os, "name", "posix")
    here = path_of(uri)
    monkeypatch.setattr(os, "name", "nt")
    there = path_of(uri)
    monkeypatch.undo()
    assert (here, there) == (posix, windows)


@pytest.mark.parametrize(
    ("value", "position"),
    [
        (at(3, 4), (3, 4)),
        (at(-1, 4), (0, 0)),
        (at(3, -1), (3, 0)),
        (at(1e308, 2**40), (2**31 - 1, 2**31 - 1)),
        (at([], "4"), (0, 0)),
        ({}, (0, 0)),
    ],
)
def test_nearest_position(value: dict[str, Any], position: tuple[int, int]) -> None:
    assert nearest_position(value) == position


CHARACTERS = st.text("ab\n\rz😀é\u2028\x0c\x85", max_size=12)
UNIT_BYTES: dict[Encoding, tuple[str, int]] = {
    "utf-8": ("utf-8", 1),
    "utf-16": ("utf-16-le", 2),
    "utf-32": ("utf-32-le", 4),
}


def position_of(text: str, offset: int, encoding: Encoding) -> dict[str, int]:
    """Where an editor says `offset` is."""
    codec, size = UNIT_BYTES[encoding]
    ends = [end.end() for end in re.finditer(r"\r\n|\r|\n", text) if end.end() <= offset]
    return at(len(ends), len(text[ends[-1] if ends else 0 : offset].encode(codec)) // size)


@given(
    CHARACTERS,
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), CHARACTERS), min_size=1, max_size=5),
    st.sampled_from(["utf-8", "utf-16", "utf-32"]),
)
def test_the_store_follows_an_editor(text: str, edits: list[tuple[int, int, str]], encoding: Encoding) -> None:
    documents = Documents(encoding)
    documents.open(URI, 0, text)
    changes = []
    for one, other, new in edits:
        start, end = sorted((min(one, len(text)), min(other, len(text))))
        # an editor's cursor never stands inside \r\n
        start -= text[start - 1 : start + 1] == "\r\n"
        end += text[end - 1 : end + 1] == "\r\n"
        changes.append(edit(position_of(text, start, encoding), position_of(text, end, encoding), new))
        text = text[:start] + new + text[end:]
    document = documents.change(URI, 1, changes)
    assert document is not None
    assert document.text.text == text
