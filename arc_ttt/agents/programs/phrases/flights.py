"""Clauses of the operations on what flies, falls and flows."""

from __future__ import annotations

from arc_ttt.agents.programs.phrases.teller import SETS, Clause, Teller, listed

PHRASES: dict[str, str] = {}

_STARTS = {
    "inwards": "at the border flies straight into the grid",
    "onwards": "that is the end of a line from the border flies on as the line goes",
    "headlong": "at the end of a line of another colour flies on as the line goes, which grows behind it,",
    "nose": "at the end of a line of another colour shoots on as the line goes",
}
_MEETS = {
    "s": "stops before {}", "l": "turns left before {}", "r": "turns right before {}", "m": "turns left in {}",
    "n": "turns right in {}", "b": "bounces from {}", "p": "passes behind {}", "o": "goes over {}",
    "d": "takes the colour of {}", "k": "breaks through the first of {} and stops before the next",
    "w": "enters {} and goes on from the other cell of that colour", "f": "goes straight within {}",
    "a": "stops before {} and paints that thing", "v": "stops before {} and that thing vanishes",
}  # fmt: skip
_TRAILS = {"own": "leaving a trail", "nothing": "without a trail"}


def _met(teller: Teller, key: str) -> str:
    if key == "edge":
        return "the border"
    return "anything else" if key == "x" else f"cells of {teller.ink(key)}"


def _travel(teller: Teller, source: int | str, aim: str, meetings: str, leaves: int | str) -> str:
    who = "each cell" if source == "any" else f"each cell of {teller.ink(source)}"
    starts = _STARTS.get(aim) or (("at the border " * (source == "any")) + f"flies {SETS['ways'][aim]}")
    trail = _TRAILS.get(str(leaves)) or f"leaving a trail of {teller.ink(leaves)}"
    meets = [_MEETS[does].format(_met(teller, key)) for key, does in (e.split("to") for e in meetings.split("_"))]
    return f"{who} {starts}, {trail}; it {listed(meets)}"


CLAUSES: dict[str, Clause] = {"travel": _travel}
