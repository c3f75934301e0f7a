"""Which figures are offered, in which order, and how each is found by what somebody types of it."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import unquote

from invigilator.analysis import Analysis
from invigilator.figures.image_text import encoded
from invigilator.figures.usage import figure_files, used_files
from invigilator.ground import Ground
from invigilator.report.destination import understand
from invigilator.surroundings import FileFact

_SPACE: Final = re.compile(r"\s")


class Offer(NamedTuple):
    """A figure: its file, the questions whose answers use it, and whether only the course's own text links to it.

    `path` is what a keyboard makes of its path, `written` the path as a link's destination.
    """

    fact: FileFact
    questions: tuple[int, ...]
    is_example: bool
    path: str
    written: str

    @property
    def rank(self) -> int:
        """0: unused, 1: used, 2: an example of the course's."""
        return 1 if self.questions else 2 if self.is_example else 0


class Written(NamedTuple):
    """A figure as it is written at some place: the text, and what of it somebody may have typed."""

    offer: Offer
    text: str
    sought: str


def offers(analysis: Analysis) -> tuple[Offer, ...]:
    """The figures folder's files: unused ones first, those that only prompts link to last.

    Kept with the outline: the same text on the same ground has the same.
    """
    known = analysis.outline.kept.get("offers")
    if not isinstance(known, _Known) or known.ground is not analysis.ground:
        analysis.outline.kept["offers"] = known = _Known(analysis.ground, _offers(analysis))
    return known.offers


class _Known(NamedTuple):
    ground: Ground
    offers: tuple[Offer, ...]


def _offers(analysis: Analysis) -> tuple[Offer, ...]:
    files = figure_files(analysis)
    if not files:
        return ()
    numbers = {state.section: state.question.number for state in analysis.questions}
    used: dict[str, tuple[int, ...]] = {}
    examples: set[str] = set()
    for section, link, path in used_files(analysis):
        if not link.in_answer:
            examples.add(path)
        elif numbers[section] not in used.get(path, ()):
            used[path] = (*used.get(path, ()), numbers[section])
    return _ranked(_Listing(files), tuple(used.items()), frozenset(examples))


class _Listing:
    """The files of one look at the folder: another look is another listing, and comparing two costs nothing."""

    def __init__(self, files: tuple[FileFact, ...]) -> None:
        self.files: Final = files

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Listing) and other.files is self.files

    def __hash__(self) -> int:
        return id(self.files)


@lru_cache(maxsize=8)
def _ranked(
    listing: _Listing, used: tuple[tuple[str, tuple[int, ...]], ...], examples: frozenset[str]
) -> tuple[Offer, ...]:
    by_path = dict(used)
    found = [
        Offer(fact, by_path.get(fact.path, ()), fact.path in examples, composed(fact.path), encoded(fact.path))
        for fact in listing.files
    ]
    found.sort(key=lambda offer: (offer.rank, offer.fact.path))
    return tuple(found)


def as_paths(
    analysis: Analysis, offered: Iterable[Offer], typed: str, *, angled: bool = False, below_only: bool = False
) -> Iterator[Written]:
    """The figures that `typed` may become the path of; `angled`: in angle brackets, where spaces may stand.

    A folder in front that leads to the figures some other way than the plain one is taken for what it means, and the
    plain path is written. One that leads elsewhere, an address or a drive has none. With `below_only`, what stands in
    that very folder is left out.
    """
    raw_folder, slash, _ = typed.rpartition("/")
    folder, raw_folder = unquote(raw_folder + slash), raw_folder + slash
    if typed and understand(typed).kind not in ("local", "none"):
        return
    at = _folder_meant(analysis, folder)
    if at is None:
        return
    kept = "./" if raw_folder.startswith("./") and (at or ".") == posixpath.normpath(folder) else ""
    is_encoded, seeks_text = "%" in typed, _SPACE.search(typed) is not None
    wanted = composed(unquote(typed) if is_encoded else typed).casefold()
    skipped = len(composed(at)) + 1 if at else 0
    for offer in offered:
        path = offer.path
        if at and not offer.fact.path.startswith(f"{at}/"):
            continue
        rest = path[skipped:]
        if below_only and "/" not in rest:
            continue
        name = path.rpartition("/")[2]
        if typed and not raw_folder and not path.casefold().startswith(wanted) and name.casefold().startswith(wanted):
            rest = name  # only the file's own name is typed
        sought = raw_folder + (encoded(rest) if is_encoded else rest)
        if seeks_text and wanted not in sought.casefold():
            continue  # so much text may be anything, such as the sentence behind a link that nothing closes
        text = in_angle_brackets(offer.fact.path) if angled else offer.written
        yield Written(offer, kept + text, sought)


def best(found: Iterable[Written], typed: str, most: int) -> tuple[list[Written], bool]:
    """At most so many, and whether others were left out: the likeliest for what is typed, in their own order.

    Where all have room, all are given: the editor chooses itself.
    """
    listed = list(found)
    if len(listed) <= most:
        return listed, False
    wanted = composed(typed).casefold()
    parts = re.compile(".*?".join(map(re.escape, wanted)), re.DOTALL)
    ranked = []
    for index, one in enumerate(listed):
        sought = one.sought.casefold()
        if parts.search(sought) is not None:
            at = sought.find(wanted)
            begins = at == 0 or (at > 0 and not sought[at - 1].isalnum())
            ranked.append((0 if begins else 1 if at > 0 else 2, index))
    ranked.sort()
    return [listed[index] for _, index in sorted(ranked[:most])], len(ranked) > most


def in_angle_brackets(path: str) -> str:
    """A path as a destination in angle brackets: the spaces in it may stay."""
    return encoded(path) if path.startswith(" ") else encoded(path).replace("%20", " ")


def composed(text: str) -> str:
    """Text in Unicode's composed form, as keyboards give it; macOS writes names in the other one."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _folder_meant(analysis: Analysis, folder: str) -> str | None:
    """The folder's true path, empty for the report's own; None where no figures are below it, or only far below."""
    if not folder:
        return ""
    fact = analysis.ground.surroundings.look_up(folder)
    if fact.status != "directory":
        return None
    figures = posixpath.normpath(analysis.ground.configuration.figures)
    if fact.path == ".":
        return ""
    is_above = figures.startswith(f"{fact.path}/") or figures == "."
    is_inside = fact.path == figures or fact.path.startswith(f"{figures}/")
    return fact.path if is_above or is_inside else None
