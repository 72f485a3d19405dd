"""The colours of ARC's cells, and grids drawn with them in HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

PALETTE = ("000000", "0074D9", "FF4136", "2ECC40", "FFDC00", "AAAAAA", "F012BE", "FF851B", "7FDBFF", "870C25")
"""The usual colours of ARC's cells 0 to 9, as RRGGBB."""

_MOST = 18  # pixels of a cell
_ROOM = 270  # pixels of a grid's longer side, at most


def picture(rows: Sequence[Sequence[int]], title: str = "") -> str:
    """A grid as an inline SVG, to be read on light and dark ground; `title` stands above it."""
    height, width = len(rows), len(rows[0])
    side = min(_MOST, _ROOM // max(height, width))
    cells = "".join(_row(r, row) for r, row in enumerate(rows))
    lines = "".join([f"M0 {r}h{width}" for r in range(height + 1)] + [f"M{c} 0v{height}" for c in range(width + 1)])
    caption = f'<div style="font:12px sans-serif">{escape(title)}</div>' if title else ""
    drawn = (
        f'<svg width="{width * side}" height="{height * side}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{height} × {width}" shape-rendering="crispEdges">{cells}'
        f'<path d="{lines}" fill="none" stroke="#808080" stroke-width="{1 / side:.3f}"/></svg>'
    )
    return f'<div style="display:inline-block;margin:4px;vertical-align:top">{caption}{drawn}</div>'


def _row(r: int, row: Sequence[int]) -> str:
    """Row `r`: a rectangle for each run of equal cells, not for each cell, since a task may have 30,000 of them."""
    drawn, c = "", 0
    for colour, run in groupby(row):
        length = len(list(run))
        drawn += f'<rect x="{c}" y="{r}" width="{length}" height="1" fill="#{PALETTE[colour]}"/>'
        c += length
    return drawn
