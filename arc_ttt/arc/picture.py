"""Rows of grids → a picture in a file: SVG with captions, or PNG of the grids alone.

A row is a demonstration, or a test with its answer and attempts. What is drawn is laid out once, in cells' corners; the
two kinds of file only differ in how it is written.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import numpy as np
import numpy.typing as npt

from arc_ttt.errors import StoreError
from arc_ttt.palette import PALETTE
from arc_ttt.types import Grid

_CELL, _GAP, _LETTERS, _LINE = 14, 20, 18, 1  # pixels of a cell, between pictures, above them, and of a grid's lines
_GREY, _PAPER = (128, 128, 128), (255, 255, 255)


@dataclass(frozen=True)
class Row:
    """Pictures side by side, each with its caption."""

    pictures: Sequence[tuple[str, Grid]]


def write(path: Path, rows: Sequence[Row]) -> None:
    """Draw `rows` one below the other into `path`, by its ending. `StoreError` where it cannot be written."""
    content = png(rows) if path.suffix.lower() == ".png" else svg(rows).encode()
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise StoreError(f"{path}: cannot be written: {fault.strerror}") from fault


def svg(rows: Sequence[Row]) -> str:
    """The picture as a document by itself."""
    parts = []
    for x, y, caption, grid in _places(rows):
        parts.append(f'<text x="{x}" y="{y - 5}">{escape(caption)}</text>')
        for r, row in enumerate(grid.tolist()):
            for c, colour in enumerate(row):
                at = f'x="{x + c * _CELL}" y="{y + r * _CELL}" width="{_CELL}" height="{_CELL}"'
                parts.append(f'<rect {at} fill="#{PALETTE[colour]}" stroke="#808080" stroke-width="{_LINE}"/>')
    width, height = _size(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<rect width="100%" height="100%" fill="#FFFFFF"/><g font-family="sans-serif" font-size="12">'
        f"{''.join(parts)}</g></svg>\n"
    )


def png(rows: Sequence[Row]) -> bytes:
    """The picture in 8-bit colour, without words."""
    width, height = _size(rows)
    canvas: npt.NDArray[np.uint8] = np.full((height, width, 3), _PAPER, dtype=np.uint8)  # (y, x, RGB)
    colours = np.array([[int(name[i : i + 2], 16) for i in (0, 2, 4)] for name in PALETTE], dtype=np.uint8)
    for x, y, _, grid in _places(rows):
        drawn = colours[grid.cells].repeat(_CELL, axis=0).repeat(_CELL, axis=1)
        drawn[::_CELL] = drawn[:, ::_CELL] = _GREY
        canvas[y : y + len(drawn), x : x + drawn.shape[1]] = drawn
        canvas[y + len(drawn), x : x + drawn.shape[1] + 1] = _GREY
        canvas[y : y + len(drawn), x + drawn.shape[1]] = _GREY
    lines = b"".join(b"\0" + line.tobytes() for line in canvas)  # each unfiltered
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _places(rows: Sequence[Row]) -> Iterator[tuple[int, int, str, Grid]]:
    """Left and upper corner of each grid, with its caption."""
    y = _GAP
    for row in rows:
        x = _GAP
        y += _LETTERS
        for caption, grid in row.pictures:
            yield x, y, caption, grid
            x += _wide(caption, grid) + _GAP
        y += max(grid.height for _, grid in row.pictures) * _CELL + _GAP


def _wide(caption: str, grid: Grid) -> int:
    return max(grid.width * _CELL, 7 * len(caption))


def _size(rows: Sequence[Row]) -> tuple[int, int]:
    """Width and height in pixels."""
    width = max(sum(_wide(*one) + _GAP for one in row.pictures) for row in rows) + _GAP
    heights = (_LETTERS + max(grid.height for _, grid in row.pictures) * _CELL + _GAP for row in rows)
    return width, sum(heights) + _GAP
