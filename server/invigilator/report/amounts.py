"""Amounts as people write them: "100-200 words", "at least one figure", "max 2,000 characters".

Everything here works on lower-case text with single spaces (`sentences.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from invigilator.report.model import Bounds

_NUMBER_WORDS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# A thousand is "1000", "1,000", "1.000" or "1 000".
_N: Final = (
    rf"(?:\d{{1,3}}(?:(?:,\d{{3}})+|(?:\.\d{{3}})+|(?: \d{{3}})+)|\d{{1,6}}|{'|'.join(_NUMBER_WORDS)})(?![\w%]|[.,]\d)"
)
DASH: Final = r"(?:-{1,3}|[\u2010-\u2015\u2212])"
_LEAST: Final = r"(?:at least|(?:a )?min(?:imum)?(?: of)?|(?:no|not) (?:fewer|less) than|>=|≥)"
_MOST: Final = (
    r"(?:at (?:the )?most|up to|(?:a )?max(?:imum)?(?: of)?|(?:no|not) (?:more|longer) than|"
    r"not (?:to )?exceed(?:ing)?|cannot exceed|a limit of|<=|≤)"
)
_AMOUNT: Final = (
    rf"(?:(?:between|from) (?P<low>{_N}) ?(?:and|to|{DASH}) ?(?P<high>{_N})"
    rf"|(?P<low2>{_N}) ?(?:{DASH}|to|or) ?(?P<high2>{_N})"
    rf"|(?P<low3>{_N})(?:\+| or more)"
    rf"|{_LEAST} ?(?P<low4>{_N})(?:(?:,| and| but|, but|, and) {_MOST} ?(?P<high4>{_N}))?"
    rf"|{_MOST} ?(?P<high5>{_N})"
    rf"|(?:more than|over) (?P<above>{_N})"
    rf"|(?:fewer than|less than|under|below) (?P<below>{_N})"
    rf"|exactly (?P<exact>{_N})"
    rf"|(?P<bare>{_N})"
    r"|(?P<one>an?(?: single)?)"
    r"|(?P<some>some|several|multiple|a few|a couple of|various))"
)

# Between an amount and its "images" may stand "clear" or "annotated", but nothing that makes them other images or ends
# the phrase: a docker image is no picture, and "a link to the figure" is a link.
_NOT_BETWEEN: Final = (
    r"(?:links?|urls?|references?|captions?|of|to|in|on|for|with|from|by|at|per|and|or|the|this|that|these|those|"
    r"your|our|how|what|which|where|who|is|are|docker|container|disk|base|boot|iso|vm|virtual|os|system|machine|words?)\b"
)
QUALIFIERS: Final = rf"(?:(?!{_NOT_BETWEEN})[a-z][a-z/&'’-]{{0,30}} ){{0,3}}?"
NOUN: Final = r"(?:figure|image|screen ?shot|picture|photo(?:graph)?)(?:\(s\)|s)?"
NOUNS: Final = r"(?:figures|images|screen ?shots|pictures|photos|photographs)"

_MENTION: Final = re.compile(
    rf"(?<![\w./-])(?<!\d,){_AMOUNT}"
    r"(?:[ -]{0,2}(?:(?P<words>words?)|(?P<characters>characters?|chars?))|"
    rf"[ -](?:of the )?{QUALIFIERS}(?P<noun>{NOUN}))(?!\w)"
)
_ONLY: Final = re.compile(rf"(?:between |about |around |approx |~ ?)?{_AMOUNT}(?= ?(?:$|[.,;+(&]|and\b|plus\b|with\b))")
_TRAILING_MOST: Final = re.compile(r"[ ,]{0,2}\(?(?:max(?:imum)?|at (?:the )?most|or (?:fewer|less)|tops|limit)\b")
_TRAILING_LEAST: Final = re.compile(r"[ ,]{0,2}\(?(?:min(?:imum)?|at least|or more)\b")
_OTHER_END: Final = re.compile(rf",? ?(?:and|but|,)? ?{_MOST} ?(?P<high>{_N})")
_PER: Final = re.compile(r" (?:per|each|for (?:each|every)|of each|from each)\b")

_CONTEXT: Final = 400  # characters around a mention that are looked at, so that one endless sentence costs no more


Kind = Literal["words", "images", "characters"]


class Mention(NamedTuple):
    """An amount of words, images or characters in a sentence, with what stands before and behind it.

    `bare` is a number (or "a") without "to", "at least" and the like; `singular` an image noun without its s.
    """

    bounds: Bounds
    kind: Kind
    bare: bool
    singular: bool
    before: str
    behind: str

    @property
    def each(self) -> bool:
        """Whether so many are meant of every something: "one image per experiment"."""
        return _PER.match(self.behind) is not None


def mentions(sentence: str) -> Iterator[Mention]:
    """All amounts of words, images and characters in a sentence, in order."""
    for match in _MENTION.finditer(sentence):
        bounds, bare = _bounds(match)
        start, end = match.span()
        before = sentence[:start] if start <= _CONTEXT else f"… {sentence[start - _CONTEXT : start]}"
        behind = sentence[end : end + _CONTEXT]
        if bounds.low == bounds.high and _TRAILING_MOST.match(behind) and not _OTHER_END.match(behind):
            bounds, bare = Bounds(None, bounds.high), False
        elif bounds.low == bounds.high and _TRAILING_LEAST.match(behind):
            bounds, bare = Bounds(bounds.low, None), False
        if bounds.high is None and (other := _OTHER_END.match(behind)):
            bounds = Bounds(bounds.low, _number(other["high"]))
            behind = behind[other.end() :]
        singular = match["noun"] is not None and not match["noun"].endswith(("s", ")"))
        kind: Kind = "words" if match["words"] else "characters" if match["characters"] else "images"
        yield Mention(bounds, kind, bare, singular, before, behind)


def begins_with_amount(sentence: str) -> bool:
    """Whether an amount is the first thing in a sentence."""
    return _MENTION.match(sentence) is not None


def mentions_any(text: str) -> bool:
    """Whether there is any amount of words, images or characters."""
    return _MENTION.search(text) is not None


def without_mentions(sentence: str) -> str:
    """What is left of a sentence."""
    return _MENTION.sub("", sentence)


def amount_without_noun(text: str) -> tuple[Bounds, bool] | None:
    """The amount that `text` begins with, not saying of what ("Word limit: 250"), and whether it is a bare number."""
    match = _ONLY.match(text)
    return _bounds(match) if match and not match["one"] and not match["some"] else None


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    return _NUMBER_WORDS.index(text) + 1 if text in _NUMBER_WORDS else int(re.sub(r"[,. ]", "", text))


def _bounds(match: re.Match[str]) -> tuple[Bounds, bool]:
    if match["one"]:
        return Bounds(1, 1), True
    if match["some"]:
        return Bounds(1, None), False
    exact = _number(match["exact"] or match["bare"])
    if exact is not None:
        return Bounds(exact, exact), match["bare"] is not None
    if (above := _number(match["above"])) is not None:
        return Bounds(above + 1, None), False
    if (below := _number(match["below"])) is not None:
        return Bounds(None, max(below - 1, 0)), False
    low = _number(match["low"] or match["low2"] or match["low3"] or match["low4"])
    high = _number(match["high"] or match["high2"] or match["high4"] or match["high5"])
    return (Bounds(high, low) if low is not None and high is not None and low > high else Bounds(low, high)), False
