"""`invigilator explain`: what a code means, why it matters, and what to do."""

from __future__ import annotations

from collections.abc import Iterable

import click

from invigilator.analysis import matches
from invigilator.checks.finding import Rule
from invigilator.checks.registry import RULES
from invigilator.cli.codes import nearest
from invigilator.cli.options import FINE
from invigilator.cli.output import say
from invigilator.cli.printers import is_terminal
from invigilator.explanations import page


def explain(given: str | None) -> int:
    """Print the page of a code, or a list: of a family's codes, or without a code of all; returns the exit code.

    Raises click's errors.
    """
    code = "*" if given is None else given.strip().casefold()
    if code in RULES:
        _print_page(code)
        return FINE
    listed = [rule for rule in RULES.values() if matches(rule.code, (code, f"{code}.*"))]
    if not listed:
        raise click.ClickException(f"{given} is no code of a finding{nearest(code)}")
    _print_list(listed)
    return FINE


def _print_page(code: str) -> None:
    try:
        text = page(code)
    except OSError:
        raise click.ClickException(f"the page of {code} is not there: install Invigilator again") from None
    if not is_terminal():
        say(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console()
    console.print(Markdown(text, code_theme="ansi_dark"), width=min(console.width, 100))


def _print_list(rules: Iterable[Rule]) -> None:
    width = max(map(len, RULES))
    say("".join(f"{rule.code:{width}}  {rule.severity:11}  {rule.when}\n" for rule in rules))
