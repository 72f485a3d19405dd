"""Grid → a small picture again and again, in so many rows and columns as two counts say, turned or mirrored in every
second of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.blocks import IMAGES
from arc_ttt.rules.language import OTHER, Argument, Kind, fits, operation
from arc_ttt.rules.repeated_apart import largest_apart
from arc_ttt.rules.sized_figures import SIDE_COUNTS
from arc_ttt.types import MAX_SIDE, Cells

_MOST_TILES, _KEPT = 15, 2
_TIMES = re.compile(r"n\d\d?")
_POSES = re.compile(rf"[{''.join(IMAGES)}]{{2}}_[{''.join(IMAGES)}]{{2}}")
TILE = Kind("picture that is repeated", ("grid", "largest"))
TIMES = Kind(
    "count of copies",
    (*SIDE_COUNTS, "n1", "n2"),
    lambda word: word in SIDE_COUNTS or _TIMES.fullmatch(word) is not None,
)
# Those in odd and even columns of odd rows, and of even rows.
POSES = Kind("poses of copies", ("ii_ii", "ih_vr"), lambda word: _POSES.fullmatch(word) is not None)


def _tile(cells: Cells, tile: str) -> tuple[Cells, Cells] | None:
    """The grid, or its one thing (of any colours) with the most cells; and where is counted: in it, or in the rest."""
    if tile == "grid":
        return (cells, cells) if max(cells.shape) <= MAX_SIDE // 2 else None
    found = largest_apart(cells)
    return (found[0].cells, found[1]) if found else None


def _times(cells: Cells, word: str) -> int:
    return SIDE_COUNTS[word](cells) if word in SIDE_COUNTS else int(word[1:])


@operation("small", "spotted", tile=TILE, down=TIMES, across=TIMES, poses=POSES, result=OTHER, weight=0)
def tile_counted(cells: Cells, tile: str, down: str, across: str, poses: str) -> Cells | None:
    """The grid, or its largest thing, in so many rows and columns as two counts say, in every second of them perhaps
    turned or mirrored."""
    found = _tile(cells, tile)
    if found is None:
        return None
    piece, counted = found
    if piece.shape[0] != piece.shape[1] and re.search("[lkta]", poses):
        return None
    rows, columns = _times(counted, down), _times(counted, across)
    if not 1 < rows * columns <= 900 or max(rows * piece.shape[0], columns * piece.shape[1]) > MAX_SIDE:
        return None
    first, second = ([IMAGES[k](piece) for k in word] for word in poses.split("_"))
    lines = [np.concatenate([(second if r % 2 else first)[c % 2] for c in range(columns)], axis=1) for r in range(rows)]
    return np.concatenate(lines)


@fits("tile_counted")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The counts and poses, where not all outputs have as many copies."""
    kept = 0
    for tile in map(str, TILE.values):
        pieces: list[Cells] = []
        counted: list[Cells] = []
        often = []
        for s, w in zip(shown, wanted, strict=True):
            found = _tile(s, tile)
            if found is None or w.shape[0] % found[0].shape[0] or w.shape[1] % found[0].shape[1]:
                break
            piece = found[0]
            pieces.append(piece)
            counted.append(found[1])
            often.append((w.shape[0] // piece.shape[0], w.shape[1] // piece.shape[1]))
        if len(pieces) < len(shown) or len(set(often)) < 2 or any(not 1 < a * b <= 15 * _MOST_TILES for a, b in often):
            continue
        poses = _poses(pieces, wanted, often)
        if poses is None:
            continue
        words = [_counts(counted, [pair[k] for pair in often]) for k in (0, 1)]
        for down in words[0]:
            for across in words[1]:
                # One count says both where one can.
                if (down == across or down not in words[1] or across not in words[0]) and kept < _KEPT:
                    kept += 1
                    yield tile, down, across, poses


def _counts(shown: Sequence[Cells], wanted: Sequence[int]) -> list[str]:
    fixed = [f"n{wanted[0]}"] if len(set(wanted)) == 1 else []
    return fixed or [
        word for word, count in SIDE_COUNTS.items() if all(count(s) == n for s, n in zip(shown, wanted, strict=True))
    ]


def _poses(pieces: Sequence[Cells], wanted: Sequence[Cells], often: Sequence[tuple[int, int]]) -> str | None:
    """The first letters that make the copies in odd and even rows and columns; where there are none, that of the first
    copy."""
    square = all(p.shape[0] == p.shape[1] for p in pieces)
    word = ""
    for down in (0, 1):
        for across in (0, 1):
            blocks = [
                (p, w[r * p.shape[0] : (r + 1) * p.shape[0], c * p.shape[1] : (c + 1) * p.shape[1]])
                for p, w, (rows, columns) in zip(pieces, wanted, often, strict=True)
                for r in range(down, rows, 2)
                for c in range(across, columns, 2)
            ]
            letter = next(
                (
                    k
                    for k, image in IMAGES.items()
                    if (square or k not in "lkta") and all(np.array_equal(image(p), b) for p, b in blocks)
                ),
                None,
            )
            if letter is None:
                return None
            word += letter if blocks else word[:1]
    return f"{word[:2]}_{word[2:]}"
