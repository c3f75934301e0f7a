"""A GitHub job on this machine, by `act`, which runs workflows and composite actions as GitHub's runner does.

Its steps run here and not in a container. Other projects' actions would have to be fetched: of them only what the jobs
need is imitated.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from ci.tools import VERSION, program

_SETUP_PYTHON: Final = f"""
name: setup-python
description: Says where the Python of these tests is.
inputs:
  python-version: {{description: not looked at}}
  update-environment: {{description: not looked at}}
outputs:
  python-path:
    description: a Python
    value: ${{{{ steps.say.outputs.path }}}}
runs:
  using: composite
  steps:
    - id: say
      shell: bash
      run: echo 'path={sys.executable}' >> "$GITHUB_OUTPUT"
"""
_UPLOAD_SARIF: Final = """
name: upload-sarif
description: Wants the file to be there.
inputs:
  sarif_file: {description: the file}
runs:
  using: composite
  steps:
    - shell: bash
      run: test -s "${{ inputs.sarif_file }}" && cp "${{ inputs.sarif_file }}" "$UPLOADS"
"""


class Annotation(NamedTuple):
    """An annotation as the runner read it."""

    kind: str
    title: str
    file: str
    line: int


class Job(NamedTuple):
    """What a job did. `lines` is what its steps printed besides commands, `outputs` the action's."""

    passed: bool
    annotations: list[Annotation]
    summary: str
    outputs: dict[str, str]
    lines: list[str]


class Runner(NamedTuple):
    """Where the action lies, a folder for what the runner keeps, and one for what is uploaded."""

    project: Path
    cache: Path
    uploads: Path

    def run(self, repository: Path, workflow: str, event: str = "push") -> Job:
        """Run a workflow's only job in the repository."""
        path = self.cache / "workflow.yml"
        path.write_text(workflow, encoding="utf-8")
        stand_ins = {
            f"OWNER/invigilator@{VERSION}": self.project,
            "actions/setup-python@v6": self._stand_in("setup-python", _SETUP_PYTHON),
            "github/codeql-action@v4": self._stand_in("codeql-action/upload-sarif", _UPLOAD_SARIF).parent,
        }
        command = [program("act"), event, "--workflows", str(path), "--json", "-P", "ubuntu-latest=-self-hosted"]
        command += [f"--local-repository={name}={folder}" for name, folder in stand_ins.items()]
        done = subprocess.run(
            command,
            cwd=repository,
            capture_output=True,
            text=True,
            env=self._environment(),
            timeout=300,
            check=False,
        )
        return _read(done.returncode, list(_events(done.stdout + done.stderr)))

    def _stand_in(self, name: str, text: str) -> Path:
        folder = self.cache / "actions" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "action.yml").write_text(text, encoding="utf-8")
        return folder

    def _environment(self) -> Mapping[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "PYTHON"))}
        return {**own, "HOME": str(self.cache), "XDG_CACHE_HOME": str(self.cache), "UPLOADS": str(self.uploads)}


def _events(output: str) -> Iterator[dict[str, Any]]:
    for line in output.splitlines():
        if line.startswith("{"):
            yield json.loads(line)


def _read(code: int, events: list[dict[str, Any]]) -> Job:
    """What the step `uses: OWNER/invigilator` did, and what all steps printed.

    The commands of a composite action's steps are told once for the step, and its outputs once more for the action.
    """
    commands = [event for event in events if event.get("command") in ("error", "warning", "notice")]
    return Job(
        code == 0,
        [
            Annotation(
                event["command"],
                event["kvPairs"].get("title", ""),
                event["kvPairs"].get("file", ""),
                int(event["kvPairs"].get("line", 0)),
            )
            for event in commands
        ],
        next((event["content"] for event in events if event.get("command") == "summary"), ""),
        {event["name"]: event["arg"] for event in events if event.get("command") == "set-output"},
        [event["msg"].rstrip("\n") for event in events if event.get("raw_output")],
    )
