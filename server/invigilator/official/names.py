"""What the names in a Python file stand for, as far as its syntax alone tells."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

_STEPS: Final = 20_000  # look-ups in one file; the course's needs some hundred, one made to hang us any number
_NAMES_FOR_NAMES: Final = 20


class NotUnderstoodError(Exception):
    """A part of the file that only running it could tell."""

    def __init__(self, node: ast.AST) -> None:
        super().__init__()
        self.line: Final[int | None] = getattr(node, "lineno", None)


class Names:
    """Each name's last assignment, in whatever block it stands, and the functions and classes."""

    def __init__(self, module: ast.Module) -> None:
        self.values: Final[dict[str, ast.expr]] = {}
        self.definitions: Final[dict[str, ast.FunctionDef | ast.ClassDef]] = {}
        self._steps = 0
        for node in ast.walk(module):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                self.definitions[node.name] = node
            self.values.update(assignments(node))

    def resolved(self, node: ast.expr) -> ast.expr:
        """`node`, or what it stands for where it is a name. Raises RecursionError when a file asks it without end."""
        self._steps += 1
        if self._steps > _STEPS:
            raise RecursionError
        for _ in range(_NAMES_FOR_NAMES):
            if not isinstance(node, ast.Name) or node.id not in self.values:
                break
            node = self.values[node.id]
        return node

    def integer(self, node: ast.expr) -> int | None:
        """The whole number an argument is, from 0; None for None and infinity."""
        node = self.resolved(node)
        if isinstance(node, ast.Constant) and (node.value is None or type(node.value) is int):
            return node.value
        if isinstance(node, ast.Attribute) and node.attr in ("inf", "maxsize"):
            return None
        if isinstance(node, ast.Call) and called(node) == "float" and len(node.args) == 1:
            argument = node.args[0]
            if isinstance(argument, ast.Constant) and argument.value in ("inf", "infinity"):
                return None
        raise NotUnderstoodError(node)

    def parameters(self, name: str) -> tuple[list[str], dict[str, ast.expr]]:
        """The parameters of a function or class of the file, in order, and their defaults; nothing for one imported."""
        node = self.definitions.get(name)
        if node is None:
            return [], {}
        if isinstance(node, ast.FunctionDef):
            return _signature(node)
        for inner in node.body:
            if isinstance(inner, ast.FunctionDef) and inner.name == "__init__":
                order, defaults = _signature(inner)
                return order[1:], defaults
        fields = [inner.target for inner in node.body if isinstance(inner, ast.AnnAssign)]
        order = [field.id for field in fields if isinstance(field, ast.Name)]
        return order, dict(pair for inner in node.body for pair in assignments(inner))

    def reached_from(self, start: ast.AST) -> list[ast.AST]:
        """All nodes of `start` and of the file's functions that it calls, directly or not."""
        nodes = list(ast.walk(start))
        seen = {start}
        for node in nodes:  # grows on the way
            if isinstance(node, ast.Call) and (inner := self.definitions.get(called(node))) and inner not in seen:
                seen.add(inner)
                nodes.extend(ast.walk(inner))
        return nodes


def called(node: ast.Call) -> str:
    """The name of what is called, without what stands before its last dot."""
    return name_of(node.func)


def name_of(node: ast.expr) -> str:
    """The last part of a dotted name; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def assignments(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """The names that a statement gives a value to."""
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
        yield node.target.id, node.value
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield target.id, node.value


def _signature(node: ast.FunctionDef) -> tuple[list[str], dict[str, ast.expr]]:
    order = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
    defaults = dict(zip(reversed(order), reversed(node.args.defaults), strict=False))
    by_name = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    return order, defaults | {one.arg: value for one, value in by_name if value is not None}
