"""What becomes of things (`fill3`, `movep1m2`), in words that follow `things with a hole`."""

from __future__ import annotations

import re

from arc_ttt.agents.programs.phrases.acts_led import LED
from arc_ttt.agents.programs.phrases.teller import SETS, Teller, counted, listed
from arc_ttt.rules.acts import SAME, inked
from arc_ttt.rules.regions import REGIONS

# Where the colours that are associated with a thing are from.
SOURCES = {
    "own": "their own colour",
    "near": "the colour of the nearest one of another colour",
    "touching": "the colour that touches them",
    "innermost": "the colour of the most cells of others in their box",
    "innerleast": "the colour of the fewest cells of others in their box",
    "inner": "the colour of what lies in their box",
    "outer": "the colour of that in whose box they lie",
    "rarest": "their rarest colour",
    "twin": "the other colour that has their shape",
    "turnedtwin": "the other colour that has their shape, perhaps turned",
    "inrow": "the colour of the nearest one beside them in their rows",
    "incolumn": "the colour of the nearest one above or below them",
    "largest": "the colour of the largest one",
    "rare": "the rarest colour of the grid",
    "most": "the most common colour of the grid",
    "speck": "the colour of the one single cell",
    "rim": "the one colour of what lies at the border",
    "content": "the one colour within their outline",
    "shore": "the most common colour of what touches them",
    "shot": "the rarest colour of the one that points at them with it",
    "striker": "the colour of the line that runs into them",
    "shooter": "the colour of the one whose rarest colour points at them",
    "faced": "the first other colour in the way of their tip or open side",
    "backed": "the first other colour behind them, away from their tip or open side",
    "linemark": "the colour that marks the lines between panels",
    "origin": "the colour of the upper left corner of the grid",
    "rest": "the one other colour of the grid",
    "sizetwin": "the other colour of one of as many cells",
    "holetwin": "the other colour of one with as many holes",
    "scaledtwin": "the other colour that has their shape, perhaps scaled",
    "scaledturnedtwin": "the other colour that has their shape, perhaps scaled and turned",
    "smallest": "the colour of the smallest one",
    "above": "the colour of the next one above them",
    "below": "the colour of the next one below them",
    "before": "the colour of the next one to their left",
    "behind": "the colour of the next one to their right",
    "nextleft": "the colour of the one before them from left to right (the first one that of the last)",
    "nextright": "the colour of the one after them from left to right (the last one that of the first)",
    "nextup": "the colour of the one before them from top to bottom (the first one that of the last)",
    "nextclockwise": "the colour of the next one clockwise",
    "nextcounterclockwise": "the colour of the next one counterclockwise",
    "nextdown": "the colour of the one after them from top to bottom (the last one that of the first)",
    "peer": "the colour that other panels have in their place",
    "lackinginrow": "the one colour that none beside them in their rows has",
    "lackingincolumn": "the one colour that none above or below them has",
    "lacking": "the one colour within others that is not within them",
    "nth": "the colour of a strip at the border whose place in it is the number of things",
    "flank": "the colour on two opposite sides of them",
    "pointer": "the colour of what points at them",
    "queuehead": "the colour of the nearest single cell straight beside them",
    "comate": "the colour of the one other that touches the same colour",
    "beat": "the colour whose turn it is at their place in their row",
    "holdertwin": "the colour of the frame around one of their shape, perhaps turned",
    "loosetwin": "the colour of what is in no frame and has the shape that is in their frame, perhaps turned",
    "planned": "the colour that a small plan has for their place",
    "wired": "the colour at the other end of the wires that they touch",
    "cellsofheld": "the colour of what has as many cells as they hold",
    "cellsofholes": "the colour of what has as many cells as they have holes",
    "holesofcells": "the colour of what has as many holes as they have cells",
    "heldofcells": "the colour of what holds as many cells as they have",
    "holesofheld": "the colour of what has as many holes as they hold cells",
    "twintouching": "the colour that another one of their shape and colour touches",
    "twinheld": "the colour that another one of their shape and colour holds",
    "kintouching": "the colour that another one of their colour touches",
    "kinheld": "the colour that another one of their colour holds",
    "orderedsize": "the colour of that among the others that has their place in the order of size",
    "orderedleft": "the colour of that among the others that has their place from left to right",
    "orderedtop": "the colour of that among the others that has their place from top to bottom",
    "usual": "the colour that most have",
    "usualrow": "the colour that most in their rows have",
    "usualcolumn": "the colour that most in their columns have",
    "usualpanel": "the colour that most in their panel have",
    "legend": "the colour that a legend puts beside theirs",
    "fence": "the colour of what encloses them",
    "line": "the colour of the straight lines from border to border",
    "stripsize": "the colour that a strip has for their place, the largest one first",
    "stripsizeup": "the colour that a strip has for their place, the smallest one first",
    "stripheight": "the colour that a strip has for their place, the highest one first",
    "stripwidth": "the colour that a strip has for their place, the widest one first",
    "striptop": "the colour that a strip has for their place, the uppermost one first",
    "stripleft": "the colour that a strip has for their place, the leftmost one first",
    "stripcells": "the colour that a strip has for their number of cells",
    "stripholes": "the colour that a strip has for their number of holes",
    "stripheld": "the colour that a strip has for the number of others in their box",
    "stripdepth": "the colour that a strip has for the number of things that they lie in, themselves too",
}
_WAYS = {"up": "upwards", "down": "downwards", "left": "to the left", "right": "to the right"}
_ASLANT = {
    "ul": "up and to the left",
    "ur": "up and to the right",
    "ll": "down and to the left",
    "lr": "down and to the right",
}
_SIDES = SETS["side"]
_BESIDE = SETS["beside"]
_STOP = "as far as the border or what is in the way"

_CHANGES = {
    SAME: "stay as they are",
    "spinleft": "turn a quarter to the left about their middle",
    "spinright": "turn a quarter to the right about their middle",
    "swingleft": "swing a quarter to the left about the nearest one of another colour straight beside them",
    "swingright": "swing a quarter to the right about the nearest one of another colour straight beside them",
    "swinginwards": "swing a quarter about the nearest one of another colour straight beside them, to where they "
    "are nearer to the middle of the grid",
    "rejoin": "move straight into the row or column that most others are in",
    "nudge": "are completed to their box and move by a cell to where their rarest colour, or what they lacked, lies",
    "bordernear": "move to the nearest border",
    "cornernear": "move to the nearest corner",
    "giveway": "vanish and leave their place to what comes there",
    "middle": "move onto the middle of the grid",
    "overacross": "move, mirrored, as far to the other side, left or right, of the grid",
    "overdown": "move, mirrored, as far to the other side, top or bottom, of the grid",
    "inwards": "move their own height and width towards the middle of the grid",
    "pullnear": "move straight to the nearest one of another colour until they touch it",
    "pulllarge": "move straight to the largest one until they touch it",
    "pulllike": "move straight to the nearest one of their colour until they touch it",
    "facekin": "turn about their middle until their rarest colour lies towards others of it",
    "levelkinrow": "move up or down until their middle is level with the other one of their colour",
    "levelkincolumn": "move left or right until their middle is in line with the other one of their colour",
    "pulltwin": "move straight to the nearest one of their shape, of another colour, until they touch it",
    "pullkin": "move straight to the largest one of their colour until they touch it",
    "pullneargap": "move straight to the nearest one of another colour until there is one cell between",
    "pulllargegap": "move straight to the largest one until there is one cell between",
    "flee": "move to the border, away from what they touch or are nearest to",
    "recoil": "move a cell away from the side on which most of their cells touch those of other colours",
    "approach": "move a cell towards the nearest one of another colour straight beside them",
    "swapplaces": "move to the place of the other one that is as large",
    "ridebeyond": "move to the far end of the path that touches them, beyond it",
    "rideonto": "move onto the far end of the path that touches them",
    "plug": "move into the gap that they fit",
    "slideaim": f"move to where they point (their tip, open side or missing corner), {_STOP}",
    "signslide": f"move to the side on which the sign of their colour lies in its key, {_STOP}",
    "signcopy": "appear once more on the side on which the sign of their colour lies in its key",
    "signtrail": "are repeated to the side on which the sign of their colour lies in its key, without gaps, as "
    "far as the border",
    "slidepointing": f"move to where their rarest colour points, {_STOP}",
    "steppointing": "move their own length to where their rarest colour points",
    "goon": "are repeated, away from the nearest equal one, with the step between the two",
    "goonwhole": "are repeated, away from the nearest equal one, with the step between the two, as far as they fit",
    "goonce": "appear once more, a step on that lies between them and the nearest equal one",
    "bydots": "move by the step from one single cell to the other, in the order of their colours",
    "bydotsback": "move by the step from one single cell to the other, against the order of their colours",
    "copybydots": "appear once more by the step from one single cell to the other, in their colours' order",
    "copybydotsback": "appear once more by the step from one single cell to the other, against their colours' order",
    "step1pointing": "move a cell to where their rarest colour points",
    **{f"step{n}pointing": f"move {n} cells to where their rarest colour points" for n in (2, 3, 4)},
    "copypointing": "appear once more beside themselves, where their rarest colour points",
    "copygappointing": "appear once more, a cell apart, where their rarest colour points",
    "trailpointing": "are repeated without gaps to where their rarest colour points, as far as the border",
    "rowpointing": "are repeated, a cell apart, to where their rarest colour points, as far as the border",
    "copiespointing": "are repeated to where their rarest colour points, as often as they have cells of it",
    "rowcountpointing": "are repeated, a cell apart, to where their rarest colour points, as often as they have cells "
    "of it",
    "shrink": "shrink to their middle cell",
    "atcorners": "are copied into the four corners of the grid",
    "double": "become twice as high and wide, down and to the right",
    "swell": "become twice as high and wide about their middle",
    "fliphorizontal": "are mirrored left to right",
    "flipvertical": "are mirrored top to bottom",
    "turn": "are turned by half a turn",
    "turnleft": "are turned a quarter turn to the left",
    "turnright": "are turned a quarter turn to the right",
    "transpose": "are mirrored at their falling diagonal",
    "completehorizontal": "are completed by their mirror image, left to right",
    "completevertical": "are completed by their mirror image, top to bottom",
    "completeboth": "are completed by their mirror images, left to right and top to bottom",
    "completeturning": "are completed by their quarter turns",
    "levelrow": "move up or down until their middle is level with that of the largest one",
    "levelcolumn": "move left or right until their middle is level with that of the largest one",
    "levelboth": "move onto the middle of the largest one",
    "slidebehind": f"move away from where their rarest colour points, {_STOP}",
    "exchange": "have their two most common colours change places",
    "intoframe": "move into the empty frame (of their colour, if there is one) whose inside they fill, perhaps scaled",
    "copyintoframe": "are copied into the empty frame (of their colour, if there is one) whose inside they fill, "
    "perhaps scaled",
    "middleframe": "move into the middle of the empty frame (of their colour, if there is one) that has room for them",
    "conform": "take the shape of most others whose box is as large",
    "conformrow": "take the shape of most others in their row whose box is as large",
    "conformcolumn": "take the shape of most others in their column whose box is as large",
    "halfacross": "move to their place in the other half of the grid, left or right",
    "halfdown": "move to their place in the other half of the grid, above or below",
    "halfboth": "move to their place in the opposite quarter of the grid",
    "part1": "are cut along their rarest colour, and the pieces move a cell away from it",
    "part2": "are cut along their rarest colour, and the pieces move two cells away from it",
    "break1": "are cut along their rarest colour, which vanishes, and the pieces move a cell away from it",
    "break2": "are cut along their rarest colour, which vanishes, and the pieces move two cells away from it",
    "dress": "take the colours of the thing of several colours that has their shape, perhaps scaled or turned",
    "breach": "make a gap, in their line, in what lies nearest straight beside them",
    "pierce": "run, in their line and colour, through what lies nearest straight beside them",
    "becomeframe": "become the frame of their box",
    "becomefull": "become their whole box",
    "becomecross": "become the cross of the middle lines of their box",
    "becomeslants": "become the diagonals of their box",
    "becomecorners": "become the corners of their box",
    "becometarget": "become the frame and the middle cell of their box",
    "becomerings": "become every second ring of their box",
    "becomechecks": "become every second cell of their box, as on a chessboard",
    "reflectnear": "become the mirror image of the nearest one of another colour straight beside them",
    "imitatenear": "take the shape of the nearest one of another colour straight beside them",
    "throwover": "are thrown, mirrored, over the nearest one of another colour straight beside them",
    "copyover": "are copied, mirrored, over the nearest one of another colour straight beside them",
}
_CHANGES |= {
    "copyontolike": "are copied onto each single cell of their colour",
    "copyontosingle": "are copied onto each single cell of another colour",
}
_GOALS = {
    "near": "the nearest one of another colour",
    "large": "the largest one",
    "rare": "the one with the rarest colour",
    "like": "the nearest one of their colour",
}
for _goal, _which in _GOALS.items():
    _CHANGES |= {
        f"chase{_goal}": f"move a cell, also aslant, towards {_which}",
        f"shun{_goal}": f"move a cell, also aslant, away from {_which}",
        f"onto{_goal}": f"move onto the middle of {_which}",
        f"aslant{_goal}": f"move aslant to {_which} that lies there, until they touch it",
    }
for _way, _towards in _WAYS.items():
    _CHANGES |= {
        f"slide{_way}": f"move {_towards}, {_STOP}",
        f"edge{_way}": f"move {_towards} to the border",
        f"bykey{_way}": f"move {_towards} by as many cells as the one at a corner of the grid has",
        f"bysize{_way}": f"move {_towards} by as many cells as they have",
        f"byspecks{_way}": f"move {_towards} by as many cells as they have of rarer colours",
        f"step{_way}": f"move {_towards} by their own {'height' if _way in ('up', 'down') else 'width'}",
        f"copy{_way}": f"appear once more {_BESIDE[_way]} themselves",
        f"mirror{_way}": f"have their mirror image {_BESIDE[_way]} them",
        f"stepgap{_way}": f"move {_towards} by their {'height' if _way in ('up', 'down') else 'width'} and one cell",
        f"copygap{_way}": f"appear once more {_BESIDE[_way]} themselves, a cell apart",
        f"mirrorgap{_way}": f"have their mirror image {_BESIDE[_way]} them, a cell apart",
        f"trail{_way}": f"are repeated {_towards} without gaps, as far as the border",
        f"row{_way}": f"are repeated {_towards}, a cell apart, as far as the border",
    }
for _name, _towards in _ASLANT.items():
    _CHANGES |= {
        f"slide{_name}": f"move {_towards}, {_STOP}",
        f"copy{_name}": f"appear once more {_towards} of themselves, corner to corner",
        f"mirror{_name}": f"appear once more, turned by half a turn, {_towards} of themselves, corner to corner",
        f"trail{_name}": f"are repeated {_towards}, corner to corner, as far as the border",
    }

# What becomes of a region of a thing, or around it, with the colour's place.
_REGIONS = {
    "all": "take {}",
    "rim": "take {} on their rim",
    "core": "take {} inside their rim",
    "corners": "take {} at their corners",
    "centre": "take {} in their middle",
    "top": "take {} in their top row",
    "bottom": "take {} in their bottom row",
    "leftside": "take {} in their left column",
    "rightside": "take {} in their right column",
    "specks": "take {} where they have their rarest colour",
    "shell": "take {} in as many of their outermost rings as they have cells of rarer colours",
    "kernel": "take {} within as many of their outermost rings as they have cells of rarer colours",
    "filling": "take {} where they have another colour than their outline",
    "mass": "take {} where they have their most common colour",
    "middlerow": "take {} in their middle row",
    "middlecolumn": "take {} in their middle column",
    "spine": "take {} in the middle along their longer side",
    "waist": "take {} in the middle across their longer side",
    "middlelines": "take {} in their middle row and column",
    "falling": "take {} on their diagonal from the upper left",
    "rising": "take {} on their diagonal from the lower left",
    "crossed": "take {} on both their diagonals",
    "caps": "get a cell of {} at each of their ends",
    "whole": "take {} throughout",
    "firstrows": "take {} in every second row, from the first on",
    "secondrows": "take {} in every second row, from the second on",
    "firstcolumns": "take {} in every second column, from the first on",
    "secondcolumns": "take {} in every second column, from the second on",
    "firstchecks": "take {} like the fields of a chessboard, from the upper left corner on",
    "secondchecks": "take {} like the other fields of a chessboard",
    "fill": "are filled with {} where they enclose empty cells",
    "box": "are filled up to their box with {}",
    "frame": "get a frame of {} around their box",
    "halo": "get a rim of {} all around",
    "sides": "get {} beside their sides",
    "outcorners": "get {} diagonally beside the corners of their box",
    "beamacross": "send beams of {} to the left and right, " + _STOP,
    "beamalong": "send beams of {} up and down, " + _STOP,
    "dotscross": "send dotted lines of {} in all four directions, " + _STOP,
    "beamcross": "send beams of {} in all four directions, " + _STOP,
    "baracross": "send bars of {} to the left and right, to the border",
    "baralong": "send bars of {} up and down to the border",
    "barcross": "send bars of {} in all four directions to the border",
    "spokeacross": "send lines of {} to the left and right from their middle, " + _STOP,
    "spokealong": "send lines of {} up and down from their middle, " + _STOP,
    "spokecross": "send lines of {} in all four directions from their middle, " + _STOP,
    "slantul": "send a slanting line of {} up and to the left",
    "slantur": "send a slanting line of {} up and to the right",
    "slantll": "send a slanting line of {} down and to the left",
    "slantlr": "send a slanting line of {} down and to the right",
    "slants": "send slanting lines of {} from all four corners",
    "within": "have the empty cells inside their box painted {}",
    "edges": "have the gaps in the sides of their box closed with {}",
    "boxcorners": "have the empty corners of their box painted {}",
    "beamlarge": "are joined to the largest one by a line of {}",
    "beamaway": "send a line of {} away from the largest one",
    "tips": "go on at their ends in {}",
    "leaks": "let {} out through the gaps in the sides of their box",
    "boxleaks": "are filled up to their box with {}, which leaks out through its gaps",
    "rayon": "send a line of {} to where their rarest colour points",
    "rayback": "send a line of {} away from where their rarest colour points",
    "beamon": "send a beam of {} to where their rarest colour points, as broad as they are",
    "beamback": "send a beam of {} away from where their rarest colour points, as broad as they are",
    "wedgeup": "get a wedge of {} upon their upper side",
    "wedgedown": "get a wedge of {} at their lower side",
    "wedgeleft": "get a wedge of {} at their left side",
    "wedgeright": "get a wedge of {} at their right side",
    "pool": "are filled with {} where water would stand in them",
    "cavities": "are filled with {} where they have walls on three sides",
    "bridge": "are joined to the next ones of their colour by {}",
    "bridgeacross": "are joined to the next ones to the left and right by {}",
    "bridgedown": "are joined to the next ones above and below by {}",
    "bridgeany": "are joined to the next ones, up, down, left and right, by {}",
    "axisacross": "draw {} along the whole row of their middle",
    "axisalong": "draw {} along the whole column of their middle",
    "axes": "draw {} along the whole row and column of their middle",
    "beyondaxes": "draw {} along the row and column of their middle outside of their box, behind all else",
    "others": "have all else in their box painted {}",
    "span": "are joined to the next ones by a bridge of {}, less a cell on either side",
    "midway": "get {} halfway to another one of their colour",
    "midplus": "get a plus of {} halfway to another one of their colour",
    "tocorner": "are spread in {} as far as the nearest corner of the grid",
    "toborder": "are spread in {} as far as the nearest border",
    "inward": "send a beam of {} away from the nearest border, " + _STOP,
    "tokin": "are joined by {} to the largest one of their colour straight beside them",
    "tonext": "are joined by {} to the nearest one of another colour straight beside them",
    "inset": "have the frame one cell inside their box painted {}, where it is empty",
    "beyond": "get {} aslant outside the corners of their box that they leave empty, as much as is empty there",
    "slantlike": "are joined to others of their colour that lie aslant by slanting lines of {}",
    "hull": "have all painted {} that lies between two of their cells in line, again and again",
    "hullleaks": "are filled with {} between two of their cells in line, which leaks out where they are open",
    "farframe": "get a frame of {} around their box, a cell away",
    "outside": "are surrounded, a cell beyond their box, by {}, but for what they enclose",
    "aimbeam": "send a beam of {} to where they point (their tip, open side or missing corner), " + _STOP,
    "signbeam": "send {} to the side on which the sign of their colour lies in its key, " + _STOP,
    "aimback": "send a beam of {} away from where they point (their tip, open side or missing corner), " + _STOP,
    **LED,
    "castaway": "cast a shadow of {} on the cells that they would cover a cell further away from the one single cell",
    "escape": "send beams of {}, as broad as they are, to the borders to which nothing is in the way",
    "armsplus": "send beams of {} to their four sides that end together, before anything is in the way of one of them",
    "armsslant": "send slanting beams of {} from their corners that end together, before anything is in the way of one",
    "armsstar": "send beams of {} to all eight sides that end together, before anything is in the way of one of them",
    "layersspecks": "have as many rings of their box, from the rim inwards, painted {} as they have cells of another "
    "colour",
    "layersholes": "have as many rings of their box, from the rim inwards, painted {} as they have holes",
    "everyspecks": "have as many rings of their box, every second one inwards, painted {} as they have cells of "
    "another colour",
    "dotsslants": "send {} aslant from their corners in every second cell, " + _STOP,
    "dotsray": "send {} on from their rarest colour in every second cell, " + _STOP,
    "dotsaim": "send {} to where they point (their tip, open side or missing corner) in every second cell, " + _STOP,
    "dotsbridge": "are joined to those straight beside them by {} in every second cell",
    "sideray": "have the side of the grid to which their rarest colour points painted {}",
    "sidenear": "have the nearest side of the grid painted {}",
    "lee": "cast a shadow of {} away from the one that lies at a border",
    "flaps": "get {} beside all four sides of their box, half as broad as they are",
    "spill": "are filled with {}, which spills over all of a side that has a gap",
    "reach2": "get a frame of {} two cells broad around their box",
    "reach3": "get a frame of {} three cells broad around their box",
    "reach4": "get a frame of {} four cells broad around their box",
    "heart": "get {} in the empty middle of their box",
    "heartplus": "get a plus of {} in the empty middle of their box",
    "inaxes": "have the middle row and column of their box painted {} where it is empty",
    "inslants": "have both diagonals of their box painted {} where it is empty",
    "lacksacross": "get {} where they lack cells to be their own mirror image left to right",
    "lacksdown": "get {} where they lack cells to be their own mirror image top to bottom",
    "lacksboth": "get {} where they lack cells to be their own mirror image both ways",
    "lacksleast": "get {} where they lack cells to be their own mirror image about the axis for which they lack the "
    "fewest",
    "lacksaxes": "get {} where they lack cells to be their own mirror image both ways about the axes for which they "
    "lack the fewest",
    "lacksturning": "get {} where they lack cells to be the same after a quarter turn",
    "overnext": "have their mirror image over the nearest one of another colour straight beside them painted {}",
    "overline": "have their mirror image over the nearest straight line from border to border painted {}",
    "broadframe": "get a broad frame of {} around their box, half as broad as they are",
}
for _side, _line in {"top": "top row", "bottom": "bottom row", "left": "left column", "right": "right column"}.items():
    _REGIONS[f"tally{_side}"] = (
        f"take {{}} in as many cells of their {_line}, after the first, as they hold cells of others"
    )
_COUNTED = {
    "size": "as they have cells",
    "holes": "as they have holes",
    "kin": "as there are of their colour",
    "mates": "as there are others of their colour",
    "rares": "as there are cells of the rarest colour",
    "rest": "as there are others of their colour, less one",
    "rank": "as their place is in the order of size, the smallest one first",
    "backrank": "as their place is in the order of size, the largest one first",
    "self": "as they are in that direction",
}
for _way, _towards in _WAYS.items():
    _REGIONS |= {
        f"{_bar}{_way}{_name}": f"get a {_what} of {{}} {_towards}, as many cells long {_as}"
        for _name, _as in _COUNTED.items()
        for _bar, _what in (("stem", "bar"), ("thread", "line from their middle"))
        if f"{_bar}{_way}{_name}" in REGIONS
    }
for _way, _towards in _WAYS.items():
    _REGIONS |= {
        f"half{_way}": f"take {{}} in their {_SIDES[_way]} half",
        f"beam{_way}": f"send a beam of {{}} {_towards}, {_STOP}",
        f"dots{_way}": f"send dotted lines of {{}} {_towards}, {_STOP}",
        f"shadow{_way}": f"cast a shadow of {{}} {_towards} on the border",
        f"asbar{_way}": f"grow {_towards}, in {{}}, as long as the bar of their colour is",
        f"bar{_way}": f"send a bar of {{}} {_towards} to the border",
        f"spoke{_way}": f"send a line of {{}} {_towards} from their middle, {_STOP}",
        f"spokeend{_way}": f"get a cell of {{}} at the border {_towards}, level with their middle",
        f"farspoke{_way}": f"send a line of {{}} {_towards} from their middle, behind all else, to the border",
    }
    for _order, _far, _near in (("order", "left", "top"), ("backorder", "right", "bottom")):
        _from = _far if _way in ("up", "down") else _near
        _REGIONS[f"{_order}{_way}"] = (
            f"get a bar of {{}} {_towards}, as many cells long as their place, counted from the {_from}, says"
        )
for _name, _towards in _ASLANT.items():
    _REGIONS[f"cast{_name}"] = f"cast a shadow of {{}} a cell {_towards}"
    _REGIONS[f"smear{_name}"] = f"are smeared {_towards}, in {{}}, out of the grid"
assert _REGIONS.keys() == REGIONS.keys()
_MOVE = re.compile(r"move([mp])(\d+)([mp])(\d+)")


def act(teller: Teller, word: str) -> str:
    """What things do or become by these acts, one after another."""
    return listed([_act(teller, one) for one in word.split("also")])


def _act(teller: Teller, word: str) -> str:
    if word in _CHANGES:
        return _CHANGES[word]
    if match := _MOVE.fullmatch(word):
        return "move " + moved(
            *(int(n) * (-1 if sign == "m" else 1) for sign, n in (match.groups()[:2], match.groups()[2:]))
        )
    if both := inked(word):
        change, ink = _act(teller, both[0]), coloured(teller, both[1])
        copies = change.startswith(("appear", "are copied", "are repeated", "have"))
        return f"{change}, all in {ink}" if copies else f"{change}, and take {ink}"
    region = max((r for r in REGIONS if word.startswith(r) and is_source(word.removeprefix(r))), key=len)
    source = word.removeprefix(region)
    if source == "0":
        return (
            "vanish"
            if region in ("all", "whole")
            else _REGIONS[region].replace("take {}", "become empty").format("black")
        )
    return _REGIONS[region].format(coloured(teller, source))


def is_source(word: str) -> bool:
    return word in SOURCES or (word.isdecimal() and len(word) == 1)


def coloured(teller: Teller, source: str) -> str:
    """A colour by its digit or by where it is from."""
    return SOURCES[source] if source in SOURCES else teller.ink(source)


def moved(down: int, right: int) -> str:
    """`2 cells down and one cell to the right`."""
    parts = [
        f"{counted(abs(n), 'cell')} {_WAYS[way].replace('wards', '')}"
        for n, way in ((down, "down" if down > 0 else "up"), (right, "right" if right > 0 else "left"))
        if n
    ]
    return listed(parts) if parts else "not at all"
