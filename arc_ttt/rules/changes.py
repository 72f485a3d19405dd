"""Changes of a thing: where it moves, how it turns, where it is copied to, by name."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules import rails
from arc_ttt.rules.acts_figures import BECOME
from arc_ttt.rules.acts_measured import MEASURED, Placed
from arc_ttt.rules.acts_related import COPIED, RELATED
from arc_ttt.rules.breaches import BREACHED
from arc_ttt.rules.companions import PLACED
from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.dressed import DRESSED
from arc_ttt.rules.moves_aimed import WAYS, Way
from arc_ttt.rules.moves_chasing import CHASING, COPYING, others
from arc_ttt.rules.moves_in_step import STEPPED
from arc_ttt.rules.moves_pointed import POINTED, Shifts
from arc_ttt.rules.places import DIRECTIONS, SLANTS, Places, put
from arc_ttt.rules.regions import NONE, pointing
from arc_ttt.rules.regions_aimed import OPPOSITE, way_to
from arc_ttt.rules.regions_pointed import aim
from arc_ttt.rules.signs import sign_way
from arc_ttt.rules.sources import mask_of
from arc_ttt.rules.things import Thing
from arc_ttt.types import Cells

# What a thing becomes: whether it goes from where it is, and what is painted: places and colours.
Change = tuple[bool, Places, np.ndarray]
EIGHT = DIRECTIONS | SLANTS
_NAMES = {way: name for name, way in EIGHT.items()}


def _steps(cells: Cells, t: Thing, way: tuple[int, int]) -> int:
    """How far a thing can go in a direction before the border or what else is in `cells`."""
    down, right = way
    rows, columns = np.nonzero(t.cells)
    if not len(rows):
        return 0
    rows, columns = rows + t.top, columns + t.left
    others = cells.copy()
    others[rows, columns] = 0
    for n in range(1, 31):
        r, k = rows + n * down, columns + n * right
        if r.min() < 0 or k.min() < 0 or r.max() >= others.shape[0] or k.max() >= others.shape[1] or others[r, k].any():
            return n - 1
    return 0


def moved(c: Crowd, i: int, down: int, right: int) -> Change:
    t = c.things[i]
    return (True, *put(c.cells, t.cells, t.top + down, t.left + right))


def _slid(c: Crowd, i: int, way: tuple[int, int]) -> Change:
    n = _steps(c.cells, c.things[i], way)
    return moved(c, i, n * way[0], n * way[1])


def _slide(way: str) -> Callable[[Crowd, int], Change]:
    def slide(c: Crowd, i: int) -> Change:
        return _slid(c, i, EIGHT[way])

    return slide


def _edge(way: str) -> Callable[[Crowd, int], Change]:
    def edge(c: Crowd, i: int) -> Change:
        t, (rows, columns) = c.things[i], c.cells.shape
        down = {"up": -t.top, "down": rows - 1 - t.bottom}.get(way, 0)
        right = {"left": -t.left, "right": columns - 1 - t.right}.get(way, 0)
        return moved(c, i, down, right)

    return edge


def _step(way: str, gap: int) -> Callable[[Crowd, int], Change]:
    def step(c: Crowd, i: int) -> Change:
        t, (down, right) = c.things[i], DIRECTIONS[way]
        return moved(c, i, down * (t.height + gap), right * (t.width + gap))

    return step


def _pull(c: Crowd, i: int, goals: list[int], gap: int) -> Change | None:
    """Straight towards the nearest of the goals that lies straight beside a thing, until they touch or with a gap."""
    found = way_to(c, i, goals)
    if found is None:
        return None
    way, k = found
    goal = np.zeros_like(c.cells)
    goal[c.things[k].box] = c.things[k].cells
    n = _steps(goal, c.things[i], DIRECTIONS[way]) - gap
    return moved(c, i, n * DIRECTIONS[way][0], n * DIRECTIONS[way][1])


def _pulled(goals: Callable[[Crowd, int], list[int]], gap: int = 0) -> Callable[[Crowd, int], Change | None]:
    return lambda c, i: _pull(c, i, goals(c, i), gap)


def _kin(c: Crowd, i: int) -> list[int]:
    """The things of its colour."""
    return [k for k, o in enumerate(c.things) if ink_of(o) == ink_of(c.things[i])]


def _to_twin(c: Crowd, i: int) -> Change:
    """Straight towards the nearest thing of another colour and its shape; where none lies straight beside it, it
    stays."""
    t = c.things[i]
    twins = [k for k, o in enumerate(c.things) if ink_of(o) != ink_of(t) and mask_of(o) == mask_of(t)]
    return _pull(c, i, twins, 0) or (False, NONE, np.zeros(0, np.uint8))


def _largest(c: Crowd, group: list[int]) -> list[int]:
    most = max(c.things[k].size for k in group)
    return [k for k in group if c.things[k].size == most]


def _aimed(way: Callable[[Crowd, int], Way | None]) -> Callable[[Crowd, int], Change | None]:
    def go(c: Crowd, i: int) -> Change | None:
        found = way(c, i)
        return None if found is None else moved(c, i, *found)

    return go


def _towards_mass(c: Crowd, i: int) -> Change | None:
    """The way its rarest colour lies, as far as it can."""
    way = pointing(c.things[i])
    return _slide(way)(c, i) if way else None


def _from_mass(c: Crowd, i: int) -> Change | None:
    """Away from where its rarest colour lies, as far as it can."""
    way = pointing(c.things[i])
    return _slide(OPPOSITE[way])(c, i) if way else None


def _aim_slide(c: Crowd, i: int) -> Change | None:
    """The way it points, as far as it can."""
    way = aim(c.things[i])
    return _slid(c, i, way) if way else None


def _signed(go: Callable[[Crowd, int, Way], Change]) -> Callable[[Crowd, int], Change | None]:
    """The way that the sign of its colour says; what no sign speaks of stays."""

    def change(c: Crowd, i: int) -> Change | None:
        way = sign_way(c, i)
        if way is None:
            return None
        return go(c, i, way) if way != (0, 0) else (False, NONE, np.zeros(0, np.uint8))

    return change


def _level(across: bool, upright: bool) -> Callable[[Crowd, int], Change | None]:
    """Moved so that its middle lies in the row or column of the middle of the one largest thing, or in both."""

    def level(c: Crowd, i: int) -> Change | None:
        t, sizes = c.things[i], [o.size for o in c.things]
        k = sizes.index(max(sizes))
        if k == i or sizes.count(sizes[k]) > 1:
            return None
        o = c.things[k]
        down, right = (o.top + o.bottom - t.top - t.bottom) // 2, (o.left + o.right - t.left - t.right) // 2
        return moved(c, i, down * across, right * upright)

    return level


def _level_kin(across: bool) -> Callable[[Crowd, int], Change | None]:
    """Moved so that its middle row (or column) is that of the one other thing of its colour."""

    def level(c: Crowd, i: int) -> Change | None:
        t, kin = c.things[i], [k for k in _kin(c, i) if k != i]
        if len(kin) != 1:
            return None
        o = c.things[kin[0]]
        down, right = int((o.top + o.bottom - t.top - t.bottom) / 2), int((o.left + o.right - t.left - t.right) / 2)
        return moved(c, i, down * across, right * (not across))

    return level


def _over(gone: bool) -> Callable[[Crowd, int], Change | None]:
    """Mirrored over the far side of the nearest thing of another colour straight beside it."""

    def over(c: Crowd, i: int) -> Change | None:
        t = c.things[i]
        found = way_to(c, i, others(c, i))
        if found is None:
            return None
        way, o = found[0], c.things[found[1]]
        top, left, patch = t.top, t.left, t.cells[:, ::-1]
        if way in ("up", "down"):
            top, patch = 2 * (o.top if way == "up" else o.bottom) - t.bottom, t.cells[::-1]
        else:
            left = 2 * (o.left if way == "left" else o.right) - t.right
        return (gone, *put(c.cells, patch, top, left))

    return over


def _turned(turn: Callable[[Cells], Cells]) -> Callable[[Crowd, int], Change | None]:
    def change(c: Crowd, i: int) -> Change | None:
        t = c.things[i]
        new = turn(t.cells)
        return (True, *put(c.cells, new, t.top, t.left)) if new.shape == t.cells.shape else None

    return change


def _copied(way: str, mirrored: bool, gap: int, often: int) -> Callable[[Crowd, int], Change]:
    """Copies beside a thing in a direction, each mirrored against the one before if it says so."""

    def change(c: Crowd, i: int) -> Change:
        t, (down, right) = c.things[i], EIGHT[way]
        rows, columns, inks = [NONE[0]], [NONE[1]], [np.zeros(0, np.uint8)]
        patch = t.cells
        for n in range(1, often + 1):
            if mirrored:
                patch = patch[:: -1 if down else 1, :: -1 if right else 1]
            top, left = t.top + n * down * (t.height + gap), t.left + n * right * (t.width + gap)
            if not (-t.height < top < c.cells.shape[0] and -t.width < left < c.cells.shape[1]):
                break
            (r, k), ink = put(c.cells, patch, top, left)
            rows.append(r)
            columns.append(k)
            inks.append(ink)
        return False, (np.concatenate(rows), np.concatenate(columns)), np.concatenate(inks)

    return change


def _shifted(gone: bool, shifts: Callable[[Crowd, int], Shifts | None]) -> Callable[[Crowd, int], Change | None]:
    def change(c: Crowd, i: int) -> Change | None:
        t, found = c.things[i], shifts(c, i)
        if found is None:
            return None
        made = [put(c.cells, t.cells, t.top + down, t.left + right) for down, right in found]
        places = [np.concatenate([p[k] for p, _ in made]) for k in (0, 1)]
        return gone, (places[0], places[1]), np.concatenate([inks for _, inks in made])

    return change


def _at_corners(c: Crowd, i: int) -> Change:
    """Copies in the four corners of the grid."""
    t, (rows, columns) = c.things[i], c.cells.shape
    ends = [(r, k) for r in (0, rows - t.height) for k in (0, columns - t.width)]
    made = [put(c.cells, t.cells, *at) for at in ends]
    places = [np.concatenate([p[k] for p, _ in made]) for k in (0, 1)]
    return False, (places[0], places[1]), np.concatenate([inks for _, inks in made])


def _completed(views: Callable[[Cells], list[Cells]]) -> Callable[[Crowd, int], Change | None]:
    """A thing laid upon images of itself in its box; what is there already stays."""

    def change(c: Crowd, i: int) -> Change | None:
        t = c.things[i]
        out = np.zeros_like(t.cells)
        for image in views(t.cells):
            if image.shape != out.shape:
                return None
            out = np.where(out == 0, image, out)
        out[t.cells != 0] = 0
        rows, columns = np.nonzero(out)
        places = rows + t.top, columns + t.left
        empty = c.cells[places] == 0
        return False, (places[0][empty], places[1][empty]), out[rows, columns][empty]

    return change


def _mirror(cells: Cells) -> Cells:
    return cells[:, ::-1]


def _flip(cells: Cells) -> Cells:
    return cells[::-1]


def _measured(act: Callable[[Crowd, int], Placed | None], gone: bool = True) -> Callable[[Crowd, int], Change | None]:
    def change(c: Crowd, i: int) -> Change | None:
        placed = act(c, i)
        return (gone, *put(c.cells, *placed)) if placed else None

    return change


def _given_way(c: Crowd, i: int) -> Change | None:
    """It vanishes, and what others paint in its place stays, as nothing does that colours it."""
    return True, NONE, np.zeros(0, np.uint8)


CHANGES: dict[str, Callable[[Crowd, int], Change | None]] = {
    **{f"slide{w}": _slide(w) for w in DIRECTIONS},
    **{f"edge{w}": _edge(w) for w in DIRECTIONS},
    **{f"step{w}": _step(w, 0) for w in DIRECTIONS},
    "pullnear": _pulled(others),
    "pulllarge": _pulled(lambda c, _: _largest(c, list(range(len(c.things))))),
    "pulllike": _pulled(_kin),
    "pulltwin": _to_twin,
    "pullkin": _pulled(lambda c, i: _largest(c, _kin(c, i))),
    **{name: _aimed(way) for name, way in WAYS.items()},
    "slidepointing": _towards_mass,
    "levelrow": _level(True, False),
    "levelcolumn": _level(False, True),
    "levelboth": _level(True, True),
    "levelkinrow": _level_kin(True),
    "levelkincolumn": _level_kin(False),
    "throwover": _over(True),
    "copyover": _over(False),
    "giveway": _given_way,
    "fliphorizontal": _turned(_mirror),
    "flipvertical": _turned(_flip),
    "turn": _turned(lambda c: np.rot90(c, 2)),
    "turnleft": _turned(np.rot90),
    "turnright": _turned(lambda c: np.rot90(c, 3)),
    "transpose": _turned(lambda c: c.T),
    **{f"copy{w}": _copied(w, False, 0, 1) for w in DIRECTIONS},
    **{f"mirror{w}": _copied(w, True, 0, 1) for w in DIRECTIONS},
    **{f"trail{w}": _copied(w, False, 0, 30) for w in DIRECTIONS},
    **{f"row{w}": _copied(w, False, 1, 30) for w in DIRECTIONS},
    "completehorizontal": _completed(lambda c: [c, c[:, ::-1]]),
    "completevertical": _completed(lambda c: [c, c[::-1]]),
    "completeboth": _completed(lambda c: [c, c[::-1], c[:, ::-1], c[::-1, ::-1]]),
    "completeturning": _completed(lambda c: [np.rot90(c, k) for k in range(4)]),
    **{name: _measured(act) for name, act in (MEASURED | PLACED | rails.PLACED).items()},
    **{f"slide{w}": _slide(w) for w in SLANTS},
    **{f"copy{w}": _copied(w, False, 0, 1) for w in SLANTS},
    **{f"trail{w}": _copied(w, False, 0, 30) for w in SLANTS},
    **{f"mirror{w}": _copied(w, True, 0, 1) for w in SLANTS},
    "atcorners": _at_corners,
    **{f"stepgap{w}": _step(w, 1) for w in DIRECTIONS},
    **{f"copygap{w}": _copied(w, False, 1, 1) for w in DIRECTIONS},
    **{f"mirrorgap{w}": _copied(w, True, 1, 1) for w in DIRECTIONS},
    "pullneargap": _pulled(others, 1),
    "pulllargegap": _pulled(lambda c, _: _largest(c, list(range(len(c.things)))), 1),
    "slideaim": _aim_slide,
    **{name: _shifted(*pointed) for name, pointed in (POINTED | STEPPED).items()},
    "slidebehind": _from_mass,
    **{name: _measured(act) for name, act in RELATED.items()},
    **{name: _measured(act, False) for name, act in COPIED.items()},
    **{name: _measured(act) for name, act in (BECOME | DRESSED).items()},
    **BREACHED,
    "signslide": _signed(_slid),
    "signcopy": _signed(lambda c, i, way: _copied(_NAMES[way], False, 0, 1)(c, i)),
    "signtrail": _signed(lambda c, i, way: _copied(_NAMES[way], False, 0, 30)(c, i)),
    **{name: _aimed(way) for name, way in CHASING.items()},
    **{name: _shifted(*copying) for name, copying in COPYING.items()},
}
