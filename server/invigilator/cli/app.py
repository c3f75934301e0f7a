"""The commands and their options.

What reads reports is imported by the command that needs it, so that `--version` and `--help` are there at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from invigilator import __version__
from invigilator.cli.options import FORMATS, INTERRUPTED, THRESHOLDS, UNUSABLE, Format, Options, Threshold
from invigilator.cli.output import OutputError, complain, prepare
from invigilator.cli.serve import Address, Serve, read_address


def run(serve: Serve, arguments: Sequence[str] | None = None) -> int:
    """Run the command in `arguments` (by default the process's own); returns the exit code."""
    prepare()
    try:
        code = commands.main(
            None if arguments is None else list(arguments), "invigilator", standalone_mode=False, obj=serve
        )
    except click.ClickException as error:
        complain(f"invigilator: {_in_one_line(error)}")
        return UNUSABLE
    except OutputError as error:
        complain(f"invigilator: {error}")
        return UNUSABLE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    return code if isinstance(code, int) else 0


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def commands(context: click.Context) -> int | None:
    """Check templated Markdown reports as they are written."""
    if context.invoked_subcommand is not None:
        return None
    click.echo(context.get_help(), err=True)
    return UNUSABLE


class _CheckCommand(click.Command):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        from invigilator.cli.codes import spread

        return super().parse_args(ctx, spread(args, ("--select", "--ignore")))


def _patterns(_context: click.Context, _parameter: click.Parameter, given: Sequence[str]) -> tuple[str, ...]:
    from invigilator.cli.codes import read_patterns

    try:
        return read_patterns(given)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@commands.command(cls=_CheckCommand)
@click.argument("paths", metavar="[PATH ...]", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How the result is written; all but the first two are for CI.",
)
@click.option("--output", metavar="FILE", help="Write to a file, which appears whole or not at all.")
@click.option(
    "--fail-on",
    type=click.Choice(THRESHOLDS),
    default="warning",
    show_default=True,
    help="The mildest finding that makes the exit code 1.",
)
@click.option(
    "--select",
    metavar="CODE ...",
    multiple=True,
    callback=_patterns,
    help="Only these findings, such as figure.remote or 'figure.*'.",
)
@click.option("--ignore", metavar="CODE ...", multiple=True, callback=_patterns, help="Not these findings.")
@click.option("--fix", is_flag=True, help="Apply the fixes that are safe, to the files themselves; then check.")
@click.option("--diff", is_flag=True, help="With --fix: print what would change, and change nothing.")
def check(
    paths: tuple[str, ...],
    form: Format,
    output: str | None,
    fail_on: Threshold,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    diff: bool,
) -> int:
    """Check reports: what the official check says of each question, and what else is wrong.

    A PATH is a report, a folder (its reports/README.md, else its README.md, else every report below it), or - for
    standard input. Without one it is the current folder.

    The exit code is 0 when all is fine, 1 when something was found or the official check fails, and 2 when a report
    cannot be read.
    """
    from invigilator.cli.check import check as check_reports

    if fix and "-" in paths:
        raise click.UsageError("--fix cannot change standard input: name a file", click.get_current_context())
    if diff and not fix:
        raise click.UsageError("--diff says what --fix would do: give both", click.get_current_context())
    if diff and form != "text":
        raise click.UsageError("--diff has a format of its own: leave --format out", click.get_current_context())
    _need_current_folder()
    output = None if output == "-" else output
    return check_reports(Options(paths, form, output, fail_on, select, ignore, fix, diff))


@commands.command()
@click.argument("path", required=False)
@click.option("-o", "--output", metavar="FILE", help="Write to a file, which appears whole or not at all.")
@click.option("--handed-in", is_flag=True, help="The page exactly as the course's own script makes it.")
def html(path: str | None, output: str | None, handed_in: bool) -> int:
    """Make a report one HTML page, with its figures in it and each question's verdict.

    PATH is a report, a folder with one report, or - for standard input. Without it it is the current folder. The page
    goes to standard output, or to a FILE.

    The exit code is 0 when there is a page, and 2 when the report cannot be read.
    """
    from invigilator.cli.html import html as make_page

    _need_current_folder()
    return make_page(path, None if output == "-" else output, handed_in=handed_in)


@commands.command()
@click.argument("path", required=False)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def ready(path: str | None, form: str) -> int:
    """Say yes or no before the deadline: can this report be handed in as it is?

    It is when the official check passes, the report stands where staff look for it, it and its pictures are committed
    and pushed, no merge conflict or placeholder is left, and its page is whole. PATH is a report or a folder with one;
    without it it is the current folder. Nothing is asked over the network, and nothing is changed.

    The exit code is 0 for yes, 1 for no or where something cannot be told, and 2 when the report cannot be read.
    """
    from invigilator.cli.ready import ready as answer

    _need_current_folder()
    return answer(path, form)


def _need_current_folder() -> None:
    try:
        Path.cwd()
    except OSError:
        raise click.ClickException("the current folder does not exist any more") from None


@commands.command()
@click.argument("code", required=False)
def explain(code: str | None) -> int:
    """Say what a finding means, why it matters and what to do: CODE is its name, such as figure.remote.

    Without CODE all codes are listed.
    """
    from invigilator.cli.explain import explain as explain_code

    return explain_code(code)


def _address(_context: click.Context, _parameter: click.Parameter, given: str | None) -> Address | None:
    try:
        return None if given is None else read_address(given)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@commands.command()
@click.option("--tcp", "address", metavar="HOST:PORT", callback=_address, help="Wait for one editor on this port.")
@click.pass_obj
def serve(start: Serve, address: Address | None) -> int:
    """Run the language server, for an editor: on standard input and output."""
    try:
        return start(address)
    except OSError as error:
        if address is None:
            raise
        raise OutputError(f"cannot wait on {address.host}:{address.port}: {error.strerror or error}") from None


def _in_one_line(error: click.ClickException) -> str:
    message = " ".join(error.format_message().split())
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{message} ({context.command_path} --help says more)" if context else message
