"""Things that point somewhere, move aslant, spill over, or take the colour of the next one."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # a T points down, a cup to its open side, an angle to the corner that it lacks
        ("act_by(corner, any, 0toaimbeam3)", "...../.111./..1../...../.....", "...../.111./..1../..3../..3.."),
        ("act_by(corner, any, 0toaimback3)", "...../.111./..1../.....", "..3../.111./..1../....."),
        ("act_by(corner, any, 0toaimbeam3)", "...../.1.1./.111.", "..3../.131./.111."),
        ("act_by(corner, any, 0toaimbeam3)", "..../..../.1../.11.", "..../...3/.13./.11."),
        ("act_by(corner, any, 0toaimback3)", ".1../.11./..../....", ".1../.11./3.../...."),
        ("act_by(corner, any, 0toslideaim)", "...../..1../.111.", "..1../.111./....."),
        ("act_by(corner, any, 0toslideaim)", ".../.11/.11", "None"),
        ("act_by(corner, aim, 0tosame_2toall3_3toall4)", "1..111/11..1./1.....", "3..444/33..4./3....."),
        # aslant
        ("act_by(corner, any, 0tosmearlr3)", "11../.1../..../....", "11../.13./..33/...3"),
        ("act_by(corner, any, 0tosmearul3)", "..../..../..1./....", "3.../.3../..1./...."),
        ("act_by(corner, any, 0toslidelr)", "1..../11.../...../...../.....", "...../...../...../...1./...11"),
        ("act_by(corner, any, 0tocopyur)", "..../..../11../11..", "..11/..11/11../11.."),
        ("act_by(corner, any, 0totrailll)", "....1/...../...../.....", "....1/...1./..1../.1..."),
        # beside and beyond the box
        ("act_by(corner, any, 0toflaps3)", "...../...../..11./..11./.....", "...../..33./.3113/.3113/..33."),
        ("act_by(corner, any, 0tospill3)", "...../1.1../1.1../111..", "333../131../131../111.."),
        ("act_by(corner, any, 0tospill3)", "111./1.1./111.", "111./1.1./111."),
        ("act_by(corner, any, 0totokinown)", "1..22/..2../.....", "1..22/..2../....."),
        ("act_by(side, any, 0totokinown)", "2..1/...1/2..1/....", "2..1/...1/2..1/...."),
        ("act_by(side, single, 0tosame_1totokinown)", "2.../..2./..../2222", "2.../2.2./2.2./2222"),
        # properties
        ("act_by(corner, dense, 0toall3_1toall4)", "1...22/1...2./1...../1111..", "3...44/3...4./3...../3333.."),
        ("act_by(side, contacts, 0tosame_1toall5_2toall6)", "123../....1", "565../....1"),
        ("act_by(corner, mostcontacts, 0tosame_1toall5)", "123../....1", "153../....1"),
        ("act_by(corner, borders, 0toall4_1toall5_2toall6)", "1.1./..../.1../....", "6.5./..../.4../...."),
        ("act_by(corner, contents, 0tosame_2toall5)", "1111/12.1/1.31/1111", "5555/52.5/5.35/5555"),
        ("act_by(corner, slantover2, 0tosame_1toall5)", "1..22/.1..2/..1.2", "5..22/.5..2/..5.2"),
        ("act_by(corner, mostcontents, 0tosame_1toall5)", "111.222/131.2.2/111.222", "555.222/535.2.2/555.222"),
        # colours
        ("act_by(corner, any, 0toallsmallest)", "11.2", "22.2"),
        ("act_by(corner, single, 0tosame_1toallabove)", "22/../1.", "22/../2."),
        ("act_by(corner, single, 0tosame_1toallbelow)", "1./../22", "2./../22"),
        ("act_by(corner, single, 0tosame_1toallbefore)", "22.1.33", "22.2.33"),
        ("act_by(corner, single, 0tosame_1toallbehind)", "22.1.33", "22.3.33"),
        ("act_by(corner, any, 0toallnextleft)", "1..3/.2../....", "3..2/.1../...."),
        ("act_by(corner, any, 0toallnextclockwise)", "..1../4...2/..3..", "..2../1...3/..4.."),
        ("act_by(corner, any, 0toallnextcounterclockwise)", "..1../4...2/..3..", "..4../3...1/..2.."),
        ("act_by(corner, any, 0toallnextclockwise)", "1..2", "None"),
        ("act_by(corner, any, 0toallnextright)", "1..3/.2../....", "2..1/.3../...."),
        ("act_by(corner, any, 0toallnextdown)", "1../..3", "3../..1"),
        ("act_by(corner, any, 0toallnextup)", "1../..3/2..", "2../..1/3.."),
    ],
)
def test_act(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
