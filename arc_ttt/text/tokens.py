"""Formats given in tokens: what the built-in model reads, with positions and blocks.

A sequence is `[header] (input grid, output grid)* input grid, output grid`, all in one small vocabulary. Planes
count back from the query, whose input is plane 0 and output plane 1 whatever the context holds, so that a model
trained on single pairs and one trained on whole tasks read the query alike. A cell's position is its own in an
input; in an output a token stands where the cell *it predicts* will be, so that the cell to be predicted and the
input cell under it share row and column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arc_ttt.errors import ModelError
from arc_ttt.text.prompt import Loss, PromptFormat, Vocabulary, Writer, covered
from arc_ttt.text.spelling import Spelling
from arc_ttt.types import COLOURS, Grid, Question

HEADER_PLANE = -1
LARGEST = 2**31  # no vocabulary has so many tokens
WORDS = (*map(str, range(COLOURS)), "row", "input", "output", "end", "padding", "task")


@dataclass(frozen=True)
class TokenFormat(PromptFormat):
    """A format whose parts are single tokens. `two_way_inputs`: the cells of an input see each other."""

    two_way_inputs: bool

    def _question(self, w: Writer, question: Question, task_token: int | None, loss: Loss) -> None:
        v, block = self.vocabulary, 1 if self.two_way_inputs else 0
        if self.header:
            w.add(v.task if task_token is None else task_token, (HEADER_PLANE, 0, 0), block)
            w.add(v.colours[question.symmetry], (HEADER_PLANE, 1, 0), block)
            for colour, image in enumerate(question.palette):
                w.add(v.colours[image], (HEADER_PLANE, 2, colour), block)
        for i, pair in enumerate(question.context):
            plane = 2 * (i - len(question.context))
            self._input(w, pair.input, plane, block * (i + 1))
            w.add(v.output, (plane + 1, 0, 0), 0)
            self._output(w, pair.output, plane + 1, covered(loss, i))
        self._input(w, question.query, 0, block * (len(question.context) + 1))
        w.add(v.output, (1, 0, 0), 0)

    def _answer(self, w: Writer, grid: Grid) -> None:
        self._output(w, grid, 1, True)

    def _input(self, w: Writer, grid: Grid, plane: int, block: int) -> None:
        v = self.vocabulary
        w.add(v.input, (plane, -1, 0), block)
        for r, row in enumerate(grid.tolist()):
            for c, colour in enumerate(row):
                w.add(v.colours[colour], (plane, r, c), block)
            w.add(v.row, (plane, r, grid.width), block)

    def _output(self, w: Writer, grid: Grid, plane: int, loss: bool) -> None:
        v = self.vocabulary
        for r, row in enumerate(grid.tolist()):
            for c, colour in enumerate(row):
                w.add(v.colours[colour], (plane, r, c + 1), 0, loss)
            if r + 1 < grid.height:
                w.add(v.row, (plane, r + 1, 0), 0, loss)
        w.add(v.end, (plane, grid.height, 0), 0, loss)


def build(path: Path, table: Mapping[str, Any], common: Mapping[str, Any], size: int | None = None) -> TokenFormat:
    """The format in `table`, the content of the TOML file `path`; `ModelError` for what is no format, and where it has
    tokens beyond the `size` of the model's vocabulary."""
    words = table.get("vocabulary")
    if not isinstance(words, dict) or any(type(words.get(w)) is not int for w in WORDS):
        raise ModelError(f"{path}: [vocabulary] must name a token for each of {', '.join(WORDS)}")
    if (bad := next((w for w in WORDS if not 0 <= words[w] < (LARGEST if size is None else size)), None)) is not None:
        many = "" if size is None else f"; the model knows {size} tokens"
        raise ModelError(f"{path}: [vocabulary] {bad}: there is no token {words[bad]}{many}")
    if len({words[w] for w in WORDS}) < len(WORDS):
        raise ModelError(f"{path}: [vocabulary] gives one token to two words")
    for flag in ("header", "two_way_inputs"):
        if type(table.get(flag)) is not bool:
            raise ModelError(f"{path}: {flag} must be true or false")
    vocabulary = Vocabulary(tuple(words[str(c)] for c in range(COLOURS)), *(words[w] for w in WORDS[COLOURS:]))
    cells = tuple((token,) for token in vocabulary.colours)
    return TokenFormat(
        header=table["header"],
        vocabulary=vocabulary,
        spelling=Spelling(cells, cells, (vocabulary.row,), (vocabulary.end,)),
        two_way_inputs=table["two_way_inputs"],
        **common,
    )
