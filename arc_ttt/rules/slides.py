"""Things that slide as far as they can, each in a direction that a property of it decides, and pile up at the border.

A table is a word of entries like `5tostay_elsetodown`. A direction may depend on a mark: `ahead2` is where the thing of
colour 2 points (away from the border at which it lies), `away2` and `towards2` are straight away from and to what of
colour 2 lies in line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice, product

import numpy as np

from arc_ttt.rules.crowds import crowd
from arc_ttt.rules.falling import walls
from arc_ttt.rules.language import Argument, Kind, fits, keyed, operation
from arc_ttt.rules.places import DIRECTIONS
from arc_ttt.rules.regions import pointing
from arc_ttt.rules.regions_pointed import aim
from arc_ttt.rules.slides_led import LED, STAY, Way, by_mark, led, straight
from arc_ttt.rules.things import Thing, colours, things
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

_GONE: Way = (9, 9)
_FLOAT: Way = (1, 9)
_FIXED = {"stay": STAY, "gone": _GONE, "float": _FLOAT, **DIRECTIONS}
_ABSOLUTE = ("stay", *DIRECTIONS)
_OWN = ("nose", "tip", "homeorgo", "home", "float", *LED, "gone")
_MARKED = ("towards", "away", "ahead", "behind")
_ENTRY = re.compile(rf"(\d{{1,5}}|else)to({'|'.join((*_ABSOLUTE, *_OWN))}|(?:{'|'.join(_MARKED)})[1-9])")
SLIDING = Kind("what slides", ("corner", "side", "mixed", "cell"))
# What decides; of single cells it is their colour.
_NAMES = (
    "any",
    "colour",
    "holed",
    "single",
    "full",
    "lying",
    "line",
    "largest",
    "smallest",
    "symmetric",
    "size",
    "shape",
)
DECIDES = Kind("what decides how it slides", _NAMES)
FLUID = Kind("fluid", ("none", *range(1, 10)))
_MOST_THINGS, _MOST_CELLS, _MOST_CLASSES, _MOST_TRIED = 40, 150, 9, 40
_ELSE = -1
_WORK = 0.5  # of a thing that slides, in the units of `work`


WAYS = Kind("ways by case", ("5tostay_elsetodown", "0toup_1todown", "elsetoaway2"), keyed(_ENTRY))


class _Scene:
    """The things of a grid without its fluid."""

    def __init__(self, cells: Cells, link: str, fluid: int | str) -> None:
        self.cells = cells
        self.fluid = cells == fluid if isinstance(fluid, int) else np.zeros(cells.shape, bool)
        self.solid = np.where(self.fluid, 0, cells).astype(np.uint8)
        if link == "cell":
            at = np.argwhere(self.solid).tolist()
            self.things = [Thing(r, c, self.solid[r : r + 1, c : c + 1]) for r, c in at[: _MOST_CELLS + 1]]
        else:
            self.things = list(things(self.solid, link))
        self.link = link
        self._far: dict[tuple[int, Way], int | None] = {}
        self.homes = walls(cells)
        self.marks: dict[int, list[Thing]] = {
            c: [t for t in things(np.where(cells == c, cells, 0).astype(np.uint8), "corner")] for c in colours(cells)
        }

    @property
    def sound(self) -> bool:
        return 0 < len(self.things) <= (_MOST_CELLS if self.link == "cell" else _MOST_THINGS)

    def values(self, name: str) -> list[int]:
        if self.link == "cell":
            return [t.colour if name == "colour" else 0 for t in self.things]
        return list(crowd(self.solid, self.link).values(name))

    def way(self, t: Thing, word: str) -> Way | None:
        """Where a thing goes; None where the word says nothing here."""
        if word in _FIXED:
            return _FIXED[word]
        if word in ("home", "homeorgo"):
            if t.colour in self.homes:
                return DIRECTIONS[self.homes[t.colour]]
            return None if not self.homes else STAY if word == "home" else _GONE
        if word in ("nose", "tip"):
            return straight(aim(t)) if word == "tip" else DIRECTIONS.get(pointing(t) or "")
        if word in LED:
            return led(self.cells, self.homes, self.marks, t, word)
        return by_mark(self.cells, self.marks.get(int(word[-1]), []), t, word)

    def goes(self, t: Thing, way: Way, wanted: Cells) -> int | None:
        """How far a thing goes at least in a direction until it is wanted there; None where it never is."""
        key = (id(t), way)
        if key not in self._far:
            rows, columns = np.nonzero(t.cells)
            inks = t.cells[rows, columns]
            down, right = (1, 0) if way == _FLOAT else way
            rooms = [
                wanted.shape[0] - 1 - t.bottom if down > 0 else t.top,
                wanted.shape[1] - 1 - t.right if right > 0 else t.left,
            ]
            most = rooms[0] if down else rooms[1] if right else 0
            steps = np.arange(most + 1)[:, None]
            hits = (wanted[rows + t.top + down * steps, columns + t.left + right * steps] == inks).all(axis=1)
            self._far[key] = int(hits.argmax()) if hits.any() else None
        return self._far[key]

    def slid(self, ways: Sequence[Way]) -> Cells:
        """All things where they come to rest; those that stay are there first."""
        out = np.zeros_like(self.cells)
        for t, way in zip(self.things, ways, strict=True):
            if way == STAY:
                out[t.box][t.cells != 0] = t.cells[t.cells != 0]
        for way in dict.fromkeys(w for w in (DIRECTIONS["down"], _FLOAT, *DIRECTIONS.values()) if w in ways):
            down, right = way if way != _FLOAT else (1, 0)
            mine = [t for t, w in zip(self.things, ways, strict=True) if w == way]
            mine.sort(
                key=lambda t: -down * (t.bottom if down > 0 else t.top) - right * (t.right if right > 0 else t.left)
            )
            for t in mine:
                worked(_WORK)
                rows, columns = np.nonzero(t.cells)
                inks = t.cells[rows, columns]
                rows, columns = rows + t.top, columns + t.left
                full = (out != 0) | self.fluid if way == _FLOAT else out != 0
                while True:
                    r, c = rows + down, columns + right
                    if r.min() < 0 or c.min() < 0 or r.max() >= len(out) or c.max() >= out.shape[1] or full[r, c].any():
                        break
                    rows, columns = r, c
                out[rows, columns] = inks
        out[self.fluid & (out == 0)] = self.cells[self.fluid][0] if self.fluid.any() else 0
        return out


@operation("objects", "beginning", link=SLIDING, name=DECIDES, ways=WAYS, fluid=FLUID, weight=0)
def slide_by(cells: Cells, link: str, name: str, ways: str, fluid: int | str) -> Cells | None:
    """Things slide as far as they can, each as a property of it decides: in a direction, where a mark points, to or
    away from a mark in line, or to the border line of their colour; they pile up, and a fluid lets them through."""
    scene = _Scene(cells, link, fluid)
    if not scene.sound:
        return None
    table = {_ELSE if v == "else" else int(v): w for v, w in _ENTRY.findall(ways)}
    found: list[Way] = []
    for t, value in zip(scene.things, scene.values(name), strict=True):
        word = table.get(value, table.get(_ELSE))
        way = None if word is None else scene.way(t, word)
        if way is None:
            return None
        found.append(way)
    out = scene.slid(found)
    return None if (out == cells).all() else out


# --- learning ---


@fits("slide_by")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(s.shape != w.shape for s, w in zip(shown, wanted, strict=True)):
        return
    if any((s != 0).sum() < (w != 0).sum() for s, w in zip(shown, wanted, strict=True)):
        return
    common = set.intersection(*(set(colours(s)) for s in shown))
    # A fluid fills whole lines and becomes less where things lie in it.
    fluids = [c for c in sorted(common) if all(_flows(s, w, c) for s, w in zip(shown, wanted, strict=True))]
    choices: list[int | str] = [*fluids, "none"]
    for fluid in choices:
        for link in map(str, SLIDING.values):
            scenes = [_Scene(s, link, fluid) for s in shown]
            if not all(s.sound for s in scenes):
                continue
            found = False
            for name in _NAMES if link != "cell" else ("any", "colour"):
                for table in _tables(scenes, wanted, name, sorted(common), fluid):
                    yield link, name, table, fluid
                    found = True
                if found:
                    # What are the same things in the demonstrations may be others in a test.
                    yield from _twins(shown, wanted, link, name, table, fluid)
                    return


def _twins(
    shown: Sequence[Cells], wanted: Sequence[Cells], link: str, name: str, table: str, fluid: int | str
) -> Iterator[tuple[Argument, ...]]:
    """The table for other things, where it makes all of what is wanted, too."""
    for other in map(str, SLIDING.values):
        if other != link and (other != "cell" or name in ("any", "colour")):
            made = (slide_by(s, other, name, table, fluid) for s in shown)
            if all(m is not None and (m == w).all() for m, w in zip(made, wanted, strict=True)):
                yield other, name, table, fluid


def _flows(s: Cells, w: Cells, colour: int) -> bool:
    lines = (s == colour).all(axis=1).sum() + (s == colour).all(axis=0).sum()
    return bool(lines > 1 and 10 * (s == colour).sum() > s.size and (w[s != colour] != colour).all())


def _tables(
    scenes: Sequence[_Scene], wanted: Sequence[Cells], name: str, marks: Sequence[int], fluid: int | str
) -> Iterator[str]:
    """Tables that make all of what is wanted, at most one."""
    classes: dict[int, list[tuple[_Scene, Cells, Thing]]] = defaultdict(list)
    values = [s.values(name) for s in scenes]
    for scene, w, mine in zip(scenes, wanted, values, strict=True):
        for t, v in zip(scene.things, mine, strict=True):
            classes[v].append((scene, w, t))
    if len(classes) > _MOST_CLASSES or (name != "any" and len(classes) < 2):
        return
    words = [
        *_ABSOLUTE,
        *(w for w in _OWN if w != "float" or fluid != "none"),
        *(f"{h}{m}" for h in _MARKED for m in marks),
    ]
    options = {}
    for v, members in classes.items():
        options[v] = [w for w in words if _possible(members, w)]
        if not options[v]:
            return
    for table in islice(_choices(options), _MOST_TRIED):
        for scene, w, mine in zip(scenes, wanted, values, strict=True):
            ways = [scene.way(t, table[v]) for t, v in zip(scene.things, mine, strict=True)]
            if None in ways or (scene.slid([x for x in ways if x is not None]) != w).any():
                break
        else:
            yield _word(table, name)
            return


def _choices(options: dict[int, list[str]]) -> Iterator[dict[int, str]]:
    """Tables, those first in which almost all classes do the same."""
    first = {v: words[0] for v, words in options.items()}
    words = [w for w in dict.fromkeys(w for known in options.values() for w in known) if w not in ("stay", "gone")]
    alike = [(sum(w in known for known in options.values()), w) for w in words]
    for n, w in sorted(alike, key=lambda e: -e[0]):
        table = {v: w if w in known else first[v] for v, known in options.items()}
        yield table
        if n > 1:
            yield from (table | {v: "stay"} for v in options if table[v] == w and "stay" in options[v])
    for choice in product(*options.values()):
        if not set(choice) <= {"stay", "gone"}:
            yield dict(zip(options, choice, strict=True))


def _possible(members: Sequence[tuple[_Scene, Cells, Thing]], word: str) -> bool:
    """Whether all these things may have gone so far: somewhere on the way there is what they are wanted."""
    moved = word in ("stay", "gone")
    for scene, w, t in members:
        way = scene.way(t, word)
        if way is None:
            return False
        if way == _GONE:
            continue
        far = scene.goes(t, way, w)
        if far is None:
            return False
        moved |= far > 0
    return moved


def _word(table: dict[int, str], name: str) -> str:
    """The table; of many colours (or sizes, shapes) that do the same as any other."""
    entries = {str(v): w for v, w in sorted(table.items())}
    if name in ("any", "colour", "size", "shape"):
        common = max(dict.fromkeys(table.values()), key=lambda w: sum(x == w for x in table.values()))
        if name == "any" or sum(x == common for x in table.values()) > 1:
            entries = {v: w for v, w in entries.items() if w != common} | {"else": common}
    return "_".join(f"{v}to{w}" for v, w in entries.items())
