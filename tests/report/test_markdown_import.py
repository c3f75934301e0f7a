"""mistletoe is imported quickly, and knows the same punctuation as ever."""

from __future__ import annotations

import sys
import unicodedata

import mistletoe.core_tokens

import invigilator.report.markdown


def test_all_punctuation_is_known() -> None:
    ascii_too = set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
    everything = map(chr, range(sys.maxunicode + 1))
    wanted = ascii_too | {c for c in everything if unicodedata.category(c).startswith("P")}
    assert invigilator.report.markdown
    assert mistletoe.core_tokens.punctuation == wanted


def test_python_is_as_it_was() -> None:
    assert sys.maxunicode == 0x10FFFF
