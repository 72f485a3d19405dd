"""Phrases of the operations on what overlaps, falls or is put together."""

from __future__ import annotations

from arc_ttt.agents.programs.phrases.teller import COLOUR_NAMES

PHRASES: dict[str, str] = {
    "uncover_layers": "the overlapping rectangles and frames are shown whole, without the cells of {mark} that lie on "
    "them",
    "clear_layers": "the specks of one colour on the overlapping rectangles and frames vanish: these are shown whole",
    "make_panel": "the one empty panel is made of others in its row or column as in all other rows or columns one is"
    "{way:any=|both=, coloured where both of two are|one=, coloured where one of two is|either=, coloured where one or "
    "both of two are|first=, coloured where the first and not the second is|neither=, coloured where neither of two is|"
    "lacking=, coloured where not both of two are|alike=, coloured where both of two are or none is}: "
    "{shown:alone=it is shown alone|filled=it is filled}",
    "move_layer": "of the overlapping rectangles and frames the {layer} comes to lie {end:top=on top of|bottom=below} "
    "all others",
    "marks_by_headers": "each of the single cells of one colour becomes the shape at the upper border in its column "
    "(or at the left border in its row), in the colour that the other border has there",
    "fill_frames_alike": "empty frames are filled with the pattern that another frame"
    "{like:colour= of their colour|any=} has "
    "inside{filled:tiled=, again and again where they are larger|scaled=, scaled to their size}",
    "reverse_layers": "of the overlapping rectangles and frames the lowest comes to lie on top, and so on",
    "list_layers": "only the colours of the overlapping rectangles and frames are listed in a "
    "{axis:horizontal=row|vertical=column}, {order:lowest_first=the lowest first|highest_first=the highest first}",
    "fall_home": "{link:corner=things|side=things (joined by sides)|cell=cells} fall to the border that is a line of "
    "their colour, until something is in the way",
    "fit_pieces": "each thing{link/link} of the colour that most have is completed to a full rectangle by another one "
    "that fits it and moves there",
    "fill_gaps_alike": "the gaps in the box of a thing{link/link} take the colour of other things that have their "
    "shape, where each gap finds one; these {fillers:vanish=vanish|stay=stay}",
    "fall_to_wall": "{falling:cells=all cells|things=all things} on either side of the one full line of a colour "
    "fall {way:towards=to it|away=away from it to the border}{ink:own=|wall= and take its colour}",
    "repeat_counted": "the largest thing is repeated {direction/ways}, {gap:gap0=without gaps|gap1=a cell apart|gap2=2 "
    "cells apart|gap3=3 cells apart}, {times:more=as many times|in_all=to as many in all} as {counted:singles=there "
    "are single cells|others=there are other things|rare=there are cells of the rarest colour|colours=there are "
    "colours|holes=it has holes|size=it has cells}; all else {others:stay=stays|vanish=vanishes}",
    "crop_to_walls": "only what lies between the two rows and the two columns of which most is one colour is kept, "
    "{kept:kept=with|dropped=without} these",
    "look_through": "only the small picture is kept, and of it only what lies where the large thing of one colour, "
    "scaled down to its size, is {seen:covered=coloured|open=empty}",
    "colour_blocks": "the large thing of one colour takes, block by block, the colours of the small picture, which "
    "vanishes",
    "crossings": "only {seen:cells=the cells where full rows and columns of the lattice cross|fields=a cell for each "
    "field between four crossings of the lattice} {seen:cells=are|fields=is} kept, those of its own colour empty, "
    "cropped to the others{seen:cells=|fields=, where its four corners have one colour}",
    "drop_repeats": "of equal {axis/lines} {kept:first=only the first one stays|once=none stays|repeated=the first one "
    "stays, and all others go}",
    "spread_turned": "what is in the one panel that is not empty is copied into all others, {turned:left=turned a "
    "quarter turn to the left|right=turned a quarter turn to the right|mirrored=mirrored over the lines between|across="
    "mirrored left to right|down=mirrored top to bottom} from panel to panel",
    "pull_ropes": "each thing on a rope, a straight line of its colour that leads away from it, moves "
    "{pulled:along=along the rope|back=the other way}, as far as that reaches, and the rope vanishes",
    "sort_things": "things{link/link} {axis:horizontal=side by side|vertical=one below the other} change places so "
    "that their {measure:size=number of cells|height=height|width=width|holes=number of holes} {order:rising=rises|"
    "falling=falls} from the {axis:horizontal=left|vertical=top} on",
    "crop_filled": "only the box of the one thing{link/link} is left whose gaps all have the shape of other things, "
    "filled with their colours",
    "roll_by_marks": "the {scales:left=first column|right=last column|up=first row|down=last row|left_up=first column "
    "and row|left_down=first column and last row|right_up=last column and first row|right_down=last column and row}, "
    "of one colour but for one cell, {scales:left=is|right=is|up=is|down=is|left_up=are|left_down=are|right_up=are|"
    "right_down=are} taken away, and the rest moves along, coming back on the other side, so that {sense:first_to_mark="
    "its first line comes to lie where that cell was|mark_to_first=the line at that cell comes first}",
    "continue_panels": "the panels are a series, each the one before turned, shifted, recoloured or with more added: "
    "{show:next=the next one is shown|filled=the empty ones at the end are filled|framed=the next one is shown within "
    "the lines along the grid's borders}",
    "complete_table": "the panels are a table, in which the one empty panel must be as its row and its column make it: "
    "{show:alone=it is shown|filled=it is filled}",
    "continue_growing": "the things{link/link} are a series, in which places, sizes and colours change by the same "
    "each time: it goes on as far as the border, {past:cut=where the last ones are cut off|left_out=with whole ones "
    "alone}",
    "add_bar": "bars stand side by side on one line: a further one, {ink:turn=in the colour whose turn it is|"
    + "|".join(f"ink{c}={name}" for c, name in enumerate(COLOUR_NAMES) if c)
    + "}, comes to stand in the place that is left out or at the end, as long as {length:sum=all others together|"
    "difference=one colour has more than the other|balance=the first colour has more than the others "
    "together|series=the others go on|lacking=none is yet|count=there are bars|"
    "longest=the longest|shortest=the shortest|mean=they are on average}",
    "chart_by_strip": "a chart of the colours in the strip at the border, in its order: {form:up=a bar upwards|down=a "
    "bar downwards|right=a bar to the right|left=a bar to the left|row=a run of a row|column=a run of a column} for "
    "each, as long as the rest has {counted:cells=cells of it|things=things of it|pieces=pieces (joined by sides) of "
    "it|largest=cells in its largest thing}{base:with=, and one longer|without=}",
    "unfold_at_hinges": "the grid is unfolded over each border that is a full line of one colour, which {line:gone=goes"
    "|stays=stays between}",
    "crop_between_twins": "only what lies between the two full lines of the same colour is kept, {lines:without=without"
    "|with=with} these",
    "hinge_together": "all things are joined so that their cells of one colour come to lie upon each other; these "
    "{spots:stay=stay|vanish=vanish}",
    "uncoil_path": "the largest thing is a path: its colours are listed in a {line:row=row|column=column}, beginning "
    "{start:rare=with the end of a colour that no other of its cells has|left=at the left end|right=at the right end|"
    "upper=at the upper end|lower=at the lower end}",
    "list_rings": "the colours of the rings of the thing that has most of them are listed in a {line:row=row|column="
    "column}, from {order:inwards=the outermost inwards|outwards=the innermost outwards}",
    "sum_up_panel_lines": "one cell for each {lines:row=row|column=column} of panels is left, in the colour {said:"
    "common=that all of them have|lone=that only one of them has|most=of which they have most cells}",
    "table_by_strip": "a table: a line for each colour that is listed in the first panel, a cell for each other panel, "
    "coloured where that panel {entry:present=has|absent=lacks} the colour",
    "plan_of_bands": "one cell is left of each rectangle of one colour that fills the grid, {noise:one=scattered cells "
    "of one colour|any=scattered cells of any colour} being noise",
    "lay_stairs": "the things{link/link} are laid corner to corner on a {slope} slope, the {first:smallest=smallest|"
    "largest=largest|left=leftmost|top=uppermost} at its left end",
    "lines_that_hold": "the {lines:rows=rows|columns=columns|both=rows and columns} with {ink:rarest=the rarest colour|"
    "commonest=the commonest colour|any=any colour} are {kept:kept=kept alone|dropped=dropped}",
    "panels_to_corners": "each panel is put into the quarter whose outer corner its cell of a certain colour is; these "
    "cells {marks:stay=stay|vanish=vanish}",
    "stack_by_strip": "the panels lie upon each other in the order of the strip of colours at the border, its "
    "{top} on top",
    "line_up_by_strip": "the things are put {axis:horizontal=side by side|vertical=one below the other} in the order "
    "of the strip of colours at the border",
    "spell_with_shapes": "each cell of the small picture becomes the thing of its colour that lies beside it",
    "sum_up_places": "nine cells are left: the colour of the largest thing in the middle, and around it those of the "
    "others where they lie from it",
    "pile_panels": "what is in the panels is piled up in one panel, the first one's at the "
    "{ground:down=bottom|up=top|left=left|right=right}",
    "mirror_over_lines": "what lies on either side of the one full row and the one full column of a colour is mirrored "
    "onto the other side{ink:own=|line=, in the colour of the line}",
    "list_plain_panels": "one cell is left for each panel of a single colour, as they lie to each other",
    "step_home": "cells of the colour of a line at the border move one cell towards it, where that is empty",
    "fill_rooms_alike": "the empty rooms of frames take the colour of those that lie at the same place in other frames",
    "cross_table": "the single cells (or rectangles) in one row and the shapes below each other (or the other way "
    "round) make a table: where they cross, the shape appears in the cell's colour",
    "do_as_pair": "two pictures side by side show what becomes of one (a turn, mirror image, scaling, half, doubling, "
    "other colours): {shown:alone=the one other picture so changed is left alone|placed=the others become so in their "
    "places|beside=beside each other one is put what it becomes}",
    "do_likewise": "one thing{link/link} has got {done:lines=lines|borders=a border or filling|copies=copies of itself|"
    "parts=cells on it} in a colour of their own already: {alike:all=all others|colour=all others of its colour|"
    "shape=all others of its shape|size=all others of its size} get the same",
    "stamp_by_legend": "single cells become the thing{link/link} that lies close beside another single cell of their "
    "colour, middle upon middle{look:whole=|marked=, in the single cell's colour}",
    "assemble_ring": "the things{link/link} are put together, as they are turned, to a frame, square if it can be",
    "draw_in": "in each {axis/line} with one cell of {mark} all cells move along it, close up to that cell"
    "{painted:own=|"
    + "|".join(f"ink{c}=, and become {name}" for c, name in enumerate(COLOUR_NAMES) if c)
    + "}; the other {axis/lines} {others:vanish=vanish|stay=stay}",
}
