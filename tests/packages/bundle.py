"""The server inside the packaged extension, started exactly as the extension starts it."""

from __future__ import annotations

import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from protocol.reports import report

ROOT: Final = Path(__file__).resolve().parents[2]

TOO_SHORT: Final = report("two words", "an answer without an image")
"""The first answer is too short, and the second has too few images."""
TOO_SHORT_CODES: Final = ["answer.too-short", "figure.too-few"]


def packaged() -> Path | None:
    """The newest .vsix in dist/."""
    found = sorted((ROOT / "dist").glob("*.vsix"), key=lambda path: path.stat().st_mtime)
    return found[-1] if found else None


def unpack(vsix: Path, folder: Path) -> Path:
    """What an editor has on disk after it installed `vsix`; returns the extension's folder."""
    with zipfile.ZipFile(vsix) as archive:
        archive.extractall(folder)
    return folder / "extension"


@dataclass(frozen=True)
class Start:
    """The command line of `commandLine` in client-vscode/src/server/process.ts."""

    extension: Path
    cache: Path

    @property
    def main(self) -> Path:
        return self.extension / "bundled" / "main.py"

    def command(self, interpreter: Path | str) -> list[str]:
        isolated = ["-I", "-S", "-X", "utf8", "-X", f"pycache_prefix={self.cache}"]
        return [str(interpreter), *isolated, str(self.main)]


def environment(**more: str) -> dict[str, str]:
    """This process's environment without what pytest's own start put in it for Python."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | more
