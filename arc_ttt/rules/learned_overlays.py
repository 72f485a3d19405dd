"""Parts of a grid (panels or equal blocks) laid upon each other: in an order, or as a table says, read off
demonstrations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations

import numpy as np

from arc_ttt.rules.language import OTHER, Argument, Kind, fits, is_order, keyed, operation
from arc_ttt.rules.learned_panels import PARTS, parts_of
from arc_ttt.types import Cells

_CASE = re.compile(r"(\d{1,3})to(\d|top)")
_MOST_LAYERS, _MOST_ORDERED, _KEPT = 9, 5, 3


ORDER = Kind("order", ("o01", "o210"), lambda word: is_order(word, 6))
LAYER_CASES = Kind("cases of layers", ("0to0_1to3_2totop",), keyed(_CASE))


def _layers(cells: Cells, division: str) -> np.ndarray | None:
    """(layers, rows, columns): the parts in reading order; None where they are not alike or too many."""
    rows = parts_of(cells, division)
    if rows is None:
        return None
    parts = [p for row in rows for p in row]
    if not 2 <= len(parts) <= _MOST_LAYERS or len({p.shape for p in parts}) > 1:
        return None
    return np.stack(parts)


def _laid(layers: np.ndarray, order: Sequence[int]) -> Cells:
    """The layers upon each other, the first of the order on top."""
    out: Cells = layers[order[-1]].copy()
    for k in reversed(order[:-1]):
        np.copyto(out, layers[k], where=layers[k] != 0)
    return out


@operation("panels", division=PARTS, order=ORDER, result=OTHER, weight=0)
def overlay_parts(cells: Cells, division: str, order: str) -> Cells | None:
    """The parts of the grid (panels or blocks) laid upon each other in an order, the first one named on top."""
    layers = _layers(cells, division)
    if layers is None or len(layers) != len(order) - 1:
        return None
    return _laid(layers, [int(k) for k in order[1:]])


def _divisions(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[str]:
    """The divisions whose parts have the outputs' sizes."""
    if any(s.size < 2 * w.size for s, w in zip(shown, wanted, strict=True)):
        return
    yield "panels"
    times = {(s.shape[0] / w.shape[0], s.shape[1] / w.shape[1]) for s, w in zip(shown, wanted, strict=True)}
    if len(times) == 1:
        ((down, across),) = times
        if down.is_integer() and across.is_integer():
            yield f"b{int(down)}x{int(across)}"


def _stacks(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[str, list[np.ndarray]]]:
    for division in _divisions(shown, wanted):
        stacks = [_layers(s, division) for s in shown]
        found = [s for s in stacks if s is not None]
        if len(found) == len(stacks) and all(s.shape[1:] == w.shape for s, w in zip(found, wanted, strict=True)):
            yield division, found


@fits("overlay_parts")
def _fit_order(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Orders in which the parts make the outputs."""
    for division, stacks in _stacks(shown, wanted):
        counts = {len(s) for s in stacks}
        if len(counts) > 1 or max(counts) > _MOST_ORDERED:
            continue
        for order in permutations(range(counts.pop())):
            if all((_laid(s, order) == w).all() for s, w in zip(stacks, wanted, strict=True)):
                yield division, "o" + "".join(map(str, order))
                break


# --- tables ---


def _bits(layers: np.ndarray) -> np.ndarray:
    weights = 1 << np.arange(len(layers))
    found: np.ndarray = ((layers != 0) * weights[:, None, None]).sum(axis=0)
    return found


def _kinds(layers: np.ndarray) -> np.ndarray:
    """How many different colours the layers have at each place, background not counted."""
    found: np.ndarray = sum(((layers == c).any(axis=0)).astype(int) for c in range(1, 10))
    return found


LOOKS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "count": lambda s: np.count_nonzero(s, axis=0),
    "kinds": _kinds,
    "which": _bits,
}
LOOK = Kind("look at layers", tuple(LOOKS))


def _top(layers: np.ndarray) -> Cells:
    return _laid(layers, range(len(layers)))


@operation("panels", division=PARTS, look=LOOK, cases=LAYER_CASES, result=OTHER, weight=0)
def join_parts(cells: Cells, division: str, look: str, cases: str) -> Cells | None:
    """The parts of the grid (panels or blocks) laid upon each other: each cell's colour is what a table says for how
    many of them, of which colours, or which, are coloured there."""
    layers = _layers(cells, division)
    if layers is None or (look == "which" and len(layers) > 4):
        return None
    seen, top = LOOKS[look](layers), _top(layers)
    table = dict(_CASE.findall(cases))
    out = np.zeros_like(top)
    for value in np.unique(seen).tolist():
        made = table.get(str(value))
        if made is None:
            return None
        at = seen == value
        out[at] = top[at] if made == "top" else int(made)
    return out


@fits("join_parts")
def _fit_table(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Tables that make the outputs, those with few entries first."""
    found = []
    for division, stacks in _stacks(shown, wanted):
        goal = np.concatenate([w.ravel() for w in wanted])
        top = np.concatenate([_top(s).ravel() for s in stacks])
        for rank, (name, look) in enumerate(LOOKS.items()):
            if name == "which" and any(len(s) > 4 for s in stacks):
                continue
            seen = np.concatenate([look(s).ravel() for s in stacks])
            cases = _cases(seen, top, goal)
            if cases:
                found.append((cases.count("_"), rank, (division, name, cases)))
    for *_, arguments in sorted(found)[:_KEPT]:
        yield arguments


def _cases(seen: np.ndarray, top: np.ndarray, goal: np.ndarray) -> str | None:
    entries: list[str] = []
    values = np.unique(seen).tolist()
    if len(values) < 2 or 3 * len(values) > len(goal):
        return None
    for value in values:
        at = seen == value
        if (goal[at] == goal[at][0]).all():
            entries.append(f"{value}to{goal[at][0]}")
        elif (goal[at] == top[at]).all():
            entries.append(f"{value}totop")
        else:
            return None
    return "_".join(entries)
