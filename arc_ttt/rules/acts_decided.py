"""The acts that things may have done → the tables that say by a property what each does: which properties can tell,
what things of one value agree on, and what such a table costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from arc_ttt.rules.acts import ALSO, SAME, dear
from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.properties import KEY_NAMES, YES_OR_NO, property_cost
from arc_ttt.rules.work import worked

ELSE = -1
# Properties of which one value may be told from all others.
_COUNTED = ("colour", "size", "height", "width", "holes", "twins", "samesize", "samecolour", "gaps", "colours")
# Cases of a table at most, and bits above which one is learnt by heart.
_MOST_CASES, DEAREST = 8, 20.0
# Acts of a table at most.
_MOST_ACTS = 12
# Pairs of things, of which one cannot have done what the other did, that are looked at.
_MOST_UNLIKE = 60
# Acts that differ in their colour alone are one table of colours: each but the first may have so many bits more.
_COLOUR_BITS = 1.5
# A colour that says what to do may have as many cases as there are colours.
_LEGEND_BITS = 9.0
ACT_BITS, _CASE_BITS, _LONELY_BITS = 4.0, 0.5, 2.0
_WORK = 0.014  # of a thing whose acts are compared, in the units of `work`
# Acts of a table, at least, of which some may be needless.
_MANY_ACTS = 2


def word_of(acts: dict[int, str]) -> str:
    """The acts by case as one word."""
    return "_".join(f"{'else' if v == ELSE else v}to{a}" for v, a in sorted(acts.items(), key=lambda e: e[0] % 10**6))


def apart_acts(possible: Sequence[dict[str, float]]) -> tuple[int, list[tuple[int, int]]]:
    """Of so many things, found one by one, no two can have done the same, so a table has as many acts at least; and
    some pairs of things that cannot have, so that what they have in common decides nothing."""
    worked(_WORK * len(possible))
    order = sorted(range(len(possible)), key=lambda i: len(possible[i]))
    chosen: list[int] = []
    pairs: list[tuple[int, int]] = []
    for i in order:
        unlike = [k for k in chosen if possible[i].keys().isdisjoint(possible[k])]
        pairs += [(k, i) for k in unlike]
        if len(unlike) == len(chosen) <= _MOST_ACTS:
            chosen.append(i)
        if len(pairs) > _MOST_UNLIKE:
            break
    return len(chosen), pairs


def telling(names: Iterable[str], crowds: Sequence[Crowd], unlike: Sequence[tuple[int, int]]) -> list[str]:
    """The pairs of properties of which one or the other is different for all pairs of things that are not alike."""
    if not unlike:
        return list(names)
    known: dict[str, int] = {}

    def mask(name: str) -> int:
        if name not in known:
            values = [v for c in crowds for v in c.values(name)]
            known[name] = sum(1 << n for n, (i, k) in enumerate(unlike) if values[i] != values[k])
        return known[name]

    every = (1 << len(unlike)) - 1
    pairs = ((name, name.split("_")) for name in names)
    return [name for name, (a, b) in pairs if mask(a) | mask(b) == every]


@cache
def most_acts(name: str) -> int:
    """How many acts, one of them that a thing stays as it is, a table of this property may have at most: its values
    are too few for more, or the bits are."""
    if name == "any":
        return 1
    if name in YES_OR_NO:
        return 2
    legend = _LEGEND_BITS * (name in ("colour", *KEY_NAMES))
    most = 1
    while most <= _MOST_ACTS:
        if ACT_BITS * most + _CASE_BITS * (most + 1) > DEAREST + legend + _COLOUR_BITS * (most - 1):
            break
        most += 1
    return most


def decisions(
    names: Iterable[str],
    crowds: Sequence[Crowd],
    possible: Sequence[dict[str, float]],
    owner: Sequence[int],
    before: float,
) -> list[tuple[float, float, str, str]]:
    """(changed cells explained, bits, property, acts) where things of one class may all have done the same."""
    tables = []
    agreed = _agreeing(possible)
    for name in names:
        classes: dict[int, list[int]] = defaultdict(list)
        for i, v in enumerate(v for c in crowds for v in c.values(name)):
            classes[v].append(i)
        if len(classes) < 1 + (name != "any") + name.count("_"):
            continue
        for acts, members in _plainer(_tables(name, classes, agreed), possible, before):
            if (len(acts) > 1 and len(set(acts.values())) == 1) or set(acts.values()) == {SAME}:
                continue
            lonely = sum(len({owner[i] for i in group}) == 1 for group in members)
            bits = property_cost(name) + _CASE_BITS * len(acts) + ACT_BITS * len(set(acts.values()) - {SAME})
            bits += (ACT_BITS + 1) * sum(act.count(ALSO) for act in set(acts.values()))
            bits += _LONELY_BITS * lonely if len(crowds) > 1 else 0
            dearest = DEAREST + _LEGEND_BITS * (name.partition("_")[0] in ("colour", *KEY_NAMES))
            if bits <= dearest + _COLOUR_BITS * _colours_alone(acts.values()):
                explained = sum(
                    possible[i][act] for act, group in zip(acts.values(), members, strict=True) for i in group
                )
                tables.append((explained, bits, name, word_of(acts)))
    return tables


def _plainer(
    tables: Iterable[tuple[dict[int, str], list[list[int]]]], possible: Sequence[dict[str, float]], before: float
) -> Iterator[tuple[dict[int, str], list[list[int]]]]:
    """The tables, and those of two acts and more also without the acts of things that may stay as they are, as long
    as the others explain all the changed cells."""
    for acts, members in tables:
        yield acts, members
        if len(set(acts.values()) - {SAME}) < _MANY_ACTS:
            continue
        gains = [sum(possible[i][act] for i in group) for act, group in zip(acts.values(), members, strict=True)]
        more, plain = sum(gains) - before, dict(acts)
        for gain, value, group in sorted(zip(gains, acts, members, strict=True)):
            if acts[value] != SAME and gain <= more and all(SAME in possible[i] for i in group):
                plain[value] = SAME
                more -= gain
        if plain != acts:
            yield plain, members


def _colours_alone(acts: Iterable[str]) -> int:
    """How many acts there are beyond the first where they differ in their colour alone; none where they do not."""
    done = set(acts) - {SAME}
    return len(done) - 1 if len({act.rstrip("0123456789") for act in done}) == 1 else 0


def _tables(
    name: str, classes: dict[int, list[int]], agreed: Callable[[list[int]], str]
) -> Iterator[tuple[dict[int, str], list[list[int]]]]:
    """Acts by value, and the things of each case: one case for each value, or one value against all others, or those of
    one colour against all others. `agreed` says what a group may have done."""
    if len(classes) <= _MOST_CASES:
        acts = {value: agreed(members) for value, members in classes.items()}
        if "" not in acts.values():
            yield acts, list(classes.values())
    if name.startswith("colour_"):
        for colour in {v // 10 for v in classes}:
            mine = {v: group for v, group in classes.items() if v // 10 == colour}
            others = [i for v, group in classes.items() if v not in mine for i in group]
            if 1 < len(mine) <= _MOST_CASES and others:
                acts = {v: agreed(group) for v, group in mine.items()} | {ELSE: agreed(others)}
                if "" not in acts.values():
                    yield acts, [*mine.values(), others]
    if (name in _COUNTED or name.startswith("colour_")) and len(classes) > 2:
        for value, members in classes.items():
            others = [i for v, group in classes.items() if v != value for i in group]
            acts = {value: agreed(members), ELSE: agreed(others)}
            if "" not in acts.values():
                yield acts, [members, others]


def _agreeing(possible: Sequence[dict[str, float]]) -> Callable[[list[int]], str]:
    """What groups of things agree on, each group asked once: many properties make the same ones."""
    known: dict[tuple[int, ...], str] = {}

    def agreed(members: list[int]) -> str:
        key = tuple(members)
        if key not in known:
            known[key] = _agreed(members, possible)
        return known[key]

    return agreed


def _agreed(members: Sequence[int], possible: Sequence[dict[str, float]]) -> str:
    """The act that all these things may have done and that explains most; an empty word where there is none."""
    worked(_WORK * len(members))
    common = set(possible[members[0]])
    for i in members[1:]:
        common &= possible[i].keys()
        if not common:
            return ""
    return max(common, key=lambda a: (sum(possible[i][a] for i in members), -dear(a), a))
