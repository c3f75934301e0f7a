"""`invigilator serve`. The server itself comes from outside: this room does not know the protocol."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

_ADDRESS: Final = re.compile(r"(?:\[(?P<v6>[0-9a-fA-F:.%]+)\]|(?P<name>[^\s:\[\]]+)):(?P<port>\d{1,5})")


class Address(NamedTuple):
    """Where to wait for an editor."""

    host: str
    port: int


Serve = Callable[[Address | None], int]
"""Serves one editor, on standard input and output without an address; returns the exit code. Raises OSError where the
address cannot be used."""


def read_address(given: str) -> Address:
    """`HOST:PORT`, an IPv6 address in brackets. Raises ValueError."""
    found = _ADDRESS.fullmatch(given)
    if found is None:
        raise ValueError(f"{given} is no address such as 127.0.0.1:2087")
    if int(found["port"]) > 65_535:
        raise ValueError(f"{found['port']} is no port: the highest is 65535")
    return Address(found["v6"] or found["name"], int(found["port"]))
