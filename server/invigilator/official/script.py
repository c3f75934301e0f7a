"""The limits in a course's `report.py`, read as syntax and never run.

The file comes in two shapes: a list of functions and `partial(...)`s, one an answer (until November 2024), and a dict
from "question_N" to objects (since December 2024). Groups reformat it, so names, quotes, constants and the order of
arguments may differ. What the syntax alone does not tell is left out and named in a problem.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from invigilator.official.names import Names, NotUnderstoodError, assignments, called, name_of
from invigilator.report.model import Bounds, Constraint, Problem

_LARGEST: Final = 50_000  # characters; the course's has under 10,000, and Python 3.10's own parser can crash on 200,000
_MOST_ENTRIES: Final = 1_000


@dataclass(frozen=True)
class Script:
    """What `check` of a `report.py` goes by.

    `constraints` are by number of the answer, from 1; one that was not understood is absent. `questions` is how many
    answers it expects, `dropped_head` how many characters of the report it drops first.
    """

    constraints: Mapping[int, Constraint]
    questions: int
    dropped_head: int
    problems: tuple[Problem, ...] = ()


def read_script(source: str, path: str) -> Script | Problem:
    """Read `source`; where there is nothing to go by, say why. Never raises, whatever stands in the file."""
    if len(source) > _LARGEST:
        return Problem(path, None, f"is not read: {len(source):,} characters are too many for a report.py")
    try:
        return _read(source, path)
    except SyntaxError as error:
        return Problem(path, error.lineno, f"is not valid Python, so its limits are not used: {error.msg}")
    except ValueError:
        return Problem(path, None, "holds characters that no Python file may hold, so its limits are not used")
    except (RecursionError, MemoryError):
        return Problem(path, None, "is nested too deeply, so its limits are not used")


def _read(source: str, path: str) -> Script | Problem:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd escapes and the like: not for a reader of the report
        module = ast.parse(source.removeprefix("\ufeff"))
    names = Names(module)
    found = _table(module, names)
    if found is None:
        return Problem(path, None, "has no table of limits (question_constraints), so it is not used")
    name, table = found
    constraints: dict[int, Constraint] = {}
    problems: list[Problem] = []
    entries = [*islice(_entries(table, names), _MOST_ENTRIES), *_later_entries(module, name)]
    shift = 1 if any(number == 0 for number, _ in entries) else 0
    for number, node in entries:
        try:
            if number is None:
                raise NotUnderstoodError(node)
            constraints[number + shift] = _constraint(node, names)
        except NotUnderstoodError as error:
            line = error.line or table.lineno
            which = "this entry" if number is None else f"the entry of question {number + shift}"
            problems.append(Problem(path, line, f"{which} is not understood without running it, so it is not used"))
    if not constraints:
        return Problem(path, table.lineno, "none of its limits are understood without running it, so it is not used")
    problems += _changes(module, name, path)
    check = names.definitions.get("check")
    nodes = names.reached_from(check if isinstance(check, ast.FunctionDef) else module)
    questions = _expected(nodes, names) or max(len({number for number, _ in entries}), *constraints)
    return Script(constraints, questions, _dropped_head(nodes, names), tuple(problems))


# --- the table --------------------------------------------------------------------------------------------------------

_TABLE_NAME: Final = re.compile(r"constrai?n|limit", re.IGNORECASE)
_CHANGES: Final = frozenset({"append", "clear", "extend", "insert", "pop", "remove", "reverse", "setdefault", "update"})


def _table(module: ast.Module, names: Names) -> tuple[str, ast.expr] | None:
    """The table of limits and its name: the one named so, of several one named after questions, then the longest."""
    best: tuple[tuple[bool, int], str, ast.expr] | None = None
    for node in ast.walk(module):
        for name, value in assignments(node):
            table = names.resolved(value)
            if not _TABLE_NAME.search(name) or not _is_table(table):
                continue
            rank = ("question" in name.lower(), sum(1 for _ in islice(_entries(table, names), _MOST_ENTRIES)))
            if rank[1] and (best is None or rank > best[0]):
                best = rank, name, table
    return best and best[1:]


def _is_table(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, (ast.Add, ast.BitOr, ast.Mult))
    return isinstance(node, (ast.List, ast.Tuple, ast.Dict)) or (isinstance(node, ast.Call) and called(node) == "dict")


def _entries(table: ast.expr, names: Names) -> Iterator[tuple[int | None, ast.expr]]:
    """The entries with their questions' numbers; None for the number of one that cannot be told."""
    table = names.resolved(table)
    if isinstance(table, ast.Dict):
        for key, value in zip(table.keys, table.values, strict=True):
            if key is None:  # **other
                yield from _entries(value, names)
            else:
                yield _number_of(names.resolved(key)), value
    elif isinstance(table, ast.Call) and called(table) == "dict" and not table.args:
        for keyword in table.keywords:
            if keyword.arg is None:
                yield from _entries(keyword.value, names)
            else:
                yield _number_of(ast.Constant(keyword.arg)), keyword.value
    elif isinstance(table, ast.BinOp) and isinstance(table.op, ast.BitOr):
        yield from _entries(table.left, names)
        yield from _entries(table.right, names)
    elif _is_table(table):
        try:
            yield from enumerate(_items(table, names), start=1)
        except NotUnderstoodError:  # without its length no entry behind it has a number
            yield None, table
    else:
        yield None, table


def _items(node: ast.expr, names: Names) -> list[ast.expr]:
    """The elements of a list that may be written as `[a] * 2 + [b, *others]`. Raises NotUnderstoodError."""
    node = names.resolved(node)
    items: list[ast.expr] = []
    if isinstance(node, (ast.List, ast.Tuple)):
        for element in node.elts:
            items += _items(element.value, names) if isinstance(element, ast.Starred) else [element]
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        items = _items(node.left, names) + _items(node.right, names)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        items = _items(node.left, names) * min(names.integer(node.right) or 0, _MOST_ENTRIES)
    else:
        raise NotUnderstoodError(node)
    return items[:_MOST_ENTRIES]


def _number_of(key: ast.expr) -> int | None:
    """14 for the keys "question_14", "Q14" and 14."""
    if not isinstance(key, ast.Constant):
        return None
    if type(key.value) is int:
        return key.value
    digits = re.findall(r"\d+", key.value) if isinstance(key.value, str) else []
    return int(digits[0]) if len(digits) == 1 and len(digits[0]) < 5 else None


def _later_entries(module: ast.Module, name: str) -> Iterator[tuple[int | None, ast.expr]]:
    """Entries that are set one by one below a dict: `question_constraints["question_7"] = ...`."""
    for node in ast.walk(module):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            if isinstance(target, ast.Subscript) and name_of(target.value) == name:
                by_text = isinstance(target.slice, ast.Constant) and isinstance(target.slice.value, str)
                yield (_number_of(target.slice) if by_text else None), node.value


def _changes(module: ast.Module, name: str, path: str) -> Iterator[Problem]:
    for node in ast.walk(module):
        changed: ast.expr | None = None
        if isinstance(node, ast.AugAssign):
            changed = node.target
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHANGES:
            changed = node.func.value
        if changed is not None and name_of(changed) == name:
            message = f"{name} is changed here, which is not understood without running it"
            yield Problem(path, changed.lineno, message)


# --- one entry --------------------------------------------------------------------------------------------------------


def _kind(name: str) -> str | None:
    """What a function or class checks, told from its name."""
    plain = re.sub(r"[^a-z]", "", name.lower())
    if re.match(r"(?:no|without)(?:constrai?n|limit|check)|unconstrained|unlimited", plain):
        return "none"
    for kind, parts in (("several", "multi|combin|several"), ("images", "image|figure"), ("words", "length|word")):
        if re.search(parts, plain):
            return kind
    return None


def _constraint(node: ast.expr, names: Names) -> Constraint:
    """What an entry asks for. Raises NotUnderstoodError."""
    if _kind(name_of(node)) == "none":
        return Constraint()
    node = names.resolved(node)
    if _kind(name_of(node)) == "none" or (isinstance(node, ast.Constant) and node.value is None):
        return Constraint()
    if not isinstance(node, ast.Call):
        raise NotUnderstoodError(node)
    name, positional = called(node), node.args
    if name == "partial" and positional:
        name, positional = name_of(positional[0]), positional[1:]
    if any(isinstance(one, ast.Starred) for one in positional) or any(one.arg is None for one in node.keywords):
        raise NotUnderstoodError(node)
    kind = _kind(name)
    if kind == "none":
        return Constraint()
    if kind == "several":
        return _all_of([*positional, *(keyword.value for keyword in node.keywords)], names)
    if kind is None:
        raise NotUnderstoodError(node)
    order, arguments = names.parameters(name)
    given = zip(order or ("min", "max"), positional, strict=False)
    arguments = {**arguments, **dict(given), **{keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}}
    bounds = Bounds(_bound("min", arguments, names), _bound("max", arguments, names))
    if bounds == (None, None):
        raise NotUnderstoodError(node)
    return Constraint(words=bounds) if kind == "words" else Constraint(images=bounds)


def _bound(end: str, arguments: Mapping[str, ast.expr], names: Names) -> int | None:
    return next((names.integer(value) for name, value in arguments.items() if end in name.lower()), None)


def _all_of(nodes: Iterable[ast.expr], names: Names) -> Constraint:
    """Several constraints at once, each kind's bounds the narrowest of all."""
    words: Bounds | None = None
    images: Bounds | None = None
    for node in nodes:
        for item in _items(node, names) if _is_table(names.resolved(node)) else [node]:
            one = _constraint(item, names)
            words, images = _narrowest(words, one.words), _narrowest(images, one.images)
    return Constraint(words, images)


def _narrowest(one: Bounds | None, other: Bounds | None) -> Bounds | None:
    if one is None or other is None:
        return one or other
    lows = [low for low in (one.low, other.low) if low is not None]
    highs = [high for high in (one.high, other.high) if high is not None]
    return Bounds(max(lows, default=None), min(highs, default=None))


# --- the rest of `check` ----------------------------------------------------------------------------------------------


def _expected(nodes: Iterable[ast.AST], names: Names) -> int | None:
    """The number that the number of answers is compared with: `len(answers) != 27`."""
    best: tuple[tuple[bool, bool], int] | None = None
    for node in nodes:
        if not isinstance(node, ast.Compare) or len(node.ops) != 1:
            continue
        for one, other in ((node.left, node.comparators[0]), (node.comparators[0], node.left)):
            if not (isinstance(one, ast.Call) and called(one) == "len" and len(one.args) == 1):
                continue
            of_answers = "answer" in name_of(one.args[0]).lower()
            equality = isinstance(node.ops[0], (ast.NotEq, ast.Eq))
            try:
                number = names.integer(other)
            except NotUnderstoodError:
                continue
            if number and isinstance(one.args[0], ast.Name) and (of_answers or equality):
                rank = (of_answers, equality)
                best = (rank, number) if best is None or rank > best[0] else best
    return best and best[1]


def _dropped_head(nodes: Iterable[ast.AST], names: Names) -> int:
    """How much of the text is cut off before the answers are looked for: `text[43:]`."""
    nodes = list(nodes)
    texts = {"text"} | {name for node in nodes for name, value in assignments(node) if _is_reading(value)}
    for node in nodes:
        if not (isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) and node.slice.lower):
            continue
        if node.slice.upper or node.slice.step or not (name_of(node.value) in texts or _is_reading(node.value)):
            continue
        try:
            return names.integer(node.slice.lower) or 0
        except NotUnderstoodError:
            continue
    return 0


def _is_reading(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and called(node) in ("read", "read_text")
