"""Stacks, joins, frames and targets: what each finds by itself."""

from __future__ import annotations

import numpy as np
import pytest

from arc_ttt.agents.programs.actions import Action
from arc_ttt.agents.programs.decisions import decisions
from arc_ttt.agents.programs.evidence import left_out
from arc_ttt.agents.programs.frames import POSED_SHARE, frames
from arc_ttt.agents.programs.joins import joins
from arc_ttt.agents.programs.masks import masks
from arc_ttt.agents.programs.meter import Meter
from arc_ttt.agents.programs.search import Search
from arc_ttt.agents.programs.singles import single_steps
from arc_ttt.agents.programs.stack import stacks
from arc_ttt.agents.programs.states import State
from arc_ttt.agents.programs.subgoals import part_by_part, parts, reduced
from arc_ttt.agents.programs.targets import key, targets
from arc_ttt.rules.frames import FRAME, ROLES, role_table, turn_back, turn_into
from arc_ttt.rules.language import OPERATIONS, Step, parse_program, run
from arc_ttt.types import Cells


def cells(text: str) -> Cells:
    return np.array([[int(c) for c in row.replace(".", "0")] for row in text.split("/")], np.uint8)


def state(name: str, *grids: str) -> State:
    return State(tuple(map(cells, grids)), (Step(name),), (), 8.0, 0.5, 0, 4.0)


def test_layers_are_laid_upon_each_other_until_nothing_is_missing() -> None:
    """The second may be wrong where the first covers it; what paints wrong elsewhere is not taken."""
    outputs = (cells("12./3.."), cells(".21/..3"))
    pieces = [
        state("trim", "1../3..", "..1/..3", "111"),
        state("squeeze", "22./2..", ".22/..2", "2.2"),
        state("negative", "333/333", "333/333", "333"),
    ]
    found = stacks(pieces, outputs, Meter())
    assert [[s.program[0].name for s in f.layers] for f in found] == [["trim", "squeeze"]]
    made = found[0].grids()
    assert made is not None and key(made[:2]) == key(outputs) and made[2].tolist() == [[1, 1, 1]]


def test_a_layer_that_helps_one_demonstration_alone_is_no_layer() -> None:
    outputs = (cells("12"), cells("1."))
    assert stacks([state("trim", "1.", "1."), state("squeeze", ".2", "..")], outputs, Meter()) == []


def test_two_grids_are_joined_by_a_table() -> None:
    """Where both are coloured the output is 3: none of them paints that."""
    outputs = (cells("3./1."), cells(".3/.1"))
    found = joins([state("trim", "1./1.", ".1/.1", "1"), state("squeeze", "2./.2", ".2/2.", ".")], outputs, Meter())
    assert found[0].table == "0x0to0_0x2to0_1x0to1_1x2to3"
    assert found[0].left_out == 2
    assert found[0].grids() is not None


def test_a_picture_shows_through_a_mask_whatever_the_colours() -> None:
    outputs = (cells("3./.5"), cells("7./8."))
    pieces = [state("trim", "1./.1", "2./2.", "11/.."), state("squeeze", "36/75", "79/89", "12/34")]
    none = (cells("."), cells("."))
    found = masks(pieces, [], none, outputs, Meter())
    assert [(m.mask.program[0].name, m.where) for m in found] == [("trim", "coloured")]
    hidden = [state("trim", ".1/1.", ".2/.2", "11/.."), pieces[1]]
    assert [m.where for m in masks(hidden, [], none, outputs, Meter())] == ["empty"]
    assert masks(pieces, [], none, outputs, Meter(until=0.0)) == []


def test_a_small_picture_is_scaled_up_behind_a_mask() -> None:
    outputs = (cells("33../3..5"), cells(".7.8/.788"))
    mask = state("trim", "11../1..1", ".2.2/.222", "1111/1...")
    found = masks([mask], [state("squeeze", "35", "78", "12")], (cells("1"), cells("2")), outputs, Meter())
    assert [m.picture.program[0].name for m in found] == ["squeeze"]


def test_a_picture_replaces_the_input_where_a_mask_says() -> None:
    inputs, outputs = (cells("4.4/4.4"), cells("6.6/.6.")), (cells("3.4/5.4"), cells("6.8/.9."))
    pieces = [state("trim", "1../1..", "..1/.1.", "1.."), state("squeeze", "3.9/5..", "7.8/.9.", "123")]
    found = masks(pieces, [], inputs, outputs, Meter())
    assert [(m.name, m.mask.program[0].name) for m in found] == [("lay_where", "trim")]


def test_where_nothing_is_left_to_spend_nothing_is_put_together() -> None:
    """What the first comparison costs is paid, and no more."""
    outputs = (cells("3./1."), cells(".3/.1"))
    pieces = [state("trim", "1./1.", ".1/.1", "1"), state("squeeze", "2./.2", ".2/2.", ".")]
    for make in (joins, stacks):
        meter = Meter(until=0.0)
        assert make(pieces, outputs, meter) == []
        assert meter.trace.spent < 1
    states = {1: [pieces[0]], 2: [pieces[1]]}
    assert decisions(states, (cells("1"), cells("12"), cells("1")), 2, Meter(until=0.0)) == []
    assert decisions(states, (cells("1"), cells("12"), cells("1")), 2, Meter())[0].first is pieces[0]


def test_a_feature_chooses_between_three_programs() -> None:
    """The colour of the only coloured corner tells the three, each right for other demonstrations."""
    made = [state(name, "1", "2", "3", "1") for name in ("trim", "squeeze", "negative")]
    states = {0b1001: [made[0]], 0b0010: [made[1]], 0b0100: [made[2]]}
    found = decisions(states, tuple(map(cells, ("1.", "2.", "3.", "1.", "2."))), 4, Meter())
    first, inner = found[0].program[0].arguments[2:]
    assert first == made[0].program
    assert isinstance(inner, tuple) and inner[0].name == "decide_by"
    assert decisions(states, tuple(map(cells, ("1.", "2.", "3.", "1.", "4."))), 4, Meter()) == []


def test_a_table_without_the_tests_colours_says_nothing() -> None:
    outputs = (cells("3./1."), cells(".3/.1"))
    found = joins([state("trim", "1./1.", ".1/.1", "1"), state("squeeze", "2./.2", ".2/2.", "7")], outputs, Meter())
    assert found[0].grids() is None


def test_targets_make_the_outputs() -> None:
    rng = np.random.default_rng(0)
    for text in ("mirror_four(lower_left)", "tile(2, 3)", "scale_up(2)", "wrap(4) > flip(vertical)", "rotate_four"):
        grids = [rng.integers(0, 4, (3, 3)).astype(np.uint8) for _ in range(2)]
        outputs = tuple(o for g in grids if (o := run(parse_program(text), g)) is not None)
        found = targets(outputs)
        for target in found.values():
            made = [run(target.suffix, g) for g in target.grids]
            assert key([m for m in made if m is not None]) == key(outputs)
        assert key(grids) in found, text


def test_frames_are_undone() -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        grid = rng.integers(0, 5, (3, 4)).astype(np.uint8)
        for frame in FRAME.values:
            assert np.array_equal(turn_back(turn_into(grid, str(frame)), str(frame)), grid)
            assert np.array_equal(run(parse_program(f"in_frame({frame}, [])"), grid), grid)  # type: ignore[arg-type]
        for roles in ROLES.values:
            assert sorted(role_table(grid, str(roles))) == list(range(10))
            assert np.array_equal(run(parse_program(f"by_roles({roles}, [])"), grid), grid)  # type: ignore[arg-type]


def test_roles_name_the_background_and_the_rarest() -> None:
    grid = cells("77777/72277/73777")
    assert role_table(grid, "background")[7] == 0
    ranks = role_table(grid, "rarest_last")
    assert (ranks[7], ranks[2], ranks[3], ranks[0]) == (1, 2, 3, 0)
    assert role_table(grid, "first_seen")[2] == 2
    assert (role_table(grid, "black2")[2], role_table(grid, "black2")[0], role_table(grid, "black2")[7]) == (0, 2, 7)
    kept = role_table(grid, "rarest_last_but2")
    assert (kept[2], kept[7], kept[3]) == (2, 1, 3)
    assert role_table(grid, "by_count_but1")[[7, 2, 3, 1]].tolist() == [0, 2, 3, 1]


def test_outputs_are_made_part_by_part() -> None:
    """Holes are filled, and from single cells rays go down: each is fitted to what takes its colour."""
    inputs = (
        "3332.../3.3..../333..../......2/.......",
        "..2..../...333./...3.3./...333./2......",
        ".333.../.3.32../.333.../......./2....2.",
        "2.2..../...333./...3.3./...333./.......",
    )
    step = "act_by(side, holed, 0tosame_1tofill4) > rays_of(2, down, 5)"
    grids = tuple(map(cells, inputs))
    outputs = tuple(o for g in grids[:3] if (o := run(parse_program(step), g)) is not None)
    assert parts(grids[:3], outputs) == [4, 5]
    part = reduced(grids, outputs + grids[3:], 4)
    assert (part[0] == 4).sum() == 1 and not (part[0] == 5).any()
    search = Search(grids, outputs, Meter(until=50_000))
    part_by_part(search)
    assert search.solutions
    best = min(search.solutions, key=lambda s: s.bits)
    assert len(best.program) == 2
    assert left_out(best, search) == 3


def test_a_part_may_be_what_the_search_has_made() -> None:
    """The rays are a state of the search: only the holes are left to be fitted."""
    inputs = ("3332.../3.3..../333..../......2/.......", "..2..../...333./...3.3./...333./2......", "2../.../...")
    grids = tuple(map(cells, inputs))
    rays = parse_program("rays_of(2, down, 5)")
    made = tuple(o for g in grids if (o := run(rays, g)) is not None)
    outputs = tuple(
        o for g in made[:2] if (o := run(parse_program("act_by(side, holed, 0tosame_1tofill4)"), g)) is not None
    )
    search = Search(grids, outputs, Meter(until=50_000))
    search.pieces.append(State(made, rays, (), 12.0, 0.1, 0, 35.0))
    part_by_part(search)
    assert any(s.program[:1] == rays for s in search.solutions)


def test_a_pose_is_a_frame_where_grids_lie_differently() -> None:
    inputs = (cells("...../...../..1../..1../..1.."), cells("...../...../111../...../....."))
    posed = [f for f in frames(inputs, inputs, ()) if f.share == POSED_SHARE]
    assert any(np.array_equal(f.inputs[0], f.inputs[1]) for f in posed)
    assert not [f for f in frames(inputs[:1] * 2, inputs[:1] * 2, ()) if f.share == POSED_SHARE]


def test_single_steps_that_a_search_has_not_come_to_are_tried_on_one_grid() -> None:
    """A legend read pair by pair; what is not of the colours of the changes is not painted."""
    shown = tuple(
        map(cells, ("13....../34..1.5./........", "45..5.../56..4.../....44..", "12....../24..1.2./........"))
    )
    outputs = tuple(map(cells, ("13....../34..4.5./........", "45..6.../56..6.../....66..")))
    search = Search(shown, outputs, Meter(until=100))
    search.run()
    assert not search.solutions
    search.meter.until = 100_000
    single_steps(search)
    assert any(str(s.program[0].arguments) == "('in_turn', 'stays')" for s in search.solutions)
    assert all(len(s.program) == 1 for s in search.solutions)


def test_a_single_step_that_makes_too_large_a_grid_makes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is passed over, and the search goes on; a grid of a task has 30 lines at most."""
    shown = tuple(
        map(cells, ("13....../34..1.5./........", "45..5.../56..4.../....44..", "12....../24..1.2./........"))
    )
    outputs = tuple(map(cells, ("13....../34..4.5./........", "45..6.../56..6.../....66..")))
    search = Search(shown, outputs, Meter(until=100))
    calls: list[Cells] = []

    def grow(grid: Cells, *_: object) -> Cells:
        calls.append(grid)
        return np.zeros((300, 1), np.uint8)

    monkeypatch.setattr(Action, "function", staticmethod(grow))
    monkeypatch.setattr("arc_ttt.agents.programs.search.fitting", lambda *_: [])
    search.run()
    before = len(calls)
    search.meter.until = 100_000
    single_steps(search)
    assert len(calls) > before and not search.solutions and not search.meter.trace.raised


def test_single_steps_go_on_from_states_near_the_outputs() -> None:
    first = ("......../34..1.5./13......", "....4.../56..4.../45..5...", "......../24..1.2./12......")
    shown = tuple(map(cells, first))
    outputs = tuple(map(cells, ("13....../34..4.5./........", "45..6.../56..6.../....6...")))
    search = Search(shown, outputs, Meter(until=100))
    search.run()
    flip = Step("flip", ("vertical",))
    assert search.step(search.queue[0][2], flip, OPERATIONS["flip"].function, 5.0, False)
    search.meter.until = 100_000
    single_steps(search)
    assert any([s.name for s in f.program] == ["flip", "recolour_by_legend"] for f in search.solutions)
