"""Operations that move things to a goal, draw lines to it, or copy a template to the places meant for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import numpy as np

from arc_ttt.rules.language import INK, LINK, MARK, Kind, operation
from arc_ttt.rules.things import Thing, colours, paste, things
from arc_ttt.types import Cells

GOAL = Kind("goal", ("largest", "smallest"))
_MOST_THINGS = 60


def _towards(thing: Thing, goal: Thing) -> tuple[int, int]:
    """How far down and right `thing` must move to touch the box of `goal`, each way by itself; 0 where they overlap."""
    down = right = 0
    if thing.bottom < goal.top:
        down = goal.top - thing.bottom - 1
    elif thing.top > goal.bottom:
        down = goal.bottom + 1 - thing.top
    if thing.right < goal.left:
        right = goal.left - thing.right - 1
    elif thing.left > goal.right:
        right = goal.right + 1 - thing.left
    return down, right


def _goal_and_others(cells: Cells, mark: int) -> tuple[Thing, Sequence[Thing]] | None:
    """The one thing of colour `mark` and the things of the other colours; None where there is not one, or are none."""
    goals = things(np.where(cells == mark, cells, 0).astype(np.uint8), "corner")
    others = things(np.where(cells == mark, 0, cells).astype(np.uint8), "corner")
    return (goals[0], others) if len(goals) == 1 and 0 < len(others) <= _MOST_THINGS else None


def _by_size(cells: Cells, goal: str) -> tuple[Thing, Sequence[Thing]] | None:
    """The largest (smallest) thing and the others; None where it is undecided."""
    group = sorted(things(cells, "corner"), key=lambda t: t.size if goal == "smallest" else -t.size)
    if not 2 <= len(group) <= _MOST_THINGS or group[0].size == group[1].size:
        return None
    return group[0], group[1:]


def _moved(
    cells: Cells, goal: Thing, others: Sequence[Thing], way: Callable[[int, int], tuple[int, int]]
) -> Cells | None:
    out = np.zeros_like(cells)
    paste(out, goal.cells, goal.top, goal.left)
    for t in others:
        down, right = way(*_towards(t, goal))
        paste(out, t.cells, t.top + down, t.left + right)
    return out


@operation("markers", "shapes", mark=MARK, weight=2)
def pull_close(cells: Cells, mark: int) -> Cells | None:
    """Things move towards the one thing of colour `mark`, aslant where they must, until they touch its box."""
    found = _goal_and_others(cells, mark)
    return _moved(cells, *found, lambda down, right: (down, right)) if found else None


@operation("markers", "shapes", mark=MARK, weight=1)
def step_to(cells: Cells, mark: int) -> Cells | None:
    """Things move one step towards the one thing of colour `mark`."""
    found = _goal_and_others(cells, mark)
    return _moved(cells, *found, lambda down, right: (int(np.sign(down)), int(np.sign(right)))) if found else None


def _lines(cells: Cells, goal: Thing, others: Sequence[Thing], ink: int | None) -> Cells | None:
    """Lines from the things straight beside the goal to it, over empty cells, each in its own colour or in `ink`."""
    out = cells.copy()
    # The goal itself, not its box, stops a line.
    stop = np.zeros(cells.shape, bool)
    stop[goal.box] = goal.cells != 0
    for t in others:
        down, right = _towards(t, goal)
        if bool(down) == bool(right):
            continue
        colour = t.colour if ink is None else ink
        for r, c in np.argwhere(t.cells):
            y, x = int(r) + t.top, int(c) + t.left
            line: list[tuple[int, int]] = []
            while True:
                y, x = y + int(np.sign(down)), x + int(np.sign(right))
                if not (0 <= y < cells.shape[0] and 0 <= x < cells.shape[1]):
                    break
                if stop[y, x]:
                    for at in line:
                        out[at] = colour
                    break
                if cells[y, x] == 0:
                    line.append((y, x))
    return out


@operation("markers", "shapes", mark=MARK, weight=2)
def reach_to(cells: Cells, mark: int) -> Cells | None:
    """Things straight beside the one thing of colour `mark` draw lines of their colour to it."""
    found = _goal_and_others(cells, mark)
    return _lines(cells, *found, None) if found else None


@operation("markers", "shapes", mark=MARK, ink=INK, weight=1)
def reach_in(cells: Cells, mark: int, ink: int) -> Cells | None:
    """Lines of one colour lead from things straight beside the one thing of colour `mark` to it."""
    found = _goal_and_others(cells, mark)
    return _lines(cells, *found, ink) if found else None


@operation("objects", "shapes", goal=GOAL, weight=1)
def reach_to_one(cells: Cells, goal: str) -> Cells | None:
    """Things straight beside the largest (smallest) thing draw lines of their colour to it."""
    found = _by_size(cells, goal)
    return _lines(cells, *found, None) if found else None


@operation("spotted", "cornered", mark=MARK, weight=1)
def paint_like_closest(cells: Cells, mark: int) -> Cells | None:
    """Each cell of colour `mark` takes the colour of the closest cell of another; where several are, it stays."""
    here, others = np.argwhere(cells == mark), np.argwhere((cells != 0) & (cells != mark))
    if not 1 <= len(here) <= 200 or not len(others):
        return None
    inks = cells[tuple(others.T)]
    out = cells.copy()
    for r, c in here:
        away = np.abs(others[:, 0] - r) + np.abs(others[:, 1] - c)
        near = np.unique(inks[away == away.min()])
        if len(near) == 1:
            out[r, c] = near[0]
    return out


# --- templates ---

KEEP = Kind("keep", ("keep", "remove"))


def _templates(cells: Cells) -> tuple[tuple[Thing, list[Thing]], ...]:
    return _templates_of(cells.tobytes(), cells.shape[1])


@lru_cache(maxsize=64)
def _templates_of(raw: bytes, width: int) -> tuple[tuple[Thing, list[Thing]], ...]:
    cells = np.frombuffer(raw, np.uint8).reshape(-1, width)
    return tuple(_possible_templates(cells))


def _possible_templates(cells: Cells) -> Iterator[tuple[Thing, list[Thing]]]:
    """What may be the one thing of several colours, with the others: as it stands (without full lines), or without the
    things of one colour that touch it."""
    bare = np.where(_lined(cells), np.uint8(0), cells)
    group = things(bare, "mixed")
    many = [t for t in group if len(colours(t.cells)) > 1]
    if len(many) == 1 and len(group) <= _MOST_THINGS:
        yield many[0], [t for t in group if t is not many[0]]
    for ink in colours(bare):
        rest = things(np.where(bare == ink, np.uint8(0), bare), "mixed")
        others = things(np.where(bare == ink, bare, np.uint8(0)), "corner")
        if len(rest) == 1 and len(colours(rest[0].cells)) > 1 and 0 < len(others) <= _MOST_THINGS:
            yield rest[0], list(others)
            return


def _lined(cells: Cells) -> np.ndarray:
    """(rows, columns) whether a cell is of a full line of one colour."""
    rows, columns = cells.shape
    across = (cells == cells[:, :1]).all(axis=1) & (columns > 2)
    upright = (cells == cells[:1]).all(axis=0) & (rows > 2)
    lined: np.ndarray = (across[:, None] | upright[None]) & (cells != 0)
    return lined


@operation("shapes", "blocks", keep=KEEP, weight=1)
def copy_into_blocks(cells: Cells, keep: str) -> Cells | None:
    """The one thing of several colours is copied over each other thing whose box has its size; it stays or vanishes."""
    for template, others in _templates(cells):
        out = cells.copy()
        if keep == "remove":
            out[template.box][template.cells != 0] = 0
        same = [t for t in others if t.cells.shape == template.cells.shape]
        for t in same:
            out[t.box] = template.cells
        if same:
            return out
    return None


@operation("markers", "shapes", mark=MARK, keep=KEEP, weight=1)
def stamp_template(cells: Cells, mark: int, keep: str) -> Cells | None:
    """The one thing of several colours is copied, centred, onto each single cell of colour `mark`; it stays or
    vanishes."""
    found = next(iter(_templates(cells)), None)
    marks = [t for t in things(cells, "corner") if t.size == 1 and t.colour == mark]
    if found is None or not marks:
        return None
    template, out = found[0], cells.copy()
    inside = [
        t for t in marks if template.top <= t.top <= template.bottom and template.left <= t.left <= template.right
    ]
    if keep == "remove":
        out[template.box][template.cells != 0] = 0
    for t in marks:
        if t not in inside:
            paste(out, template.cells, t.top - template.height // 2, t.left - template.width // 2)
    return out


@operation("objects", "blocks", link=LINK, weight=1)
def centre_of_pair(cells: Cells, link: str) -> Cells | None:
    """Where two things of equal cells lie in line, a copy appears halfway between them."""
    group = things(cells, link)
    out = cells.copy()
    if not 2 <= len(group) <= 20:
        return None
    for i, a in enumerate(group):
        for b in group[i + 1 :]:
            straight = a.top == b.top or a.left == b.left
            if straight and a.cells.shape == b.cells.shape and (a.cells == b.cells).all():
                paste(out, a.cells, (a.top + b.top) // 2, (a.left + b.left) // 2)
    return out
