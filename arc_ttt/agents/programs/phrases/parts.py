"""Phrases of the operations on the parts of a grid (things, panels, halves, marks), and on what programs make of it."""

from __future__ import annotations

import re

from arc_ttt.agents.programs.phrases.teller import SETS, Clause, Teller
from arc_ttt.rules.language import Program

_POINTED = (
    "{pointer:spot_out=from its spot of another colour, away from its body,|spot_back=from its spot of another colour, "
    "back through its body and beyond,|tip=on from its tips|corner=slantwise from its corners|notch=slantwise from "
    "its missing corners}"
)
_PASSING = "{passing:blocked=as far as the border or a coloured cell|through=as far as the border}"
_PICK = (
    "{pick:most_cells=with the most coloured cells|fewest_cells=with the fewest coloured cells|most_colours=with the "
    "most colours|odd_one=that is unlike all others|common_one=that there is most often|"
    "mirrored=that is its own mirror image}"
)
_LOGIC = (
    "{word:and=both are coloured|or=either is coloured|xor=only one is coloured|nor=neither is coloured|"
    "minus=only the first is coloured}"
)

PHRASES: dict[str, str] = {
    # things
    "change_each": "in the box of each thing{link/link}: {program}",
    "paint_by_rank": "things{link/link} are coloured by their {measure}, greatest first: blue, red, green, yellow, "
    "grey",
    "paint_by_measure": "each thing{link/link} takes the colour whose number is its {measure:size=number of "
    "cells|height=height|width=width|holes=number of holes} ({1} for one, {2} for two, {3} for three, …)",
    "paint_by_side": "things{link/link} in the {axis:horizontal=left|vertical=upper} half take {ink}, those in the "
    "other half {other}",
    "paint_neighbours_of": "things of other colours that touch {mark} take {ink}",
    "spot_paints_thing": "each thing of several colours takes the rarest of its colours throughout",
    "swap_in_things": "in each thing of two colours these change places",
    "paint_cells_like_nearest": "each cell of {mark} takes the colour of the nearest other coloured cell; where "
    "several are as near, it stays",
    "use_legend": "pairs of cells side by side are a legend: in all other things the left colour of a pair becomes "
    "the right one",
    # around things
    "surround": "background cells that touch a thing, also by a corner, take {ink}",
    "paint_cores": "the inner cells of things take {ink}",
    "hollow": "only the rims of things stay; their inner cells become empty",
    "paint_rims": "the rims of things take {ink}",
    "fill_enclosed": "enclosed background cells take {ink}",
    "fill_enclosed_by_shape": "enclosed regions of the background take {ink} if they are full squares, {other} if not",
    "fill_enclosed_by_size": "each enclosed region of the background takes the colour whose number is its number "
    "of cells ({1} for one, {2} for two, {3} for three, …)",
    "paint_outside": "background cells that are not enclosed take {ink}",
    "paint_holed": "things with a hole take {ink}",
    "fill_boxes": "background cells in the box around a thing{link/link} take {ink}",
    "frame_boxes": "around the box of each thing{link/link} of several cells goes a frame of {ink}, one cell away",
    "mark_corners": "the four corner cells of each thing's box take {ink}",
    "mark_centres": "the middle cell of each thing takes {ink}, where it has one",
    "decorate": "background cells {stencil:plus=above, below, left and right of|saltire=diagonally beside|ring=all "
    "around|beside=to the left and right of|above=above} each cell of {mark} take {ink}",
    "stamp": "the one thing without {mark} is copied, centred, onto each cell of {mark}",
    "bridge": "things{link/link} that face each other across empty cells are joined by a bridge of {ink}, as wide "
    "as what they share{margin:0=|1= less a cell on either side}",
    "hang_bars": "{direction/beside} each thing comes a bar of {ink}, as wide as the thing and as long as "
    "{length:colours=it has colours|size=it has cells|height=it is high|width=it is wide|holes=it has holes}, over "
    "empty cells",
    "ring_each": "around the box of each thing, touching it, goes a frame of {ink}, over empty cells",
    "paint_enclosed_layers": "enclosed cells take {ink} where they touch their wall and {other} further in",
    # layouts
    "shrink_layout": "the grid shrinks to one cell for each thing{link/link}, of its colour, in the order in which "
    "they lie; walls from border to border are left out",
    "gather_layout": "the things{link/link} move together without gaps, in the order in which they lie",
    "assemble_corners": "four things{link:corner=|side= (joined by sides)|mixed= (of any colours)|colours=, each all "
    "of its colour,} of one size become one square, each in the quarter to whose corner most of its cells lie",
    "jigsaw": "the things{link/link} are put together to a full square or rectangle, without turning them",
    "stack_centred": "the {members:colours=cells of each colour|corner=things|side=things (joined by "
    "sides)|mixed=things (of any colours)|boxes=boxes of things|panels=panels} are laid upon each other, middle "
    "upon middle, the {on_top} on top",
    "nest": "the boxes around {members:colours=all cells of each colour|corner=all things|side=all things (joined "
    "by sides)|mixed=all things (of any colours)} are laid upon each other, middle upon middle, the smallest on top",
    "fit_into_frame": "only the one frame is kept, filled with the other thing, which grows until it fits",
    "fit_into": "the other thing is {kept:frame=scaled|grid=scaled|room=scaled|tiled_frame=repeated|tiled_grid=repeated"
    "|tiled_all=repeated|tiled_room=repeated|stretched_frame=stretched where it is emptiest|stretched_grid=stretched "
    "where it is emptiest|stretched_room=stretched where it is emptiest} so that it fills the one rectangular frame"
    "{kept:frame=, and only the frame is kept|grid=|room=, and only what is within is kept|tiled_frame=, and only the "
    "frame is kept|tiled_grid=|tiled_all=, and stays|tiled_room=, and only what is within is kept|stretched_frame=, "
    "and only the frame is kept|stretched_grid=|stretched_room=, and only what is within is kept}",
    "put_where_it_fits": "the thing of {mark} is painted wherever the empty cells have room for {fitting:hole=its "
    "hole|shape=it|turned_shape=it, perhaps turned}",
    "stretch_to": "the one thing becomes longer in its middle until it reaches as far as the single cell of "
    "{mark}, which vanishes",
    "stack_things": "all things{link/link} are laid upon each other at their upper left corners, the first one on top",
    "line_up": "the boxes of the things{link/link} are put {axis/row}, in order",
    "count_things": "the grid becomes one row of {ink}, with a cell for each thing{link/link}",
    "tally_things": "the grid becomes a square of {side:2=three by three|3=four by four} cells of which as many "
    "are {ink}, in reading order, as there are things{link/link}",
    "list_colours": "the grid becomes a {axis/line} of the colours of its things{link/link}, the one of the "
    "greatest {measure} first",
    # moves
    "drop_things": "things{link/link} fall {direction/ways} until they meet the border or another thing",
    "align_things": "every thing{link/link} moves {direction/ways} to the border",
    "step_things": "every thing{link/link} moves {direction/ways} by its own "
    "{direction:down=height|up=height|left=width|right=width}; what leaves the grid is cut off",
    "trail": "every thing is repeated {direction/ways}, a cell apart, as far as the border",
    "reflect_things": "{direction/beside} each thing{link/link}, touching it, its mirror image appears",
    "pull_to": "things move straight towards the one thing of {mark} until they touch it; others stay",
    "pull_close": "things move towards the one thing of {mark}, aslant where they must, until they touch its box",
    "step_to": "things move one step towards the one thing of {mark}",
    "reach_to": "things straight beside the one thing of {mark} draw lines of their colour to it",
    "reach_in": "lines of {ink} lead from things straight beside the one thing of {mark} to it",
    "reach_to_one": "things straight beside the {goal} thing draw lines of their colour to it",
    "reflect_across": "what lies on either side of the one full line of {mark} is mirrored onto the other side",
    "reflect_at_mark": "each thing that touches cells of a rarer colour is mirrored over "
    "{side:towards=to|away=away from} the side where these lie, and they vanish{colour:own=|"
    "mark=; the image takes their colour}",
    "echo_apart": "the largest thing is copied in each direction in which another thing lies that is a part of such a "
    "copy, {often:once=once|to_border=again and again as far as the border}, in {colour:mark=the colour of that "
    "thing|own=its own colour}",
    "echo": "each thing with some cells of another colour is copied so that the copy lies on these cells, "
    "{often:once=once|to_border=again and again as far as the border}, in {colour:mark=their|own=its own} colour",
    "fly_home": "single cells move straight on until they touch a larger thing {goal:own=of their colour|any=of "
    "any colour|through=of their colour, through those of others}; those that see none {loose}",
    "bring_to": "each cell of another colour gives its colour to the closest cell of {mark}, each of which takes "
    "only one, and vanishes",
    "pile_on": "cells of other colours fly straight onto the one thing of {mark}, from all sides, and pile up there",
    "route": "a line of {ink} leads from the one thing of {first} through empty cells to the other one (of {last}), "
    "{turning:blocked=with as few turns as possible, turning where it is blocked|anywhere=with as few turns as "
    "possible|shortest=the one shortest way}",
    "show_where": "a picture is seen only where a mask is {where:coloured=coloured|empty=empty}; the mask: {mask}; "
    "the picture: {picture}",
    "lay_where": "a picture replaces the grid where a mask is {where:coloured=coloured|empty=empty}; the mask: {mask}; "
    "the picture: {picture}",
    "move_between": "all that is not of {mark} moves, as it is, into the middle of the cells of {mark}",
    "show_in_pattern": "only the picture of one colour is shown: where it is {where:coloured=coloured|empty=empty}, "
    "the pattern of all other colours is seen, {how:repeated=repeated|scaled=scaled} as far as the picture reaches; an "
    "outer line of the pattern with a colour of its own gives the colour of the rest",
    "crop_half_marked": "only the {says:border=half at the border along which the marks lie|end=half on the "
    "side of that end of the border at which the marks lie|quarter=quarter in which the marks lie} is kept, without "
    "these (they have the rarest colour)",
    "crop_between_marks": "only what lies between the four cells of one colour that are the corners of a rectangle is "
    "kept",
    "crop_between": "only what lies between four cells of {mark}, the corners of a rectangle, is kept",
    "crop_inside": "only what lies inside the one rectangular frame is kept",
    "paint_like_closest": "each cell of {mark} takes the colour of the closest cell of another colour; where "
    "several are as close, it stays",
    "copy_into_blocks": "the one thing of several colours is copied over each other thing whose box has its "
    "size{keep:keep=|remove=, and vanishes itself}",
    "stamp_template": "the one thing of several colours is copied, centred, onto each single cell of "
    "{mark}{keep:keep=|remove=, and vanishes itself}",
    "centre_of_pair": "where two equal things{link/link} lie in line, a copy appears halfway between them",
    "flood": "every single cell floods the empty region around it with its colour",
    "flood_from": "cells of {mark} flood the empty regions that they touch",
    "grow": "empty cells beside a coloured one take its colour",
    "fill_and_leak": "boxes with gaps in their rim are filled with {ink}{leak:straight=, which leaks out straight "
    "through the gaps as far as the border|fan=, which leaks out through the gaps as far as the border, straight "
    "and aslant|none=}",
    "draw_pointed": f"each thing draws a line {_POINTED} in {{drawn:own=that cell's colour|other=its body's colour}}, "
    f"{_PASSING}",
    "draw_pointed_in": f"each thing draws a line of {{ink}} {_POINTED} {_PASSING}",
    "colour_from_edge": "coloured {coloured:things=things|line=cells} take the colour that lies at the {edge} edge "
    "of the grid in their {edge:left=row|right=row|top=column|bottom=column}",
    "repeat_along_border": "what lies on the border of the grid is repeated along it, round the corners, "
    "{sense:clockwise=clockwise|counter=against the clock}, {gap:own=with gaps as long as it is|none=without gaps|cell="
    "a cell apart}, until it comes back to itself",
    "shoot_splitting": "cells of {mark} shoot rays of it {start:line=at the ends of each line of them|down=down|"
    "left=to the left|up=up|right=to the right}, which before a cell of another colour {blocked:split=split to both "
    "sides, again and again|flow=flow to both sides until the way is free|left=turn to their left|right=turn to their "
    "right}",
    "become_image": "each thing of {mark} becomes, {ink:own=in its own colour|other=in that one's colour}, the image"
    "{turned:mirrored=, mirrored,|same=|turned=, turned by half,} of the one thing of another colour that it touches, "
    "beyond the side at which they touch",
    "tile_from_corner": "the tile that an angled line cuts off in a corner fills the grid; {others:empty=every tile "
    "that lies as an empty cell lies in the tile itself|coloured=every tile that lies as a coloured cell lies in the "
    "tile itself|checker=every second tile, like the fields of a chessboard,|rows=every second row of tiles|columns="
    "every second column of tiles|none=no tile} {form:recoloured=takes the colour of the line|left_out=is left out}",
    "join_across": "each full rectangle of more than one row and column is joined, by a band in {band:line=the colour "
    "of the one full line|own=its own colour} that covers what lies there, to {reach:image=its mirror image beyond the "
    "line|line=the line|border=the border beyond the line}",
    "ground_by_legend": "{area:around=the box of all cells of one colour, with a cell around it,|box=the box of all "
    "cells of one colour|frame=the frame around the box of all cells of one colour} gets the colour {ground:second="
    "behind|first=before} it in the legend{rest:stays=|goes=, which vanishes}; what comes first there lies on top",
    "pour_into": "all cells of the rarest colour vanish and lie, from its bottom up, in {into:exact=the thing that has "
    "room for just as many|roomiest=the thing with the most room|each=each thing whose room is straight below them}",
    "topple": "bars of {mark} that stand on the lower border fall over to the {side}; a bar that a falling one "
    "reaches, or beside which it comes to lie, {knock:knocks=falls, too|passes=stays as it is}",
    "meet_across": "where one cell lies on either side of the thing that reaches from border to border, in a line "
    "across it, both come close to it{sides:kept=|changed=, each on the other side}; what faces nothing "
    "{lonely:stays=stays|goes=vanishes}",
    "burst_things": "from {burst:star=the sides and corners|slant=the corners|straight=the sides|cross=the sides, not "
    "the corners,} of each thing of many cells rays of its cells' own colours run outwards{burst:star=, from the "
    "corners aslant|slant= aslant|straight=|cross=}",
    "move_panels": "what is in each panel moves {move:right=one panel to the right, round to the first|left=one panel "
    "to the left, round to the last|down=one panel down, round to the first|up=one panel up, round to the last|"
    "out_right=one panel to the right|out_left=one panel to the left|out_down=one panel down|out_up=one panel up|"
    "across=to the mirror image of its place, left and right|upright=to the mirror image of its place, top and "
    "bottom|halfturn=to the place opposite|diagonal=from rows to columns|order=to the next one in reading order, from "
    "the last to the first}",
    "turn_frames": "the colours of each frame of several colours move along it {sense:clockwise=clockwise|backwards="
    "counterclockwise} by {by:held=as many cells as lie within it|one=one cell|two=two cells|three=three cells|rare=as "
    "many cells as it has of its rarest colour}",
    "panels_in_turn": "panels become each other from one to the next {shown:filled=by the same change, and the empty "
    "ones that come after them are filled|next=by the same change, and the next one alone is shown|drifted=as each "
    "colour moves on by steps of its own and bounces at the borders, and the empty ones that come after them are "
    "filled|drifting=as each colour moves on by steps of its own and bounces at the borders, and the next one alone is "
    "shown}",
    "strike_through": "each cell at the {edge} edge draws a line of its colour to the opposite edge, over {own:emptied="
    "all that lies there; what has that colour already becomes empty|kept=all that lies there|passed=all that lies "
    "there, but for empty cells}",
    "mirror_over_line": "what lies on either side of the one straight line from border to border is mirrored onto the "
    "other side{mirrored:all=|rarest=, but only the rarest colour|commonest=, but only the most common colour}",
    "share_shape": "{members:colours=all cells of each colour|corner=all things|side=all things (joined by "
    "sides)|loose=all groups of cells of one colour close together} have one shape, and those that have lost cells "
    "take what others have",
    "join_shared": "{parts:panels=the panels|mixed=the things of any colours} are joined so that the lines that they "
    "share lie upon each other",
    "lay_flat": "{members:colours=the cells of each colour become|corner=each thing becomes|side=each thing (joined "
    "by sides) becomes} a straight {axis/line} of as many cells, {place:grid=through the middle of the grid|middle="
    "through its own middle|start=from the side of its box on|edge=from the border of the grid on}",
    "join_ends": "things of one colour with ends of others are put together so that ends of one colour lie {meeting:"
    "beside=beside|upon=upon} each other, and what they make is cropped",
    "sweep": "each thing of {mark} moves {course:across=straight from the border that it touches to the opposite "
    "one|up=up to the border|down=down to the border|left=to the left border|right=to the right border} over all that "
    "lies in its way, which {swept:emptied=becomes empty|kept=stays|painted=takes its colour}",
    "pour": "cells of {mark} are poured out {direction/ways}: they fall, run along what they meet and over its ends, "
    "and fill the basin (or cover the ground) where they come to rest; {trace:pools=only that is seen|stream=only "
    "their way is seen|both=that and their way are seen}",
    "recolour_by_legend": "in all other things each colour becomes the one {read:rightwards=to the right of "
    "it|leftwards=to the left of it|downwards=below it|upwards=above it|both=beside it|in_turn=to the right of it (or "
    "below it), pair by pair in turn,} in the legend{rest:stays=|goes=, which vanishes}",
    # panels and halves
    "combine_halves": f"the two halves of the grid are laid upon each other; where {_LOGIC}, the cell takes {{ink}}; "
    "all others are empty",
    "overlay_halves": "the first half of the grid is laid upon the second",
    "overlay_panels": "all panels are laid upon each other, the first on top",
    "pick_panel": f"only the panel {_PICK} is kept",
    "fill_panel": f"in the panel {_PICK} all empty cells take {{ink}}",
    "keep_panel": f"all panels but the one {_PICK} become empty; the lines stay",
    "map_panels": "the grid shrinks to one cell for each panel, {ink} where the panel is not empty",
    "summarise_panels": "the grid shrinks to one cell for each panel, of the panel's most common colour",
    "checker_panels": "empty panels take {ink} and {other}, like the fields of a chessboard",
    "spread_along": "in each {axis/line} of panels the one that is not empty is copied into the empty ones",
    "drop_lines": "the panels are put together without the lines between them",
    "change_panels": "in every panel: {program}",
    "in_coarse": "taking each panel for one cell: {program}",
    "in_room_colours": "taking each panel for one cell of the colour in it, and filling those that change: {program}",
    "rooms_to_colours": "each panel becomes one cell of the colour in it",
    "rooms_to_tiles": "each panel becomes one cell, of a colour that stands for all that is in it",
    "in_block_tiles": "taking each block of {sides} cells with all that is in it for one cell: {program}",
    "in_room_tiles": "taking each panel with all that is in it for one cell: {program}",
    "half_in_half": "each coloured cell of {outer:colourful=the half with more colours|first=the first "
    "half|second=the second half} becomes the shape in the other half, in that cell's colour",
    "multiply_halves": "each coloured cell of {layout:more_colours=the half with more colours|first=the first "
    "half|second=the second half} becomes the other half in its colour, every other cell an empty block",
    # programs
    "append": "{direction/beside} the grid comes what this makes of it: {program}",
    "paint_changes": "all empty cells that would be painted by the following take {ink}: {program}",
    "change_box": "in the box around everything coloured: {program}",
    "decide": "if the grid {test:many_things=has more than two things|mirrored=is its own mirror image left to "
    "right|wide=is wider than high|many_colours=has more than two colours}: {first}; if not: {second}",
    "crop_where": "only the part of the grid is kept that lies in the box of what this leaves coloured: {program}",
    "cover_with": "the grid is covered, from its upper left corner on, with repetitions of what this makes: {program}",
    "change_sections": "each section with a ground of its own is changed on that ground: {program}",
    "on_grounds": "with one background instead of the ground that each section has, and these again at the end: "
    "{program}",
    "in_frame": "with the grid {frame:transposed=mirrored at its falling diagonal|turned_left=turned to the "
    "left|turned_right=turned to the right|upside_down=upside down|mirrored=mirrored left to right}, and turned "
    "back at the end: {program}",
    "fill_panels_with": "each panel is filled with the colour of its cell in what this makes: {program}",
    "fill_blocks_with": "the grid becomes an enlargement, at its own size, of what this makes: {program}",
}

_SUPERLATIVES = ("largest", "smallest", "tallest", "widest", "highest", "lowest", "leftmost", "rightmost")
_EXTREMES = {
    **{w: f"the {w} thing{{}}" for w in _SUPERLATIVES},
    "most_holes": "the thing{} with the most holes",
    "most_colours": "the thing{} with the most colours",
    "odd_shape": "the one thing{} of another shape than the rest",
    "odd_colour": "the one thing{} of another colour than the rest",
    "odd_size": "the one thing{} of another size than the rest",
}
_GROUPS = {
    "holed": "things{} with a hole",
    "mirrored": "things{} that are their own mirror image left to right",
    "lopsided": "things{} that are not their own mirror image left to right",
    "bordering": "things{} at the border",
    "inner": "things{} away from the border",
    "full_box": "things{} that are full rectangles",
    "square_box": "things{} as high as wide",
    "upright": "things{} higher than wide",
    "lying": "things{} wider than high",
    "single": "single cells",
    "many": "things{} of several cells",
    "common_shape": "things{} of the most common shape",
    "common_colour": "things{} of the most common colour",
    "common_size": "things{} of the most common size",
}


def _selected(teller: Teller, selector: str, link: str, one: str, several: str) -> str:
    """The things that are meant, with the verb in its form for one or for several."""
    noun = {**_EXTREMES, **_GROUPS}[selector].format(teller.fill("{link/link}", {"link": link}))
    return f"{noun} {one if selector in _EXTREMES else several}"


def _keep(teller: Teller, selector: str, link: str) -> str:
    return "only " + _selected(teller, selector, link, "stays", "stay")


def _remove(teller: Teller, selector: str, link: str) -> str:
    return _selected(teller, selector, link, "vanishes", "vanish")


def _paint(teller: Teller, selector: str, ink: int, link: str) -> str:
    return f"{_selected(teller, selector, link, 'takes', 'take')} {teller.ink(ink)}"


def _paint_by(teller: Teller, selector: str, ink: int, other: int, link: str) -> str:
    return f"{_paint(teller, selector, ink, link)}, all others take {teller.ink(other)}"


def _crop(teller: Teller, selector: str, link: str) -> str:
    return f"only {_selected(teller, selector, link, 'is', 'are')} kept, cut out of the grid"


def _change(teller: Teller, selector: str, program: Program, link: str) -> str:
    return f"in the box of {_selected(teller, selector, link, '', '').strip()}: {teller.program(program)}"


def _push(teller: Teller, selector: str, direction: str, link: str) -> str:
    moving = _selected(teller, selector, link, "moves", "move")
    return f"{moving} {SETS['ways'][direction]} as far as the border or a thing that stays"


def _repeat(teller: Teller, selector: str, direction: str) -> str:
    those = _selected(teller, selector, "mixed", "is", "are")
    return f"{those} repeated {SETS['ways'][direction]}, a cell apart, as far as the border"


_POSES = {
    "edge_below": "the one border with coloured cells lies below",
    "striped_across": "it is striped across",
    "lying": "it is wider than high",
    "rare_below_rest": "its rarest colour lies below the rest",
    "rare_upper_left_of_rest": "its rarest colour lies to the upper left of the rest",
    "rare_first": "the cells of its rarest colour come as early as they can when it is read",
    "most_below": "most of what is coloured lies below",
    "line_below": "the one border that is a full line lies below",
    "most_upper_left": "most of what is coloured lies to the upper left",
    "wall_across": "its full lines lie across",
    "pointing_down": "the thing with a tip or an open side points down",
    "largest_below_rest": "the largest thing lies below the rest",
    "largest_lying": "the largest thing is wider than high",
    "box_lying": "what is coloured is wider than high",
}


def _in_pose(teller: Teller, pose: str, program: Program) -> str:
    lies = _POSES.get(pose)
    if match := re.fullmatch(r"colour_(\d)_(below_rest|leaning)", pose):
        leaning = "lies mostly to the left" if match[2] == "leaning" else "lies below the rest"
        lies = f"{teller.ink(match[1])} {leaning}"
    return f"with the grid turned or mirrored so that {lies}, and turned back at the end: {teller.program(program)}"


CLAUSES: dict[str, Clause] = {
    "in_pose": _in_pose,
    "keep_things": _keep,
    "remove_things": _remove,
    "paint_things": _paint,
    "paint_by": _paint_by,
    "crop_thing": _crop,
    "change_things": _change,
    "push_things": _push,
    "repeat_things": _repeat,
}
