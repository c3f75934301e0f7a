"""Cutting the stream of bytes into messages."""

from __future__ import annotations

import pytest

from invigilator.lsp.transport import Frames


def bodies(*chunks: bytes) -> tuple[list[bytes], list[str]]:
    complaints: list[str] = []
    frames = Frames(complaints.append)
    return [body for chunk in chunks for body in frames.feed(chunk)], complaints


STREAM = b"Content-Length: 5\r\n\r\nfirstcontent-length: 6\r\nX: y\r\n\r\nsecondContent-Length: 0\r\n\r\n"


@pytest.mark.parametrize("size", [1, 2, 3, 7, 20, 1000])
def test_messages_come_whole_however_the_stream_is_cut(size: int) -> None:
    chunks = [STREAM[start : start + size] for start in range(0, len(STREAM), size)]
    assert bodies(*chunks) == ([b"first", b"second", b""], [])


def test_a_message_may_hold_what_looks_like_a_header() -> None:
    body = b"Content-Length: 1\r\n\r\nx"
    assert bodies(b"Content-Length: %d\r\n\r\n%b" % (len(body), body)) == ([body], [])


@pytest.mark.parametrize(
    ("stream", "expected", "complaints"),
    [
        (b"Content-Length: 2\r\n\r\ntoo longContent-Length: 2\r\n\r\nok", [b"to", b"ok"], 0),
        (b"Content-Length: x\r\n\r\nlostContent-Length: 2\r\n\r\nok", [b"ok"], 1),
        (b"Content-Length: 9999999999\r\n\r\nlostContent-Length: 2\r\n\r\nok", [b"ok"], 1),
        (b"\r\n\r\n\r\nContent-Length: 2\r\n\r\nok", [b"ok"], 1),
        (b"n" * 200_000 + b"Content-Length: 2\r\n\r\nok", [b"ok"], 0),
        (b"n" * 200_000, [], 1),
    ],
)
def test_reading_gets_back_in_step(stream: bytes, expected: list[bytes], complaints: int) -> None:
    got, said = bodies(stream)
    assert got == expected
    assert len(said) == complaints


@pytest.mark.parametrize(
    ("stream", "is_between"),
    [(b"", True), (STREAM, True), (STREAM + b"\r\n", True), (STREAM[:10], False), (STREAM[:23], False)],
)
def test_between_messages(stream: bytes, is_between: bool) -> None:
    frames = Frames(print)
    list(frames.feed(stream))
    assert frames.is_between_messages is is_between


def test_endless_noise_is_not_kept() -> None:
    complaints: list[str] = []
    frames = Frames(complaints.append)
    for _ in range(100):
        list(frames.feed(b"n" * 100_000))
    assert len(frames._buffer) <= 64 * 1024
