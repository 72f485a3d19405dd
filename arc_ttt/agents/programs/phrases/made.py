"""Clauses of the operations on what programs make, on layers of a grid, and on blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from arc_ttt.agents.programs.phrases.features import COUNTED, about, passes
from arc_ttt.agents.programs.phrases.tables import MOST_TOLD, learned, merged
from arc_ttt.agents.programs.phrases.teller import IMAGES, NUMBERS, ORDINALS, SETS, Clause, Teller, counted, listed
from arc_ttt.rules.frames import BUT, SWAPPED
from arc_ttt.rules.language import Program

_ENTRY = re.compile(r"(\d+(?:x\d+)*)to(\w+?)(?=_|$)")

# --- programs in another frame, two programs, a program or another ---

# How the colours are numbered, and what the background is.
_ROLES = {
    "background": ("with the most common colour as the background", False),
    "rarest_last": ("with the colours numbered from the most common one (1) to the rarest", True),
    "rarest_first": ("with the colours numbered from the rarest one (1) to the most common", True),
    "first_seen": ("with the colours numbered as they are first seen in reading order", True),
    "by_count": (
        "with the most common colour as the background, the next one numbered 1, and so on to the rarest",
        True,
    ),
}


def _by_roles(teller: Teller, roles: str, program: Program) -> str:
    if roles.startswith(SWAPPED):
        ground = int(roles.removeprefix(SWAPPED))
        named = [teller.inks[0] if c == ground else name for c, name in enumerate(teller.inks)]
        return f"with {teller.ink(ground)} as the background: {teller.program(program, ('the background', *named[1:]))}"
    roles, _, kept = roles.partition(BUT)
    how, numbered = _ROLES[roles]
    inks = ["the background", *teller.inks[1:]]
    if kept:
        how = how.replace("the colours", f"the colours but {listed([teller.ink(int(c)) for c in kept])}")
        how = how.replace("the next one", f"the next one but {listed([teller.ink(int(c)) for c in kept])}")
    if numbered:
        for n, c in enumerate((c for c in range(1, 10) if str(c) not in kept), 1):
            inks[c] = f"colour {n}"
    return f"{how}: {teller.program(program, tuple(inks))}"


def _layered(first: Program, second: Program) -> list[Program]:
    """The programs whose pictures lie upon each other, also where the lower one is several of them."""
    if len(second) == 1 and second[0].name == "overlay":
        upper, lower = second[0].arguments
        if isinstance(upper, tuple) and isinstance(lower, tuple):
            return [first, *_layered(upper, lower)]
    return [first, second]


def _overlay(teller: Teller, first: Program, second: Program) -> str:
    told = [f"({n}) {teller.program(layer)}" for n, layer in enumerate(_layered(first, second), 1)]
    return f"{NUMBERS[len(told)]} pictures are laid upon each other, the first on top: {'; '.join(told)}"


_WORDS = {
    "and": "both are coloured",
    "or": "one or both are coloured",
    "xor": "only one of the two is coloured",
    "nor": "neither is coloured",
    "minus": "only the first is coloured",
}


def _compare(teller: Teller, program: Program, word: str, ink: int) -> str:
    where = f"where {_WORDS[word]}, the cell takes {teller.ink(ink)}"
    return f"the grid is compared with a second picture; {where}; the second: {teller.program(program)}"


def _join(teller: Teller, first: Program, second: Program, table: str) -> str:
    entries = {(int(e[0]), int(e[2])): int(e[-1]) for e in table.split("_")}
    names = (
        ("the first", "the second")
        if first and second
        else ("the grid", "the picture")
        if second
        else ("the picture", "the grid")
    )
    pictures = f"two pictures are made: (1) {teller.program(first)}; (2) {teller.program(second)}; "
    if not (first and second):
        pictures = f"a picture is made: {teller.program(first or second)}; "
    base = max((0, 1), key=lambda k: sum(colours[k] == made for colours, made in entries.items()))
    left = {colours: made for colours, made in entries.items() if colours[base] != made}
    others: dict[str, list[tuple[int, int]]] = {}
    for colours, made in left.items():
        alike = all(c[1 - base] == m for c, m in left.items())
        others.setdefault(f"as in {names[1 - base]}" if alike else _inks(teller, [made]), []).append(colours)
    told = {word: merged(keys, list(entries)) for word, keys in others.items()}
    if sum(map(len, told.values())) > MOST_TOLD:
        return pictures + "each cell takes a colour " + learned(len(entries), "its colours in both")
    parts = [
        f"{word} where " + " or where ".join(
            " and ".join(f"{names[i]} is {_inks(teller, sorted(v))}" for i, v in sorted(case.items())) for case in cases
        )
        for word, cases in told.items()
    ]  # fmt: skip
    return f"{pictures}cells are as in {names[base]}" + (f", but {', and '.join(parts)}" if parts else "")


def _inks(teller: Teller, colours: Sequence[int]) -> str:
    return listed(["empty" if not c else teller.ink(c) for c in colours], "or")


def _decide(teller: Teller, name: str, cases: str, first: Program, second: Program) -> str:
    values = [int(v) for v in cases[1:].split("_")]
    return f"if {passes(teller, name, values)}: {teller.program(first)}; if not: {teller.program(second)}"


def _repeat(teller: Teller, extent: str, program: Program) -> str:
    rows, columns = re.findall(r"\d+", extent)
    size = f"{rows} times as high and {columns} times as wide" if extent[0] == "x" else f"of {rows} by {columns} cells"
    covered = "covered from its upper left corner on with repetitions of what this makes"
    return f"the grid becomes one {size}, {covered}: {teller.program(program)}"


def _often(teller: Teller, how: str, name: str, program: Program) -> str:
    number = f"as many times as the grid has {COUNTED[name]}"
    larger = {
        "cells": f"scaled up, {number}", "tiles": f"repeated across and down, {number}",
        "across": f"repeated across, {number}", "down": f"repeated down, {number}",
    }[how]  # fmt: skip
    return f"what this makes is {larger}: {teller.program(program)}"


# --- constant pictures, blocks ---


def _answer(teller: Teller, name: str, answers: str) -> str:
    entries = _ENTRY.findall(answers)
    if _are_few(entries) and all(len(made) == 1 for _, made in entries) and name != "pattern":
        return f"the grid becomes one cell: {_cases(teller, name, entries, 'the grid')}"
    if all(len(made) == 1 for _, made in entries):
        return f"the grid becomes one cell of a colour that is looked up {learned(len(entries), about(name))}"
    return f"the grid becomes one of {len(entries)} pictures learned from the demonstrations, as {about(name)} says"


def _are_few(entries: Sequence[tuple[str, str]]) -> bool:
    """Whether all cases of a table may be told."""
    return len({made for _, made in entries}) <= MOST_TOLD and len(entries) <= 2 * MOST_TOLD


def _cases(teller: Teller, name: str, entries: Sequence[tuple[str, str]], subject: str) -> str:
    """`red if the grid has 2 or 3 things, blue if it has 4 things`."""
    values: dict[str, list[int]] = {}
    for value, made in entries:
        values.setdefault(made, []).append(int(value))
    parts: list[str] = []
    for made, those in values.items():
        parts.append(f"{_inks(teller, [int(made)])} if {passes(teller, name, those, 'it' if parts else subject)}")
    return ", ".join(parts)


def _part(division: str) -> str:
    if division == "panels":
        return "panel"
    rows, columns = re.findall(r"\d+", division)
    return f"block of {rows} by {columns} cells" if division[0] == "s" else f"of {rows} by {columns} equal parts"


def _sum_up(teller: Teller, division: str, name: str, cases: str) -> str:
    begin = f"the grid shrinks to one cell for each {_part(division)}".replace("each of", "each of the")
    entries = _ENTRY.findall(cases.removeprefix("copied").lstrip("_"))
    if not _are_few(entries) or name == "pattern":
        return f"{begin}, of a colour that is looked up {learned(len(entries), about(name, 'it'))}"
    told = _cases(teller, name, entries, "it")
    if cases.startswith("copied"):
        return f"{begin}, of {about(name, 'it')}" + (f", but {told}" if told else "")
    return f"{begin}: {told}"


def _blocks(teller: Teller, blocks: str) -> str:
    entries = _ENTRY.findall(blocks)
    rows = entries[0][1].split("r")
    size = f"{len(rows)} by {len(rows[0])} cells learned from the demonstrations"
    if len(entries) == 1:
        return f"each cell becomes a picture of {size}"
    return f"each cell becomes one of {len(entries)} pictures of {size}, as its colour says"


_COPIES = IMAGES | {"n": "with empty and coloured exchanged", "z": "left out"}


def layout_told(teller: Teller, layout: str) -> str:
    rows = layout.split("_")
    begin = f"the grid is repeated, {len(rows)} by {len(rows[0])} times: "
    if len(set(layout) - {"_"}) == 1:
        return begin + _COPIES[layout[0]] + " each time"
    if len(layout) <= 2 * MOST_TOLD:
        told = [
            (f"in the {ORDINALS[n]} row " if len(rows) > 1 else "") + ", then ".join(_COPIES[k] for k in row)
            for n, row in enumerate(rows, 1)
        ]
        return begin + "; ".join(told)
    kinds = [f"{layout.count(k)} of them {_COPIES[k]}" for k in dict.fromkeys(layout) if k != "_"]
    return begin + listed(kinds) + ", in an order learned from the demonstrations"


def _fractal(teller: Teller, where: str, turned: str) -> str:
    what = {
        "coloured": "every coloured cell", "empty": "every empty cell", "most": "every cell of the most common colour",
        "least": "every cell of the least common colour",
    }.get(where) or f"every cell of {teller.ink(where[-1])}"  # fmt: skip
    how = "" if turned == "i" else f", {_COPIES[turned]}"
    return f"{what} becomes a copy of the whole grid{how}, every other cell an empty block"


def _larger(teller: Teller, how: str, name: str) -> str:
    what = {"colours": "colours", "things": "things", "coloured": "coloured cells"}[name]
    if how == "scale":
        return f"every cell becomes a square block, as many cells wide as the grid has {what}"
    return f"the grid is repeated across and down, as many times as it has {what}"


# --- layers ---


def layer_parts(split: str) -> str:
    """The parts that are laid upon each other."""
    if split in ("panels", "quarters"):
        return f"the {split}"
    if split[0] in "bs" and "x" in split:
        rows, columns = re.findall(r"\d+", split)
        return f"the blocks of {rows} by {columns} cells" if split[0] == "s" else f"the {rows} by {columns} equal parts"
    return f"the {counted(int(split[-1]), 'part')} {SETS['row']['horizontal' if split[0] == 'a' else 'vertical']}"


def _in_order(teller: Teller, split: str, order: str) -> str:
    if order in ("fewest", "most"):
        return f"{layer_parts(split)} are laid upon each other, the one with the {order} coloured cells on top"
    places = [ORDINALS[int(k) + 1] for k in order[1:]]
    return f"{layer_parts(split)} are laid upon each other, from the top: {', then '.join(f'the {p}' for p in places)}"


def _by_layers(teller: Teller, split: str, sees: str, table: str) -> str:
    entries = _ENTRY.findall(table)
    size = 4 if split == "quarters" else int(split[-1]) if split != "panels" else max(len(key) for key, _ in entries)
    begin = f"{layer_parts(split)} are laid upon each other"
    said = {made: [] for _, made in entries}  # type: dict[str, list[str]]
    for key, made in entries:
        said[made].append(_seen(teller, sees, key if sees == "count" else key.zfill(size)))
    return _layer_cases(teller, begin, said, len(entries))


def _seen(teller: Teller, sees: str, key: str) -> str:
    if sees == "count":
        return f"{key if key != '0' else 'none'} of them {'is' if key == '1' else 'are'} coloured"
    if sees == "walls":
        return f"the lines are {teller.ink(key[0])} and {_seen(teller, 'marks', key[1:])}"
    if sees == "kinds":
        return f"they have {key if key != '0' else 'no'} colour{'' if key == '1' else 's'}"
    if sees == "inks":
        return f"they show {', then '.join('nothing' if d == '0' else teller.ink(d) for d in key)}"
    on = [f"the {ORDINALS[i + 1]}" for i, d in enumerate(key) if d == "1"]
    return f"only {listed(on)} {'is' if len(on) == 1 else 'are'} coloured" if on else "none is coloured"


def _layer_cases(teller: Teller, begin: str, said: dict[str, list[str]], count: int) -> str:
    rest = max(said, key=lambda made: (len(said[made]), made in ("0", "top")))
    told = {made: where for made, where in said.items() if made != rest}
    if sum(map(len, told.values())) > MOST_TOLD:
        return f"{begin}, and each cell takes a colour {learned(count, 'what lies upon each other')}"
    words = {
        made: "empty" if made == "0" else "as the first that is coloured" if made == "top" else teller.ink(made)
        for made in said
    }
    parts = [f"{words[made]} where {' or '.join(where)}" for made, where in told.items()]
    return f"{begin}; a cell is " + ", ".join([*parts, f"else {words[rest]}" if parts else words[rest]])


def _by_parts(teller: Teller, division: str, look: str, cases: str) -> str:
    entries = _ENTRY.findall(cases)
    said = {made: [] for _, made in entries}  # type: dict[str, list[str]]
    for key, made in entries:
        seen = "".join(reversed(bin(int(key))[2:])) if look == "which" else key
        said[made].append(_seen(teller, "marks" if look == "which" else look, seen))
    return _layer_cases(teller, f"{layer_parts(division)} are laid upon each other", said, len(entries))


CLAUSES: dict[str, Clause] = {
    "answer_by": _answer,
    "by_roles": _by_roles,
    "cells_to_blocks": _blocks,
    "combine_layers": _by_layers,
    "compare": _compare,
    "decide_by": _decide,
    "enlarge_by": _larger,
    "enlarge_made": _often,
    "fractal_by": _fractal,
    "join": _join,
    "join_parts": _by_parts,
    "overlay": _overlay,
    "overlay_in_order": _in_order,
    "overlay_parts": _in_order,
    "repeat_over": _repeat,
    "sum_up_parts": _sum_up,
    "tile_by_layout": layout_told,
}
