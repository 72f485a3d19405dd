"""What brings a state near the outputs though its cells do not show it, and which steps come later."""

from __future__ import annotations

import numpy as np
import pytest

from arc_ttt.agents.programs.actions import USUAL, Actions, palette
from arc_ttt.agents.programs.doubts import FAILURES, Doubts
from arc_ttt.agents.programs.evidence import left_out
from arc_ttt.agents.programs.hints import PART_BITS, SHAPE_BITS, WHOLE_BITS, Hints
from arc_ttt.agents.programs.meter import Meter
from arc_ttt.agents.programs.search import Search
from arc_ttt.agents.programs.targets import key, targets
from arc_ttt.rules.features import feature
from arc_ttt.rules.language import Step, parse_program, program_text, run
from arc_ttt.rules.operations import OPERATIONS
from arc_ttt.rules.things import SELECTOR
from arc_ttt.types import Cells


def cells(text: str) -> Cells:
    return np.array([[int(c) for c in row.replace(".", "0")] for row in text.split("/")], np.uint8)


def grids(*texts: str) -> tuple[Cells, ...]:
    return tuple(map(cells, texts))


def test_a_state_that_has_the_outputs_as_parts_is_near() -> None:
    outputs = grids("12./.21", "34./.43")
    hints = Hints(grids("....../.152../..521.", "...../355../.543."), outputs)
    held = grids("....../.12.../..21..", "...../34.../.43..")
    assert hints.bits(held) == PART_BITS
    assert hints.bits((held[0], cells("...../34.../.44.."))) == 0
    assert hints.bits(grids("12./.22", "34./.43")) == SHAPE_BITS


def test_what_the_inputs_have_already_says_nothing() -> None:
    outputs = grids("12./.21", "34./.43")
    assert Hints(grids("512./5.21", "34.5/.435"), outputs).bits(grids("612./6.21", "34.6/.436")) == 0


def test_small_and_plain_outputs_are_met_by_chance() -> None:
    assert Hints(grids("5..../....."), grids("12")).bits(grids("12.../.....")) == 0
    assert Hints(grids("5..../....."), grids("111/111")).bits(grids("111../111..")) == 0


def test_what_is_only_to_be_cleared_or_recoloured_is_near() -> None:
    hints = Hints(grids("1..2/...."), grids("11../...."))
    assert hints.bits(grids("11.2/....")) == WHOLE_BITS
    assert hints.bits(grids("33../....")) == SHAPE_BITS
    assert hints.bits(grids("1.../....")) == 0


def test_steps_that_failed_come_later() -> None:
    doubts, step = Doubts(), Step("crop_thing", ("largest", "side"))
    others = [Step("crop_thing", (w, "side")) for w in ("smallest", "tallest", "widest")]
    assert not doubts.puts_off(step, first=True)
    doubts.note(step, first=True, applied=False)
    assert doubts.puts_off(step, first=False) and doubts.has_put_off(step, first=False)
    assert not doubts.puts_off(others[0], first=True)
    for other in others[: FAILURES - 1]:
        doubts.note(other, first=True, applied=False)
    assert doubts.puts_off(others[-1], first=True) and doubts.has_put_off(others[-1], first=True)
    assert not doubts.has_put_off(step, first=True)
    doubts.note(step, first=False, applied=True)
    assert not doubts.puts_off(step, first=False) and not doubts.puts_off(Step("crop_thing", ("odd_colour",)), True)


def test_what_a_person_says_first_is_likelier_and_shares_add_up() -> None:
    given = grids("1./.1")
    found = [a for a in Actions(palette(given, given), "same") if a.step.name == "keep_things"]
    bits = {a.step.arguments: a.bits for a in found}
    assert min(bits, key=lambda a: bits[a]) == ("largest", "corner")
    least = bits["largest", "corner"]
    assert all(set(usual) < set(SELECTOR.values) for name, usual in USUAL.items() if name == "selector")
    assert least < bits["tallest", "corner"] and least < bits["largest", "side"]


def test_actions_are_listed_as_far_as_somebody_looks() -> None:
    """The first one costs a part of all; all come once, the shortest first, and paid for."""
    given, paid = grids("12./.34"), list[int]()
    found = Actions(palette(given, given), "same", pay=paid.append)
    assert found.rank(0) == found[0].rank and 0 < paid[0] < 2000
    every = list(found)
    assert sum(paid) == len(every) > 4 * paid[0]
    assert len({a.step for a in every}) == len(every)
    ranks = [a.rank for a in every]
    assert ranks == sorted(ranks) and found.rank(len(every)) == float("inf")
    with pytest.raises(IndexError):
        found[len(every)]


def test_fits_aim_at_what_growing_makes_the_outputs_of() -> None:
    """The inside of a frame, its gaps painted, twice beside itself; it holds for what is left out, too."""
    given = grids(
        "......./.5555../.51.5../.5.15../.5555..",
        "......../..55555./..51..5./..5.1.5./..55555.",
        "....../5555../5..5../51.5../51.5../5555..",
    )
    inner = grids("12/21", "122/212", "22/12/12")
    outputs = tuple(np.hstack([g, g]) for g in inner)
    search = Search(given, outputs, Meter(until=60_000))
    search.run()
    found = [s for s in search.solutions if s.fitted and s.program[-1] == Step("tile", (1, 2))]
    assert found and OPERATIONS[found[0].program[0].name]
    assert any(left_out(s, search) == 3 for s in found), [program_text(s.program) for s in found]


def test_what_repeats_itself_in_its_own_cells_is_undone() -> None:
    for text in ("fractal", "fractal_inverse"):
        small = grids("1.2/.3.", "4../.44")
        made = [run(parse_program(text), g) for g in small]
        found = targets(tuple(g for g in made if g is not None))
        assert program_text(found[key(small)].suffix) == text


def test_things_of_the_commonest_colour_are_counted() -> None:
    assert feature(cells("1.1.2"), "alike") == 2
    assert feature(cells("1.2"), "alike") == feature(cells("..."), "alike") == 0
