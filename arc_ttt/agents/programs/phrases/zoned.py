"""Clauses of the operations on the zones of large grids: what labels, edges and legends say of them."""

from __future__ import annotations

from arc_ttt.agents.programs.phrases.teller import SETS, Clause, Teller

_MEASURES = (
    "area=the largest|seen=the one of which most is seen|height=the tallest|width=the widest|top=the lowest|"
    "left=the one farthest to the right|lying=the one that is wider than tall|number=the one with the higher colour"
)
_LEAST = (
    "area=the smallest|seen=the one of which least is seen|height=the lowest in height|width=the narrowest|top=the "
    "highest|left=the one farthest to the left|lying=the one that is taller than wide|number=the one with the lower "
    "colour"
)
_GETS = "|".join(f"{most}_{m}" for most, all_ in (("most", _MEASURES), ("least", _LEAST)) for m in all_.split("|"))

PHRASES: dict[str, str] = {
    "show_patch": "a picture with a symmetry or a period is mended under the rectangles of {mark}, and only what "
    "{which:most_area=the largest|least_area=the smallest|most_top=the lowest|least_top=the highest|most_left=the one "
    "farthest to the right|least_left=the one farthest to the left|most_height=the tallest|least_height=the lowest in "
    "height|most_width=the widest|least_width=the narrowest} of them hides is shown",
    "fill_by_swatch": "small patterns beside a cell or a line of a colour are swatches: {filled:cells=the things of "
    "that colour are|within=what is empty in the boxes of things of that colour is} filled with the pattern, again and "
    "again from {begins:thing=their own corner|grid=the corner of the grid} on",
    "apply_key": "one panel is a key of pairs: in the other one {like:colour=what has the colour of|shape="
    "what has the shape of|turned=what has the shape (however turned) of|size=what is as large as|cells=what is the "
    "same as} the first of a pair {becomes:colour=takes the colour of the second|thing=becomes the second|shape="
    "becomes the shape of the second in its own colour}, and anything else {unlisted:stays=stays|vanishes=vanishes}"
    "{shown:grid=|picture=; only the other panel is shown}",
    "settle_overlap": "where rectangles or frames overlap, cells of {mark} take the colour of "
    f"{{gets:{_GETS}}} of them",
}

_WHERE = {
    "edge": "bands of the grid have a label at their edge",
    "head": "panels have a label in the panel before them",
    "lone": "panels have a lone cell as their label",
    "own": "panels have their colour as a label",
    "frame": "the insides of frames have the frame's colour as a label",
}
_ACTS = {
    "same": "stays", "empty": "becomes empty", "across": "is mirrored left to right",
    "upright": "is mirrored top to bottom", "half": "is turned by half a turn", "quarter": "is turned to the right",
    "back": "is turned to the left", "diagonal": "is mirrored at its diagonal", "paint": "takes the label’s colour",
    "fill": "gets the label’s colour where it is empty", "flood": "becomes all of the label’s colour",
    "swap": "becomes empty where it is coloured and takes the label’s colour elsewhere",
    "only": "keeps only the label’s colour", "without": "loses the label’s colour",
    "inverse": "has its colour and what is empty swapped", "hollow": "becomes hollow",
    "full": "is filled to the boxes of its things", "frames": "becomes the frames around its things",
    "largest": "keeps only its largest thing", "smaller": "loses its largest thing",
    "rows": "has its rows filled with their one colour", "columns": "has its columns filled with their one colour",
}  # fmt: skip
_MOVES = {
    "fall": "falls {}", "rays": "goes on {}", "step": "moves {} by one cell", "roll": "moves {} by one cell and round",
    "count": "moves {} by as many cells as the label has",
    "rollcount": "moves {} and round by as many cells as the label has",
}  # fmt: skip


def _does(act: str) -> str:
    if act in _ACTS:
        return _ACTS[act]
    way = next(w for w in SETS["ways"] if act.endswith(w))
    return _MOVES[act.removesuffix(way)].format(SETS["ways"][way])


def _zones(teller: Teller, where: str, table: str) -> str:
    names = {"0": "without one", "x": "with any"}
    told = []
    for key, act in (e.split("to", 1) for e in table.split("_")):
        told.append(f"{names.get(key) or 'with a ' + teller.ink(key) + ' one'} the rest {_does(act)}")
    return f"{_WHERE[where]}; {', '.join(told)}"


_BORDERS = {"left": "left", "right": "right", "up": "upper", "down": "lower"}


def _marks(teller: Teller, sides: str, done: str, after: str) -> str:
    told = []
    for key, act in (e.split("to", 1) for e in done.split("_")):
        side = key.rstrip("0123456789")
        line, ink = ("row" if side in ("left", "right") else "column"), key.removeprefix(side)
        mark = f"a {teller.ink(ink)} mark" if ink else "a mark"
        does = _does(act).replace("label", "mark")
        told.append(f"after {mark} at the {_BORDERS[side]} border the rest of its {line} {does}")
    if "_" in sides:
        told.append(f"{'rows' if sides.startswith(('left', 'right')) else 'columns'} first")
    return ", ".join(told) + ("; then all marks vanish" if after == "vanish" else "")


CLAUSES: dict[str, Clause] = {"act_in_zones": _zones, "obey_marks": _marks}
