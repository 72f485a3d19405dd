"""Grids as files."""

import struct
import xml.etree.ElementTree as ET
import zlib
from pathlib import Path

import pytest

from arc_ttt.arc import picture
from arc_ttt.arc.picture import Row
from arc_ttt.errors import StoreError
from arc_ttt.palette import PALETTE
from arc_ttt.types import Grid

ROWS = (Row((("a", Grid([[1, 2], [3, 4]])), ("b < c", Grid([[9]])))), Row((("d", Grid([[0, 0, 5]])),)))


def test_svg() -> None:
    """A rectangle for each cell in its colour, the captions as text."""
    root = ET.fromstring(picture.svg(ROWS))
    name = "{http://www.w3.org/2000/svg}"
    fills = [rect.get("fill") for rect in root.iter(f"{name}rect")]
    assert fills[1:] == [f"#{PALETTE[c]}" for c in (1, 2, 3, 4, 9, 0, 0, 5)]
    assert [text.text for text in root.iter(f"{name}text")] == ["a", "b < c", "d"]


def test_png() -> None:
    """Each cell's middle has its colour; the file is whole."""
    data = picture.png(ROWS)
    assert data.startswith(b"\x89PNG\r\n\x1a\n") and data.endswith(b"IEND\xaeB`\x82")
    width, height = struct.unpack(">II", data[16:24])
    at = data.index(b"IDAT")
    (length,) = struct.unpack(">I", data[at - 4 : at])
    pixels = zlib.decompress(data[at + 4 : at + 4 + length])
    assert len(pixels) == height * (3 * width + 1)
    for x, y, _, grid in picture._places(ROWS):
        for r, row in enumerate(grid.tolist()):
            for c, colour in enumerate(row):
                line, column = y + r * picture._CELL + 7, x + c * picture._CELL + 7
                start = line * (3 * width + 1) + 1 + 3 * column
                assert pixels[start : start + 3].hex().upper() == PALETTE[colour]


def test_writing(tmp_path: Path) -> None:
    """By the file's ending; a place that cannot be written is named."""
    picture.write(tmp_path / "a.png", ROWS)
    picture.write(tmp_path / "a.svg", ROWS)
    assert (tmp_path / "a.png").read_bytes() == picture.png(ROWS)
    assert (tmp_path / "a.svg").read_text() == picture.svg(ROWS)
    with pytest.raises(StoreError, match=r"nowhere/a\.svg: cannot be written: No such file"):
        picture.write(tmp_path / "nowhere" / "a.svg", ROWS)
