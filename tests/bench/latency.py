"""How long each request takes beside a hover of stock pygls that does nothing, in one run of the shared driver's parts.

    .venv/bin/python tests/bench/latency.py [REPORT.md] [--rounds 40] [--only hover,rename]

Needs the folder `shared/` beside the project, as `compare.py` does. Both servers run at the same time, and every round
asks each of our requests once and stock's hover three times: warm, nothing having changed, and cold, the request
written right behind an edit and timed from that. Promised: warm p50 at most that of stock's hover, cold p50 at most
1.5 times that of stock's hover right after an edit. Exits with 1 where one is broken, 2 without a driver.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from compare import DRIVER, PROFILE, REPORT, STOCK

Json = dict[str, Any]

HOVER = "textDocument/hover"
MOST = {"warm": 1.0, "cold": 1.5}
"""How long a request may take at most beside stock's hover: nothing having changed, and right after an edit."""
PUMP = 0.02
"""Seconds after each answer, so that what a server still does is not in the next time."""


class Place:
    """What a request is about: the places of one round, and the driver's live server."""

    def __init__(self, run: Any) -> None:
        self.run, self.server = run, run.s
        self.document = {"uri": self.server.uri}
        lines = self.server.lines
        self.headings = [at for at, line in enumerate(lines) if re.match(r"#{1,3} ", line)]
        self.links = [at for at, line in enumerate(lines) if re.match(r"[^!]{0,4}!\[.*\]\(figures/[^<]", line)]
        self.end = {"line": len(lines), "character": 0}
        self.turn()

    def turn(self) -> None:
        """Go to other places, by the driver's own chance."""
        self.answer: tuple[int, int] = self.run.rng.choice(self.run.cand)
        self.link = self.run.rng.choice(self.links)

    @property
    def at(self) -> Json:
        """In an answer."""
        return {"line": self.answer[0], "character": self.answer[1]}

    @property
    def line(self) -> Json:
        """An answer's line."""
        line, _ = self.answer
        start, end = {"line": line, "character": 0}, {"line": line, "character": len(self.server.lines[line])}
        return {"start": start, "end": end}

    @property
    def figure(self) -> Json:
        """In a figure's path."""
        return {"line": self.link, "character": self.server.lines[self.link].index("](figures/") + 12}

    @property
    def figure_uri(self) -> str:
        """Of a figure that an answer uses."""
        match = re.search(r"\]\((figures/[^)]+)", self.server.lines[self.link])
        return f"{self.server.uri.rpartition('/')[0]}/{match[1] if match else 'figures/fig0.png'}"

    def all(self, **more: Any) -> Json:
        """Params about the document."""
        return {"textDocument": self.document, **more}


def hover(place: Place) -> Json:
    odd = place.answer[1] % 2
    return place.all(position=place.figure if odd else {"line": place.run.rng.choice(place.headings), "character": 3})


def code_action(place: Place) -> Json:
    return place.all(range=place.line, context={"diagnostics": []})


def completion(place: Place) -> Json:
    """Inside a link's path, once the edit has put one there (`TYPED`)."""
    return place.all(position={**place.at, "character": place.at["character"] + len(TYPED["completion"])})


TYPED = {"completion": " ![it](figures/", "completionItem/resolve": " ![it](figures/"}
"""What is typed before a request, where that is not a letter."""

REQUESTS: dict[str, Callable[[Place], Json]] = {
    "hover": hover,
    "completion": completion,
    "codeAction": code_action,
    "inlayHint": lambda place: place.all(range={"start": {"line": 0, "character": 0}, "end": place.end}),
    "documentSymbol": Place.all,
    "foldingRange": Place.all,
    "selectionRange": lambda place: place.all(positions=[place.at]),
    "documentLink": Place.all,
    "definition": lambda place: place.all(position=place.figure),
    "references": lambda place: place.all(position=place.figure, context={"includeDeclaration": True}),
    "prepareRename": lambda place: place.all(position=place.figure),
    "rename": lambda place: place.all(position=place.figure, newName="figures/renamed.png"),
    "workspace/willRenameFiles": lambda place: {
        "files": [{"oldUri": place.figure_uri, "newUri": f"{place.figure_uri.rpartition('/')[0]}/renamed.png"}]
    },
}
"""Each request's params; one about a document without what its name begins with."""

RESOLVED = {
    "completionItem/resolve": "completion",
    "inlayHint/resolve": "inlayHint",
    "codeAction/resolve": "codeAction",
}
"""Requests that are given one of the items of another one's answer."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("report", nargs="?", type=Path, default=REPORT)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--only", default="", help="some requests by their names, with commas between")
    arguments = parser.parse_args()
    for needed in (DRIVER, STOCK, arguments.report):
        if not needed.is_file():
            print(f"{needed} is not there, and the comparison needs it.", file=sys.stderr)
            return 2
    driver = shared_driver()
    wanted = [name for name in (*REQUESTS, *RESOLVED) if not arguments.only or name in arguments.only.split(",")]
    return judge(driver, measure(driver, arguments.report, arguments.rounds, wanted))


def shared_driver() -> Any:
    """The module of the shared benchmark driver, with what our requests need announced to the servers."""
    spec = importlib.util.spec_from_file_location("lsp_bench", DRIVER)
    assert spec is not None
    assert spec.loader is not None
    driver = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(driver)
    send = driver.Server.request

    def announcing(server: Any, method: str, params: Any, timeout: float | None = None) -> Any:
        if method == "initialize":
            params["capabilities"]["textDocument"] |= {
                "inlayHint": {"resolveSupport": {"properties": ["tooltip"]}},
                "foldingRange": {"lineFoldingOnly": True},
                "rename": {"prepareSupport": True},
                "definition": {"linkSupport": True},
            }
            params["capabilities"]["workspace"]["workspaceEdit"] = {
                "documentChanges": True,
                "resourceOperations": ["create", "rename", "delete"],
            }
            params["capabilities"]["workspace"]["fileOperations"] = {"willRename": True}
        return send(server, method, params, timeout)

    driver.Server.request = announcing
    return driver


def measure(driver: Any, report: Path, rounds: int, wanted: list[str]) -> dict[str, Json]:
    """Seconds of every request, warm and cold, ours and stock's hover; how many answers were not empty."""
    ours = json.loads(PROFILE.read_text(encoding="utf-8"))
    ours["cmd"][0] = sys.executable
    stock = {"name": "pygls empty", "cmd": [sys.executable, str(STOCK)]}
    text = report.read_text(encoding="utf-8")
    options = argparse.Namespace(seed=1)
    places = [Place(driver.launch(profile, text, options)) for profile in (ours, stock)]
    found: dict[str, Json] = {}
    try:
        for number in range(-3, rounds):  # the first three warm up
            for place in places:
                place.turn()
            asked = [(places[0], name) for name in wanted] + [(places[1], "hover")] * 3
            for place, name in asked:
                warm, cold, result, size = ask(driver, place, name)
                if number >= 0:
                    row = found.setdefault(name if place is places[0] else "stock", new_row())
                    row["warm"].append(warm)
                    row["cold"].append(cold)
                    row["answered"] += bool(result)
                    row["bytes"].append(size)
    finally:
        for place in places:
            place.server.close()
    return found


def new_row() -> Json:
    return {"warm": [], "cold": [], "answered": 0, "bytes": []}


def ask(driver: Any, place: Place, name: str) -> tuple[float, float, Any, int]:
    """One request: the seconds warm and cold, the warm answer's result and its size in bytes."""
    server, (line, column), typed = place.server, place.answer, TYPED.get(name, "x")
    method = name if "/" in name else f"textDocument/{name}"
    if name in RESOLVED:
        whole = RESOLVED[name]
        edit = server.edit(line, column, column, typed)
        server.send(edit)
        _, answer, _ = server.call(f"textDocument/{whole}", REQUESTS[whole](place))
        listed = answer.get("result") or []
        listed = listed.get("items", []) if isinstance(listed, dict) else listed
        if not listed:
            server.send(server.edit(line, column, column + len(typed), ""))
            return 0.0, 0.0, None, 0
        params = listed[place.answer[1] % len(listed)]
        server.pump(driver.now() + PUMP)
        warm, answer, size = server.call(method, params)
        server.pump(driver.now() + PUMP)
        column += len(typed)
        began = server.send(server.edit(line, column, column, typed))
        request, _ = server.request(method, params)
        ended, _, _ = server.wait(request)
        server.pump(driver.now() + PUMP)
        server.send(server.edit(line, column - len(typed), column + len(typed), ""))
    else:
        began = server.send(server.edit(line, column, column, typed))
        request, _ = server.request(method, REQUESTS[name](place))
        ended, _, _ = server.wait(request)
        server.pump(driver.now() + PUMP)
        warm, answer, size = server.call(method, REQUESTS[name](place))
        server.send(server.edit(line, column, column + len(typed), ""))
    server.pump(driver.now() + PUMP)
    result = answer.get("result")
    return warm, ended - began, result.get("items", result) if isinstance(result, dict) else result, size


def judge(driver: Any, found: dict[str, Json]) -> int:
    """Print a table; 1 where a promise is broken."""
    stock = found.pop("stock")
    floor = {kind: driver.pct(stock[kind], 50) * 1e3 for kind in MOST}
    print(f"A hover of stock pygls: p50 {floor['warm']:.2f} ms, right after an edit {floor['cold']:.2f} ms\n")
    print("| request | p50, p95 | times stock | after an edit | times stock | answered | bytes |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    broken = False
    for name, row in found.items():
        cells, is_over = [name], False
        for kind, most in MOST.items():
            p50, p95 = (driver.pct(row[kind], part) * 1e3 for part in (50, 95))
            cells += [f"{p50:.2f}, {p95:.2f}", f"{p50 / floor[kind]:.2f}"]
            is_over |= p50 / floor[kind] > most
        cells += [f"{row['answered']}/{len(row['warm'])}", f"{driver.pct(row['bytes'], 50):.0f}"]
        print(f"| {' | '.join(cells)} |{' BROKEN' if is_over else ''}")
        broken |= is_over
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
