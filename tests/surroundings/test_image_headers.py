"""What the first bytes of a file say."""

from __future__ import annotations

import io
import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invigilator.surroundings import ImageHeader
from invigilator.surroundings.images import read_header, read_header_from
from pictures import jpeg, png

NOTHING = ImageHeader(None, None, None)
GIF = b"GIF89a" + struct.pack("<HH", 30, 20) + b"\x00\x00\x00;"
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f" + struct.pack("<I", (30 - 1) | (20 - 1) << 14) + bytes(9)
BMP = b"BM" + struct.pack("<IHHIIiiHH", 54, 0, 0, 54, 40, 30, -20, 1, 24) + bytes(24)
TIFF = b"II*\x00" + struct.pack("<IHHHIIHHII", 8, 2, 256, 4, 1, 30, 257, 4, 1, 20) + bytes(4)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20.4px"></svg>'
SVG_PROLOG = (
    b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- by <plot> -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n'
)
DOCTYPE = b'<!DOCTYPE svg [\n<!ENTITY ns "http://www.w3.org/2000/svg">\n]>\n'


def ftyp(brand: bytes, *others: bytes) -> bytes:
    return struct.pack(">I4s4sI", 16 + 4 * len(others), b"ftyp", brand, 0) + b"".join(others)


@pytest.mark.parametrize(
    ("head", "header"),
    [
        (png(30, 20), ("png", 30, 20)),
        (jpeg(30, 20), ("jpeg", 30, 20)),
        (jpeg(30, 20, before=200_000), ("jpeg", 30, 20)),
        (GIF, ("gif", 30, 20)),
        (WEBP, ("webp", 30, 20)),
        (TIFF, ("tiff", 30, 20)),
        (SVG, ("svg", 30, 20)),
        (b"%PDF-1.7\n", ("pdf", None, None)),
        (b"\n\n%PDF-1.4\n", ("pdf", None, None)),
        (ftyp(b"heic"), ("heic", None, None)),
        (ftyp(b"mif1", b"heic"), ("heic", None, None)),
        (ftyp(b"avif", b"mif1"), ("avif", None, None)),
        (ftyp(b"mif1", b"avif"), ("avif", None, None)),
        # an SVG may start with other things than its element
        (b'<svg width="100%" height="100%">', ("svg", None, None)),
        (b"\n <svg>", ("svg", None, None)),
        (b"<svg:svg>", ("svg", None, None)),
        (SVG_PROLOG + SVG, ("svg", 30, 20)),
        (DOCTYPE + SVG, ("svg", 30, 20)),
        (b'<svg width="' + 400 * b"9" + b'" height="1">', ("svg", None, None)),
        # known formats whose size is not there, or is no size
        (png(30, 20)[:20], ("png", None, None)),
        (png(0, 20), ("png", None, None)),
        (png(30, 0), ("png", None, None)),
        (jpeg(30, 20)[:20], ("jpeg", None, None)),
        (jpeg(0, 20), ("jpeg", None, None)),
        (b"\x89PNG\r\n\x1a\n" + 40 * b"\xff", ("png", None, None)),
        (b"GIF89a", ("gif", None, None)),
    ],
)
def test_format_and_pixels(head: bytes, header: tuple[str, int | None, int | None]) -> None:
    assert read_header(head) == header


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\x00",
        b"just text",
        b"BMW is a make of cars, and this is no bitmap at all",
        b"<html><svg></svg></html>",
        b"<!DOCTYPE html><p>404</p>",
        b"<!-- never closed <svg>",
        b"<?xml never closed <svg>",
        b"<svgish>",
        b"version https://git-lfs.github.com/spec/v1\n",
        b"PK\x03\x04",
        ftyp(b"isom", b"mp42"),
        b"\x89PNG\n\x1a\n",
        200 * b"\x00",
    ],
)
def test_what_is_no_image(head: bytes) -> None:
    assert read_header(head) == NOTHING


def test_a_bitmap_stored_from_the_top_down() -> None:
    assert read_header(BMP).format == "bmp"


@given(
    st.sampled_from([png(), jpeg(), GIF, WEBP, BMP, TIFF, SVG, SVG_PROLOG, DOCTYPE, ftyp(b"heic"), b"%PDF-", b""]),
    st.integers(0, 80),
    st.binary(max_size=200),
)
def test_no_bytes_whatever_raise(start: bytes, keep: int, rest: bytes) -> None:
    header = read_header(start[:keep] + rest)
    assert header.width is None or header.width > 0
    assert (header.width is None) == (header.height is None)


@pytest.mark.parametrize(
    "head", [b"<!--" * 60_000, b"<!-- -->" * 30_000, b"<?" + b"?><?" * 60_000, b"<!DOCTYPE svg [" + b">]" * 100_000]
)
def test_no_start_takes_long(head: bytes) -> None:
    started = time.perf_counter()
    assert read_header(head) == NOTHING
    assert time.perf_counter() - started < 0.5


class Counted(io.BytesIO):
    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.taken += len(found)
        return found


@pytest.mark.parametrize(
    ("content", "header", "at_most"),
    [
        (png(30, 20) + bytes(10**6), ("png", 30, 20), 4096),
        (jpeg(30, 20) + bytes(10**6), ("jpeg", 30, 20), 4096),
        (jpeg(30, 20, before=200_000) + bytes(10**6), ("jpeg", 30, 20), 256 * 1024),
        (jpeg(30, 20, before=300_000), ("jpeg", None, None), 256 * 1024),
        (bytes(10**6), (None, None, None), 4096),
        (b"", (None, None, None), 0),
    ],
)
def test_no_more_is_read_than_needed(
    content: bytes, header: tuple[str | None, int | None, int | None], at_most: int
) -> None:
    file = Counted(content)
    assert read_header_from(file) == header
    assert file.taken <= at_most
