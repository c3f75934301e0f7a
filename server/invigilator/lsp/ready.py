"""``workspace/executeCommand``: whether a report is ready to be handed in, and what keeps it."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import threading
from collections.abc import Callable
from typing import Any, Final, TypeVar

from invigilator.analysis import Analysis
from invigilator.ready import checks, files_of, page_of, ready_json
from invigilator.surroundings.delivery import Delivery

READY: Final = "invigilator.ready"

_T = TypeVar("_T")


async def ready(analysis: Analysis, path: str) -> dict[str, Any]:
    """What `invigilator ready --format json` prints of the report, which the client knows by `path`.

    Git is waited for and the page is made in a thread, so that nothing else waits.
    """
    files = files_of(analysis)
    surroundings, text = analysis.ground.surroundings, analysis.outline.text

    def look() -> tuple[Delivery, str | None]:
        return surroundings.delivery(files, text), page_of(analysis)

    delivery, page = await _in_thread(look)
    return ready_json(checks(analysis, delivery, page), path)


def _in_thread(work: Callable[[], _T]) -> asyncio.Future[_T]:
    """The result of `work`. Its thread keeps nobody from ending the server, as one of asyncio's own would."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[_T] = loop.create_future()

    def run() -> None:
        settle: Callable[[], None]
        try:
            settle = functools.partial(future.set_result, work())
        except Exception as error:
            settle = functools.partial(future.set_exception, error)
        with contextlib.suppress(RuntimeError):  # the server has ended
            loop.call_soon_threadsafe(lambda: None if future.done() else settle())  # done: cancelled

    threading.Thread(target=run, name="ready", daemon=True).start()
    return future
