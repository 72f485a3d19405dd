"""Phrases of the operations on a grid as a whole: its cells, colours, lines, patterns, size and pose."""

from __future__ import annotations

_TURNED = "any= (perhaps turned or mirrored)|never=|scaled= (perhaps larger or smaller)|turned= (perhaps turned)"

PHRASES: dict[str, str] = {
    # the whole grid
    "flip": "the grid is mirrored {axis/mirror}",
    "rotate": "the grid is turned {turn:1=a quarter turn to the left|2=by half a turn|3=a quarter turn to the right}",
    "mirror_beside": "{direction/beside} the grid comes its mirror image",
    "mirror_four": "the grid becomes two by two mirror images of itself, with the grid as it was in the {corner} "
    "corner",
    "rotate_four": "the grid becomes two by two copies of itself, each a quarter turn from the one before",
    "symmetrise": "in the box around everything coloured, empty cells take the colour of their mirror image, "
    "{axis/mirror}",
    "symmetrise_grid": "empty cells take the colour of their mirror image, {axis/mirror}",
    "symmetrise_turning": "empty cells take a colour that a quarter or half turn of the grid would bring to them",
    "tile": "copies of the grid are put together: {rows/number} down, {columns/number} across",
    "tile_mirrored": "the grid is repeated {columns/times} across and down, every second row of copies mirrored",
    "scale_up": "every cell becomes a square of {factor/number} by {factor/number} cells",
    "scale_by_colours": "every cell becomes a square block, as many cells wide as the grid has colours",
    "tile_by_colours": "the grid is repeated across and down, as many times as it has colours",
    "scale_down": "the grid shrinks to the smallest one of which it is an enlargement",
    "squeeze": "equal neighbouring rows become one row, and equal neighbouring columns one column",
    "fractal": "every coloured cell becomes a copy of the whole grid, every other cell an empty block",
    "fractal_inverse": "every empty cell becomes a copy of the whole grid, every other cell an empty block",
    "fractal_where": "every cell of the {abundance} common colour becomes a copy of the whole grid, every other "
    "cell an empty block",
    "trim": "only the box around everything coloured is kept",
    "half": "only the {direction/side} half of the grid is kept",
    "quarter": "only the {corner} quarter of the grid is kept",
    "add_line": "there is one more empty {side:up=row at the top|down=row at the bottom|left=column at the left|"
    "right=column at the right|around=row or column on each of the four sides}",
    "repeat_lines": "each {axis:horizontal=row|vertical=column} becomes {times:2=two|3=three} equal ones",
    "space_out": "between each two {lines:rows=rows there is an empty one|columns=columns there is an empty one|both="
    "rows and each two columns there is an empty one}",
    "copy_half": "what the {side:up=upper|down=lower|left=left|right=right} half shows is shown in the other half, too"
    "{image:mirrored=, mirrored|same=}",
    "append_apart": "beyond an empty line {side:up=above|down=below|left=to the left|right=to the right} the grid is "
    "shown a second time{image:mirrored=, mirrored|same=}",
    "add_margin": "the grid gets a margin one cell broad that {margin:edge=repeats the cells at its border|sides="
    "repeats the cells at its border, but for the corners|wrapped=goes on as if the grid were repeated|mirrored=goes "
    "on as if the grid were mirrored at its border lines}",
    "shed_line": "the {side:up=topmost row|down=lowest row|left=leftmost column|right=rightmost column} is taken away",
    "shed_walls": "the borders that are full lines of one colour are taken away",
    "peel": "the outermost rows and columns are taken away",
    "wrap": "a frame of {ink} is put around the grid",
    "frame": "the outermost rows and columns take {ink}",
    "wrap_in_own": "the outermost rows and columns are doubled outwards, the new corners empty",
    "drop_empty": "empty {axis/lines} are taken out",
    "shift": "everything moves {direction/ways} by {by/cells}; what leaves the grid is lost",
    "roll": "everything moves {direction/ways} by {by/cells}; what leaves the grid comes back on the other side",
    "gravity": "every coloured cell falls {direction/ways} until it meets the border or another one",
    "drop_colour": "cells of {mark} fall {direction/ways} until they meet the border or a coloured cell; all "
    "others stay",
    "sort_lines": "the {direction:down=rows|up=rows|left=columns|right=columns} are sorted by how many coloured "
    "cells they have, the fullest {direction:down=at the bottom|up=at the top|left=on the left|right=on the right}",
    "sort_filled": "the {direction:down=rows|up=rows|left=columns|right=columns} that are not empty are sorted by how "
    "many coloured cells they have, the fullest {direction:down=at the bottom|up=at the top|left=on the left|right=on "
    "the right}; empty ones stay",
    "clear_full": "{direction:down=rows|up=rows|left=columns|right=columns} without an empty cell vanish, and the rest "
    "falls in {direction/ways}",
    "close_gaps": "empty {axis/lines} move to the end, and the others close up",
    # colours
    "replace": "{mark} becomes {ink}",
    "swap": "{mark} and {other} change places",
    "keep_colour": "only cells of {mark} stay",
    "erase_colour": "cells of {mark} become empty",
    "keep_by_abundance": "only cells of the {abundance} common colour stay",
    "clear_by_abundance": "cells of the {abundance} common colour become empty",
    "paint_coloured": "all coloured cells take {ink}",
    "paint_by_abundance": "cells of the {abundance} common colour take {ink}",
    "paint_all_by_abundance": "all coloured cells take the {abundance} common colour",
    "stripe": "coloured cells in every second {axis/line} take {ink}, from the second {axis/line} on",
    "checker": "coloured cells take {ink} like every second field of a chessboard",
    "paint_full_lines": "{axis/lines} of a single colour take {ink}; all others become empty",
    "paint_by_majority": "every {axis/line} takes the colour that most of its cells have, the background's included",
    "histogram": "the grid becomes a chart with one bar for each colour, as long as the colour has cells, the "
    "longest first; the bars are {axis/lines}",
    "name_colour": "all that is kept is one cell of the {abundance} common colour",
    # lines and rays
    "rays": "every coloured cell shoots a ray of its colour {direction/ways}, as far as the border or the next "
    "coloured cell",
    "rays_of": "cells of {mark} shoot a ray of {ink} {direction/ways}, as far as the border or the next coloured cell",
    "star": "from every single cell lines of its colour run {star:cross=up, down, left and right|saltire=along "
    "both diagonals|horizontal=to the left and right|vertical=up and down|falling=along the falling "
    "diagonal|rising=along the rising diagonal}, as far as the border or the next coloured cell",
    "star_of": "from every cell of {mark} lines of {ink} run {star:cross=up, down, left and right|saltire=along "
    "both diagonals|horizontal=to the left and right|vertical=up and down|falling=along the falling "
    "diagonal|rising=along the rising diagonal}, as far as the border or the next coloured cell",
    "bounce": "from every single cell a line of {ink} runs slantwise {direction/ways}, thrown back by the side walls",
    "spiral_in": "behind the coloured cells a line of {ink} winds inwards from the upper left corner, one cell "
    "from its last turn",
    "mark_crossings": "every single cell draws its row and its column; where the lines of two cells cross, the "
    "crossing takes {ink}",
    "full_lines": "{axis/lines} with exactly one coloured cell take its colour throughout",
    "connect": "neighbouring cells of one colour in a {axis/line} are joined by a line of that colour",
    "connect_in": "neighbouring cells of one colour in a {axis/line} are joined by a line of {ink}",
    "connect_both": "neighbouring cells of one colour in a row or a column are joined by a line of {ink}",
    "elbow": "the two single cells are joined by an angled line of {ink}: along the row of the upper one, then "
    "down the column of the lower one",
    "elbow_between": "from the one cell of {first} a line of {ink} goes along its row and then along the column of "
    "the one cell of {last} to it, over empty cells",
    "lengthen": "straight lines of two cells and more go on at both ends, as far as the border or a coloured cell",
    "lengthen_slanting": "slanting lines go on at both ends, thrown back by coloured cells, {border:ends=as far as "
    "the border|thrown_back=and thrown back by the border, too|long_sides=and by the longer sides of the grid}",
    "lengthen_over": "slanting lines go on at both ends over whatever there is, but thrown back by {mark}, "
    "{border:ends=as far as the border|thrown_back=and thrown back by the border, too|long_sides=and by the longer "
    "sides of the grid}",
    "paint_lines_of": "in {axis/lines} with a cell of {mark} all empty cells take {mark}",
    "clear_lines_of": "{axis/lines} with a cell of {mark} become empty",
    "meet_halfway": "{axis/lines} with a coloured cell at either end and none between are filled, each half with "
    "the colour of its end",
    "span_boxes": "in the rectangle that all cells of one colour span, empty cells take {ink}",
    "ray_in_turn": "every single cell shoots a ray {direction/ways} as far as the border, in which {ink} and its "
    "own colour take turns",
    "widen": "from every single cell a triangle spreads {direction/ways}, wider by one cell on each side with each "
    "step",
    "flood_in_turn": "from the cells of {mark} on, the empty cells that can be reached {steps:side=by their "
    "sides|corner=also by their corners} take {ink} and {mark} in turn, step by step",
    "staircase": "the row becomes a staircase: below it, again and again, comes the row with its bar longer by one "
    "cell, half as many rows as it has columns",
    "grow_rows": "below the one row come more of them, the bar at the left end longer by one cell in each; there "
    "are as many rows as {rows:half_width=half the row has columns|until_full=it takes to fill one|width=the row "
    "has columns}",
    "straighten_bands": "ragged bands become straight: each row, or each column, takes the colour that most of it has",
    "run_across_bands": "bands of one colour lie side by side; each cell of another colour in a band becomes a "
    "line across that band",
    # patterns, symmetries, noise
    "repair_period": "cells of {mark} are restored so that the grid repeats, down and across, in as small a piece "
    "as it can",
    "repair_symmetry": "cells of {mark} are restored from the mirror images and turns that all other cells agree with",
    "restore_patch": "only what a rectangle of {mark} hides in a symmetric or repeating pattern is shown",
    "continue_pattern": "the pattern of lines goes on {direction/ways} to the end, repeating as it began",
    "continue_recoloured": "the pattern of lines goes on {direction/ways} to the end, repeating as it began, and "
    "{mark} becomes {ink}",
    "continue_shifted": "the lines up to the last coloured one come again and again {direction/ways}, each time "
    "moved sideways by the same number of cells",
    "one_period": "only the smallest piece is kept of which the grid is a repetition",
    "fill_lattice": "empty cells are filled so that the grid repeats {lattice:tile=both down and "
    "across|across=across|down=down|falling=along falling diagonals|rising=along rising diagonals}, in steps as "
    "small as its colours allow",
    "continue_runs": "in each {ways:left=row|right=row|across=row|up=column|down=column|upright=column|all=row or "
    "column} with one unbroken run of cells, the {period:whole=run|smallest=pattern of the run|to_wall="
    "pattern of the run, up to what is in the way,} is repeated "
    "{ways:left=to the left|right=to the right|across=to both sides|up=upwards|down=down|upright=up and "
    "down|all=both ways}, as far as the border",
    "repeat_box": "the box around everything coloured is repeated without gaps {ways:left=to the left|right=to the "
    "right|across=to both sides|up=upwards|down=down|upright=up and down|all=in all directions}, as far as the "
    "border",
    "mend_mirrored": "cells of {mark} are restored from their mirror images, about axes that need not lie in the "
    "middle",
    "show_mirrored": "only what a rectangle of {mark} hides in a mirrored picture is shown",
    "complete_mirrored": "empty cells take the colour of their mirror images about the axes that all coloured "
    "cells agree with",
    "complete_panels": "of all {place:panels=panels|insides=insides of frames} one has the whole picture, and what "
    "others have of it{which:upright=|mirrored= (perhaps mirrored)|turned= (perhaps turned)|any= (perhaps turned or "
    "mirrored)} is completed{colour:picture=|part=, in its own colour}",
    "lift_patches": "each thing that patches of {ink:shared=the colour that most of them share} lie on is its own "
    "mirror image: what they hide is shown",
    "complete_symmetry": "{picture:grid=the picture is|things=each thing is|clumps=each group of cells that touch by "
    "their sides is|colours=what each colour has is} completed so that it is "
    "{symmetry/symmetry}, about the centre that most of its cells speak for",
    "complete_around": "empty cells take the colour of their images about the middle of the cells of {mark}, so "
    "that the picture is {symmetry/symmetry}",
    "show_hole": "only what the one empty rectangle of a {pattern:mirrored=mirrored|repeated=repeating} picture "
    "would show is shown",
    "lift_covers": "the repeating or mirrored picture is shown without the rectangles, each of a colour of its own, "
    "that lie on it",
    "lift_cover": "only what the {cover:largest=largest|smallest=smallest|highest=highest|lowest=lowest|leftmost="
    "leftmost|rightmost=rightmost|tallest=tallest|widest=widest} of several rectangles hides in a repeating or "
    "mirrored picture is shown",
    "complete_sets": "{parts:rows=all rows|columns=all columns|lines=all rows and all columns|quarters=the four "
    "quarters of the grid|panels=all panels} have the same colours, each as often: empty cells take what is lacking",
    "outvote": "the grid becomes the repeating pattern, down and across, that agrees with most of its coloured cells",
    "heal": "cells of {mark} take the colour that most of their neighbours of other colours have, from the rim of "
    "each patch inwards",
    "drop_thin": "coloured cells that are not part of a full rectangle of {square} cells vanish",
    "drop_thin_of_colour": "coloured cells that are not part of a full rectangle of {square} cells of their colour "
    "vanish",
    "paint_clear": "empty rectangles of {square} cells, and whatever they add up to, take {ink}",
    "paint_clearings": "empty squares of three by three cells, and whatever they add up to, take {ink}",
    "paint_largest_clear": "the largest {shape:square=empty square|rectangle=empty rectangle|full_square=square of the "
    "most common colour|full_rectangle=rectangle of the most common colour} takes {ink} (all of them, where several "
    "are as large)",
    "mend_stripes": "rows or columns, whichever are more even, take the colour of most of their cells",
    # rings
    "continue_rings": "the rings around {centre:box=the coloured box|any=the coloured box or a "
    "corner|upper_left=the upper left corner|upper_right=the upper right corner|lower_left=the lower left "
    "corner|lower_right=the lower right corner} go on outwards in the order of their colours",
    "ring_by_steps": "around the middle one of the cells of one colour go "
    "{form:square=square|diamond=diamond-shaped} rings, at the step from it to the others and at all multiples of "
    "that step",
    "ring_specks": "each {about:diamond=diamond-shaped|middle=square|upper_left=square|upper_right=square|lower_left="
    "square|lower_right=square} ring of cells about the {about:middle=middle|"
    "diamond=middle|upper_left=upper left corner|upper_right=upper right corner|lower_left=lower left corner|"
    "lower_right=lower right corner} of the grid takes the colour of what lies on it",
    "ring_around": "around the one cell of {mark} go square rings, {ink} and {mark} in turn",
    "ring_things": "in each full rectangle every second ring takes {ink}, from the second one on",
    # size
    "go_on_beyond": "the pattern of lines goes on {direction/ways}, repeating as it began, until the grid is "
    "{sizes:double=twice as long|half_more=one and a half times as long|triple=three times as long|square=square}",
    "enlarge": "the grid grows {direction/ways} by empty lines until it is {sizes:double=twice as "
    "long|half_more=one and a half times as long|triple=three times as long|square=a square}",
    "enlarge_both": "the grid lies {corner:middle=in the middle|upper_left=in the upper left corner|upper_right=in "
    "the upper right corner|lower_left=in the lower left corner|lower_right=in the lower right corner} of an empty "
    "one, {room:double=twice as high and wide|triple=three times as high and wide|count_square=a square as wide as "
    "the grid times its number of coloured cells}",
    "every_nth": "of the rows and columns only every {every:2=second|3=third} is kept, from the "
    "{first:1=first|2=second|3=third} on",
    "slant": "the grid leans: each {lean:rows_down=row, from the top one on, moves to the right|rows_up=row, from the "
    "bottom one on, moves to the right|columns_right=column, from the left one on, moves down|columns_left=column, "
    "from the right one on, moves down} by one cell more than the one before, and the grid becomes so much larger",
    "shear": "each {direction:down=row|up=row|left=column|right=column} moves sideways by one cell more than the "
    "one before{slide:round=; what leaves the grid comes back on the other side|off=; what leaves the grid is lost|"
    "coloured=, from the first coloured one on, which stays; what leaves the grid is lost}",
    "shift_lines": "the {direction:down=rows, from the uppermost|up=rows, from the lowest|left=columns, from the "
    "rightmost|right=columns, from the leftmost} coloured one on, move to the {side:onwards=right (or down)|back=left "
    "(or up)}: {moved:second=every second one by a cell|wave=the second by a cell, the fourth by a cell the other "
    "way, and so on|zigzag=the first by a cell, the second by a cell the other way, and so on|cells=each by as many "
    "cells as it has coloured ones|rares=each by as many cells as it has of the rarest colour}; what leaves the grid "
    "{slide:round=comes back on the other side|off=is lost}",
    "mirror_on": "the grid goes on {direction/ways} as {images:1=its mirror image, which shares|2=its mirror image and "
    "the image of that one, each of which shares|3=its mirror image, the image of that one and the image of this one, "
    "each of which shares} a line with what is before it",
    "lay_copies": "as many copies of the grid as it has {copies:coloured=coloured cells|empty=empty "
    "cells|colours=colours|things=things} fill an empty square in reading order, with room for as many in a row as "
    "it has {across:coloured=coloured cells|empty=empty cells|colours=colours|things=things}",
    "cut": "only a piece of {extent} cells {place:middle=in the middle|upper_left=in the upper left "
    "corner|upper_right=in the upper right corner|lower_left=in the lower left corner|lower_right=in the lower "
    "right corner} is kept",
    # pictures that are completed
    "complete_copies": "one picture is shown in full{template:thing=|box=, in the box of the one thing of its colour}: "
    "where some of its cells lie again elsewhere{turned:"
    + _TURNED
    + "}, the rest of it is painted{kept:keep=|remove=, and the "
    "picture itself vanishes}",
    "complete_by_parts": "some pictures are shown in full: where the cells of one of their colours lie again elsewhere"
    "{turned:"
    + _TURNED
    + "}, the rest of the picture is painted{kept:keep=|remove=, and the pictures themselves vanish}",
    "complete_partial": "what is a part of a larger picture of several colours{turned:"
    + _TURNED
    + "} is completed to it{kept:keep=|remove=, and the whole picture vanishes}",
    "complete_recoloured": "all things of two colours share one of them; one is whole, and the others are completed "
    "after it, each in its own second colour{turned:" + _TURNED + "}",
    "copy_where_fits": "the shape of the rarest colour is copied wherever there is room for it{turned:never=|any=, "
    "perhaps turned or mirrored}",
    "overlay_windows": "the {height/number} by {width/number} cells {windows:four_corners=in each "
    "corner|left_and_right=at the left and the right side|above_and_below=at the top and the bottom} are laid upon "
    "each other",
    "overlay_around": "the squares of {side/number} by {side/number} cells around all cells of {mark} are laid "
    "upon each other",
    "mark_middles": "halfway between two single cells of one colour in a row or column {form:cell=the empty cell "
    "takes|plus=a plus takes|saltire=a saltire takes|ring=a full square takes} {ink}",
}
