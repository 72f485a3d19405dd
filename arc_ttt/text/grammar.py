"""The grid grammar: which tokens may come next in an answer, where they stand, and what grid they spell.

Rows of one width, at most 30 × 30, then the end. It is what `lm.decode` is handed as an argument; the decoder
itself knows nothing of grids.
"""

from __future__ import annotations

from collections.abc import Sequence

from arc_ttt.text.prompt import PromptFormat
from arc_ttt.text.spelling import Node, Part, tables
from arc_ttt.types import MAX_SIDE, Grid


class GridGrammar:
    """State of one answer while it is decoded: begins after the token that announces an output.

    `size` (rows, columns), where it is known, leaves only the cells to be predicted. The state is a few numbers and a
    place in a table, so that a search can keep a copy at each branch.
    """

    def __init__(self, form: PromptFormat, size: tuple[int, int] | None = None) -> None:
        self._tables = tables(form.spelling)
        self._height, self._width = size or (0, 0)  # 0: unknown; the width is known when the first row ends
        self._row = self._column = 0  # of the next cell
        self._node: Node = self._tables.start
        self.done = False
        self.part: Part | None = None  # what the last token completed

    def copy(self) -> GridGrammar:
        """The same state, to go on from separately."""
        other = object.__new__(type(self))  # several times as fast as copy.copy, and done for every drafted token
        other.__dict__.update(self.__dict__)
        return other

    def allowed(self) -> tuple[int, ...]:
        """Tokens that may come next; never empty before the end."""
        return () if self.done else self._node.allowed

    def advance(self, token: int) -> tuple[int, int, int]:
        """Take `token`; returns its position, as the built-in formats' `lesson` gives it."""
        below = None if self.done else self._node.next.get(token)
        if below is None:
            raise ValueError(f"token {token} cannot come at row {self._row}, column {self._column}")
        if isinstance(below, Node):
            self._node, self.part = below, None
            return (1, self._row + 1, 0) if below.between else (1, self._row, self._column)
        self.part = below
        if below.colour is None:
            self.done = True
            return 1, self._row + 1, 0
        if below.new_row:
            self._width = self._column
            self._row, self._column = self._row + 1, 0
        self._column += 1
        self._node = self._choice()
        return 1, self._row, self._column

    def _choice(self) -> Node:
        """What may follow a cell."""
        cells = self._column < (self._width or MAX_SIDE)
        ends = self._column == self._width if self._width else True
        row = ends and self._row + 1 < (self._height or MAX_SIDE)
        return self._tables.after[cells, row, ends and self._height in (0, self._row + 1)]


def parse(form: PromptFormat, tokens: Sequence[int]) -> Grid | None:
    """The grid that `tokens` spell, None if they spell none: bad output of a model is a value, not an error."""
    grammar = GridGrammar(form)
    rows: list[list[int]] = [[]]
    for token in tokens:
        if token not in grammar.allowed():
            return None
        grammar.advance(token)
        if grammar.part is not None and grammar.part.colour is not None:
            if grammar.part.new_row:
                rows.append([])
            rows[-1].append(grammar.part.colour)
    return Grid(rows) if grammar.done else None


def spell(form: PromptFormat, grid: Grid) -> tuple[int, ...]:
    """The tokens of an answer, from its first cell to the end: what `parse` reads back."""
    return (*form.spelling.spell(grid.tolist()), *form.spelling.end)
