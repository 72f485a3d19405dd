"""The grid grammar: which tokens may come next in an answer, where they stand, and what grid they spell.

Rows of one width, at most 30 × 30, then the end. It is what `lm.decode` is handed as an argument; the decoder
itself knows nothing of grids.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

from arc_ttt.text.format import PromptFormat
from arc_ttt.types import MAX_SIDE, Grid


class GridGrammar:
    """State of one answer while it is decoded: begins after the token that announces an output.

    `size` (rows, columns), where it is known, leaves only the cells to be predicted. The state is a few numbers, so
    that a search can keep a copy at each branch.
    """

    def __init__(self, form: PromptFormat, size: tuple[int, int] | None = None) -> None:
        self._v = form.vocabulary
        self._height, self._width = size or (0, 0)  # 0: unknown; the width is known when the first row ends
        self._row = self._column = 0  # of the next cell
        self.done = False

    def copy(self) -> GridGrammar:
        """The same state, to go on from separately."""
        return copy.copy(self)

    def allowed(self) -> tuple[int, ...]:
        """Tokens that may come next; never empty before the end."""
        if self.done:
            return ()
        cells = self._v.colours if self._column < (self._width or MAX_SIDE) else ()
        ends = self._column == self._width if self._width else self._column > 0
        row = (self._v.row,) if ends and self._row + 1 < (self._height or MAX_SIDE) else ()
        end = (self._v.end,) if ends and self._height in (0, self._row + 1) else ()
        return (*cells, *row, *end)

    def advance(self, token: int) -> tuple[int, int, int]:
        """Take `token`; returns its position, as `PromptFormat.lesson` gives it."""
        if token not in self.allowed():
            raise ValueError(f"token {token} cannot come at row {self._row}, column {self._column}")
        if token == self._v.end:
            self.done = True
            return 1, self._row + 1, 0
        if token == self._v.row:
            self._width = self._column
            self._row, self._column = self._row + 1, 0
        else:
            self._column += 1
        return 1, self._row, self._column


def parse(form: PromptFormat, tokens: Sequence[int]) -> Grid | None:
    """The grid that `tokens` spell, None if they spell none: bad output of a model is a value, not an error."""
    grammar, colour = GridGrammar(form), {token: c for c, token in enumerate(form.vocabulary.colours)}
    rows: list[list[int]] = [[]]
    for token in tokens:
        if token not in grammar.allowed():
            return None
        grammar.advance(token)
        if token in colour:
            rows[-1].append(colour[token])
        elif not grammar.done:
            rows.append([])
    return Grid(rows) if grammar.done else None


def spell(form: PromptFormat, grid: Grid) -> tuple[int, ...]:
    """The tokens of an answer, from its first cell to the end: what `parse` reads back."""
    v = form.vocabulary
    rows = [[v.colours[c] for c in row] for row in grid.tolist()]
    return (*(t for row in rows[:-1] for t in (*row, v.row)), *rows[-1], v.end)
