"""The words for what is said of things: what they are, have, share, and where they are."""

from __future__ import annotations

_KEY = "the one at a corner of the grid"

# By the kind of parts: one of them and several.
NOUNS: dict[str, tuple[str, str]] = {
    "corner": ("thing", "things"),
    "side": ("thing (joined by sides)", "things (joined by sides)"),
    "mixed": ("thing (of any colours)", "things (of any colours)"),
    "rooms": ("region of the background", "regions of the background"),
    "colours": ("colour", "colours"),
    "quads": ("rectangle between four corner cells", "rectangles between four corner cells"),
    "brackets": ("rectangle with four corners marked by angles", "rectangles with four corners marked by angles"),
    "boxes": ("box around a thing", "boxes around things"),
    "side_boxes": ("box around a thing (joined by sides)", "boxes around things (joined by sides)"),
    "panels": ("panel", "panels"),
    "slices": ("square part of the grid", "square parts of the grid"),
    "colour_boxes": ("box around a colour", "boxes around colours"),
    "insides": ("inside of a frame", "insides of frames"),
    "clumps": ("clump of touching cells", "clumps of touching cells"),
    "loose": ("group of cells of one colour close together", "groups of cells of one colour close together"),
    "groups": ("group of cells of any colours close together", "groups of cells of any colours close together"),
    "chambers": ("area between walls", "areas between walls"),
    "plates": ("full rectangle to which something is attached", "full rectangles to which something is attached"),
    "rows": ("row", "rows"),
    "columns": ("column", "columns"),
    "rowspans": ("stretch of a row between its outermost cells", "stretches of rows between their outermost cells"),
    "columnspans": (
        "stretch of a column between its outermost cells",
        "stretches of columns between their outermost cells",
    ),
    "rowruns": ("run of one colour in a row", "runs of one colour in rows"),
    "columnruns": ("run of one colour in a column", "runs of one colour in columns"),
    "everything": ("picture of all that is coloured", "all that is coloured"),
    "places": ("place of which a small plan speaks", "places of which a small plan speaks"),
    "dense": ("rectangle that is almost of one colour", "rectangles that are almost of one colour"),
    "sections": ("section with a ground of its own", "sections with a ground of their own"),
    "tiers": ("upper or lower half of the grid", "upper and lower half of the grid"),
    "flanks": ("left or right half of the grid", "left and right half of the grid"),
    "thirds": ("third of the grid", "thirds of the grid"),
    "quarters": ("quarter of the grid", "quarters of the grid"),
    "ringed": ("cell with eight of another colour around it", "cells with eight of another colour around them"),
    "centres": ("cell that eight of another colour surround", "cells that eight of another colour surround"),
}
NOUNS |= {"things": NOUNS["corner"], "lumps": NOUNS["mixed"], "pieces": NOUNS["side"]}

# Properties that say yes or no, behind the noun for several things.
YES_NO: dict[str, tuple[str, str]] = {
    "largest": ("with the most cells", "not with the most cells"),
    "smallest": ("with the fewest cells", "not with the fewest cells"),
    "single": ("of a single cell", "of several cells"),
    "holed": ("with a hole", "without a hole"),
    "bordering": ("at the border", "away from the border"),
    "square": ("as high as wide", "not as high as wide"),
    "full": ("that are full rectangles", "that are not full rectangles"),
    "line": ("that are straight lines", "that are no straight lines"),
    "alone": ("of a shape that no other has", "of a shape that another also has"),
    "commonshape": ("of the most common shape", "not of the most common shape"),
    "commoncolour": ("of the most common colour", "not of the most common colour"),
    "shut": ("that another one encloses", "that no other one encloses"),
    "close": ("with another one a cell away or nearer", "with no other one a cell away or nearer"),
    "mostholes": ("with the most holes", "without the most holes"),
    "fewestholes": ("with the fewest holes", "without the fewest holes"),
    "wide": ("wider than high", "no wider than high"),
    "upright": ("higher than wide", "no higher than wide"),
    "oddinrow": ("that alone differ from all others in their row", "that do not differ from all others in their row"),
    "matchrow": ("of whose shape another one is in their rows", "of whose shape no other one is in their rows"),
    "matchcolumn": (
        "of whose shape another one is in their columns",
        "of whose shape no other one is in their columns",
    ),
    "matchpanel": (
        "of whose shape, perhaps turned, another one is in their panel",
        "of whose shape, however turned, no other one is in their panel",
    ),
    "misfit": ("that alone differ from all others", "that do not differ from all others"),
    "oddinpanel": (
        "that alone differ from all others in their panel",
        "that do not differ from all others in their panel",
    ),
    "oddincolumn": (
        "that alone differ from all others in their column",
        "that do not differ from all others in their column",
    ),
    "farlarge": ("farthest from the largest one", "not farthest from the largest one"),
    "farrare": ("farthest from the rarest colour", "not farthest from the rarest colour"),
    "slantkin": ("that lie aslant of another one of their colour", "that lie aslant of no other one of their colour"),
    "largestinrow": ("larger than all others in their rows", "not larger than all others in their rows"),
    "largestincolumn": ("larger than all others in their columns", "not larger than all others in their columns"),
    "smallestinrow": ("smaller than all others in their rows", "not smaller than all others in their rows"),
    "smallestincolumn": ("smaller than all others in their columns", "not smaller than all others in their columns"),
    "secondacross": ("that are every second one from the left", "that come first, third, … from the left"),
    "seconddown": ("that are every second one from the top", "that come first, third, … from the top"),
    "caught": ("that have something in the way to every border", "with nothing in the way to some border"),
    "seesout": (
        "out of whose box a straight free way leads from another colour in it",
        "out of whose box no straight free way leads from another colour in it",
    ),
    "fitting": ("that fit into a gap elsewhere", "that fit into no gap"),
    "pointedat": ("at which another one points", "at which no other one points"),
    "flanked": ("between two of one colour", "not between two of one colour"),
    "commonsize": ("of the most common size", "not of the most common size"),
    "diagonal": (
        "that are their own mirror image at a diagonal",
        "that are not their own mirror image at a diagonal",
    ),
    "symmetric": ("that are their own mirror image", "that are not their own mirror image"),
    "mostspecks": ("with the most cells of a second colour", "without the most cells of a second colour"),
    "mostcolours": ("with the most colours", "without the most colours"),
    "tallest": ("of the greatest height", "not of the greatest height"),
    "shortest": ("of the least height", "not of the least height"),
    "widest": ("of the greatest width", "not of the greatest width"),
    "highest": ("that reach highest", "that do not reach highest"),
    "lowest": ("that reach lowest", "that do not reach lowest"),
    "leftmost": ("that reach farthest left", "that do not reach farthest left"),
    "rightmost": ("that reach farthest right", "that do not reach farthest right"),
    "touches": ("that touch another colour", "that touch no other colour"),
    "holds": ("with another thing in their box", "without another thing in their box"),
    "held": ("in the box of another", "in the box of no other"),
    "hastwin": ("of a shape that one of another colour has", "of a shape that none of another colour has"),
    "haslarger": ("of whose colour there is a larger one", "that are the largest of their colour"),
    "inlinewithkin": ("in line with another of their colour", "in line with no other of their colour"),
    "narrowest": ("of the least width", "not of the least width"),
    "odd": ("of an odd number of cells", "of an even number of cells"),
    "oddheight": ("of odd height", "of even height"),
    "oddwidth": ("of odd width", "of even width"),
    "hasrare": ("with a cell of the grid's rarest colour", "without a cell of the grid's rarest colour"),
    "haslinemark": (
        "with a cell of the colour that marks the lines between panels",
        "without a cell of the colour that marks the lines between panels",
    ),
    "central": ("closest to the middle of the grid", "not closest to the middle of the grid"),
    "between": ("between two others", "not between two others"),
    "remote": ("farthest from all others", "not farthest from all others"),
    "roomiest": ("with the most enclosed cells", "without the most enclosed cells"),
    "fullest": ("that fill their box best", "that do not fill their box best"),
    "emptiest": ("that fill their box least", "that do not fill their box least"),
    "mostparts": ("of the most parts", "not of the most parts"),
    "dense": ("with more cells than gaps in their box", "with no more cells than gaps in their box"),
    "freeup": ("with nothing above them", "with something above them"),
    "freedown": ("with nothing below them", "with something below them"),
    "freeleft": ("with nothing to their left", "with something to their left"),
    "freeright": ("with nothing to their right", "with something to their right"),
    "mostcontacts": ("that touch the most others", "that do not touch the most others"),
    "mostcontents": ("with the most others in their box", "without the most others in their box"),
    "astray": (
        "that are not in the row or column that most others are in",
        "that are in one row or column with most others",
    ),
    "tied": ("in which two colours have as many cells", "in which no two colours have as many cells"),
    "fewestparts": ("of the fewest parts", "not of the fewest parts"),
    **{
        f"walls{name}": (
            f"to which an odd number of walls leads from the {corner} corner",
            f"to which an even number of walls (or none) leads from the {corner} corner",
        )
        for name, corner in (("ul", "upper left"), ("ur", "upper right"), ("ll", "lower left"), ("lr", "lower right"))
    },
}
# Numbers: how a thing with so many is called, and what is counted.
COUNTS: dict[str, tuple[str, str]] = {
    "size": ("of {} cells", "size"),
    "holes": ("with {} holes", "number of holes"),
    "included": (
        "whose shape {} others of their size include",
        "number of others of their size that include their shape",
    ),
    "palettes": (
        "of colours that {} have, and no others",
        "number of things that have all their colours and no others",
    ),
    "twins": ("of a shape that {} have", "number of things of their shape"),
    "spintwins": ("of a shape that {} have, turned, not mirrored, as they may be", "number of things of their shape"),
    "turnedtwins": ("of a shape that {} have, turned as they may be", "number of things of their shape"),
    "samecells": ("of which there are {} exact copies", "number of things like them"),
    "samecolour": ("of a colour that {} have", "number of things of their colour"),
    "samesize": ("of a size that {} have", "number of things of their size"),
    "colours": ("of {} colours", "number of colours"),
    "height": ("{} cells high", "height"),
    "width": ("{} cells wide", "width"),
    "room": ("with {} enclosed cells", "number of enclosed cells"),
    "parts": ("of {} parts", "number of parts"),
    "gaps": ("with {} empty cells in their box", "number of empty cells in their box"),
    "bounds": ("bounded by {} separate ones", "number of separate ones that bound them"),
    "shoreinks": ("that touch {} colours", "number of colours that touch them"),
    "contacts": ("that touch {} others", "number of others that they touch"),
    "borders": ("at {} borders", "number of borders that they touch"),
    "keysize": (f"where {_KEY} has {{}} cells", f"size of {_KEY}"),
    "specks": ("with {} cells of other than their main colour", "number of cells of other than their main colour"),
    "holders": ("in the boxes of {} others", "number of others in whose box they are"),
    "contents": ("with {} others in their box", "number of others in their box"),
    "bends": ("with {} bends", "number of bends"),
    "queue": ("that come as number {} behind a single cell", "place behind a single cell"),
    "inmates": ("of the kind {} by what they hold, or share their place with", "number of others that they hold"),
    "doors": ("with {} openings in the sides of their box", "number of openings in the sides of their box"),
    "ends": ("with {} ends", "number of ends"),
    "wallsout": ("behind {} walls, seen from the border", "number of walls between them and the border"),
    "slant": ("with {} cells in a diagonal row", "longest diagonal row"),
    "hops": (
        "{} steps, from one to the next that touches it, from the one with the rarest colour",
        "number of steps, from one to the next that touches it, from the one with the rarest colour",
    ),
    "largerkin": (
        "with a larger one of their colour straight beside them on side {} (of the upper, lower, left and right one)",
        "side on which a larger one of their colour lies straight beside them",
    ),
    "escapes": ("with nothing in the way to {} borders", "number of borders to which nothing is in the way"),
}
# Places in an order: with that place, and what is compared.
RANKS: dict[str, tuple[str, str]] = {
    "sizerank": ("with the {}most cells", "size"),
    "sizeranksup": ("with the {}fewest cells", "size"),
    "heightrank": ("of the {}greatest height", "height"),
    "widthrank": ("of the {}greatest width", "width"),
    "fromleft": ("that are {}from the left", "place from the left"),
    "fromtop": ("that are {}from the top", "place from the top"),
}
# Colours: a thing for which it is a certain one, or none, and what has the colour.
COLOURS: dict[str, tuple[str, str, str]] = {
    "colour": ("of {}", "of no colour", "colour"),
    "rarest": ("of which {} is the rarest colour", "without one rarest colour", "rarest colour"),
    "touching": ("that touch {}", "that touch no single other colour", "colour that they touch"),
    "inner": ("with {} in their box", "without a single other colour in their box", "colour in their box"),
    "outer": ("in the box of {}", "in the box of no single other colour", "colour in whose box they lie"),
    "near": ("to which {} is nearest", "to which no single colour is nearest", "nearest other colour"),
    "keyink": (f"where {_KEY} is {{}}", "that are themselves at a corner of the grid", f"colour of {_KEY}"),
    "peer": (
        "in whose place other panels have {}",
        "in whose place other panels have no single colour",
        "colour that other panels have in their place",
    ),
    "planned": (
        "where a small plan has {}",
        "where a small plan has no colour",
        "colour that a small plan has for their place",
    ),
    "facing": (
        "that turn {} to the next one of other colours",
        "that turn no single colour to the next one of other colours",
        "colour that they turn to the next one of other colours",
    ),
    "facinglarge": (
        "that turn {} to the largest one",
        "that turn no single colour to the largest one",
        "colour that they turn to the largest one",
    ),
    "facingout": (
        "that turn {} to the nearest border",
        "that turn no single colour to the nearest border",
        "colour that they turn to the nearest border",
    ),
    "twin": (
        "of a shape that {} also has",
        "of a shape that no single other colour has",
        "colour that shares their shape",
    ),
}
TURNS = {"turnoftwo": "two", "turnofthree": "three"}
_LIKE = {"likespeck": "the one single cell", "likeorigin": "the upper left corner", "likerare": "the rarest cells"}
VALUES: dict[str, tuple[str, ...]] = {
    "filling": (
        "that hold no colour within their outline",
        "that are less than half full of another colour",
        "that are half full of another colour",
        "that are more than half full of another colour",
    ),
    "struck": ("into which a thin line runs", "into which no thin line runs"),
    "shotat": (
        "at which none points with its rarest colour",
        "at which another one points with its rarest colour",
        "whose rarest colour points in a direction",
    ),
    "lying": ("higher than wide", "as high as wide", "wider than high"),
    "mirrored": (
        "that are not their own mirror image",
        "that are their own mirror image left to right",
        "that are their own mirror image top to bottom",
        "that are their own mirror image both ways",
    ),
    "hasscaled": (
        "of whose shape none is larger or smaller",
        "of whose shape a smaller one is there",
        "of whose shape a larger one is there",
    ),
    "touchesrare": (
        "that do not touch the rarest colour",
        "that touch the rarest colour",
        "with a cell of the rarest colour",
    ),
    "nearlarge": (
        "that are not nearest to the largest one",
        "that are nearest to the largest one",
        "of the most cells",
    ),
    "slantrare": (
        "that do not lie aslant of the rarest colour",
        "that lie aslant of the rarest colour",
        "with a cell of the rarest colour",
    ),
    "nearestrare": (
        "that are not nearest to the rarest colour",
        "that are nearest to the rarest colour",
        "with a cell of the rarest colour",
    ),
    "inlinewithrare": (
        "that are not straight beside the rarest colour",
        "that are straight beside the rarest colour",
        "with a cell of the rarest colour",
    ),
    "aim": (
        "that point nowhere",
        *(
            f"that point {way} (with their tip, open side or missing corner)"
            for way in (
                "up",
                "to the right",
                "down",
                "to the left",
                "up and left",
                "up and right",
                "down and left",
                "down and right",
            )
        ),
    ),
    "onlypanel": (
        "of a colour that no panel or several have",
        *(f"of a colour that only the {nth} panel has" for nth in ("first", "second", "third", "fourth")),
    ),
    "speckkin": (
        "of several cells without a single cell of their colour elsewhere",
        "of several cells with a single cell of their colour elsewhere",
        "of a single cell with a larger one of their colour elsewhere",
        "of a single cell without a larger one of their colour",
    ),
    "holdskin": (
        "without others of their colour in their box",
        "with others of their colour and of other colours in their box",
        "with others of their colour alone in their box",
    ),
    "crossloners": (
        "that no single cell is straight beside",
        "that single cells are straight beside in one way",
        "that single cells are straight beside both ways, in their rows and in their columns",
    ),
    "crossrare": (
        "that the rarest colour is not straight beside",
        "that the rarest colour is straight beside in one way",
        "that the rarest colour is straight beside both ways, in their rows and in their columns",
    ),
    "signway": (
        "of whose colour no sign speaks",
        *(
            f"whose sign in its key lies {way}"
            for way in (
                "above",
                "to the right",
                "below",
                "to the left",
                "to the upper left",
                "to the upper right",
                "to the lower left",
                "to the lower right",
            )
        ),
    ),
    "listed": (
        "whose colour the strip of colours has not",
        "whose colour the strip of colours has",
        "that are of the strip of colours",
    ),
    "mates": (
        "without several things",
        "in which no two things have one shape",
        "in which two things have one shape, perhaps turned",
    ),
    "sidesacross": (
        "that are not between two others in their rows",
        "between two others of unlike shape in their rows",
        "between two others of one shape in their rows",
    ),
    "sidesdown": (
        "that are not between two others in their columns",
        "between two others of unlike shape in their columns",
        "between two others of one shape in their columns",
    ),
    "wires": (
        "that no wire joins to another one",
        "that a wire joins to another one",
        "that wires join to several others",
    ),
    "planodd": (
        "of whose place no plan with one odd cell speaks",
        "at the place of the one odd cell of a small plan",
        "at other places than that of the one odd cell of a small plan",
    ),
    "nearside": (
        "that no border is nearest to",
        *(f"that the {side} border is nearest to" for side in ("upper", "lower", "left", "right")),
    ),
    **{
        f"{name}ends": (f"neither {most} nor {least}", most, least)
        for name, most, least in (
            ("size", "of the most cells", "of the fewest cells"),
            ("height", "of the greatest height", "of the least height"),
            ("width", "of the greatest width", "of the least width"),
            ("across", "farthest right", "farthest left"),
            ("down", "lowest down", "highest up"),
        )
    },
    "upper": ("in the upper half", "in the middle between top and bottom", "in the lower half"),
    "righter": ("in the left half", "in the middle between left and right", "in the right half"),
    "insight": (
        "that the one of the rarest colour does not see straight on",
        "that the one of the rarest colour sees first, straight on",
        "of the rarest colour",
    ),
    "hopsparity": (
        "that come first, third, fifth, … in the chain from the one with the rarest colour",
        "that come second, fourth, … in the chain from the one with the rarest colour",
        "that no chain of touching ones joins to the one with the rarest colour",
    ),
    "likeheld": (
        "of whose shape none is in a frame",
        "of the shape of one in a frame",
        "that are in a frame",
        "that are frames around others",
    ),
    "blend": (
        "that do not show two others of their size together",
        "that show two others of their size together",
        "that show what two others of their size share",
    ),
    "mirrorkin": (
        "of which no other one is the mirror image",
        "of which another one is the mirror image left to right",
        "of which another one is the mirror image top to bottom",
        "of which others are the mirror images in both ways",
    ),
    "holdsloose": (
        "that have nothing to do with the shape of what is in no frame",
        "that are frames around the shape of another one in no frame",
        "that are in a frame and have the shape of another one in none",
    ),
    "hub": (
        "that touch nothing",
        "that touch others, but not more than these do",
        "that touch several others, and more than these do",
    ),
    "turnsymmetric": (
        "that half a turn changes",
        "that half a turn does not change",
        "that a quarter turn does not change",
    ),
    **{
        name: (
            f"not of the colour of {what}",
            f"of several cells, of the colour of {what}",
            f"of one cell, of that of {what}",
        )
        for name, what in _LIKE.items()
    },
    **{
        f"likekey{name}": (f"not of the {name} of {_KEY}", f"of the {name} of {_KEY}", f"that are {_KEY}")
        for name in ("width", "height", "size", "form")
    },
    "inall": (
        "of a colour that does not lie within all frames",
        "of a colour that lies within all frames",
        "that hold others",
    ),
    "borderline": (
        "in a grid without a line at a border",
        *(f"in a grid with a line at the {w} border" for w in ("upper", "right", "lower", "left")),
    ),
    **{
        name: tuple(f"that come {nth} of {of} in turn" for nth in ("first", "second", "third"))
        for name, of in TURNS.items()
    },
}
# Values that are no numbers for people: shapes.
SHAPES = {
    "shape": "of a certain shape, turned as it may be",
    "view": "of a certain shape",
    "form": "of a certain shape, scaled and turned as it may be",
}
