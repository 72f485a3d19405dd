"""The colours of ARC's cells, and grids drawn with them in HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

PALETTE = ("000000", "0074D9", "FF4136", "2ECC40", "FFDC00", "AAAAAA", "F012BE", "FF851B", "7FDBFF", "870C25")
"""The usual colours of ARC's cells 0 to 9, as RRGGBB."""

_MOST = 18  # pixels of a cell
_ROOM = 270  # pixels of a grid's longer side, at most


def picture(rows: Sequence[Sequence[int]], title: str = "") -> str:
    """A grid as an inline SVG, to be read on light and dark ground; `title` stands above it."""
    height, width = len(rows), len(rows[0])
    side = min(_MOST, _ROOM // max(height, width))
    cells = "".join(
        f'<rect x="{c * side}" y="{r * side}" width="{side}" height="{side}" fill="#{PALETTE[colour]}"/>'
        for r, row in enumerate(rows)
        for c, colour in enumerate(row)
    )
    caption = f'<div style="font:12px sans-serif">{escape(title)}</div>' if title else ""
    size = f'width="{width * side}" height="{height * side}"'
    drawn = f'<svg {size} stroke="#808080" stroke-width="1" role="img">{cells}</svg>'
    return f'<div style="display:inline-block;margin:4px;vertical-align:top">{caption}{drawn}</div>'
