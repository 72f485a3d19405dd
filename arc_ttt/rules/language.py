"""The language of rules: kinds of arguments, operations, steps, programs, and their text.

A program is a tuple of steps, run from left to right on a grid. A step names an operation and fixes its arguments;
an argument is a number, a word or again a program (`overlay([flip(left)], [])`). A word may hold a small table that
was read off demonstrations; an operation's *fit* finds such words. The operations themselves are in the modules
that `operations` gathers. Nothing here knows what an operation does, and no text is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TypeAlias

from arc_ttt.errors import DataError
from arc_ttt.types import MAX_SIDE, Cells

Argument: TypeAlias = "int | str | tuple[Step, ...]"
Program: TypeAlias = "tuple[Step, ...]"
Function: TypeAlias = "Callable[..., Cells | None]"
# From the demonstrations' current grids and the wanted outputs to the arguments that make them (or nearly), best first.
Fit: TypeAlias = "Callable[[Sequence[Cells], Sequence[Cells]], Iterable[tuple[Argument, ...]]]"

SAME = "same size"
OTHER = "other size"


@dataclass(frozen=True)
class Kind:
    """What an argument may be: one of `values`. The kind `PROGRAM` and the palettes of inputs list none.

    Where there is a `check`, the argument is whatever word passes it (data, such as a table), and `values` are
    examples. A word has a letter in it, since `parse_program` takes digits alone for a number.
    """

    name: str
    values: tuple[int | str, ...] = ()
    check: Callable[[str], bool] | None = None


INK = Kind("ink", tuple(range(1, 10)))  # a colour that the operation paints
MARK = Kind("mark", tuple(range(1, 10)))  # a colour that it looks for
DIRECTION = Kind("direction", ("down", "left", "up", "right"))
AXIS = Kind("axis", ("horizontal", "vertical"))
COUNT = Kind("count", (2, 3))
SHIFT = Kind("shift", (1, 2, 3))
LINK = Kind("link", ("corner", "side", "mixed"))
LOGIC = Kind("logic", ("and", "or", "xor", "nor", "minus"))
PROGRAM = Kind("program")


@dataclass(frozen=True)
class Step:
    """An operation (or a family of inputs) by name, with its arguments fixed."""

    name: str
    arguments: tuple[Argument, ...] = ()


@dataclass(frozen=True)
class Operation:
    """A pure function from a grid (rows, columns) uint8 and arguments of `kinds` to a grid, or to None where it
    does not apply. `result` says whether the size stays; `tags` name the kinds of inputs it makes sense on; `fit`
    reads arguments off demonstrations."""

    name: str
    function: Function
    kinds: tuple[Kind, ...]
    tags: frozenset[str]
    result: str
    weight: float
    fit: Fit | None = None


OPERATIONS: dict[str, Operation] = {}


def operation(*tags: str, result: str = SAME, weight: float = 1.0, **kinds: Kind) -> Callable[[Function], Function]:
    """Enter the decorated function into `OPERATIONS`; `kinds` are those of its parameters after the grid, in order."""

    def enter(function: Function) -> Function:
        name = function.__name__
        OPERATIONS[name] = Operation(name, function, tuple(kinds.values()), frozenset(tags), result, weight)
        return function

    return enter


def makes(
    function: Callable[..., Cells | None],
    arguments: Sequence[Argument],
    shown: Sequence[Cells],
    wanted: Sequence[Cells],
) -> bool:
    """Whether an operation with these arguments makes every wanted grid of the shown one."""
    for grid, goal in zip(shown, wanted, strict=True):
        made = function(grid, *arguments)
        if made is None or not same(made, goal):
            return False
    return True


def keyed(entry: re.Pattern[str]) -> Callable[[str], bool]:
    """What says whether a word is entries joined by `_`, no two of them with one key, the entry's first group."""

    def is_keyed(word: str) -> bool:
        entries = [entry.fullmatch(part) for part in word.split("_")]
        return all(entries) and len({e[1] for e in entries if e}) == len(entries)

    return is_keyed


def is_order(word: str, most: int) -> bool:
    """Whether a word is an o and the numbers from 0 on, each once: two of them at least."""
    numbers = word[1:]
    return word[:1] == "o" and 2 <= len(numbers) <= most and sorted(numbers) == [str(k) for k in range(len(numbers))]


def table_word(table: Mapping[int, object] | Mapping[str, object]) -> str:
    """The entries of a table as a word, such as `1to2_3to4`, in the order of their keys."""
    return "_".join(f"{key}to{value}" for key, value in sorted(table.items()))


def same(a: Cells, b: Cells) -> bool:
    """Whether two grids are equal in size and in every cell."""
    return a.shape == b.shape and bool((a == b).all())


def fits(name: str) -> Callable[[Fit], Fit]:
    """Make the decorated function the fit of the operation `name`.

    It may yield arguments that make only some of the outputs: whoever asks runs them on all grids. It never raises,
    yields few, and gives up at the first demonstration that its operation cannot make.
    """

    def enter(fit: Fit) -> Fit:
        OPERATIONS[name] = replace(OPERATIONS[name], fit=fit)
        return fit

    return enter


def tried_at_once(*names: str) -> None:
    """Make the fit of these operations one that tries the few values of their kinds: each yields the first arguments
    that make all outputs. A fit is tried before most other steps are, so this is for operations that are quick, and
    explain all where they explain anything."""

    def tried(name: str) -> Fit:
        operation = OPERATIONS[name]

        def fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
            for arguments in product(*(kind.values for kind in operation.kinds)):
                if makes(operation.function, arguments, shown, wanted):
                    yield arguments
                    return

        return fit

    for name in names:
        fits(name)(tried(name))


def run(program: Program, cells: Cells) -> Cells | None:
    """`cells` after every step; None as soon as a step does not apply or a side leaves 1–30."""
    current = cells
    for step in program:
        result = OPERATIONS[step.name].function(current, *step.arguments)
        if result is None or not (0 < result.shape[0] <= MAX_SIDE and 0 < result.shape[1] <= MAX_SIDE):
            return None
        current = result
    return current


def steps_of(program: Program) -> Iterator[Step]:
    """The steps, those of inner programs included."""
    for step in program:
        yield step
        for a in step.arguments:
            if isinstance(a, tuple):
                yield from steps_of(a)


def length(program: Program) -> int:
    """The number of steps, those of inner programs included."""
    return sum(1 for _ in steps_of(program))


def step_text(step: Step) -> str:
    """`name` or `name(argument, …)`, programs in brackets."""
    if not step.arguments:
        return step.name
    words = (f"[{program_text(a)}]" if isinstance(a, tuple) else str(a) for a in step.arguments)
    return f"{step.name}({', '.join(words)})"


def program_text(program: Program) -> str:
    """The steps joined by ` > `; `parse_program` reads it back."""
    return " > ".join(map(step_text, program))


def parse_program(text: str, known: Mapping[str, tuple[Kind, ...]] | None = None) -> Program:
    """The program that `program_text` wrote; `known` gives the kinds of the allowed names (all operations).

    `DataError` on anything else: unknown names, wrong numbers of arguments or values outside their kind.
    """
    tokens = re.findall(r"\w+|\S", text)
    kinds = {name: o.kinds for name, o in OPERATIONS.items()} | dict(known or {})
    rest = iter([*tokens, ""])
    parsed, last = _program(rest, next(rest), text)
    if last:
        raise DataError(f"not a rule: {last!r} is not expected in {text!r}")
    if tokens[-1:] == [">"]:
        raise DataError(f"not a rule: {text!r} has no step after its last '>'")
    _check(parsed, kinds)
    return parsed


def _program(rest: Iterator[str], token: str, text: str) -> tuple[Program, str]:
    """A program that starts at `token`, and the token behind it."""
    steps: list[Step] = []
    while re.fullmatch(r"[a-z]\w*", token):
        name, arguments = token, []
        token = next(rest)
        if token == "(":
            while token not in (")", ""):
                token = next(rest)
                argument: Argument
                if token == "[":
                    argument, token = _program(rest, next(rest), text)
                    if token != "]":
                        raise DataError(f"not a rule: a bracket is not closed in {text!r}")
                elif re.fullmatch(r"\w+", token):
                    argument = int(token) if token.isdecimal() else token
                else:
                    raise DataError(f"not a rule: {token!r} is no argument in {text!r}")
                arguments.append(argument)
                token = next(rest)
                if token not in (",", ")"):
                    raise DataError(f"not a rule: a parenthesis is not closed in {text!r}")
            token = next(rest)
        steps.append(Step(name, tuple(arguments)))
        if token != ">":
            break
        token = next(rest)
    return tuple(steps), token


def _check(program: Program, known: Mapping[str, tuple[Kind, ...]]) -> None:
    for step in program:
        kinds = known.get(step.name)
        if kinds is None:
            raise DataError(f"not a rule: no operation is called {step.name!r}")
        if len(kinds) != len(step.arguments):
            many = "argument" if len(kinds) == 1 else "arguments"
            raise DataError(f"not a rule: {step.name} takes {len(kinds)} {many}, not {len(step.arguments)}")
        for kind, argument in zip(kinds, step.arguments, strict=True):
            if isinstance(argument, tuple) != (kind == PROGRAM):
                raise DataError(f"not a rule: {step.name} does not take {argument!r} as {kind.name}")
            if isinstance(argument, tuple):
                _check(argument, known)
            elif not _allowed(kind, argument):
                raise DataError(f"not a rule: {step.name} does not take {argument!r} as {kind.name}")


def _allowed(kind: Kind, argument: int | str) -> bool:
    if kind.check is not None:
        return isinstance(argument, str) and kind.check(argument)
    return not kind.values or argument in kind.values
