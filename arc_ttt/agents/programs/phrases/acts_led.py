"""Clauses of the acts that another thing leads: to a hub, between like things, as far as others reach."""

from __future__ import annotations

_STEPS = {"up": "upwards", "down": "downwards", "left": "to the left", "right": "to the right"}
_CORNERS = {"left": "one to the left", "right": "one to the right", "upper": "upper one", "lower": "lower one"}
_HUBS = (("large", "the largest one"), ("rare", "that of the rarest colour"), ("border", "the one at a border"))

LED = {
    **{
        f"{way}{name}": f"are joined to the middle of {hub} by {{}} {line}"
        for name, hub in _HUBS
        for way, line in (
            ("rowelbow", "along their row, then its column"),
            ("columnelbow", "along their column, then its row"),
        )
    },
    **{
        f"{way}{kind}{name}": f"send a line of {{}} along their {way} {how} the middle of {hub}"
        for name, hub in _HUBS
        for way in ("row", "column")
        for kind, how in (("leg", "until before the line through"), ("reach", "as far as the line through"))
    },
    **{
        f"link{name}": f"are joined, middle to middle, to the next one {what} that is level with them by lines of {{}}"
        for name, what in (
            ("twin", "of their shape"),
            ("size", "of as many cells"),
            ("holes", "with as many holes"),
            ("kin", "of their colour"),
            ("other", "of another colour"),
        )
    },
    **{
        f"{way}link{name}": f"are joined, middle to middle, to the next one {what} in their {way} by lines of {{}}"
        for way in ("row", "column")
        for name, what in (("twin", "of their shape"), ("size", "of as many cells"), ("kin", "of their colour"))
    },
    **{
        f"bend{corner}{name}": f"are joined, middle to middle, to the one other {what} by lines of {{}} with a corner, "
        f"in the row of the {one}"
        for name, what in (("twin", "of their shape"), ("kin", "of their colour"))
        for corner, one in _CORNERS.items()
    },
    **{
        f"bend{part}{corner}": f"get {what} of {{}} where the row of the {one} and the column of the other one of "
        "their colour meet"
        for part, what in (("spot", "a cell"), ("plus", "a plus"))
        for corner, one in _CORNERS.items()
    },
    "busrow": "send a line of {} along their middle row as far as the others reach",
    "buscolumn": "send a line of {} along their middle column as far as the others reach",
    **{
        f"{way}{name}": f"get as many rings of {{}} around them{how} as {what}"
        for way, how in (("echo", ", a cell apart,"), ("pad", ""))
        for name, what in (
            ("size", "they have cells"),
            ("specks", "they have cells of other than their main colour"),
            ("border", "things lie at the border"),
        )
    },
    "hatchall": "have all of the empty area in which they lie painted {}",
    **{
        f"hatch{how}": f"have {what} of the empty area in which they lie painted {{}}, counted from them"
        for how, what in (
            ("rows", "every second row"),
            ("columns", "every second column"),
            ("both", "every second row and every second column"),
            ("rings", "every second ring around them"),
            ("checks", "every second cell, as on a chessboard,"),
        )
    },
    **{
        f"sag{way}": f"are tied to the next one {where} by a rope of {{}} that hangs {how}"
        for way, where, how in (
            ("up", "in their row, to the right,", "upwards"),
            ("down", "in their row, to the right,", "downwards"),
            ("left", "below in their column", "to the left"),
            ("right", "below in their column", "to the right"),
        )
    },
    **{
        f"stairs{a}{b}": f"send stairs of {{}} step by step {_STEPS[a]} and {_STEPS[b]} up to what is in the way"
        for pair in (("up", "down"), ("left", "right"))
        for a in pair
        for b in _STEPS
        if b not in pair
    },
    **{
        f"room{way}": f"have the room {where} painted {{}}"
        for way, where in (
            ("up", "above them"),
            ("down", "below them"),
            ("left", "to the left of them"),
            ("right", "to the right of them"),
            ("ul", "behind their upper left corner"),
            ("ur", "behind their upper right corner"),
            ("ll", "behind their lower left corner"),
            ("lr", "behind their lower right corner"),
        )
    },
    "coast": "paint the border that is nearest to them in {}",
    "coastaim": "paint the border to which they point in {}",
    "coastrare": "paint the border to which their rarest colour points in {}",
    "towall": "are joined in {} to what lies nearest straight beside them",
    **{
        f"hall{way}{size}": f"fill the rooms {where} of theirs in {{}}{how}"
        for way, where in {
            "up": "above",
            "down": "below",
            "left": "to the left",
            "right": "to the right",
            "cross": "straight on all sides",
        }.items()
        for size, how in (
            ("", ", up to one that is not empty"),
            *((("size", ", as many as they have cells"),) if way != "cross" else ()),
        )
    },
    "halltowards": "fill the rooms on the side of theirs to whose wall they are nearest in {}, up to one that is not "
    "empty",
    "hallrest": "fill what is empty in their room in {}",
    "flow": "flow in {} through all doors: they fill their room, those that can be reached from there, and what lies "
    "between two doors that face each other",
    "through": "send a line of {} on behind what they touch, up to what is in the way",
    "spanned": "have all painted {} that lies between straight lines from one of their cells to another",
    "trunk": "grow in {} from the border as far as the others reach",
    **{
        f"hook{way}{turn}": f"send a line of {{}} {_STEPS[way]} to the border and there on {how} to the corner"
        for way, turns in (("up", "row"), ("down", "row"), ("left", "column"), ("right", "column"))
        for turn, how in (
            (("left", "to the left"), ("right", "to the right"), ("both", "to either side"))
            if turns == "row"
            else (("up", "upwards"), ("down", "downwards"), ("both", "to either side"))
        )
    },
    **{
        f"crank{way}": f"send lines of {{}} {ends} the border, which turn there to the corners, the first {how}"
        for way, ends, how in (
            ("left", "upwards and downwards to", "to the left, the second to the right"),
            ("right", "upwards and downwards to", "to the right, the second to the left"),
            ("up", "to the left and to the right to", "upwards, the second downwards"),
            ("down", "to the left and to the right to", "downwards, the second upwards"),
        )
    },
    "windright": "wind inwards in {}, with the wall at their left",
    "windleft": "wind inwards in {}, with the wall at their right",
}
