"""An answer → how unlike the demonstrations' outputs it is, whoever found it.

What holds of all demonstrations of a task (an output has the colours of its input, nothing coloured is lost, it is
mirrored left to right) mostly holds of its test, too. How seldom a trait that the demonstrations share does not hold of
the answer was counted on training tasks (`traits.json`, `scripts/make_traits.py`); an answer that lacks what hardly any
answer lacks is likely wrong. The search for programs and the vote go by it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from arc_ttt.rules.things import Thing, grown, things
from arc_ttt.types import COLOURS, Cells, Grid, Pair

UNLIKE = "unlike"
"""What `Candidate.evidence` calls it."""
MOST_UNLIKE = 3.0
"""Nats of it beyond which an answer comes after all others; on 170 outputs of validation tasks 2 to 9 are as good."""
# The share of wrong answers that lack a trait which the demonstrations share: of what training wrongly finds on
# validation tasks between one in fifty and one in two.
OF_WRONG = 0.15
MOST_SHOWN = 4  # demonstrations that share a trait, for which it was counted how often an answer lacks it
LINKS = ("side", "corner")

Traits = Mapping[str, Hashable]


def unlike(demonstrations: Sequence[Pair], given: Grid) -> Callable[[Grid], float]:
    """How much (nats) speaks against an answer to `given` by the traits that the demonstrations share and it lacks;
    0 for one that lacks none, and where there is one demonstration only."""
    shown = [traits(p.input, p.output) for p in demonstrations]
    common = shared(shown)
    weights = _weights(min(len(shown), MOST_SHOWN))

    def of(answer: Grid) -> float:
        mine = traits(given, answer)
        lacking = (kind(name, value) for name, value in common.items() if mine.get(name) != value)
        return round(math.fsum(weights.get(name, 0.0) for name in lacking), 2)

    return of


def shared(shown: Sequence[Traits]) -> Traits:
    """What all of several changes have in common; nothing where there is one."""
    if len(shown) < 2:
        return {}
    first, *others = shown
    return {n: v for n, v in first.items() if all(n in o and o[n] == v for o in others)}


def kind(name: str, value: Hashable) -> str:
    """What a trait is counted as: colours are all one, and that something holds is another trait than that it does
    not."""
    return f"{name.rstrip('0123456789 ')}{': yes' if value is True else ': no' if value is False else ''}"


@cache
def _weights(shown: int) -> Mapping[str, float]:
    """Nats for each kind of trait, where `shown` demonstrations share it."""
    text = resources.files("arc_ttt.agents").joinpath("traits.json").read_text(encoding="utf-8")
    counts: Mapping[str, Sequence[Sequence[float]]] = json.loads(text)["counts"] if shown > 1 else {}
    tables = {name: of[shown - 2] for name, of in counts.items()}
    weights = {name: math.log(OF_WRONG * (n + 1) / (lacking + 0.5)) for name, (n, lacking) in tables.items()}
    return {name: weight for name, weight in weights.items() if weight > 0}


@lru_cache(maxsize=4096)
def traits(given: Grid, made: Grid) -> Traits:
    """What holds of a change from one grid into another, by name. A trait of a single colour ends in its number."""
    before, after = given.cells, made.cells
    found: dict[str, Hashable] = {**_of_grid(made), **_of_colours(before, after), **_of_things(given, made)}
    if before.shape == after.shape:
        found["as large"] = True
        found |= _of_cells(before, after)
    else:
        found["times as high"], found["times as wide"] = (a / b for a, b in zip(after.shape, before.shape, strict=True))
        found["smaller"], found["larger"] = after.size < before.size, after.size > before.size
        found["is a part of the input"] = found["smaller"] is True and is_part(after, before)
        found["has the input as a part"] = found["larger"] is True and is_part(before, after)
    return found


@lru_cache(maxsize=4096)
def _things(grid: Grid, link: str) -> tuple[Thing, ...]:
    """What lies on the colour of most cells, which becomes 0."""
    cells = grid.cells
    plain = _plain(cells)
    ground = cells == plain
    return things(np.where(ground, 0, np.where(cells == 0, plain, cells)).astype(np.uint8), link)


def is_part(small: Cells, large: Cells) -> bool:
    """Whether the first grid is a window of the second."""
    if small.shape[0] > large.shape[0] or small.shape[1] > large.shape[1]:
        return False
    return bool((sliding_window_view(large, small.shape) == small).all(axis=(2, 3)).any())


def _plain(cells: Cells) -> int:
    return int(np.bincount(cells.ravel()).argmax())


def _colours(cells: Cells) -> frozenset[int]:
    return frozenset(np.flatnonzero(np.bincount(cells.ravel(), minlength=COLOURS)).tolist())


def _of_grid(made: Grid) -> dict[str, Hashable]:
    """Of an output alone."""
    after = made.cells
    square = after.shape[0] == after.shape[1]
    border = np.concatenate([after[0], after[-1], after[:, 0], after[:, -1]])
    found: dict[str, Hashable] = {
        "mirrored left to right": bool((after == after[:, ::-1]).all()),
        "mirrored upside down": bool((after == after[::-1]).all()),
        "mirrored at the diagonal": square and bool((after == after.T).all()),
        "each row of one colour": bool((after == after[:, :1]).all()),
        "each column of one colour": bool((after == after[:1]).all()),
        "square": square,
        "a plain border": bool((border == border[0]).all()),
        "its colours": _colours(after),
        "number of its colours": len(_colours(after)),
        "its background": _plain(after),
    }
    for link in LINKS:
        group = _things(made, link)
        found |= {
            f"number of its things by {link}": len(group),
            f"sizes of its things by {link}": frozenset(t.size for t in group),
            f"shapes of its things by {link}": _shapes(group),
            f"boxes of its things by {link}": frozenset(t.cells.shape for t in group),
            f"full things by {link}": all(t.cells.all() for t in group),
            f"single cells by {link}": any(t.size == 1 for t in group),
        }
    return found


def _shapes(group: Sequence[Thing]) -> frozenset[bytes]:
    return frozenset(bytes(t.cells.shape) + (t.cells != 0).tobytes() for t in group)


def _of_colours(before: Cells, after: Cells) -> dict[str, Hashable]:
    """Of how many cells have each colour."""
    had, have = (np.bincount(cells.ravel(), minlength=COLOURS) for cells in (before, after))
    old, new = _colours(before), _colours(after)
    found: dict[str, Hashable] = {
        "keeps all colours": old <= new,
        "colours that come": new - old,
        "colours that go": old - new,
        "number of colours that go": len(old - new),
        "so many colours more": len(new) - len(old),
        "covers the grid": bool(after.all()),
        "loses no cells of a colour": bool((had <= have)[1:].all()),
        "wins no cells of a colour": bool((had >= have)[1:].all()),
        "as many coloured cells": int(had[1:].sum()) == int(have[1:].sum()),
        "as many cells of each colour": bool((had == have).all()),
        "the same numbers, of whatever colours": sorted(had.tolist()) == sorted(have.tolist()),
        "colours of as many cells": frozenset(np.flatnonzero((had == have) & (had > 0)).tolist()),
        "keeps the background": _plain(before) == _plain(after),
    }
    more = np.sign(have - had)
    return found | {f"more or fewer cells of {c}": int(more[c]) for c in old | new}


def _of_things(given: Grid, made: Grid) -> dict[str, Hashable]:
    """Of what lies on the background, before and after."""
    found: dict[str, Hashable] = {}
    for link in LINKS:
        old, new = _things(given, link), _things(made, link)
        (a, b), (m, n) = (({t.size for t in g}, _shapes(g)) for g in (old, new))
        found |= {
            f"so many things more by {link}": len(new) - len(old),
            f"no new shapes by {link}": n <= b,
            f"all old shapes by {link}": n >= b,
            f"no new sizes by {link}": m <= a,
            f"all old sizes by {link}": m >= a,
        }
    return found


def _of_cells(before: Cells, after: Cells) -> dict[str, Hashable]:
    """Of the cells that change."""
    changed = before != after
    found: dict[str, Hashable] = {"changes": bool(changed.any())}
    if not changed.any():
        return found
    background = _plain(before)
    gone, new = before[changed], after[changed]
    coloured = before != background
    rows, columns = np.nonzero(coloured)
    inside = np.zeros(changed.shape, bool)
    if len(rows):
        inside[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1] = True
    near = grown(coloured)
    regions = things(changed.astype(np.uint8), "side")
    found |= {
        "changes the background alone": bool((gone == background).all()),
        "changes to the background alone": bool((new == background).all()),
        "clears nothing": not (new == background).any(),
        "changes one colour": len(_colours(gone)) == 1,
        "colours that change": _colours(gone),
        "colours that cells take": _colours(new),
        "what takes what": frozenset(zip(gone.tolist(), new.tolist(), strict=True)),
        "changes at the border": bool(_rim(changed).any()),
        "changes full rectangles": all(t.cells.all() for t in regions),
        "changes beside what is coloured alone": bool(near[changed].all()),
        "changes nothing beside what is coloured": not near[changed].any(),
        "changes within the box of all": bool(inside[changed].all()),
    }
    for c in _colours(before):
        there = changed[before == c]
        found |= {f"changes all of {c}": bool(there.all()), f"changes none of {c}": not there.any()}
    return found


def _rim(mask: np.ndarray) -> np.ndarray:
    return np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]])
