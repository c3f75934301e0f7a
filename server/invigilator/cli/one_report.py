"""The one report that a command is about."""

from __future__ import annotations

from invigilator.cli.loading import Checked, Refused
from invigilator.cli.output import complain
from invigilator.cli.paths import reports


def only_report(path: str | None, purpose: str) -> Checked | None:
    """The one report there is at `path` (None: in the current folder); where there is another number, that is said.

    `purpose` ends the sentence "name the one ...".
    """
    found = list(reports([] if path is None else [path]))
    refused = [one for one in found if isinstance(one, Refused)]
    for one in refused:
        complain(f"invigilator: {one.path}: {one.reason}")
    checked = [one for one in found if isinstance(one, Checked)]
    if len(found) > 1:
        example = f", such as {checked[0].path}" if checked else ""
        complain(f"invigilator: {path or '.'}: holds {len(found)} reports: name the one {purpose}{example}")
        return None
    return checked[0] if checked else None
