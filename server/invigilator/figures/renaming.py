"""The name that a person gives to a figure: where its file goes, or why it cannot be called so."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from typing import Final
from urllib.parse import unquote

from invigilator.analysis import Analysis
from invigilator.figures.new_figures import RESERVED
from invigilator.figures.usage import figure_files
from invigilator.report.destination import shortened
from invigilator.surroundings import FileFact

_MOST_BYTES: Final = 255
_ESCAPE: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_EXTENSION: Final = re.compile(r"\.[A-Za-z]{2}[A-Za-z0-9]{0,3}")  # `loss.v2` and `run 0.5` have none
_NOT_ON_WINDOWS: Final = re.compile(r'[<>:"|?*]')
_UNSEEN: Final = frozenset(("Cc", "Cs", "Zl", "Zp"))
_FORMATS: Final = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}


class NotRenamedError(Exception):
    """Why a figure cannot be called so, for the person who typed the name."""


def new_path(analysis: Analysis, figure: FileFact, typed: str) -> str:
    """Where the file of `figure` goes when a person types a new name for it; paths as in a `FileFact`.

    The extension may be left out, and the name be percent-encoded. A name alone stays in its folder; one with folders
    is taken from the figures folder (from the report's where it begins with the figure's folder or the figures folder,
    from the figure's where it begins with ``..``). Raises NotRenamedError.
    """
    name = _decoded(typed.strip(), figure.path)
    _check_characters(name)
    folder, name = _parted(analysis, figure, name)
    extension = _extension(name)
    if not extension:
        name += posixpath.splitext(figure.path)[1]
    else:
        _check_extension(analysis, figure, name, extension)
    _check_length(name)
    path = posixpath.normpath(posixpath.join(_true_folder(analysis, folder), name))
    _check_free(analysis, figure, path)
    return path


def _decoded(name: str, old: str) -> str:
    """Less percent-encoding, unless the old name has something like it: then it means itself."""
    if not _ESCAPE.search(name) or _ESCAPE.search(posixpath.basename(old)):
        return name
    try:
        return unquote(name, errors="strict")
    except UnicodeDecodeError:
        return name


def _check_characters(name: str) -> None:
    if not name:
        raise NotRenamedError("Type the new name of the file, such as loss.png.")
    if any(unicodedata.category(character) in _UNSEEN for character in name):
        raise NotRenamedError("A file's name can have no line break and no other control character. Leave it out.")
    if "\\" in name:
        raise NotRenamedError("Write / between a folder and a file, not \\.")
    if name.startswith(("/", "~")):
        raise NotRenamedError(f"A name cannot begin with {name[0]}: type the file's name, or a folder / and the name.")
    if (character := _NOT_ON_WINDOWS.search(name)) is not None:
        raise NotRenamedError(f"No file can have {character[0]} in its name on Windows. Leave it out.")


def _parted(analysis: Analysis, figure: FileFact, typed: str) -> tuple[str, str]:
    """The folder (from the report's) and the name that are meant."""
    folder, slash, name = typed.rpartition("/")
    name = name or posixpath.basename(figure.path)
    parts = [part for part in folder.split("/") if part not in ("", ".")]
    for part in (*(part for part in parts if part != ".."), name):
        _check_name(part)
    own, figures = posixpath.dirname(figure.path), posixpath.normpath(analysis.ground.configuration.figures)
    folder = "/".join(parts)
    if not slash or not parts or parts[0] == "..":
        return posixpath.normpath(posixpath.join(own, folder)), name
    if any(start and f"{folder}/".lower().startswith(f"{start}/".lower()) for start in (own, figures)):
        return posixpath.normpath(folder), name
    is_below = figure.path.startswith(f"{figures}/")
    return posixpath.normpath(posixpath.join(figures if is_below else own, folder)), name


def _check_name(name: str) -> None:
    if name.startswith("."):
        raise NotRenamedError(f"{shortened(name)}: files that begin with a dot are hidden. Put a name in front of it.")
    if name != name.strip() or name.endswith("."):
        raise NotRenamedError(f"{shortened(name)}: a name cannot end in a dot or a space on Windows. Leave it out.")
    if RESERVED.fullmatch(name.partition(".")[0].strip().lower()):
        raise NotRenamedError(f"{shortened(name)} is the name of a device on Windows. Choose another one.")
    _check_length(name)


def _check_length(name: str) -> None:
    size = len(name.encode("utf-8"))
    if size > _MOST_BYTES:
        raise NotRenamedError(f"The name is too long: {size} bytes, and no file can have more than {_MOST_BYTES}.")


def _extension(name: str) -> str:
    extension = posixpath.splitext(name)[1]
    return extension if _EXTENSION.fullmatch(extension) else ""


def _check_extension(analysis: Analysis, figure: FileFact, name: str, extension: str) -> None:
    """A figure keeps its type, which must be an allowed one where it changes at all."""
    stem, old = posixpath.splitext(name)[0], posixpath.splitext(figure.path)[1]
    allowed = analysis.ground.configuration.extensions
    if extension == old:
        return
    own = figure.image.format if figure.image and figure.image.format else _FORMATS.get(old.lower(), old.lower())
    wanted = _FORMATS.get(extension.lower(), extension.lower())
    if extension.lower() not in allowed:
        raise NotRenamedError(
            f"{extension} is not one of the allowed types ({', '.join(allowed)}). Type {shortened(stem + old)}."
        )
    if wanted.lstrip(".") != own.lstrip("."):
        raise NotRenamedError(
            f"{shortened(figure.path)} is a {own.lstrip('.').upper()}, and another ending does not make it a "
            f"{wanted.lstrip('.').upper()}. Type {shortened(stem + old)}, or save the picture anew."
        )
    if extension != extension.lower():
        raise NotRenamedError(f"Write the ending in small letters: {shortened(stem + extension.lower())}.")


def _true_folder(analysis: Analysis, folder: str) -> str:
    """The folder as it stands on disk; the part of it that is not there yet as it was typed."""
    missing: list[str] = []
    fact = analysis.ground.surroundings.look_up(folder)
    while fact.status == "missing" and folder not in ("", "."):
        missing.insert(0, posixpath.basename(folder))
        folder = posixpath.dirname(folder)
        fact = analysis.ground.surroundings.look_up(folder or ".")
    if fact.status == "outside":
        raise NotRenamedError("That is outside the project's folder, and would not be handed in.")
    if fact.status in ("file", "wrong-case"):
        raise NotRenamedError(f"{shortened(fact.path)} is a file, not a folder.")
    if fact.status != "directory":
        raise NotRenamedError(f"The folder {shortened(folder)} cannot be read. Check its permissions.")
    return posixpath.join(fact.path, *missing)


def _check_free(analysis: Analysis, figure: FileFact, path: str) -> None:
    """That nothing stands there, in no spelling, but the figure itself."""
    there = analysis.ground.surroundings.look_up(path)
    if there.status in ("outside", "unknown"):
        raise NotRenamedError("That is outside the project's folder, and would not be handed in.")
    taken = None if there.status == "missing" or there.path == figure.path else there.path
    if taken is None:
        key = _in_any_case(path)
        others = (fact.path for fact in figure_files(analysis) if fact.path != figure.path)
        taken = next((other for other in others if _in_any_case(other) == key), None)
    if taken is None:
        return
    if taken == path:
        raise NotRenamedError(f"{shortened(path)} is there already. Choose another name.")
    raise NotRenamedError(
        f"{shortened(taken)} is there already, and that is the same name on Windows and macOS. Choose another one."
    )


def _in_any_case(path: str) -> str:
    return unicodedata.normalize("NFC", path).lower()
