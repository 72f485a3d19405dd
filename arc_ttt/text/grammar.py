"""The grid grammar: which tokens may come next in an answer, where they stand, and what grid they spell.

Rows of one width, at most 30 × 30, then the end. It is what `lm.generate` is handed as an argument; the decoder
itself knows nothing of grids.
"""

from __future__ import annotations

from collections.abc import Sequence

from arc_ttt.text.format import PromptFormat
from arc_ttt.types import MAX_SIDE, Grid


class GridGrammar:
    """State of one answer while it is decoded: begins after the token that announces an output.

    `size` (rows, columns), where it is known, leaves only the cells to be predicted.
    """

    def __init__(self, form: PromptFormat, size: tuple[int, int] | None = None) -> None:
        self._v = form.vocabulary
        self._colour = {token: c for c, token in enumerate(self._v.colours)}
        self._rows: list[list[int]] = [[]]
        self._height, self._width = size or (0, 0)  # 0: unknown; the width is known when the first row ends
        self.done = False

    def allowed(self) -> Sequence[int]:
        """Tokens that may come next; never empty before the end."""
        if self.done:
            return ()
        rows, length = len(self._rows), len(self._rows[-1])
        cells = self._v.colours if length < (self._width or MAX_SIDE) else ()
        ends = length == self._width if self._width else length > 0
        row = (self._v.row,) if ends and rows < (self._height or MAX_SIDE) else ()
        end = (self._v.end,) if ends and self._height in (0, rows) else ()
        return (*cells, *row, *end)

    def advance(self, token: int) -> tuple[int, int, int]:
        """Take `token`; returns its position, as `PromptFormat.lesson` gives it."""
        if token not in self.allowed():
            raise ValueError(f"token {token} cannot come after {self._rows}")
        if token in self._colour:
            self._rows[-1].append(self._colour[token])
            return 1, len(self._rows) - 1, len(self._rows[-1])
        self._width = len(self._rows[0])
        if token == self._v.row:
            self._rows.append([])
            return 1, len(self._rows) - 1, 0
        self.done = True
        return 1, len(self._rows), 0

    def grid(self) -> Grid | None:
        """The grid that was spelled; None if decoding stopped before the end."""
        return Grid(self._rows) if self.done else None


def parse(form: PromptFormat, tokens: Sequence[int]) -> Grid | None:
    """The grid that `tokens` spell, None if they spell none: bad output of a model is a value, not an error."""
    grammar = GridGrammar(form)
    for token in tokens:
        if token not in grammar.allowed():
            return None
        grammar.advance(token)
    return grammar.grid()
