"""The open documents that may be reports, each with its surroundings and its newest analysis."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from invigilator.analysis import NO_SETTINGS, Analysis, Settings, analyse
from invigilator.lsp.documents import OpenDocument, key_of, path_of
from invigilator.lsp.inlay_hint import Shown
from invigilator.report.grammar import DEFAULT_GRAMMAR
from invigilator.surroundings import Nowhere
from invigilator.surroundings.disk import DiskSurroundings
from invigilator.surroundings.root import find_root

_LANGUAGES: Final = frozenset(("markdown", "md", "gfm", "pandoc", "quarto", "rmd", ""))


class OpenReport:
    """One document, analysed when somebody asks.

    `settings` are the editor's for this document; a new mapping makes the next analysis look at them. Git is asked in a
    thread of its own, which calls `git_answered` with this object when it is time to `refresh`. `expects_files` is
    whether the next change of the text may be about files that the client has just written. `hints_shown` is what the
    client has last seen of its hints, where it can be asked to look again.
    """

    def __init__(
        self, document: OpenDocument, folders: Sequence[str], git_answered: Callable[[OpenReport], None]
    ) -> None:
        self.document = document
        self.settings: Settings = NO_SETTINGS
        self.expects_files = False
        self.hints_shown: Shown | None = None
        self._git_answered: Final = git_answered
        self.surroundings = self._look_around(folders)
        self._analysis: Analysis | None = None
        self._looked = -math.inf

    @property
    def uri(self) -> str:
        """As the client spells it."""
        return self.document.uri

    def analysis(self) -> Analysis | None:
        """The analysis of the document as it is now; None where it is no report."""
        text = self.document.text.text
        if not self._may_be_report(text):
            return None
        self._analysis = analyse(self.document.text, self.surroundings, self.settings, self._analysis)
        return self._analysis if self._analysis.is_report else None

    def move(self, folders: Sequence[str]) -> None:
        """Look for the document's root again, in other workspace folders."""
        self.surroundings = self._look_around(folders)

    def refresh(self) -> bool:
        """Look at the disk again; whether anything has changed there."""
        has_changed = isinstance(self.surroundings, DiskSurroundings) and self.surroundings.refresh()
        self._looked = time.monotonic()
        return has_changed

    @property
    def seconds_since_refresh(self) -> float:
        """How long ago the disk was last looked at."""
        return time.monotonic() - self._looked

    def uri_of(self, path: str) -> str:
        """The URI of a file whose path counts from the report's folder. Raises ValueError where that is none."""
        own = path_of(self.uri)
        if own is None:
            raise ValueError(f"{self.uri} is in no folder")
        return _uri_of(os.path.dirname(own), path)  # noqa: PTH120 - `Path` would take most of the time of an answer

    def _look_around(self, folders: Sequence[str]) -> DiskSurroundings | Nowhere:
        path = path_of(self.uri)
        if path is None:
            return Nowhere()
        report = Path(path)
        try:
            root = find_root(report, [Path(folder) for folder in map(path_of, folders) if folder is not None])
            return DiskSurroundings(report, root, lambda: self._git_answered(self))
        except (OSError, ValueError):
            return Nowhere()

    def _may_be_report(self, text: str) -> bool:
        """Whether it is worth cutting: in a large file that is no report, no keystroke should cost anything."""
        if DEFAULT_GRAMMAR.marker in text:
            return True
        ground = self._analysis.ground if self._analysis else None
        if (
            ground is not None
            and ground.settings is self.settings
            and ground.surroundings is self.surroundings
            and ground.generation == self.surroundings.generation
        ):
            return ground.configuration.grammar.marker in text
        return self.surroundings.configuration is not None or bool(self.settings)


class OpenReports:
    """All of them, by document."""

    def __init__(self, git_answered: Callable[[OpenReport], None]) -> None:
        self._git_answered: Final = git_answered
        self._reports: dict[str, OpenReport] = {}

    def __iter__(self) -> Iterator[OpenReport]:
        return iter(list(self._reports.values()))

    def get(self, uri: str) -> OpenReport | None:
        """The document at `uri`; None where it is not open, or in another language."""
        return self._reports.get(key_of(uri))

    def open(self, document: OpenDocument, folders: Sequence[str]) -> OpenReport | None:
        """Take in a document; None where it is in another language than Markdown."""
        if document.language_id.casefold() not in _LANGUAGES and not document.uri.endswith(".md"):
            return None
        report = OpenReport(document, folders, self._git_answered)
        self._reports[key_of(document.uri)] = report
        return report

    def close(self, uri: str) -> OpenReport | None:
        """Forget a document and return it."""
        return self._reports.pop(key_of(uri), None)


@lru_cache(maxsize=4096)
def _uri_of(folder: str, path: str) -> str:
    """The URI of a file, below the folder as the client spells it; a way up begins where the folder really is."""
    plain = os.path.normpath(Path(folder) / path)
    if path.startswith("../"):  # through a link, the folder above is another one than the address says
        real = Path(os.path.realpath(folder)) / path
        if os.path.realpath(Path(plain).parent) != os.path.realpath(real.parent):
            plain = os.path.normpath(real)
    return Path(plain).as_uri()
