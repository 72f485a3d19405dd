"""Tables learned from demonstrations, in words: few cases are told, of more it is said how many there are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import permutations

from arc_ttt.agents.programs.phrases.acts import act, coloured
from arc_ttt.agents.programs.phrases.members import about, members
from arc_ttt.agents.programs.phrases.teller import Teller, listed
from arc_ttt.agents.programs.phrases.views import VIEWS, condition
from arc_ttt.agents.programs.phrases.words import NOUNS, SHAPES

# Cases that are told; of a table with more only their number is.
MOST_TOLD = 4
SAME, ELSE = "same", "else"

# One case: for each view (by its number) the values that it stands for; views that do not matter are left out.
Case = dict[int, frozenset[int]]


def learned(cases: int, what: str) -> str:
    """`by a table of 14 cases learned from the demonstrations, going by their size`."""
    return f"by a table of {cases} cases learned from the demonstrations, going by {what}"


# --- cells by what they see ---


def cells_by_views(teller: Teller, views: str, cases: str) -> str:
    """What becomes of which cells."""
    names = views.split("_")
    table = {tuple(map(int, k.split("x"))): o for k, _, o in (e.partition("to") for e in cases.split("_"))}
    table = {key: output.removeprefix("new") for key, output in table.items()}
    if any(len(key) != len(names) for key in table):
        return "cells take a new colour by a table that does not fit its views"
    told = {output: merged([k for k, o in table.items() if o == output], list(table)) for output in table.values()}
    rest = max(told, key=lambda o: (len(told[o]), o == SAME))
    if len(told) == 1:
        return f"all cells {_made(teller, rest)}"
    known = [sorted({k[i] for k in table}) for i in range(len(names))]
    parts: list[str] = []
    for output, found in told.items():
        if output != rest:
            which = [_cells(teller, names, case, known) for case in found]
            which = [w if k == 0 and not parts else re.sub("^cells", "those", w) for k, w in enumerate(which)]
            parts.append(f"{listed(which, 'and')} {_made(teller, output)}")
    if sum(len(found) for output, found in told.items() if output != rest) > MOST_TOLD:
        return "cells take a new colour " + learned(len(table), listed([VIEWS[n].about for n in names]))
    return ", ".join(parts) + f"; all other cells {_made(teller, rest)}"


def _made(teller: Teller, output: str) -> str:
    if output == SAME:
        return "stay as they are"
    if output == "0":
        return "become empty"
    return f"take {teller.ink(output) if output.isdecimal() else VIEWS[output].about}"


def _cells(teller: Teller, names: Sequence[str], case: Case, known: Sequence[Sequence[int]]) -> str:
    adjective, behind = "", []
    for i, values in sorted(case.items()):
        if names[i] == "ink":
            adjective = "coloured " if 1 in values else "empty "
        elif names[i] == "own":
            behind.append("of " + listed([teller.ink(v) for v in sorted(values)], "or"))
        else:
            behind.append(condition(teller, names[i], sorted(values), known[i]))
    return f"{adjective}cells" + (" " + " and ".join(behind) if behind else "")


def merged(wanted: Sequence[tuple[int, ...]], table: Sequence[tuple[int, ...]]) -> list[Case]:
    """The keys that are wanted, of all that the table has, as few cases."""
    ways = (_along(wanted, table, order) for order in permutations(range(len(table[0]))))
    return min(ways, key=lambda cases: (len(cases), sum(map(len, cases))))


def _along(wanted: Sequence[tuple[int, ...]], table: Sequence[tuple[int, ...]], order: Sequence[int]) -> list[Case]:
    """The cases, with the views looked at in an order."""
    if not order:
        return [{}]
    first, rest = order[0], order[1:]
    groups: dict[str, tuple[list[int], list[Case]]] = {}
    values = sorted({k[first] for k in table})
    for value in values:
        mine = [k for k in wanted if k[first] == value]
        if mine:
            cases = _along(mine, [k for k in table if k[first] == value], rest)
            groups.setdefault(repr(cases), ([], cases))[0].append(value)
    found = []
    for group, cases in groups.values():
        here = {} if group == values else {first: frozenset(group)}
        found += [here | case for case in cases]
    return found


# --- things by a property ---


def things_by(
    teller: Teller, link: str, name: str, entries: Mapping[str, str], says: Callable[[Teller, str], str]
) -> str:
    """What becomes of which things: `entries` by value of the property, in the words of `says`."""
    noun = NOUNS[link][1]
    groups: dict[str, list[str]] = {}
    for value, output in entries.items():
        groups.setdefault(output, []).append(value)
    if len(groups) == 1:
        return f"all {noun} {says(teller, next(iter(groups)))}"
    rest = next((o for o, v in groups.items() if ELSE in v), None) or max(
        groups, key=lambda o: (len(groups[o]), o == SAME)
    )
    told = {o: v for o, v in groups.items() if o != rest}
    if len(told) > MOST_TOLD or (name in SHAPES and len(told) > 1):
        return f"{noun} change " + learned(len(entries), about(name))
    return ", ".join(_told(teller, link, name, told, entries, says)) + f"; all others {says(teller, rest)}"


def _told(
    teller: Teller,
    link: str,
    name: str,
    told: Mapping[str, Sequence[str]],
    entries: Mapping[str, str],
    says: Callable[[Teller, str], str],
) -> Iterator[str]:
    noun = NOUNS[link][1]
    known = [int(v) for v in entries if v != ELSE]
    for output, values in told.items():
        which = members(teller, link, name, [int(v) for v in values], known).replace(NOUNS[link][1], noun, 1)
        yield f"{which} {says(teller, output)}"
        noun = "those"


def act_by(teller: Teller, link: str, name: str, acts: str) -> str:
    """What things do, as a property decides."""
    return things_by(teller, link, name, _entries(acts), act)


def panels_to_cells(teller: Teller, name: str, table: str, members: str = "panels") -> str:
    """The colour of the cell that a panel (or another member) becomes, as a property decides."""
    said = things_by(teller, members, name, _entries(table), _cell)
    return f"the grid shrinks to one cell for each {NOUNS[members][0]}: {said}"


def _cell(teller: Teller, output: str) -> str:
    return f"give {'an empty cell' if output == '0' else f'a cell of {coloured(teller, output)}'}"


def _entries(word: str) -> dict[str, str]:
    return {value: output for value, _, output in (e.partition("to") for e in word.split("_"))}
