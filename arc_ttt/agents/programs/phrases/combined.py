"""Phrases of the operations on layers, on things that become each other's cells, and on chains and rows of things."""

from __future__ import annotations

_COUNTED = (
    "rowlines=there are full rows of one colour|columnlines=there are full columns of one colour|roomsdown=there are "
    "rooms one below the other|roomsacross=there are rooms side by side|colours=there are colours|things=there are "
    "things|singles=there are single cells|holes=there are holes|ofrarest=there are things of the rarest colour|"
    "ofcommonest=there are things of the commonest colour|largestheight=the largest of these is high|largestwidth=the "
    "largest of these is wide|largestsize=the largest of these has cells|voidheight=the empty rectangle is high|"
    "voidwidth=the empty rectangle is wide|"
    + "|".join(f"of{ink}=there are things of colour {ink}" for ink in range(1, 10))
)

PHRASES: dict[str, str] = {
    "take_layer": "of the overlapping rectangles, frames and lines {which:highest=the highest one|lowest=the lowest "
    "one|smallest=the smallest one|largest=the largest one|most_hidden=the one of which most is hidden} "
    "{left:others=is taken away, so that what it hides is seen|itself=alone is left, and shown whole}",
    "thing_in_cells": "of the two things each {meant} cell of {outer:colourful=the one with more colours|plain=the one "
    "with fewer colours|large=the larger one|small=the smaller one|first=the first one|second=the second one} becomes "
    "the other one, in {ink:cell=the colour of that cell|thing=its own colours}",
    "turn_nests": "the colours of the rings in full rectangles {by:one=move by one ring|two=move by two rings|"
    "cells=move by as many rings as there are other cells|things=move by as many rings as there are other things|"
    "mirrored=change to the reverse order, whether} {way:inwards=inwards|outwards=outwards}",
    "chain_pieces": "the pieces are put {axis:horizontal=side by side|vertical=one below the other}, "
    "{link:upon=overlapping by their ends|beside=end to end|apart=a cell apart}, so that each begins with the colour "
    "with which the one before it ends",
    "show_under": "of the picture on which a thing of a colour of its own lies only what that thing hides is shown, "
    "{cut:shape=cut out in its shape|box=all in its box}",
    "repeat_apart": "only the largest thing is shown, {axis:horizontal=side by side|vertical=one below the other}, "
    "{gap:gap0=without gaps|gap1=a cell apart|gap2=two cells apart}, {ink:own=in its own colours|counted=in the colour "
    f"of all else}}, as often as besides it {{times:{_COUNTED}}}",
}
