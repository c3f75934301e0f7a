"""Tiny images for tests, whole and decodable: one grey area of the size asked for."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 1, height: int = 1, grey: int = 128) -> bytes:
    """An eight-bit grey PNG; another `grey` makes another file of the same size."""
    rows = (b"\x00" + bytes([grey]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def jpeg(width: int = 8, height: int = 8, before: int = 0) -> bytes:
    """A baseline grey JPEG, with `before` bytes of other data (as a camera's) in front of its size."""
    padding = b""
    while before > 0:
        part = min(before, 65_000)
        padding += _segment(0xE2, bytes(part))
        before -= part
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    # one code in either Huffman table, the bit 0: "no difference" and "end of block"
    table = b"\x01" + bytes(15) + b"\x00"
    blocks = -(-width // 8) * -(-height // 8)
    bits = 2 * blocks
    data = bytes(bits // 8) + (bytes([0xFF >> bits % 8]) if bits % 8 else b"")
    return b"".join(
        (
            b"\xff\xd8",
            padding,
            _segment(0xDB, b"\x00" + b"\x01" * 64),
            _segment(0xC0, frame),
            _segment(0xC4, b"\x00" + table),
            _segment(0xC4, b"\x10" + table),
            _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
            data,
            b"\xff\xd9",
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data
