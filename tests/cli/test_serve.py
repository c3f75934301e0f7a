"""`invigilator serve` on the command line; what the server does is told elsewhere."""

from __future__ import annotations

import socket

import pytest

from cli.commands import Process
from invigilator.cli.app import run
from invigilator.cli.serve import Address


@pytest.mark.parametrize(
    ("arguments", "address"),
    [
        ([], None),
        (["--tcp", "127.0.0.1:2087"], Address("127.0.0.1", 2087)),
        (["--tcp", "localhost:0"], Address("localhost", 0)),
        (["--tcp", "[::1]:65535"], Address("::1", 65535)),
    ],
)
def test_it_serves_where_it_is_told_to_and_ends_as_the_server_does(
    arguments: list[str], address: Address | None
) -> None:
    asked: list[Address | None] = []

    def server(where: Address | None) -> int:
        asked.append(where)
        return 7

    assert run(server, ["serve", *arguments]) == 7
    assert asked == [address]


@pytest.mark.parametrize("given", ["2087", "localhost", "localhost:", ":2087", "::1:2087", "localhost:65536", "a b:1"])
def test_what_is_no_address(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    def server(where: Address | None) -> int:
        raise AssertionError("there is no address")

    assert run(server, ["serve", "--tcp", given]) == 2

    said = capsys.readouterr().err
    assert said.startswith("invigilator: Invalid value for '--tcp': ")
    assert said.count("\n") == 1


def test_the_real_server_ends_with_its_input(process: Process) -> None:
    done = process("serve")

    assert (done.returncode, done.stdout) == (1, b"")  # without a `shutdown` before


def test_a_port_that_is_taken(process: Process) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = process("serve", "--tcp", f"127.0.0.1:{port}")

    assert done.returncode == 2
    assert done.stderr.startswith(f"invigilator: cannot wait on 127.0.0.1:{port}: ".encode())
    assert done.stderr.count(b"\n") == 1
