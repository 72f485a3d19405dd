"""Rules: their text, their pairs, what is drawn, and what the filters throw out."""

import numpy as np
import pytest

from arc_ttt.errors import DataError
from arc_ttt.rules.compose import LENGTHS, draw_rule
from arc_ttt.rules.filters import (
    PROBES,
    Known,
    Trial,
    has_content,
    is_at_home,
    is_calm,
    is_good,
    needs_every_argument,
    needs_every_step,
    shortened,
    signature,
    trial,
    varies,
)
from arc_ttt.rules.language import OPERATIONS, length, parse_program, program_text, run
from arc_ttt.rules.pieces import FAMILIES
from arc_ttt.rules.rule import MAX_CELLS, Rule, apply, pairs, parse
from arc_ttt.seeds import rng as derived
from arc_ttt.types import Grid


def drawn(seed: int, count: int) -> list[Rule]:
    rng = np.random.default_rng(seed)
    found: list[Rule] = []
    while len(found) < count:
        rule = draw_rule(rng)
        if rule is not None:
            found.append(rule)
    return found


RULES = drawn(0, 40)
GOOD = "objects(ten, c13, blob, 5) > paint_things(largest, 2, corner) @ 0"


# --- text ---


def test_text_round_trip() -> None:
    for rule in RULES:
        assert parse(rule.text) == rule
        assert parse(rule.text).text == rule.text


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "objects(ten, c13, blob, 5)",
        "flip(horizontal) @ 0",
        "objects(ten, c13, blob, 5) > flip(horizontal) @ 10",
        "objects(ten, c13, blob, 5) > flip(sideways) @ 0",
        "objects(ten, c13, blob, 5) > flip @ 0",
        "objects(ten, c13, blob, 5) > flip(horizontal @ 0",
        "objects(ten, c13, blob, 5) > explode @ 0",
        "objects(ten, c13, blob, 5) > flip([transpose]) @ 0",
        "objects(ten, c13, blob, 5) > overlay([transpose, []) @ 0",
        "objects(ten, c13, blob, 5) > objects(ten, c13, blob, 5) @ 0",
        "objects(ten, c13, blob, 5) flip(horizontal) @ 0",
        "__import__('os') @ 0",
    ],
)
def test_a_text_that_is_no_rule_is_refused(wrong: str) -> None:
    with pytest.raises(DataError, match="not a rule"):
        parse(wrong)


def test_no_operation_has_the_name_of_a_family() -> None:
    """The text of a rule tells them apart by their names."""
    assert not OPERATIONS.keys() & FAMILIES.keys()


def test_outlines_are_equal_up_to_colours_and_turns() -> None:
    def outline(program: str) -> str:
        return Rule(RULES[0].source, parse_program(program)).outline

    assert outline("rays_of(1, down, 5) > replace(5, 3)") == outline("rays_of(2, left, 4) > replace(4, 1)")
    assert outline("flip(horizontal)") == outline("flip(vertical)")
    assert outline("rays_of(1, down, 5) > replace(5, 3)") != outline("rays_of(1, down, 5) > replace(1, 3)")
    assert outline("rays(down) > gravity(down)") != outline("rays(down) > gravity(left)")


# --- pairs ---


def test_pairs_are_what_the_rule_makes() -> None:
    """Inputs are distinct, outputs are those of `apply`, no pair is huge, and none is a copy."""
    for rule in RULES:
        found = pairs(rule, derived(0, rule.id), 8)
        assert len({p.input for p in found}) == len(found)
        for pair in found:
            assert apply(rule, pair.input) == pair.output != pair.input
            assert pair.input.cells.size + pair.output.cells.size <= MAX_CELLS


def test_the_same_seed_gives_the_same_pairs() -> None:
    for rule in RULES[:10]:
        assert pairs(rule, derived(1), 5) == pairs(rule, derived(1), 5)


def test_drawing_is_reproducible() -> None:
    assert drawn(0, 10) == RULES[:10]


def test_the_background_is_only_a_name() -> None:
    """A rule with another background does the same with two colours changed for each other."""
    table = np.array([4, 1, 2, 3, 0, 5, 6, 7, 8, 9], np.uint8)
    plain = parse(GOOD)
    renamed = Rule(plain.source, plain.program, 4)
    for pair in pairs(plain, derived(2), 10):
        assert apply(renamed, Grid(table[pair.input.cells])) == Grid(table[pair.output.cells])


# --- drawing ---


@pytest.mark.parametrize("steps", range(1, len(LENGTHS) + 1))
def test_rules_have_the_steps_asked_for(steps: int) -> None:
    rng = np.random.default_rng(steps)
    found = [rule for rule in (draw_rule(rng, steps) for _ in range(80)) if rule is not None]
    assert found
    assert {length(rule.program) for rule in found} == {steps}


def test_drawn_rules_are_good_and_diverse() -> None:
    assert all(map(is_good, RULES))
    assert len({rule.outline for rule in RULES}) > 0.9 * len(RULES)
    assert len({rule.source.name for rule in RULES}) > 10


# --- filters ---


def test_a_good_rule_passes() -> None:
    assert is_good(parse(GOOD))


@pytest.mark.parametrize(
    "wrong",
    [
        "objects(ten, c13, blob, 5) > replace(7, 2) @ 0",  # does nothing
        "objects(ten, c13, blob, 5) > repair_period(3) @ 0",  # does not apply
        "objects(ten, c13, blob, 5) > flip(horizontal) > flip(horizontal) @ 0",  # does nothing in the end
    ],
)
def test_rules_that_change_nothing_are_not_at_home(wrong: str) -> None:
    tried = trial(parse(wrong))
    assert not is_at_home(tried)
    assert not is_good(parse(wrong))


def test_constant_outputs_are_refused() -> None:
    rule = parse("objects(ten, c3, blob, 5) > keep_colour(3) > name_colour(most) @ 0")
    assert not is_good(rule)
    one = parse("pattern(three, c12, 50) > wrap(3) > frame(4) > keep_colour(4) @ 0")
    assert not varies(trial(one))


def test_solid_outputs_are_refused() -> None:
    solid = "framed_patch(ten, c12, 3) > erase_colour(1) > erase_colour(2) > crop_inside @ 0"
    assert not has_content(trial(parse(solid)))


def test_chaos_is_refused_and_rearrangement_is_not() -> None:
    rng = np.random.default_rng(0)
    inputs = tuple(rng.integers(0, 10, (8, 8)).astype(np.uint8) for _ in range(PROBES))
    noise = tuple(rng.integers(0, 10, (8, 8)).astype(np.uint8) for _ in range(PROBES))
    table = rng.permutation(10).astype(np.uint8)
    assert not is_calm(Trial(inputs, noise))
    assert is_calm(Trial(inputs, tuple(i[:, ::-1] for i in inputs)))
    assert is_calm(Trial(inputs, tuple(table[i] for i in inputs)))


@pytest.mark.parametrize(
    "wrong",
    [
        "objects(ten, c13, blob, 5) > paint_things(largest, 2, corner) > replace(7, 5) @ 0",
        "objects(ten, c13, blob, 5) > flip(horizontal) > surround(4) > flip(vertical) > erase_colour(9) @ 0",
        "pattern(three, c12, 50) > tile(1, 2) > append(down, [replace(8, 9)]) @ 0",
        "objects(ten, c13, blob, 5) > surround(2) > overlay([keep_colour(1)], []) @ 0",
    ],
)
def test_steps_without_effect_are_refused(wrong: str) -> None:
    rule = parse(wrong)
    assert not needs_every_step(rule.program, trial(rule))
    assert not is_good(rule)


def test_arguments_without_effect_are_refused() -> None:
    """On inputs that are symmetric both ways it cannot be told which corner was mirrored; on others it can."""
    rule = parse("pattern(three, c1, 50) > mirror_four(upper_left) @ 0")
    assert needs_every_argument(rule.program, trial(rule))
    inputs = trial(rule).outputs
    outputs = tuple(o for i in inputs if (o := run(rule.program, i)) is not None)
    assert not needs_every_argument(rule.program, Trial(inputs, outputs))


def test_shortened_programs_lack_one_step_each() -> None:
    program = parse_program("surround(2) > overlay([flip(horizontal) > transpose], [])")
    shorter = {program_text(p) for p in shortened(program)}
    assert shorter == {
        "overlay([flip(horizontal) > transpose], [])",
        "surround(2)",
        "surround(2) > overlay([transpose], [])",
        "surround(2) > overlay([flip(horizontal)], [])",
        "surround(2) > overlay([], [])",
    }


def test_rules_that_behave_alike_have_one_signature() -> None:
    source = "objects(ten, c13, blob, 5) > "
    same = [source + "replace(1, 5) > erase_colour(3) @ 0", source + "keep_colour(1) > replace(1, 5) @ 0"]
    assert len({signature(parse(t)) for t in same}) == 1
    assert signature(parse(source + "flip(vertical) @ 0")) != signature(parse(source + "flip(horizontal) @ 0"))


def test_known_rules_are_not_new() -> None:
    known = Known()
    for rule in RULES[:5]:
        known.add(rule, signature(rule))
        assert not known.add(rule, signature(rule))


def test_one_idea_does_not_crowd_out_the_others() -> None:
    """Of rules that differ in their colours only, two are kept for each family (one, if they have more steps)."""
    known = Known()
    rules = [parse(f"objects(ten, c13, blob, 5) > paint_things(largest, {ink}, corner) @ 0") for ink in (2, 4, 5, 6)]
    assert [known.add(r, signature(r)) for r in rules] == [True, True, False, False]
    rules = [parse(f"objects(ten, c13, blob, 5) > surround({ink}) > flip(vertical) @ 0") for ink in (2, 4)]
    assert [known.add(r, signature(r)) for r in rules] == [True, False]
