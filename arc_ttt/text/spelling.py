"""How the parts of an answer are spelled in tokens, and the tables that tell which token may come next.

A part may be several tokens and begin like another (a newline between rows, a newline before the end), so what is
chosen from is a cell together with what separates it from the cell before. Each choice is a prefix tree; a tree in
which one part begins another is refused, since its answers could be read in two ways.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from arc_ttt.errors import ModelError

Tokens = tuple[int, ...]


@dataclass(frozen=True)
class Spelling:
    """`first[c]`: a cell of colour c that begins a row; `later[c]`: one that follows another, with what separates the
    two; `row`: what stands between two rows; `end`: what follows the last cell."""

    first: tuple[Tokens, ...]
    later: tuple[Tokens, ...]
    row: Tokens
    end: Tokens

    def length(self, height: int, width: int) -> int:
        """Tokens of an answer of that size, at most: cells may be of different lengths."""
        first, later = max(map(len, self.first)), max(map(len, self.later))
        return height * (first + (width - 1) * later) + (height - 1) * len(self.row) + len(self.end)

    def spell(self, rows: list[list[int]]) -> list[int]:
        """The tokens of the cells of a grid, with what is between them, without the end."""
        tokens: list[int] = []
        for r, row in enumerate(rows):
            if r:
                tokens += self.row
            tokens += self.first[row[0]]
            for colour in row[1:]:
                tokens += self.later[colour]
        return tokens


class Part(NamedTuple):
    """What a token completes: a cell (`colour`) of this row or of a new one, or the answer (`colour` None)."""

    colour: int | None
    new_row: bool


@dataclass(slots=True)
class Node:
    """A place in a tree: the tokens that may come, and what each leads to. `between` says that it lies in or after
    what stands between two rows."""

    allowed: Tokens = ()
    next: dict[int, Node | Part] = field(default_factory=dict)
    between: bool = False

    def add(self, tokens: Tokens, part: Part, separator: int) -> None:
        """Let `tokens`, of which the first `separator` stand between rows, lead to `part`."""
        node = self
        for i, token in enumerate(tokens[:-1], start=1):
            below = node.next.setdefault(token, Node(between=i <= separator))
            if isinstance(below, Part):
                raise ModelError("an answer could be read in two ways")
            node.allowed = tuple(node.next)
            node = below
        if not tokens or tokens[-1] in node.next:
            raise ModelError("an answer could be read in two ways")
        node.next[tokens[-1]] = part
        node.allowed = tuple(node.next)


class Tables(NamedTuple):
    """The tree of an answer's first cell, and the trees of what may follow a cell: `after[cells, row, end]`."""

    start: Node
    after: dict[tuple[bool, bool, bool], Node]


@cache
def tables(spelling: Spelling) -> Tables:
    """The trees of `spelling`; `ModelError` where it is ambiguous."""
    start = Node()
    for colour, tokens in enumerate(spelling.first):
        start.add(tokens, Part(colour, False), 0)
    after = {}
    for kinds in [(c, r, e) for c in (True, False) for r in (True, False) for e in (True, False)]:
        cells, row, end = kinds
        root = after[kinds] = Node()
        if cells:
            for colour, tokens in enumerate(spelling.later):
                root.add(tokens, Part(colour, False), 0)
        if row:
            for colour, tokens in enumerate(spelling.first):
                root.add((*spelling.row, *tokens), Part(colour, True), len(spelling.row))
        if end:
            root.add(spelling.end, Part(None, False), 0)
    return Tables(start, after)
