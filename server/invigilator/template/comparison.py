"""How a prompt differs from the template's: in words, not in how they are wrapped, quoted or made bold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from invigilator.template.wording import Wording, Words, wording_of
from invigilator.text import Span

Kind = Literal["same", "re-wrapped", "spelling", "example", "added", "removed", "changed", "gone"]

_MOST_BETWEEN: Final = 2  # words that two stretches may have in common between them and still be one
_MOST_QUOTED: Final = 16
_ALIKE: Final = 0.7
_FAR: Final = 0.4  # what has less in common than this is nobody's likeness, and not looked at more closely
_OWN_WORDS: Final = 8
"""From so many on, words that the template does not have are taken for somebody's own text."""

# What changes no question: "explain you reasoning" is mended by many a group.
_LITTLE_WORDS: Final = frozenset(
    (
        *("a", "an", "the", "in", "on", "of", "to", "at", "for", "with", "as", "by", "and", "is", "are", "was", "were"),
        *("be", "been", "do", "did", "does", "has", "have", "had", "you", "your", "it", "its", "this", "that", "these"),
        *("those", "there", "their"),
    )
)
_NEGATIONS: Final = frozenset(("no", "not", "without", "never", "un", "non"))
_MARKS: Final = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n)[ \t>]*|[ \t]+)+")


class Change(NamedTuple):
    """A stretch of a prompt that is another one than the template's.

    `said` is what the template says there, as it is written but for marks (empty: nothing), in `gone` words;
    `sentences` is whether that is whole sentences. `own` is the number of words in its place, and `span` their place in
    the prompt; with none it is the word that stands before the gap, or else behind it (None: there is no word).
    """

    said: str
    gone: int
    own: int
    sentences: bool
    span: Span | None


class Comparison(NamedTuple):
    """How a prompt differs; `changes` are the stretches of what is asked, `of_example` those of the example.

    `over_example` is what stands in place of the example, where that is somebody's own text and little else is left.
    """

    kind: Kind
    changes: tuple[Change, ...] = ()
    of_example: tuple[Change, ...] = ()
    over_example: Span | None = None

    @property
    def own_text(self) -> tuple[Span, ...]:
        """The stretches that are somebody's own text and no retouching, in their order: nobody wants to lose them."""
        spans = [change.span for change in self.changes if change.span is not None and change.own >= _OWN_WORDS]
        return tuple(sorted([*spans, self.over_example] if self.over_example else spans))

    @property
    def own_words(self) -> int:
        """How many words the template does not have, in the example those that stand in its place."""
        of_example = self.of_example if self.over_example else ()
        return sum(change.own for change in (*self.changes, *of_example))


_SAME: Final = Comparison("same")


@lru_cache(maxsize=1024)
def compare(template: str, prompt: str) -> Comparison:
    """How the raw `prompt` of a report differs from the raw prompt that its template has there."""
    if template == prompt:
        return _SAME
    old, new = wording_of(template), wording_of(prompt)
    of_example = tuple(_changes(template, old.example, new.example, frozenset()))
    over = _over_example(old.example, new.example, of_example)
    if old.asked.texts == new.asked.texts:
        if old.example.texts and not new.example.texts:
            return Comparison("example", (), of_example, over)
        return Comparison("re-wrapped" if _lines(template) != _lines(prompt) else "same", (), of_example, over)
    changes = tuple(_changes(template, old.asked, new.asked, old.ends))
    return Comparison(_kind(old, new, changes), changes, of_example, over)


def _over_example(old: Words, new: Words, changes: Sequence[Change]) -> Span | None:
    is_gone = 2 * sum(change.gone for change in changes) > len(old.texts)
    if not is_gone or sum(change.own for change in changes) < _OWN_WORDS:
        return None
    first = int(new.texts[0] in ("example", "examples"))
    return Span(new.spans[first].start, new.spans[-1].end)


def likeness(template: str, prompt: str) -> float:
    """From 0 to 1, how much two raw prompts have in common; 0 where one of them says less than five words."""
    return _likeness(wording_of(template).asked.texts, wording_of(prompt).asked.texts)


@lru_cache(maxsize=4096)
def _likeness(old: tuple[str, ...], new: tuple[str, ...]) -> float:
    if min(len(old), len(new)) < 5:
        return 0.0
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _FAR else 0.0


def _kind(old: Wording, new: Wording, changes: Sequence[Change]) -> Kind:
    if not new.asked.texts:
        return "gone"
    runs = list(_runs(old.asked.texts, new.asked.texts, old.ends))
    is_example = [new_run.start == new_run.stop and _is_about_figure(old, old_run) for old_run, new_run in runs]
    is_spelling = [_is_spelling(old.asked.texts[o.start : o.stop], new.asked.texts[n.start : n.stop]) for o, n in runs]
    if all(one or other for one, other in zip(is_example, is_spelling, strict=True)):
        return "example" if any(is_example) else "spelling"
    if not any(change.gone for change in changes):
        return "added"
    return "changed" if any(change.own for change in changes) else "removed"


def _is_about_figure(old: Wording, run: range) -> bool:
    """Whether the words that are gone end in a link to an example figure, and no sentence beside its own is touched."""
    inside = sum(run.start < end < run.stop for end in old.ends)
    return not inside and any(run.start < figure <= run.stop for figure in old.figures)


def _is_spelling(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether one is the other with its slips mended: little words, and words that are nearly the same."""
    if max(len(old), len(new)) > 3 or not _NEGATIONS.isdisjoint((*old, *new)):
        return False
    if "".join(old) == "".join(new):
        return True
    left, right = [word for word in old if word not in _LITTLE_WORDS], [w for w in new if w not in _LITTLE_WORDS]
    if len(left) != len(right):
        return False
    return all(
        not (one + other).isdigit() and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
        for one, other in zip(left, right, strict=True)
    )


def _changes(template: str, old: Words, new: Words, ends: frozenset[int]) -> Iterator[Change]:
    for old_run, new_run in _runs(old.texts, new.texts, ends):
        gone, own = len(old_run), len(new_run)
        whole = gone > 0 and not own and (old_run.start in ends or old_run.start == 0) and old_run.stop in ends
        if own:
            span: Span | None = Span(new.spans[new_run.start].start, new.spans[new_run.stop - 1].end)
        else:
            span = new.spans[max(new_run.start - 1, 0)] if new.spans else None
        yield Change(_quoted(template, old.spans[old_run.start : old_run.stop]), gone, own, whole, span)


def _runs(old: tuple[str, ...], new: tuple[str, ...], ends: frozenset[int]) -> Iterator[tuple[range, range]]:
    """The stretches that differ: the numbers of the words in either; what nearly touches is one stretch."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    runs: list[tuple[range, range]] = []
    before_old = before_new = 0
    for block in blocks:
        old_run, new_run = range(before_old, block.a), range(before_new, block.b)
        if old_run or new_run:
            runs.append((old_run, new_run))
        before_old, before_new = block.a + block.size, block.b + block.size
    return iter([_slid(old, run, ends) for run in _joined(runs)])


def _joined(runs: Iterable[tuple[range, range]]) -> list[tuple[range, range]]:
    joined: list[tuple[range, range]] = []
    for old_run, new_run in runs:
        if joined:
            old_before, new_before = joined[-1]
            between = old_run.start - old_before.stop
            size = max(len(old_before), len(new_before)) + max(len(old_run), len(new_run))
            if between <= _MOST_BETWEEN and size > 2 * between + 2:
                joined[-1] = range(old_before.start, old_run.stop), range(new_before.start, new_run.stop)
                continue
        joined.append((old_run, new_run))
    return joined


def _slid(old: tuple[str, ...], run: tuple[range, range], ends: frozenset[int]) -> tuple[range, range]:
    """Of words that are gone it is often open which: where the same ones stand at either side, take whole sentences."""
    gone, own = run
    if own or not gone:
        return run
    start, stop, shift = gone.start, gone.stop, 0
    while start > 0 and old[start - 1] == old[stop - 1]:
        start, stop, shift = start - 1, stop - 1, shift - 1
    while True:
        if (start == 0 or start in ends) and stop in ends:
            return range(start, stop), range(own.start + shift, own.start + shift)
        if stop >= len(old) or old[start] != old[stop]:
            return run
        start, stop, shift = start + 1, stop + 1, shift + 1


def _quoted(template: str, spans: Sequence[Span]) -> str:
    """The template's words from the first to the last of `spans`, shortened in the middle of a long stretch."""
    if not spans:
        return ""
    cut = len(spans) > _MOST_QUOTED
    last = spans[_MOST_QUOTED - 1 if cut else -1]
    text = re.sub(r"[*`\\]|\]\([^()\s]*\)|\[", "", _MARKS.sub(" ", template[spans[0].start : last.end]))
    text = " ".join(text.split())
    return f"{text} …" if cut else text


def _lines(prompt: str) -> list[str]:
    return [line.rstrip() for line in re.split(r"\r\n|\r|\n", prompt.strip())]
