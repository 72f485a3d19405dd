"""Whatever an operation's arguments are, its sentence is English: nothing of the program's text is left in it."""

import re

import pytest

from arc_ttt.agents.programs.phrases.acts import SOURCES, act
from arc_ttt.agents.programs.phrases.members import about, best, having, members, which
from arc_ttt.agents.programs.phrases.teller import Teller
from arc_ttt.agents.programs.phrases.views import VIEWS, condition
from arc_ttt.agents.programs.phrases.words import COLOURS, NOUNS
from arc_ttt.agents.programs.sentence import CLAUSES, PHRASES, sentence
from arc_ttt.rules import operations
from arc_ttt.rules.changes import CHANGES
from arc_ttt.rules.chosen import RANK
from arc_ttt.rules.crowds import MEMBERS
from arc_ttt.rules.language import OPERATIONS, PROGRAM, Argument, Kind, Program, Step
from arc_ttt.rules.learned_views_plans import VIEWS as SEEN
from arc_ttt.rules.properties import PROPERTIES, YES_OR_NO
from arc_ttt.rules.regions import REGIONS

assert operations
TELLER = Teller(lambda program, teller: "enclosed cells take blue")
TRIMMED: Program = (Step("trim"),)
# Tables beside the examples that the kinds have.
TABLES = {
    "acts by case": ("0tomovep2m1_1toall0_2tofillnear_elsetosame", "0tobarup1alsobardown2"),
    "answers": ("1to1_2to1_3to3", "0to11r11_1to22r22", "1to1_2to2_3to3_4to4_5to5_6to6"),
    "cases": ("0x0tosame_0x1to4_1x0tonewrayup_1x1to0", "0x0to1_0x1to2_1x0to2_1x1to1"),
    "joining table": ("0x0to0_0x1to2_1x1to1", "_".join(f"{a}x{b}to{(a + b) % 10}" for a in range(9) for b in range(9))),
    "table of layers": ("11to3_10to0_1to0_0to0", "0to0_1to2_2to1", "0to0_1to1_2to2_3to3_12to4_23to5_31to6"),
    "learned pattern": ("1ulm1p0to7", "_".join(f"0ulm1p{k}to7" for k in range(9)), "2lrp1p1raytoown"),
    "table of rays": ("xtoudlr", "2toqezc4_3tosame", "1tou_2tod_3tol_4tor_5toq", "1tosame"),
    "blocks": ("0to00r00_1toxxrx0", "2to2r0"),
    "finish": ("same", "turn", "ink3", "swapown", "inkincolumn", "solid1r1inner", "solid2r3own", "specksownofsmallest"),
    "layout": ("ih_vr", "iz_zi", "iii", "ihvr_lkta_nzii"),
}


def arguments(kind: Kind) -> tuple[Argument, ...]:
    """What a kind may be, with its examples and some more tables."""
    if kind is PROGRAM:
        return TRIMMED, (), (Step("trim"), Step("transpose"))
    more = (w for w in TABLES.get(kind.name, ()) if kind.check is None or kind.check(w))
    return (*kind.values, *more)


def is_english(text: str) -> bool:
    """Whether nothing of a table, a place or an argument's name is left, and no word is there twice."""
    odd = re.search(
        r"[_{}`|]|\dto|\w+to\w*\d|\((?!of |joined |perhaps |blue |the |all |\d\)|1 )[a-z ]+: |  | ,|\bNone\b", text
    )
    return odd is None and re.search(r"\b([a-z]+) \1\b", text) is None and "one things" not in text


@pytest.mark.parametrize("name", OPERATIONS)
def test_each_argument_is_said(name: str) -> None:
    """Whatever value an argument has; with several, each value appears with some value of the others."""
    kinds = OPERATIONS[name].kinds
    values = [arguments(kind) for kind in kinds]
    said = set()
    for k in range(max(map(len, values), default=1)):
        step = Step(name, tuple(v[k % len(v)] for v in values))
        text = sentence((step,))
        assert is_english(text), (step, text)
        assert text[0].isupper() and text.endswith("."), text
        said.add(text)
    if kinds:
        assert name in PHRASES or name in CLAUSES
        assert len(said) > 1 or max(map(len, values)) == 1, f"the arguments of {name} are not said"


def test_each_act_is_said() -> None:
    """Of things, as words that follow them."""
    words = {act(TELLER, f"{region}{source}") for region in REGIONS for source in (*SOURCES, "0", "3")}
    words |= {act(TELLER, change) for change in (*CHANGES, "same", "movep1m2", "movep0p3", "all3alsofill4")}
    assert all(map(is_english, words)), [w for w in words if not is_english(w)]
    assert act(TELLER, "movep1m2") == "move one cell down and two cells to the left"
    assert act(TELLER, "fill3alsohalonear").startswith(
        "are filled with green where they enclose empty cells and get a rim"
    )


def test_each_view_is_said() -> None:
    """With every value that it may have; of colours also that there is none, or several."""
    assert SEEN.keys() <= VIEWS.keys()
    for name, view in SEEN.items():
        assert VIEWS[name].colour == view.colour
        for value in range(11 if view.colour else 2 if VIEWS[name].yes else 16):
            text = condition(TELLER, name, [value], range(16))
            assert is_english(text) and text, (name, value, text)


def test_each_property_is_said() -> None:
    """Of one thing and of several, for one value and for two."""
    for name in (*PROPERTIES, f"{YES_OR_NO[0]}_{YES_OR_NO[1]}"):
        for value in range(3 if name in COLOURS else 2):
            for link in MEMBERS.values:
                texts = [members(TELLER, str(link), name, [value], one=one) for one in (True, False)]
                assert all(map(is_english, texts)), texts
            assert is_english(which(TELLER, "corner", name, f"not{value}"))
        assert name == "any" or (having(TELLER, name, [0, 1]) and is_english(about(name)))
    assert members(TELLER, "corner", "holed", [0], one=True) == "thing without a hole"
    assert members(TELLER, "panels", "sizerank", [1]) == "panels with the second most coloured cells"


def test_each_order_is_said() -> None:
    """The one part with the most or the least of each measure."""
    texts = {f"{NOUNS['corner'][0]} {best(TELLER, str(rank))}" for rank in RANK.values}
    assert len(texts) >= len(RANK.values) - 4 and all(map(is_english, texts))
