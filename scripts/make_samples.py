"""Write data/samples/: twelve tasks of our own making, from a mirror image to a folded sheet.

A task is a rule, which turns an input grid into its output, and a generator, which draws the k-th input from
a random stream. The same seed gives the same files, byte for byte. Colour 0 is the background.

    python scripts/make_samples.py [OUT]
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from runs import out

SEED = "arc-ttt samples 1"
Cells = np.ndarray

# The colours that mean something to a rule.
SWAPPED = 2, 7
FRAME = 8
ROW_DOT, COLUMN_DOT, CROSSING = 4, 6, 1
FILLING = 7
MASK = 5
BAR = 5
LEFT, FOLD, RIGHT, BOTH = 2, 5, 6, 9


# 1. Tools of the rules and the generators.


def noise(rng: Random, height: int, width: int, colours: list[int]) -> Cells:
    """A grid whose every cell is drawn from `colours`."""
    return np.array([[rng.choice(colours) for _ in range(width)] for _ in range(height)])


def empty(rng: Random, low: int, high: int) -> Cells:
    """A background of `low` to `high` rows and columns."""
    return np.zeros((rng.randint(low, high), rng.randint(low, high)), dtype=int)


def place(rng: Random, grid: Cells, patch: Cells) -> None:
    """Draw `patch` into `grid` where it touches nothing, not even at a corner."""
    height, width = patch.shape
    places = [
        (r, c)
        for r in range(grid.shape[0] - height + 1)
        for c in range(grid.shape[1] - width + 1)
        if not grid[max(r - 1, 0) : r + height + 1, max(c - 1, 0) : c + width + 1].any()
    ]
    r, c = rng.choice(places)
    grid[r : r + height, c : c + width] = patch


def flood(free: Cells, start: tuple[int, int], steps: list[tuple[int, int]]) -> Cells:
    """The cells of the boolean grid `free` that `steps` reach from `start`."""
    reached = np.zeros_like(free)
    border = [start]
    while border:
        r, c = border.pop()
        if 0 <= r < free.shape[0] and 0 <= c < free.shape[1] and free[r, c] and not reached[r, c]:
            reached[r, c] = True
            border += [(r + down, c + right) for down, right in steps]
    return reached


SIDES = [(-1, 0), (0, -1), (0, 1), (1, 0)]
SHAPES = [
    np.array(rows)
    for rows in (
        [[1]],
        [[1, 1]],
        [[1, 1], [1, 1]],
        [[1], [1], [1]],
        [[1, 0], [1, 1]],
        [[1, 1, 1], [0, 1, 0]],
        [[0, 1], [1, 1], [0, 1]],
    )
]


# 2. The rules, each above its generator.


def mirror(grid: Cells) -> Cells:
    """Mirror the grid left to right."""
    return np.fliplr(grid)


def mirror_input(rng: Random, k: int) -> Cells:
    return noise(rng, rng.randint(3, 5), rng.randint(3, 5), [0, 0, 1, 3, 6])


def transpose(grid: Cells) -> Cells:
    """Turn rows into columns."""
    return grid.T


def transpose_input(rng: Random, k: int) -> Cells:
    height, width = [(3, 5), (4, 2), (4, 4), (2, 5), (5, 3)][k]
    return noise(rng, height, width, [0, 2, 4, 8])


def swap(grid: Cells) -> Cells:
    """Swap two colours, red (2) and orange (7); the others stay."""
    first, second = SWAPPED
    return np.where(grid == first, second, np.where(grid == second, first, grid))


def swap_input(rng: Random, k: int) -> Cells:
    return noise(rng, rng.randint(3, 6), rng.randint(3, 6), [0, 3, 4, *SWAPPED, *SWAPPED])


def frame(grid: Cells) -> Cells:
    """Put a frame of azure (8), one cell wide, around the grid."""
    return np.pad(grid, 1, constant_values=FRAME)


def frame_input(rng: Random, k: int) -> Cells:
    height, width = [(2, 3), (4, 4), (3, 5), (5, 2), (3, 4), (5, 5)][k]
    return noise(rng, height, width, [0, 0, 1, 2, 3])


def remove_specks(grid: Cells) -> Cells:
    """Erase the single cells: those that touch no other coloured cell, not even at a corner."""
    coloured = np.pad(grid != 0, 1).astype(int)
    height, width = grid.shape
    around = sum(coloured[r : r + height, c : c + width] for r in range(3) for c in range(3))
    return np.where(around > 1, grid, 0)


def remove_specks_input(rng: Random, k: int) -> Cells:
    grid = empty(rng, 7, 9)
    colours = rng.sample([1, 2, 3, 4], 2)
    for colour in colours:
        place(rng, grid, np.full((rng.randint(2, 3), rng.randint(2, 3)), colour))
    for _ in range(rng.randint(3, 4)):
        place(rng, grid, np.array([[rng.choice(colours)]]))
    return grid


def crop(grid: Cells) -> Cells:
    """Cut out the smallest rectangle that holds all that is coloured."""
    rows, columns = np.nonzero(grid)
    return grid[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def crop_input(rng: Random, k: int) -> Cells:
    grid = empty(rng, 6, 9)
    height, width = [(2, 3), (3, 3), (4, 2), (3, 4), (3, 2)][k]
    patch = np.zeros((height, width), dtype=int)
    while not (patch.any(axis=0).all() and patch.any(axis=1).all()):
        patch = noise(rng, height, width, [0, 1, 4, 6])
    place(rng, grid, patch)
    return grid


def fall(grid: Cells) -> Cells:
    """Let the coloured cells of every column fall to the bottom, in their order."""
    fallen = np.zeros_like(grid)
    for c, column in enumerate(grid.T):
        cells = column[column != 0]
        fallen[len(column) - len(cells) :, c] = cells
    return fallen


def fall_input(rng: Random, k: int) -> Cells:
    return noise(rng, rng.randint(4, 6), rng.randint(4, 6), [0, 0, 0, 0, 1, 3, 8])


def draw_lines(grid: Cells) -> Cells:
    """Draw a row through each yellow dot (4), a column through each pink one (6); crossings are blue (1)."""
    rows, columns = (grid == ROW_DOT).any(axis=1), (grid == COLUMN_DOT).any(axis=0)
    lines = np.zeros_like(grid)
    lines[rows, :] = ROW_DOT
    lines[:, columns] = COLUMN_DOT
    lines[np.ix_(rows, columns)] = CROSSING
    return lines


def draw_lines_input(rng: Random, k: int) -> Cells:
    grid = empty(rng, 6, 9)
    dots = [[4, 6], [4, 4, 6], [4, 6, 6], [4, 4, 6, 6], [4, 6, 6]][k]
    rows, columns = (rng.sample(range(side), len(dots)) for side in grid.shape)
    grid[rows, columns] = dots
    return grid


def fill(grid: Cells) -> Cells:
    """Fill closed outlines with orange (7); an outline with a gap stays empty."""
    free = np.pad(grid == 0, 1, constant_values=True)
    outside = flood(free, (0, 0), SIDES)
    return np.where((free & ~outside)[1:-1, 1:-1], FILLING, grid)


def fill_input(rng: Random, k: int) -> Cells:
    grid = empty(rng, 14, 16)
    for gap in [False, True, False, k % 2 == 0]:
        height, width = rng.randint(4, 6), rng.randint(4, 6)
        outline = np.full((height, width), rng.choice([1, 2, 3]))
        outline[1:-1, 1:-1] = 0
        if gap:
            # Never at a corner: the inside would still be closed.
            outline[rng.choice([0, -1]), rng.randint(1, width - 2)] = 0
        place(rng, grid, np.rot90(outline, rng.choice([0, 1])))
    return grid


def complete(grid: Cells) -> Cells:
    """Restore the cells behind the grey block (5): the pattern is its own mirror image both ways."""
    for image in (np.fliplr(grid), np.flipud(grid), np.rot90(grid, 2)):
        grid = np.where(grid == MASK, image, grid)
    return grid


def complete_input(rng: Random, k: int) -> Cells:
    quarter = noise(rng, rng.randint(3, 5), rng.randint(3, 5), [0, 1, 3, 4])
    half = np.hstack([quarter, np.fliplr(quarter)])
    pattern = np.vstack([half, np.flipud(half)])
    height, width = rng.randint(2, 3), rng.randint(2, 3)
    while True:
        grid = pattern.copy()
        r, c = rng.randint(0, grid.shape[0] - height), rng.randint(0, grid.shape[1] - width)
        grid[r : r + height, c : c + width] = MASK
        if MASK not in complete(grid):
            return grid


def count(grid: Cells) -> Cells:
    """Count the objects: a row of five cells, as many of them coloured as there are objects."""
    left, objects = grid != 0, 0
    while left.any():
        r, c = np.argwhere(left)[0]
        left = left & ~flood(left, (int(r), int(c)), SIDES)
        objects += 1
    return np.array([[grid.max()] * objects + [0] * (BAR - objects)])


def count_input(rng: Random, k: int) -> Cells:
    grid = empty(rng, 7, 9)
    objects = [2, 4, 1, 5, 3, 4, 3][k]
    colour = [1, 2, 3, 4, 8, 3, 1][k]
    for _ in range(objects):
        place(rng, grid, colour * np.rot90(rng.choice(SHAPES), rng.randint(0, 3)))
    return grid


def fold(grid: Cells) -> Cells:
    """Fold the sheet along the grey line (5) onto its left half: maroon (9) where cell lands on cell."""
    middle = grid.shape[1] // 2
    left, right = grid[:, :middle], np.fliplr(grid[:, middle + 1 :])
    return np.where((left != 0) & (right != 0), BOTH, 0)


def fold_input(rng: Random, k: int) -> Cells:
    height = rng.randint(4, 6)
    left, right = noise(rng, height, 4, [0, LEFT, LEFT]), noise(rng, height, 4, [0, RIGHT, RIGHT])
    return np.hstack([left, np.full((height, 1), FOLD), right])


# 3. The tasks and their files.


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One task to be written."""

    # File name without its ending, and so the task's id.
    name: str
    rule: Callable[[Cells], Cells]
    # Draws the k-th input of the task, demonstrations first.
    draw: Callable[[Random, int], Cells]
    demonstrations: int
    tests: int = 1
    # From 1, seen at a glance, to 5, two steps at once; our estimate.
    difficulty: int

    def pairs(self) -> list[tuple[Cells, Cells]]:
        """All pairs, demonstrations first; no input comes twice and none is its own output."""
        rng = Random(f"{SEED} {self.name}")
        pairs: list[tuple[Cells, Cells]] = []
        while len(pairs) < self.demonstrations + self.tests:
            grid = self.draw(rng, len(pairs))
            answer = self.rule(grid)
            if not np.array_equal(grid, answer) and not any(np.array_equal(grid, i) for i, _ in pairs):
                pairs.append((grid, answer))
        return pairs


SAMPLES = [
    Sample(name="01-mirror", rule=mirror, draw=mirror_input, demonstrations=3, difficulty=1),
    Sample(name="02-transpose", rule=transpose, draw=transpose_input, demonstrations=4, difficulty=1),
    Sample(name="03-swap", rule=swap, draw=swap_input, demonstrations=3, difficulty=1),
    Sample(name="04-frame", rule=frame, draw=frame_input, demonstrations=4, tests=2, difficulty=1),
    Sample(name="05-specks", rule=remove_specks, draw=remove_specks_input, demonstrations=4, difficulty=2),
    Sample(name="06-crop", rule=crop, draw=crop_input, demonstrations=4, difficulty=2),
    Sample(name="07-fall", rule=fall, draw=fall_input, demonstrations=4, difficulty=3),
    Sample(name="08-lines", rule=draw_lines, draw=draw_lines_input, demonstrations=4, difficulty=3),
    Sample(name="09-fill", rule=fill, draw=fill_input, demonstrations=4, difficulty=3),
    Sample(name="10-symmetry", rule=complete, draw=complete_input, demonstrations=4, difficulty=4),
    Sample(name="11-count", rule=count, draw=count_input, demonstrations=5, tests=2, difficulty=4),
    Sample(name="12-fold", rule=fold, draw=fold_input, demonstrations=5, difficulty=5),
]

README = """# Sample tasks

Twelve tasks of our own making, in the format of the public ARC tasks and from easy to hard; none of them is
in ARC-AGI-1 or ARC-AGI-2. `scripts/make_samples.py` writes this folder; each rule is a function there. Sizes
are rows × columns, smallest to largest; the difficulty, 1 to 5, is our estimate.

| file | rule | difficulty | demonstrations | tests | inputs | outputs |
|---|---|---|---|---|---|---|
"""


def to_json(pairs: list[tuple[Cells, Cells]], demonstrations: int) -> str:
    """A task file in which every row of a grid has a line."""
    listed = [{"input": i.tolist(), "output": o.tolist()} for i, o in pairs]
    text = json.dumps({"train": listed[:demonstrations], "test": listed[demonstrations:]}, indent=1)
    return re.sub(r"\[[\d,\s]+\]", lambda row: json.dumps(json.loads(row[0])), text)


def sizes(grids: list[Cells]) -> str:
    """The rows and columns of `grids`: `3–5 × 4`."""
    spans = [(min(sides), max(sides)) for sides in zip(*(g.shape for g in grids), strict=True)]
    return " × ".join(f"{low}" if low == high else f"{low}–{high}" for low, high in spans)


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    readme = README
    for s in SAMPLES:
        pairs = s.pairs()
        (out / f"{s.name}.json").write_bytes(f"{to_json(pairs, s.demonstrations)}\n".encode())
        inputs, outputs = (sizes([pair[side] for pair in pairs]) for side in (0, 1))
        cells = f"`{s.name}.json`", s.rule.__doc__, s.difficulty, s.demonstrations, s.tests, inputs, outputs
        readme += f"| {' | '.join(map(str, cells))} |\n"
    (out / "README.md").write_bytes(readme.encode())
    print(f"{len(SAMPLES)} tasks in {out}")


if __name__ == "__main__":
    main(out(__doc__, "data", "samples"))
