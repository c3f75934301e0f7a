"""How fast the server is beside stock pygls that does nothing, in one run of the shared benchmark driver.

    .venv/bin/python tests/bench/compare.py [REPORT.md] [--keys 300]

Needs the folder `shared/` beside the project (the driver and a real report of 24 KB). Prints the driver's table and the
three ratios that are promised: keystroke p50 to that of stock pygls (at most 1.0), p99 to p50 (at most 3), and p50 at
four times the size to that of the report itself (at most 1.5). Exits with 1 where one is broken, 2 without a driver.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
DRIVER = SHARED / "bench" / "lsp_bench.py"
STOCK = SHARED / "bench" / "servers" / "pygls_empty.py"
REPORT = SHARED / "corpus" / "open" / "the-given-report" / "README.md"
PROFILE = Path(__file__).with_name("invigilator.json")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("report", nargs="?", type=Path, default=REPORT)
    parser.add_argument("--keys", type=int, default=300)
    arguments = parser.parse_args()
    for needed in (DRIVER, STOCK, arguments.report):
        if not needed.is_file():
            print(f"{needed} is not there, and the comparison needs it.", file=sys.stderr)
            return 2
    with tempfile.TemporaryDirectory() as name:
        results = measure(Path(name), arguments.report, arguments.keys)
    return judge(results)


def measure(folder: Path, report: Path, keys: int) -> dict[str, Any]:
    """The driver's results for our server and stock pygls, by name."""
    ours = json.loads(PROFILE.read_text(encoding="utf-8"))
    ours["cmd"][0] = sys.executable
    stock = {"name": "pygls empty", "cmd": [sys.executable, str(STOCK)], "note": "stock pygls, no analysis"}
    profiles = []
    for profile in (ours, stock):
        path = folder / f"{len(profiles)}.json"
        path.write_text(json.dumps(profile), encoding="utf-8")
        profiles.append(str(path))
    out = folder / "results.json"
    command = [
        sys.executable,
        str(DRIVER),
        "--doc",
        str(report),
        "--out",
        str(out),
        "--keys",
        str(keys),
        "--starts",
        "5",
    ]
    subprocess.run([*command, "--scales", "1,4", "--scale-keys", "100", *profiles], check=True)
    return json.loads(out.read_text(encoding="utf-8"))["results"]


def judge(results: dict[str, Any]) -> int:
    """Print the promised ratios; 1 where one is broken."""
    ours, stock = results["invigilator"], results["pygls empty"]
    ratios = [
        ("keystroke p50 : stock pygls' p50", ours["char"]["p50"] / stock["char"]["p50"], 1.0),
        ("keystroke p99 : p50", ours["char"]["p99"] / ours["char"]["p50"], 3.0),
        ("p50 at 82 KB : p50 at 24 KB", ours["scale"]["4"]["p50"] / ours["scale"]["1"]["p50"], 1.5),
    ]
    print()
    for name, ratio, most in ratios:
        print(f"{name:36} {ratio:5.2f}   (at most {most}){'' if ratio <= most else '   BROKEN'}")
    return int(any(ratio > most for _, ratio, most in ratios))


if __name__ == "__main__":
    sys.exit(main())
