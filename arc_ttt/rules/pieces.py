"""What families of inputs are made of: the table they are in, the kinds of their settings, sizes, colours, shapes.

A family is a function from a generator and settings to a grid. The settings, a size and a palette first, belong to
the rule; what they leave open is drawn anew for each pair. The background is colour 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import numpy as np

from arc_ttt.rules.language import Kind
from arc_ttt.rules.things import border
from arc_ttt.types import Cells

Rng: TypeAlias = np.random.Generator
Maker: TypeAlias = "Callable[..., Cells]"
_Value = TypeVar("_Value")

_SIDES = {
    "three": (3, 3),
    "tiny": (3, 5),
    "small": (5, 9),
    "ten": (10, 10),
    "medium": (9, 14),
    "large": (12, 18),
    "huge": (18, 28),
}
SIZE = Kind("size", tuple(_SIDES))
PALETTE = Kind("palette")  # "c13": colours 1 and 3; "any2": two colours drawn for each pair
FORM = Kind("form", ("blob", "box", "ring", "stick", "sprite", "speckled", "assorted"))
FEW = Kind("few", (1, 2, 3, 4))
SOME = Kind("some", (3, 4, 5, 6, 8))
FILL = Kind("fill", (20, 35, 50, 65))
WAY = Kind("way", ("across", "down", "both"))
MIRROR = Kind("mirror", ("across", "down", "both", "square"))


@dataclass(frozen=True)
class Family:
    """A kind of inputs. `sizes` are the sizes that make sense, `tags` what operations look for in it."""

    name: str
    make: Maker
    kinds: tuple[Kind, ...]
    sizes: tuple[str, ...]
    inks: tuple[int, ...]
    tags: frozenset[str]
    weight: float


FAMILIES: dict[str, Family] = {}
USUAL = ("small", "ten", "ten", "medium", "medium", "large")
ROOMY = ("ten", "medium", "medium", "large", "large", "huge")
LITTLE = ("three", "three", "tiny", "tiny", "small")


def family(
    *tags: str, sizes: tuple[str, ...] = USUAL, inks: tuple[int, ...] = (1, 2, 3), weight: float = 1.0, **kinds: Kind
) -> Callable[[Maker], Maker]:
    """Enter the decorated function (generator, size, palette, …) into `FAMILIES`; `inks`: how many colours at once."""

    def enter(function: Maker) -> Maker:
        name = function.__name__
        FAMILIES[name] = Family(name, function, (SIZE, PALETTE, *kinds.values()), sizes, inks, frozenset(tags), weight)
        return function

    return enter


def draw_sides(rng: Rng, size: str) -> tuple[int, int]:
    low, high = _SIDES[size]
    rows = int(rng.integers(low, high + 1))
    return rows, rows if rng.random() < 0.5 else int(rng.integers(low, high + 1))


def draw_inks(rng: Rng, palette: str, *roles: int) -> list[int]:
    """The colours of one input in random order; those drawn freely are none of `roles`."""
    if palette.startswith("c"):
        return [int(c) for c in rng.permutation(list(map(int, palette[1:])))]
    free = [c for c in range(1, 10) if c not in roles]
    return [int(c) for c in rng.permutation(free)[: int(palette[3:])]]


def one_of(rng: Rng, values: Sequence[_Value]) -> _Value:
    return values[int(rng.integers(len(values)))]


def coloured(rng: Rng, mask: np.ndarray, inks: list[int]) -> Cells:
    """`mask` (rows, columns), every cell in one of the colours at random."""
    return np.where(mask, rng.choice(np.array(inks, np.uint8), mask.shape), np.uint8(0))


def draw_mask(rng: Rng, form: str, rows: int, columns: int) -> np.ndarray:
    """A connected shape (rows, columns) that touches all sides of its box where its form can."""
    if form == "box":
        return np.ones((rows, columns), bool)
    if form == "ring":
        return border((max(rows, 3), max(columns, 3)))
    if form == "stick":
        return np.ones((rows, 1) if rng.random() < 0.5 else (1, columns), bool)
    mask = np.zeros((rows, columns), bool)
    r, c = rows // 2, columns // 2
    wanted = max(2, int(rows * columns * rng.uniform(0.45, 0.8)))
    for _ in range(6 * wanted):
        mask[r, c] = True
        if mask.sum() >= wanted:
            break
        move = int(rng.integers(4))
        r = min(max(r + (move == 0) - (move == 1), 0), rows - 1)
        c = min(max(c + (move == 2) - (move == 3), 0), columns - 1)
    return mask[mask.any(axis=1)][:, mask.any(axis=0)]


def draw_shape(rng: Rng, form: str, inks: list[int], largest: int) -> Cells:
    """A thing of some form. Sprites are mirrored half of the time; speckled ones have many colours."""
    if form == "assorted":
        form = str(rng.choice(["blob", "box", "ring", "stick", "sprite"]))
    rows, columns = (int(n) for n in rng.integers(1 if form in ("box", "stick") else 2, largest + 1, 2))
    if form in ("sprite", "speckled"):
        rows, columns = min(rows + 1, 4), min(columns + 1, 4)
    mask = draw_mask(rng, form, rows, columns)
    if form == "sprite" and rng.random() < 0.5:
        mask = mask | mask[:, ::-1]
    if form == "speckled" and len(inks) > 1:
        return coloured(rng, mask, inks)
    return mask.astype(np.uint8) * np.uint8(one_of(rng, inks))


def place(rng: Rng, canvas: Cells, thing: Cells, gap: int = 1, tries: int = 12) -> bool:
    """Paint `thing` at a random place at least `gap` cells from all others; False if none was found."""
    rows, columns = canvas.shape[0] - thing.shape[0], canvas.shape[1] - thing.shape[1]
    if rows < 0 or columns < 0:
        return False
    for _ in range(tries):
        r, c = int(rng.integers(rows + 1)), int(rng.integers(columns + 1))
        if not canvas[max(0, r - gap) : r + thing.shape[0] + gap, max(0, c - gap) : c + thing.shape[1] + gap].any():
            part = canvas[r : r + thing.shape[0], c : c + thing.shape[1]]
            np.copyto(part, thing, where=thing != 0)
            return True
    return False


def empty_grid(rng: Rng, size: str) -> Cells:
    return np.zeros(draw_sides(rng, size), np.uint8)
