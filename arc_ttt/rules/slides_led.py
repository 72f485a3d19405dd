"""Where things slide that something else leads: a mark, a line at the border, the largest thing of their colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from arc_ttt.rules.places import DIRECTIONS
from arc_ttt.rules.regions_pointed import aim
from arc_ttt.rules.things import Thing
from arc_ttt.types import Cells

Way = tuple[int, int]
STAY: Way = (0, 0)
# To or from: the one full line of a colour at a border, the largest thing of its colour, the border where a single cell
# of its colour lies.
LED = ("toline", "fromline", "tokin", "fromkin", "tosign", "fromsign")


def by_mark(cells: Cells, marks: Sequence[Thing], t: Thing, word: str) -> Way | None:
    """Where the colour whose number ends the word sends a thing; `marks` are the things of that colour."""
    how, mark = word[:-1], int(word[-1])
    if how in ("ahead", "behind"):
        way = _pointed(cells, marks[0]) if len(marks) == 1 else None
        return way if way is None or how == "ahead" else (-way[0], -way[1])
    if not marks:
        return None
    if t.colour == mark:
        return STAY
    ways = {way for m in marks for way in _straight_to(t, m)}
    if len(ways) != 1:
        return STAY
    down, right = DIRECTIONS[ways.pop()]
    return (down, right) if how == "towards" else (-down, -right)


def led(
    cells: Cells, lines: Mapping[int, str], kinds: Mapping[int, Sequence[Thing]], t: Thing, word: str
) -> Way | None:
    """Where the line at a border (by its colour), its kin or the sign of its colour sends a thing; what has none of
    these stays."""
    if word.endswith("line"):
        ways = list(lines.values())
        if len(ways) != 1:
            return None
        if ways[0] in _borders(cells, t) and (t.colour in lines or len(_borders(cells, t)) == 1):
            return STAY
    elif word.endswith("kin"):
        kin = kinds.get(t.colour, [])
        most = max((k.size for k in kin), default=0)
        ways = [] if t.size == most else list({w for k in kin if k.size == most for w in _straight_to(t, k)})
    else:
        signs = [k for k in kinds.get(t.colour, []) if k.size == 1 and len(_borders(cells, k)) == 1]
        ways = [] if _borders(cells, t) else list({_borders(cells, k)[0] for k in signs})
    if len(ways) != 1:
        return STAY
    down, right = DIRECTIONS[ways[0]]
    return (down, right) if word.startswith("to") else (-down, -right)


def _borders(cells: Cells, t: Thing) -> list[str]:
    """The borders where it lies."""
    height, width = cells.shape
    at = {"down": t.bottom == height - 1, "up": t.top == 0, "left": t.left == 0, "right": t.right == width - 1}
    return [w for w, touches in at.items() if touches]


def _straight_to(t: Thing, o: Thing) -> list[str]:
    """The way that leads straight from one thing to another one, if one does."""
    if o.top <= t.bottom and o.bottom >= t.top:
        return ["right" if o.left > t.right else "left"]
    if o.left <= t.right and o.right >= t.left:
        return ["down" if o.top > t.bottom else "up"]
    return []


def _pointed(cells: Cells, t: Thing) -> Way | None:
    """Away from the one border where a mark lies, or where its shape points."""
    borders = _borders(cells, t)
    # A line along a whole border touches two others by its ends.
    if len(borders) > 1 and t.size > 1 and min(t.cells.shape) == 1:
        borders = [w for w in borders if (w in ("up", "down")) == (t.height == 1)]
    if len(borders) == 1 and min(t.cells.shape) == 1:
        down, right = DIRECTIONS[borders[0]]
        return (-down, -right)
    return straight(aim(t))


def straight(way: Way | None) -> Way | None:
    """A way that is not aslant."""
    return way if way is not None and 0 in way else None
