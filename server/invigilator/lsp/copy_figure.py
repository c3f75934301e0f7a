"""``workspace/executeCommand``: copying pictures into the figures folder, and linking the copies.

The protocol has no edit that copies a file, so this is the one fix for which the server writes itself; only ever new
files below the root.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from invigilator.checks.finding import Fix

COPY_FIGURE = "invigilator.copyFigure"


class NotCopiedError(Exception):
    """Why a picture could not be copied, for the person who asked for it."""


def copy_figures(fixes: Iterable[Fix], copy: Callable[[str, str], None]) -> None:
    """Make the copies that fixes need, each once; `copy` takes source and target, from the report's folder.

    Raises NotCopiedError at the first that cannot be made.
    """
    for source, target in dict.fromkeys(fix.copy for fix in fixes if fix.copy is not None):
        try:
            copy(source, target)
        except FileExistsError:
            raise NotCopiedError(f"{target} is there already. Ask for the quick fix again.") from None
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise NotCopiedError(f"{source} could not be copied to {target}: {why}.") from None
