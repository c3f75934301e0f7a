"""The answers that the core gets, made from a folder tree and kept until something in it changes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from typing import Final

from invigilator.report.model import Problem
from invigilator.surroundings import Choice, FigureFolder, FileFact, GitStatus, TextFile
from invigilator.surroundings.delivery import Delivery
from invigilator.surroundings.figures import Figures, read_figures
from invigilator.surroundings.git.history import History
from invigilator.surroundings.git.status import Git
from invigilator.surroundings.lookup import find, seen_from
from invigilator.surroundings.settings_file import SettingsFile, nearest_settings
from invigilator.surroundings.tree import Tree, join

SCRIPT: Final = "report.py"
_MOST_KEPT: Final = 5_000  # every half-typed path is asked for once


class TreeSurroundings:
    """The surroundings of a report that lies in `folder` of a tree (empty: at its root) and is called `name`.

    Not for several threads at once.
    """

    def __init__(self, tree: Tree, folder: str, name: str, git: Git, history: History) -> None:
        self.report: Final = join(folder, name)
        self._tree: Final = tree
        self._folder: Final = folder
        self._git: Final = git
        self._history: Final = history
        self._generation = 0
        self._script: tuple[TextFile | None, Problem | None] | None = None
        self._settings: SettingsFile | None = None
        self._figures: dict[tuple[str, tuple[str, ...]], Figures] = {}
        self._facts: dict[str, FileFact] = {}

    def refresh(self) -> bool:
        """Looks again at all that was asked for. True, and a new generation, where something has changed."""
        has_changed = self._tree.refresh()
        if has_changed:
            self._script = self._settings = None
            self._figures.clear()
            self._facts.clear()
        has_original = self._history.refresh()
        if self._git.refresh(stale=has_changed) or has_changed or has_original:
            self._generation += 1
            return True
        return False

    @property
    def generation(self) -> int:
        """Another number after every `refresh` that found a change."""
        return self._generation

    @property
    def script(self) -> TextFile | None:
        """The `report.py` beside the report; None where there is none that can be used."""
        return self._read_script()[0]

    @property
    def configuration(self) -> TextFile | None:
        """The configuration file that applies; None where there is none that can be used."""
        return self._read_settings().file

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read of script, configuration and the figures folders that were asked for so far."""
        found = [self._read_script()[1], self._read_settings().problem]
        for figures in self._figures.values():
            found.extend(figures.problems)
        return tuple(dict.fromkeys(problem for problem in found if problem is not None))

    def figure_folder(self, folder: str, extensions: tuple[str, ...]) -> FigureFolder:
        """The figures folder, `folder` relative to the report's; `extensions` in lower case with their dot."""
        key = folder, extensions
        if key not in self._figures:
            self._figures[key] = read_figures(self._tree, self._folder, folder, extensions)
        return self._figures[key].folder

    def look_up(self, path: str) -> FileFact:
        """What stands at `path`: decoded, relative to the report's folder, or from the root with a leading `/`."""
        fact = self._facts.get(path)
        if fact is None:
            if len(self._facts) >= _MOST_KEPT:
                self._facts.clear()
            fact = self._facts[path] = self._look_up(path)
        return fact

    def text_file(self, path: str) -> TextFile | Problem | None:
        """A text file by its path from the root, None where there is none, a problem where it cannot be used."""
        place = find(self._tree, "", path)
        content = self._tree.content(place.path) if place.kind not in ("missing", "outside") else None
        if content is None:
            return None
        if content.refusal is not None:
            return Problem(place.path, content.refusal.line, content.refusal.reason)
        return TextFile(place.path, content.text)

    def original(self, choice: Choice) -> TextFile | None:
        """The version of the report in git's history that `choice` takes; None for none, or no answer, perhaps yet."""
        return self._history.original(choice)

    def git_status(self, path: str) -> GitStatus:
        """Whether git will hand in the file at `path`, which is that of a `FileFact`."""
        return self._git.status(self._from_root(path), self._known_figures)

    def delivery(self, files: Sequence[str], text: str) -> Delivery:
        """What git would hand in of the report and of files beside it. May be called in any thread."""
        by_path = {self._from_root(path): path for path in files} | {self.report: posixpath.basename(self.report)}
        said = self._git.delivery(self.report, tuple(path for path in by_path if path != self.report), text)
        return said._replace(
            files={by_path[path]: status for path, status in said.files.items() if path in by_path},
            spellings={by_path[path]: seen_from(self._folder, name) for path, name in said.spellings.items()},
        )

    def _known_figures(self) -> Iterator[str]:
        """The figures that were listed, from the root: the answers to come are about them."""
        for figures in self._figures.values():
            for fact in figures.folder.files:
                yield self._from_root(fact.path)

    def _from_root(self, path: str) -> str:
        return posixpath.normpath(join(self._folder, path))

    def _look_up(self, path: str) -> FileFact:
        place = find(self._tree, self._folder, path)
        if place.kind == "outside":
            return FileFact("outside", path)
        true_path = seen_from(self._folder, place.path)
        if place.kind == "folder":
            return FileFact("directory", true_path)
        if place.kind != "file":
            return FileFact(place.kind, true_path)
        measured = self._tree.measured(place.path)
        if measured is None:
            return FileFact("unreadable", true_path)
        return FileFact("file" if place.exact else "wrong-case", true_path, measured.bytes, measured.image)

    def _read_script(self) -> tuple[TextFile | None, Problem | None]:
        if self._script is None:
            path = join(self._folder, SCRIPT)
            content = self._tree.content(path)
            if content is None:
                self._script = None, None
            elif content.refusal is None:
                self._script = TextFile(path, content.text), None
            else:
                message = f"{content.refusal.reason}, so its limits are not used"
                self._script = None, Problem(path, content.refusal.line, message)
        return self._script

    def _read_settings(self) -> SettingsFile:
        if self._settings is None:
            self._settings = nearest_settings(self._tree, self._folder)
        return self._settings
