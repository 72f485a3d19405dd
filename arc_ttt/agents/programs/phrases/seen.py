"""A view of cells in words: what is said of the cells that see something, and what the view is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arc_ttt.agents.programs.phrases.members import filled, having
from arc_ttt.agents.programs.phrases.teller import Teller, listed

# What a view of colours shows where there is no single one.
NOTHING = 10


@dataclass(frozen=True)
class Seen:
    """A view: `about` is what a table goes by, and a colour's name. What is said behind `cells` is `yes` or `no`, or
    `some` with the number's place, or what `values` says of each; `some` are things where they have a `rank`."""

    about: str
    yes: str = ""
    no: str = ""
    some: str = ""
    values: tuple[str, ...] = ()
    colour: bool = False
    rank: str = ""


VIEWS: dict[str, Seen] = {}


def yes(name: str, yes: str, no: str) -> None:
    """Enter a view that says yes or no, with what is said of cells in either case."""
    VIEWS[name] = Seen(f"whether they are {yes}".replace("they are that ", "they "), yes=yes, no=no)


def number(name: str, some: str, about: str) -> None:
    """Enter a view that counts; `some` has the number's place."""
    VIEWS[name] = Seen(about, some=some)


def colour(name: str, noun: str) -> None:
    """Enter a view that shows a colour."""
    VIEWS[name] = Seen(noun, colour=True)


def values(name: str, about: str, *values: str) -> None:
    """Enter a view with words for each of its values."""
    VIEWS[name] = Seen(about, values=values)


# Colours that are read off one cell, which may be black.
_READ = ("the colour of the cell", "the colour of the first", "the colour of the last", "the colour in the",
         "the colour of the upper", "the colour of the lower")  # fmt: skip


def condition(teller: Teller, name: str, values: Sequence[int], known: Sequence[int]) -> str:
    """What is said behind `cells` of those for which a view has one of these values, of all that are known."""
    seen = VIEWS[name]
    if seen.colour:
        none = teller.ink(0) if seen.about.startswith(_READ) else "none"
        words = [none if v == 0 else teller.ink(v) for v in values if v < NOTHING]
        words += ["not a single one"] * (NOTHING in values)
        return f"where {seen.about} is {listed(words, 'or')}"
    if seen.rank:
        ranks = [v - 1 for v in values if v]
        words = [f"of {seen.some} {having(teller, seen.rank, ranks)}"] if ranks else []
        return listed(words + ["elsewhere"] * (0 in values), "or")
    if seen.some:
        return filled(seen.some, values, known)
    words = list(seen.values) or [seen.no, seen.yes]
    return listed([words[v] if v < len(words) and words[v] else "elsewhere" for v in values], "or")
