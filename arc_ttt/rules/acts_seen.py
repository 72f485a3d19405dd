"""What each thing of the demonstrations may have done: the acts that nothing wanted speaks against."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice, product

import numpy as np

from arc_ttt.rules.acts import ALSO, IN, SAME, change_of, move_word, offsets, region_of
from arc_ttt.rules.acts_paired import SHARED_OUT
from arc_ttt.rules.changes import CHANGES, EIGHT
from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.moves_chasing import CHASING
from arc_ttt.rules.moves_pointed import POINTED
from arc_ttt.rules.places import DIRECTIONS, SLANTS, Places
from arc_ttt.rules.regions import AROUND, ON, REGIONS
from arc_ttt.rules.regions_bent import BENDS_TELL
from arc_ttt.rules.regions_counted import COUNTS_TELL
from arc_ttt.rules.regions_halls import HALLS_TELL
from arc_ttt.rules.regions_rooms import ROOMS_TELL
from arc_ttt.rules.regions_spokes import SPOKES_TELL
from arc_ttt.rules.signs import KEYS_TELL
from arc_ttt.rules.things import Thing
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

# Offsets tried for a thing that may have moved.
MOST_OFFSETS = 6
_WORK, _WORK_IN_VAIN = 1.0, 0.6  # of an act for a thing, and of a region without cells, in the units of `work`
# Cells, at least, of a thing that may have moved, turned or been copied and have another colour.
FEWEST_INKED = 3
# Cells, at least, of a thing of which two parts take each a colour, and names of one that are tried.
FEWEST_PAIRED, MOST_NAMED = 4, 14
# Things of a demonstration at most of which all acts are tried: of more only those that served one of these.
MOST_SAMPLED = 12
# Members that can move, and the regions of those that cannot.
MOVING = ("corner", "side", "mixed", "clumps", "loose")
COLOUR_REGIONS = (
    "all", "box", "within", "edges", "boxcorners", "frame", "inset", "axes", "axisacross", "axisalong", "centre",
    "hull", "hullleaks", "spanned",
)  # fmt: skip
ALL_REGIONS = (
    "frame", "farframe", "box", "edges", "within", "axes", "axisacross", "axisalong", "broadframe", "outcorners",
    "beamcross", "beamacross", "beamalong", "slants", "tocorner", "hull",
)  # fmt: skip
# Members of which there are many everywhere: they only take other colours, or vanish.
RUNS = ("rowruns", "columnruns")
FEW_REGIONS = {
    "rowspans": ("box", "centre", "all", "corners"),
    "columnspans": ("box", "centre", "all", "corners"),
    **dict.fromkeys(RUNS, ("all",)),
    "quads": ("within", "edges", "box", "frame", "all", "heart", "heartplus", "inaxes", "inslants"),
    "brackets": ("within", "edges", "box", "frame", "all", "inaxes", "inslants"),
    "everything": ALL_REGIONS,
    "groups": ("frame", "farframe", "box", "spanned", "all", "specks", "corners"),
}
ROOM_REGIONS, PART_REGIONS = ("all", "rim", "core", "corners", "centre"), ("all", "whole", "specks", "mass")
_ADDING = ("copy", "copies", "mirror", "trail", "row", "complete", "atcorners", "conform", "sign", "goon")
_PAINTING = (
    "slide",
    "edge",
    "step",
    "pull",
    "copy",
    "mirror",
    "trail",
    "bysize",
    "byspecks",
    "bykey",
    "inwards",
    "spin",
    "border",
    "corner",
    "middle",
    "over",
    "flee",
    "recoil",
    "approach",
    "swapplaces",
    "atcorners",
    "double",
    "swell",
    "plug",
    "swing",
    "copies",
    "rejoin",
    "ridebeyond",
    "intoframe",
    "middleframe",
    "half",
    "part1",
    "part2",
    "break",
    "reflect",
    "imitate",
    "sign",
    "goon",
    "bydots",
    *CHASING,
)
# Changes that are not tried where the first cell of the first copy is not wanted; those of which a thing does not stay.
_TRACED = ("trail", "row", "copygap", *(f"copy{w}" for w in SLANTS))
_LEAVING = (
    *(f"slide{w}" for w in SLANTS),
    *(f"stepgap{w}" for w in DIRECTIONS),
    *("giveway", "pullneargap", "pulllargegap", "break1", "break2", "reflectnear", "imitatenear"),
    *CHASING,
)
_TURNING = ("flip", "turn", "transpose", "complete")
_TELL = KEYS_TELL | ROOMS_TELL | HALLS_TELL | COUNTS_TELL | BENDS_TELL | SPOKES_TELL


def possible_acts(
    link: str, crowds: Sequence[Crowd], wanted: Sequence[Cells], changed: Sequence[np.ndarray]
) -> list[dict[str, float]] | None:
    """For each thing of all demonstrations the acts that nothing wanted speaks against, with the number of changed
    cells that each explains; None where one has none."""
    on = any(bool((m & (c.cells != 0)).any()) for c, m in zip(crowds, changed, strict=True))
    new = any(bool((m & (c.cells == 0)).any()) for c, m in zip(crowds, changed, strict=True))
    if link in RUNS and new:
        return None
    regions, words = _candidates(link, on, new)
    # Without keys nothing is told by them, and without rooms and doors nothing is in them.
    mute = tuple(word for word, told in _TELL.items() if not all(told(c.cells) for c in crowds))
    regions, words = ([w for w in group if not w.startswith(mute)] for group in (regions, words))
    possible: list[dict[str, float]] = []
    empty: list[set[str]] = []
    useful: set[str] = set()
    for d, (c, goal, mask) in enumerate(zip(crowds, wanted, changed, strict=True)):
        few = bool(useful) and (d == 2 or (d == 1 and len(possible) > 5))
        if few:
            regions, words = _of_use(regions, words, useful, crowds[:d], changed[:d])
        looked_at, others = _sample(c, goal, mask)
        seen: dict[int, tuple[dict[str, float], set[str]]] = {}
        some = regions, words
        for i in (*looked_at, *others):
            if len(seen) == len(looked_at) and useful and not few:
                some = _of_use(regions, words, useful, crowds[: d + 1], changed[: d + 1])
            nothing: set[str] = set()
            acts = _acts(c, i, goal, mask, *some, useful, nothing)
            if on and new and link in MOVING and SAME not in acts:
                _moves(acts, c, i, goal, mask, useful)
            if not acts and not nothing:
                return None
            seen[i] = acts, nothing
        possible += [seen[i][0] for i in range(len(c.things))]
        empty += [seen[i][1] for i in range(len(c.things))]
    _fill_in(possible, empty, useful)
    return possible if all(possible) else None


def _fill_in(possible: Sequence[dict[str, float]], empty: Sequence[set[str]], useful: set[str]) -> None:
    """Enter, where there is nothing to colour, any colour that others take; only useful regions count."""
    entered: dict[str, list[str]] = {}
    for word in sorted(set().union(*possible)):
        entered.setdefault(region_of(word), []).append(word)
    for acts, nothing in zip(possible, empty, strict=True):
        for region in nothing & useful:
            acts.update(dict.fromkeys(entered.get(region, ()), 0.0))


def _of_use(
    regions: list[str],
    words: list[str],
    useful: Collection[str],
    crowds: Sequence[Crowd],
    changed: Sequence[np.ndarray],
) -> tuple[list[str], list[str]]:
    """What these demonstrations have no use for is not tried further, where there was something to paint in them."""
    bare = not any(bool((m & (c.cells == 0)).any()) for c, m in zip(crowds, changed, strict=True))
    return [r for r in regions if r in useful or (bare and r in AROUND)], [w for w in words if w in useful]


def _sample(c: Crowd, goal: Cells, mask: np.ndarray) -> tuple[list[int], list[int]]:
    """Some things that tell what acts may be of use (of many those nearest to what changes, and the largest ones), and
    the others. What itself changes comes first: of such a thing nothing may be known, which ends it all."""
    order = sorted(range(len(c.things)), key=lambda i: _stays(c, i, goal))
    if len(order) <= MOST_SAMPLED:
        return order, []
    worked(_WORK_IN_VAIN * len(order))
    rows, columns = np.nonzero(mask)
    far = []
    for t in c.things:
        away = np.maximum(np.maximum(t.top - rows, rows - t.bottom), np.maximum(t.left - columns, columns - t.right))
        far.append(int(away.min(initial=99)))
    near = sorted(order, key=lambda i: far[i])[: MOST_SAMPLED // 2]
    large = sorted(set(order) - set(near), key=lambda i: (-c.things[i].size, i))[: MOST_SAMPLED // 2]
    chosen = {*near, *large}
    return [i for i in order if i in chosen], [i for i in order if i not in chosen]


def _stays(c: Crowd, i: int, goal: Cells) -> bool:
    """Whether all cells of a thing are as they were."""
    t = c.things[i]
    return bool((goal[t.box] == c.cells[t.box])[t.cells != 0].all())


def _lain_upon(c: Crowd, t: Thing, goal: Cells, mask: np.ndarray) -> bool:
    """Whether the cells of a thing that change may be other ones that lie on it: these have changed where they were."""
    if c.link not in MOVING:
        return False
    on = mask[t.box] & (t.cells != 0)
    inks = goal[t.box][on]
    went = (mask & (goal == 0))[:, :, None] & (c.cells[:, :, None] == np.unique(inks))
    return bool(inks.all()) and bool(went.any(axis=(0, 1)).all())


def _candidates(link: str, on: bool, new: bool) -> tuple[list[str], list[str]]:
    """Regions and changes that may serve where coloured cells change (on), or empty ones (new)."""
    if link == "rooms":
        return list(ROOM_REGIONS), []
    words = [w for w in CHANGES if (on or w.startswith(_ADDING)) and (new or not w.startswith(_PAINTING))]
    if link in FEW_REGIONS:
        return list(FEW_REGIONS[link]), []
    if link == "colours":
        return [r for r in COLOUR_REGIONS if on or r in AROUND], []
    if link not in MOVING:
        return list(PART_REGIONS), [w for w in words if w.startswith(_TURNING)]
    far = {"whole"} if link == "loose" else {"whole", "hull", "hullleaks", "spanned"}
    return [r for r in (*(ON if on else ()), *(AROUND if new else ())) if r not in far], words


def _acts(
    c: Crowd,
    i: int,
    goal: Cells,
    mask: np.ndarray,
    regions: Sequence[str],
    words: Sequence[str],
    useful: set[str],
    nothing: set[str],
) -> dict[str, float]:
    """The acts of one thing but for moves by a constant; `nothing` gets its regions without cells."""
    t = c.things[i]
    acts: dict[str, float] = {}
    kept = _stays(c, i, goal)
    # What lies far apart may be painted over by what others do, and others may come to lie on a thing.
    changed = 0 if kept else int(mask[t.box][t.cells != 0].sum())
    if kept or (2 * changed < t.size and (c.link == "loose" or _lain_upon(c, t, goal, mask))):
        acts[SAME] = 0.0
    for region in regions:
        if kept or region not in AROUND:
            _colour(acts, c, i, region, goal, mask, useful, nothing)
    for word in words:
        if (not word.startswith(_TRACED) or word in POINTED or _starts(c, i, word, goal)) and not (
            kept and word in _LEAVING
        ):
            _change(acts, c, i, word, goal, mask, useful)
    if not kept and c.link in MOVING:
        # What marks say may by chance be so of one part alone.
        alone = any(region_of(a) in ON for a in acts)
        _paired(acts, c, i, goal, mask, SHARED_OUT[:1] if alone else SHARED_OUT)
    elif not kept and c.link == "chambers":
        # What lies in one, and what is around it.
        _paired(acts, c, i, goal, mask, (("mass", "specks"),))
    return acts


def _paired(
    acts: dict[str, float], c: Crowd, i: int, goal: Cells, mask: np.ndarray, pairs: Sequence[tuple[str, str]]
) -> None:
    """Enter the acts that give two parts of a thing, which are all of it, a colour each."""
    t = c.things[i]
    if t.size < FEWEST_PAIRED or (goal[t.box][t.cells != 0] == goal[t.box][t.cells != 0][0]).all():
        return
    for pair in pairs:
        parts = [REGIONS[region](c, i) for region in pair]
        worked(_WORK)
        if not all(len(p[0]) for p in parts) or sum(len(p[0]) for p in parts) != t.size:
            continue
        inks = [goal[p] for p in parts]
        if any((k != k[0]).any() for k in inks):
            continue
        explained = float(sum(mask[p].sum() for p in parts))
        ways = [
            [f"{region}{source}" for source in (str(k[0]), *(c.named(i).get(int(k[0]), ()) if k[0] else ()))]
            for region, k in zip(pair, inks, strict=True)
        ]
        for first, second in product(*(w[:MOST_NAMED] for w in ways)):
            acts[f"{first}{ALSO}{second}"] = explained


def _moves(acts: dict[str, float], c: Crowd, i: int, goal: Cells, mask: np.ndarray, useful: set[str]) -> None:
    """Enter the moves by a constant; those into another colour where there is none without."""
    t = c.things[i]
    for inks in (True, False):
        if not inks and (t.size < FEWEST_INKED or any(a.startswith("move") for a in acts)):
            return
        for down, right in islice(offsets(t, goal, inks), MOST_OFFSETS):
            _change(acts, c, i, move_word(down, right), goal, mask, useful)


def more_acts(c: Crowd, i: int, goal: Cells, mask: np.ndarray) -> dict[str, float]:
    """The acts around a thing that itself changes, with the changed cells that each explains: they may come after."""
    acts: dict[str, float] = {}
    for region in AROUND:
        _colour(acts, c, i, region, goal, mask, set(), set())
    return acts


def _starts(c: Crowd, i: int, word: str, goal: Cells) -> bool:
    """Whether the first cell of the first copy beside a thing may be wanted."""
    t, gap = c.things[i], word.startswith(("row", "copygap"))
    down, right = EIGHT[word.removeprefix("row").removeprefix("trail").removeprefix("copy").removeprefix("gap")]
    row, column = t.top + down * (t.height + gap), t.left + right * (t.width + gap)
    column += int(np.flatnonzero(t.cells[0])[0])
    inside = 0 <= row < goal.shape[0] and 0 <= column < goal.shape[1]
    return not inside or bool(goal[row, column] == t.cells[0][t.cells[0] != 0][0])


def _colour(
    acts: dict[str, float],
    c: Crowd,
    i: int,
    region: str,
    goal: Cells,
    mask: np.ndarray,
    useful: set[str],
    nothing: set[str],
) -> None:
    """Enter the acts that colour a region as is wanted."""
    places = REGIONS[region](c, i)
    worked(_WORK if len(places[0]) else _WORK_IN_VAIN)
    if region in ON:
        t = c.things[i]
        rest = goal[t.box] == c.cells[t.box]
        rest[places[0] - t.top, places[1] - t.left] = True
        if not rest[t.cells != 0].all():
            return
    if not len(places[0]):
        nothing.add(region)
        return
    inks = goal[places]
    ink = int(inks[0])
    if (inks != ink).any():
        return
    explained = float(mask[places].sum())
    if explained:
        useful.add(region)
    if ink or region in ON:
        acts[f"{region}{ink}"] = explained
    if ink:
        for source in c.named(i).get(ink, ()):
            acts[f"{region}{source}"] = explained


def _of_its_own(c: Crowd, t: Thing, places: Places, mask: np.ndarray) -> float:
    """How many of the changed cells at some places are not other things' cells: these may have taken the colour where
    they are, which says nothing of what comes to lie on them."""
    others = c.cells != 0
    others[t.box][t.cells != 0] = False
    return float((mask & ~others)[places].sum())


def _change(
    acts: dict[str, float], c: Crowd, i: int, word: str, goal: Cells, mask: np.ndarray, useful: set[str]
) -> None:
    """Enter the change `word` if what it makes is wanted."""
    worked(_WORK)
    change = change_of(c, i, word)
    if change is None:
        return
    gone, places, inks = change
    words = [word]
    if (goal[places] != inks).any():
        ink = int(goal[places][0])
        if not ink or len(inks) < FEWEST_INKED or (goal[places] != ink).any():
            return
        words = [f"{word}{IN}{ink}", *(f"{word}{IN}{source}" for source in c.named(i).get(ink, ()))]
    t = c.things[i]
    explained = mask.copy() if gone else None
    value = float(mask[places].sum()) if words[0] == word else _of_its_own(c, t, places, mask)
    if explained is not None:
        left = t.cells != 0
        stays = np.zeros(mask.shape, bool)
        stays[places] = True
        left = left & ~stays[t.box]
        if (goal[t.box] == c.cells[t.box])[left].any():
            return
        if left.any():
            useful.add(word)
        # Where others come instead, it is they that explain the cells.
        value += float((left & (goal[t.box] == 0)).sum())
    elif not (goal[t.box] == c.cells[t.box])[t.cells != 0].all():
        return
    for name in words:
        acts[name] = value
    if value:
        useful.add(word)
