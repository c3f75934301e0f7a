"""The world beside the report: figures, images, `report.py`, configuration, and what git says of them.

The core sees it through the `Surroundings` protocol only; `disk.py` is the real one, `memory.py` the double for tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, Protocol

from invigilator.report.model import Problem
from invigilator.surroundings.delivery import Delivery

ImageFormat = Literal["png", "jpeg", "gif", "webp", "svg", "pdf", "bmp", "tiff", "heic", "avif"]
GitStatus = Literal["tracked", "ignored", "untracked", "unknown"]
FileStatus = Literal["file", "missing", "wrong-case", "directory", "unreadable", "outside", "unknown"]


class ImageHeader(NamedTuple):
    """What an image file's first bytes say: its true format (None: no image known to us) and its size in pixels."""

    format: ImageFormat | None
    width: int | None
    height: int | None


class FileFact(NamedTuple):
    """What stands at a path that the report names.

    `path` is relative to the report's folder, with `/`, `..` resolved and the names as they stand on disk: one file has
    one path, however it was asked for, and for `wrong-case` that is its true name. `outside` is a place that must not
    be looked at (its path is the one asked for), `missing` also a link that leads nowhere, `unreadable` also what is no
    regular file, `unknown` is a document without a folder. Bytes and image are known for `file` and `wrong-case` only.
    """

    status: FileStatus
    path: str
    bytes: int | None = None
    image: ImageHeader | None = None


class FigureFolder(NamedTuple):
    """The figures folder: the allowed image files below it, sorted by path, each with the status `file`.

    `status` is `ok`, `absent` (no such folder), `not-a-folder`, `unreadable` (also where it leads out of the root) or
    `unknown` (a document without a folder).
    """

    status: Literal["ok", "absent", "not-a-folder", "unreadable", "unknown"]
    files: tuple[FileFact, ...] = ()


class TextFile(NamedTuple):
    """A small text file beside the report: its path as a user would write it, and its text."""

    path: str
    text: str


class Choice(Protocol):
    """How one of the versions of a file is chosen: a value that can be compared, and called in any thread."""

    def __call__(self, versions: Iterable[TextFile]) -> TextFile | None:
        """One of the versions, which come oldest first; None for none of them."""

    def __hash__(self) -> int:
        """Equal choices choose alike."""


class Surroundings(Protocol):
    """What the core may ask of the world.

    Every answer is a value; while `generation` stays the same, so do the answers.
    """

    @property
    def generation(self) -> int:
        """A number that differs from the last one when something that was looked at has changed."""

    @property
    def script(self) -> TextFile | None:
        """The `report.py` beside the report."""

    @property
    def configuration(self) -> TextFile | None:
        """The configuration file that applies: `invigilator.toml`, or a `pyproject.toml` with our table."""

    @property
    def report(self) -> str | None:
        """The path of the report itself from the root; None for a document without a folder."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read of script, configuration and the figures folders that were asked for so far."""

    def figure_folder(self, folder: str, extensions: tuple[str, ...]) -> FigureFolder:
        """The figures folder, `folder` relative to the report's; `extensions` in lower case with their dot."""

    def look_up(self, path: str) -> FileFact:
        """What stands at `path`: decoded, relative to the report's folder, or from the root with a leading `/`."""

    def text_file(self, path: str) -> TextFile | Problem | None:
        """A text file by its path from the root, None where there is none, a problem where it cannot be used."""

    def original(self, choice: Choice) -> TextFile | None:
        """The version of the report in git's history that `choice` takes; None for none, or no answer, perhaps yet.

        Its path says where it is from, in words.
        """

    def git_status(self, path: str) -> GitStatus:
        """Whether git will hand in the file at `path`, which is that of a `FileFact`.

        `tracked` also where it is added and not committed yet; `untracked` is neither added nor ignored; `unknown`
        where there is no work tree, no git, or no answer, perhaps not yet.
        """

    def delivery(self, files: Sequence[str], text: str) -> Delivery:
        """What git would hand in of the report, whose text is `text`, and of `files`, which are paths of `FileFact`s.

        Asked anew each time, and waited for; in any thread. The answer has the report itself by its name.
        """


class Nowhere:
    """The surroundings of a document that is in no folder: an untitled buffer, a virtual file, standard input."""

    generation: int = 0
    script: TextFile | None = None
    configuration: TextFile | None = None
    report: str | None = None
    problems: tuple[Problem, ...] = ()

    def refresh(self) -> bool:
        """Nothing is looked at, so nothing changes."""
        return False

    def figure_folder(self, folder: str, extensions: tuple[str, ...]) -> FigureFolder:
        """Unknown."""
        return FigureFolder("unknown")

    def look_up(self, path: str) -> FileFact:
        """Unknown."""
        return FileFact("unknown", path)

    def text_file(self, path: str) -> TextFile | Problem | None:
        """None."""
        return None

    def original(self, choice: Choice) -> TextFile | None:
        """None."""
        return None

    def git_status(self, path: str) -> GitStatus:
        """Unknown."""
        return "unknown"

    def delivery(self, files: Sequence[str], text: str) -> Delivery:
        """Unknown, and not saved."""
        return Delivery("unknown", is_saved=False)
