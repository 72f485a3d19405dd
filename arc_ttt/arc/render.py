"""Grids and tasks → `rich` renderables in colour; nothing is printed here, and no other pictures are made.

A cell is two characters wide and shows its digit, so that a terminal without colour loses nothing. Where that is too
wide for pictures that belong together, and there is colour, a cell is one character wide and half of one high.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Protocol, TypeVar

from rich.color import Color, blend_rgb, parse_rgb_hex
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.style import Style
from rich.table import Table
from rich.text import Text

from arc_ttt.arc.score import is_correct
from arc_ttt.palette import PALETTE
from arc_ttt.types import Grid, Pair, Solutions, Task

_GAP = 3  # columns between two pictures side by side
_ASCII = str.maketrans({"→": "->", "×": "x"})

_T = TypeVar("_T")


class Draw(Protocol):
    """`grid` or `dense`."""

    def __call__(self, grid: Grid, /, *, mark: Grid | None = None) -> Text: ...


def grid(grid: Grid, *, mark: Grid | None = None) -> Text:
    """`grid`, one line a row, two characters a cell: the digit and a space.

    Cells that differ from `mark` have a `!` after the digit; all of them where the sizes differ.
    """
    differs = None
    if mark is not None:
        same_size = mark.cells.shape == grid.cells.shape
        differs = (mark.cells != grid.cells).tolist() if same_size else [[True] * grid.width] * grid.height
    text = Text(no_wrap=True)
    for r, row in enumerate(grid.tolist()):
        if r:
            text.append("\n")
        cells = [(colour, differs is not None and differs[r][c]) for c, colour in enumerate(row)]
        for (colour, marked), run in groupby(cells):  # one span for a run of equal cells, not one for each
            cell = f"{colour}!" if marked else f"{colour} "
            text.append(cell * len(list(run)), _style(colour, marked))
    return text


def dense(grid: Grid, *, mark: Grid | None = None) -> Text:
    """`grid`, one line for two rows, one character a cell: the upper half of a block and what is behind it.

    Cells that are as in `mark` are faint, so that those that differ stand out.
    """
    rows = grid.tolist()
    same = None if mark is None or mark.cells.shape != grid.cells.shape else (mark.cells == grid.cells).tolist()
    text = Text(no_wrap=True)
    for r in range(0, grid.height, 2):
        if r:
            text.append("\n")
        for c in range(grid.width):
            below = r + 1 < grid.height
            faint = (same is not None and same[r][c], same is not None and below and same[r + 1][c])
            text.append("▀", _halves(rows[r][c], rows[r + 1][c] if below else None, faint))
    return text


def pair(pair: Pair) -> RenderableType:
    """A demonstration: input → output, side by side or, on a narrow console, one below the other."""
    return _Sheet(((None, (_demonstration(pair),)),))


def task(
    task: Task, solutions: Solutions | None = None, attempts: Sequence[Sequence[Grid]] | None = None
) -> RenderableType:
    """The demonstrations, then each test input with its answer and attempts, as the console's width allows.

    `attempts` are those of a `Prediction`, in the order of the test inputs. Where `solutions` have the
    answer, each attempt is called right or wrong and the cells that differ are marked.
    """
    demonstrations = tuple(_demonstration(d, f"demonstration {i}") for i, d in enumerate(task.demonstrations, start=1))
    sections: list[_Section] = [(Text(task.id, style="bold"), demonstrations)]
    answers = (solutions or {}).get(task.id, ())
    for i, query in enumerate(task.tests):
        pictures = [_picture("input", query)]
        answer = answers[i] if i < len(answers) else None
        if answer is not None:
            pictures.append(_picture("→ answer", answer))
        if attempts is not None:
            given = attempts[i] if i < len(attempts) else ()
            pictures += [_attempt(f"→ attempt {n}", a, answer) for n, a in enumerate(given, start=1)]
            if not given:
                pictures.append(_Picture("→ no attempt", style="red"))
        # Each test is a section, so that attempts stand below attempts.
        sections.append((Text(), (_Block(tuple(pictures), f"test {i + 1}"),)))
    return _Sheet(tuple(sections))


def tried(task: Task, made: Sequence[Grid | None]) -> RenderableType:
    """The demonstrations, each with what was `made` of its input (None: nothing) beside the wanted output; cells that
    differ are marked."""
    blocks = tuple(
        _Block(
            (
                _picture("input", pair.input),
                _picture("→ wanted", pair.output),
                _Picture("→ does not apply", style="red") if grid is None else _attempt("→ made", grid, pair.output),
            ),
            f"demonstration {n}",
        )
        for n, (pair, grid) in enumerate(zip(task.demonstrations, made, strict=True), start=1)
    )
    return _Sheet(((None, blocks),))


@dataclass(frozen=True)
class _Picture:
    """A grid below its caption, or a caption alone; cells that differ from `mark` are marked."""

    caption: str
    shown: Grid | None = None
    style: str = "dim"
    mark: Grid | None = None

    def lay_out(self, options: ConsoleOptions, draw: Draw) -> tuple[int, RenderableType]:
        """Width in columns, and content."""
        words = self.caption.translate(_ASCII) if options.ascii_only else self.caption
        caption = Text(words, style=self.style, no_wrap=True)
        lines = [caption] if self.shown is None else [caption, *draw(self.shown, mark=self.mark).split("\n")]
        return max(line.cell_len for line in lines), Group(*lines)


@dataclass(frozen=True)
class _Block:
    """Pictures that belong together, below their title: a demonstration, or a test with its attempts."""

    pictures: tuple[_Picture, ...]
    title: str = ""

    def lay_out(self, options: ConsoleOptions, *, coloured: bool) -> tuple[int, RenderableType]:
        """Width in columns, and content: as many pictures in a line as fit."""
        lines = self._lines(options, grid)
        if len(lines) > 1 and coloured and len(narrow := self._lines(options, dense)) < len(lines):
            lines = narrow
        content: list[RenderableType] = [Text(self.title, style="bold", no_wrap=True)] if self.title else []
        for line in lines:
            content.append(_side_by_side(line))
        return max(len(self.title), *map(_width, lines)), Group(*content)

    def _lines(self, options: ConsoleOptions, draw: Draw) -> list[list[tuple[int, RenderableType]]]:
        return list(_pack((p.lay_out(options, draw) for p in self.pictures), options.max_width))


_Section = tuple[Text | None, tuple[_Block, ...]]
"""Blocks in reading order, below their heading."""


@dataclass(frozen=True)
class _Sheet:
    """Sections one below the other, in each as many blocks in a line as fit."""

    sections: tuple[_Section, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        coloured = console.color_system is not None and not console.no_color and not options.ascii_only
        for heading, blocks in self.sections:
            if heading is not None:
                yield heading
            for i, line in enumerate(_pack((b.lay_out(options, coloured=coloured) for b in blocks), options.max_width)):
                if i:
                    yield Text()
                yield _side_by_side(line)


def _demonstration(pair: Pair, title: str = "") -> _Block:
    return _Block((_picture("input", pair.input), _picture("→ output", pair.output)), title)


def _picture(name: str, shown: Grid) -> _Picture:
    return _Picture(f"{name} {_size(shown)}", shown)


def _attempt(name: str, attempt: Grid, answer: Grid | None) -> _Picture:
    if answer is None:
        return _picture(name, attempt)
    right = is_correct((attempt,), answer)
    caption = f"{name} {_size(attempt)} {'right' if right else 'wrong'}"
    return _Picture(caption, attempt, style="green" if right else "red", mark=answer)


def _size(grid: Grid) -> str:
    return f"{grid.height}×{grid.width}"


def _pack(items: Iterable[tuple[int, _T]], room: int) -> Iterator[list[tuple[int, _T]]]:
    """`items` of given widths in lines of at most `room` columns; one that is wider has a line of its own."""
    line: list[tuple[int, _T]] = []
    for item in items:
        if line and _width([*line, item]) > room:
            yield line
            line = []
        line.append(item)
    if line:
        yield line


def _width(line: Sequence[tuple[int, _T]]) -> int:
    return sum(width for width, _ in line) + _GAP * (len(line) - 1)


def _side_by_side(line: Sequence[tuple[int, RenderableType]]) -> RenderableType:
    table = Table.grid(padding=(0, _GAP, 0, 0))
    for width, _ in line:
        table.add_column(width=width, no_wrap=True)
    table.add_row(*(content for _, content in line))
    return table


@cache
def _style(colour: int, marked: bool) -> Style:
    """The cell's colour behind black or white, whichever is further away; fainter where nothing is marked."""
    behind = parse_rgb_hex(PALETTE[colour])
    bright = 0.299 * behind.red + 0.587 * behind.green + 0.114 * behind.blue > 140
    front = parse_rgb_hex("000000" if bright else "FFFFFF")
    shade = front if marked else blend_rgb(behind, front, 0.55)
    return Style(color=Color.from_triplet(shade), bgcolor=Color.from_triplet(behind), bold=marked)


@cache
def _halves(upper: int, lower: int | None, faint: tuple[bool, bool]) -> Style:
    """Two cells, one above the other, the upper in the colour of the letter."""

    def shade(colour: int, pale: bool) -> Color:
        own = parse_rgb_hex(PALETTE[colour])
        return Color.from_triplet(blend_rgb(own, parse_rgb_hex("808080"), 0.8) if pale else own)

    return Style(color=shade(upper, faint[0]), bgcolor=None if lower is None else shade(lower, faint[1]))
