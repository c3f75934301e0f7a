"""What the first bytes of an image file say: its true format and its size in pixels.

The name of a file says nothing here. Nothing is decoded: a file with a sound header and a broken body looks sound.
"""

from __future__ import annotations

import io
import math
import re
import struct
from typing import BinaryIO, Final

from invigilator.surroundings import ImageFormat, ImageHeader

_FIRST: Final = 4 * 1024
_AT_MOST: Final = 256 * 1024  # the size of a JPEG stands behind its EXIF data, thumbnails and colour profile
_LARGEST: Final = 2**31 - 1

_SIGNATURES: Final[tuple[tuple[bytes, ImageFormat], ...]] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
)
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})
_BMP_HEADER_SIZES: Final = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
_SVG_START: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?svg(?=[\s/>])")


def read_header(head: bytes) -> ImageHeader:
    """The header in `head`, the first bytes of a file (256 KiB are always enough, 64 for most). Never raises.

    An empty or an unknown file has the format None. Width and height are None where they are not found, are 0, or
    where the format has none (an SVG in percent, a PDF). A photograph stored on its side has the size it is shown in.
    """
    found = image_format(head)
    if found is None or found == "pdf":
        return ImageHeader(found, None, None)
    start = _svg_start(head) if found == "svg" else head
    width, height = _png_size(head) if found == "png" else _size(start or head)
    if width is None or height is None:
        return ImageHeader(found, None, None)
    return ImageHeader(found, width, height)


def read_header_from(file: BinaryIO) -> ImageHeader:
    """The header of an open file, of which no more than 256 KiB are read. Raises OSError where reading does."""
    head = file.read(_FIRST)
    header = read_header(head)
    if header.width is None and header.format not in (None, "png", "pdf") and len(head) == _FIRST:
        header = read_header(head + file.read(_AT_MOST - _FIRST))
    return header


def image_format(head: bytes) -> ImageFormat | None:
    """The format by the signature at the start of `head`; None where no known one stands there."""
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        return _iso_format(head)
    if head[:2] == b"BM" and len(head) >= 26 and int.from_bytes(head[14:18], "little") in _BMP_HEADER_SIZES:
        return "bmp"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return None if _svg_start(head) is None else "svg"


def _iso_format(head: bytes) -> ImageFormat | None:
    """HEIC and AVIF share a container; the brands in its first box tell them apart."""
    size = min(int.from_bytes(head[:4], "big"), 1024)
    brands = {head[8:12]} | {head[at : at + 4] for at in range(16, size, 4)}
    if brands & _AVIF_BRANDS:
        return "avif"
    return "heic" if brands & _HEIC_BRANDS else None


def _svg_start(head: bytes) -> bytes | None:
    """`head` from its first element on if that is `svg`: declarations, comments and a document type may precede it."""
    rest = head[:_FIRST].removeprefix(b"\xef\xbb\xbf").lstrip()
    while rest.startswith((b"<?", b"<!")):
        end = b"?>" if rest.startswith(b"<?") else b"-->" if rest.startswith(b"<!--") else b">"
        _, found, behind = rest.partition(end)
        if not found:
            return None
        rest = behind.lstrip()
        if rest.startswith(b"]"):  # the `>` was one inside a document type's own declarations
            rest = rest.partition(b">")[2].lstrip()
    return rest if _SVG_START.match(rest) else None


def _png_size(head: bytes) -> tuple[int | None, int | None]:
    """Most figures are PNGs: read here, they cost no import."""
    if len(head) < 24 or head[12:16] != b"IHDR":
        return None, None
    width, height = struct.unpack(">II", head[16:24])
    return _pixels(width), _pixels(height)


def _size(head: bytes) -> tuple[int | None, int | None]:
    import imagesize  # 70 ms with the network modules that it imports: only where a figure needs it

    try:
        width, height = imagesize.get(io.BytesIO(head))
    except Exception:  # a header from anywhere; what the library raises depends on its version
        return None, None
    return _pixels(width), _pixels(height)


def _pixels(value: float) -> int | None:
    if not math.isfinite(value) or not 0 < value <= _LARGEST:
        return None
    return max(1, round(value))
