"""A run as one HTML page: what is in it, that it is safe, small and made quickly."""

import json
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from arc_ttt.arc.dataset import TaskSet
from arc_ttt.errors import ConfigError, StoreError
from arc_ttt.report import page
from arc_ttt.types import Candidate, Grid, Pair, Prediction, Result, Task

MakeTasks = Callable[..., TaskSet]
RUN = Path("results/run")
CONFIG = {"model": {"name": "tiny"}, "tasks": {"name": "some", "digest": "0" * 64}, "settings": {"views": 2}}


def solved(id: str, tasks: TaskSet, **more: Any) -> Result:
    """Each input answered by itself: of the two outputs of `make_tasks` the first is right."""
    task = next(t for t in tasks.tasks if t.id == id)
    found = tuple((Candidate(grid, ("s0", "s1"), (-0.5, float("-inf")), (-1.0,)),) for grid in task.tests)
    fields = {"seconds": {"adapt": 2.0, "answer": 1.0}, "notes": {"loss_after": 0.25, "losses": [1.0, 0.25]}} | more
    return Result(Prediction(id, tuple((grid,) for grid in task.tests)), found, **fields)


def embedded(html: str) -> Any:
    """The document in a page."""
    found = re.search(r'<script type="application/json" id="ui-data">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found.group(1))


def made(tasks: TaskSet, results: Mapping[str, Result], **config: Any) -> Any:
    """The document as the page has it."""
    return embedded(page.render(page.document(RUN, CONFIG | config, results, tasks)))


def test_a_run_that_is_going_on(make_tasks: MakeTasks) -> None:
    """Every task is there, in the source's order; those without a result are open and count for nothing."""
    tasks = make_tasks(("a", "b", "c"), faulty=("d",))
    failed = Result(Prediction("b", ()), error="RuntimeError: no luck")
    document = made(tasks, {"a": solved("a", tasks), "b": failed}, seen=["a"])
    assert [(t["id"], t["state"], t["seen"]) for t in document["tasks"]] == [
        ("a", "partly", True),
        ("b", "failed", False),
        ("c", "open", False),
        ("d", "failed", False),
    ]
    assert document["tasks"][1]["error"] == "RuntimeError: no luck"
    assert document["tasks"][3]["error"] == "folder/d.json: is empty"
    assert document["score"]["outputs"] | {"interval": 0} == {"right": 1, "of": 4, "share": 0.25, "interval": 0}
    assert document["score"]["tasks"]["share"] == 0.25 and document["score"]["solved"] == 0
    low, high = document["score"]["outputs"]["interval"]
    assert (low, high) == pytest.approx((0.0456, 0.6994), abs=1e-4)  # Wilson's for 1 of 4


def test_a_task_with_all_that_is_known(make_tasks: MakeTasks) -> None:
    """Grids as rows of digits, candidates with votes and scores in each view, the losses; −∞ becomes null."""
    tasks = make_tasks(("a",))
    task = made(tasks, {"a": solved("a", tasks)})["tasks"][0]
    assert task["demonstrations"] == [["1", "1"]]
    assert task["tests"] == ["12", "3/1"] and task["answers"] == ["12", "9"]
    assert task["attempts"] == [["12"], ["3/1"]] and task["right"] == [True, False]
    views = {"views": ["s0", "s1"], "logprobs": [-0.5, None], "scores": [-1]}
    views |= {"agent": "learner", "program": "", "reason": "", "evidence": {}}
    assert task["candidates"] == [[{"grid": "12"} | views], [{"grid": "3/1"} | views]]
    assert task["notes"]["losses"] == [1, 0.25]
    assert task["outputs"] == [{"wrong": 0, "cells": 2, "rank": 1}, {"wrong": None, "cells": 1, "rank": None}]


def test_where_the_seconds_went(make_tasks: MakeTasks) -> None:
    """By stage: in all, and the median."""
    tasks = make_tasks()
    results = {
        id: solved(id, tasks, seconds={"adapt": s, "answer": 1.0}) for id, s in zip("abc", (1, 2, 9), strict=True)
    }
    assert made(tasks, results)["stages"] == {
        "adapt": {"total": 12, "median": 2},
        "answer": {"total": 3, "median": 1},
    }


def test_what_was_spent(make_tasks: MakeTasks) -> None:
    """The share of the training budget and why it was not all, task by task and over the run; failed tasks aside."""
    tasks = make_tasks()
    notes = {"lesson_tokens": 50, "trained": "learned: so", "stopped": "3 of 4 answers were enough"}
    results = {
        "a": solved("a", tasks, notes=notes),
        "b": solved("b", tasks, notes={"lesson_tokens": 101}),
        "c": Result(Prediction("c", ()), error="RuntimeError: no luck"),
    }
    document = made(tasks, results, settings={"views": 2, "ttt": {"tokens": 100}})
    assert document["training"] == {"median": 0.75, "tasks": 2, "ended": {"learned": 1, "full": 1}}
    assert document["tasks"][0]["spent"] == {
        "budget": 0.5,
        "ended": "learned",
        "answers": [3, 4],
        "said": ["Training ended early: learned: so.", "Answering ended early: 3 of 4 answers were enough."],
    }
    assert document["tasks"][1]["spent"] == {"budget": 1, "ended": "full", "answers": None, "said": []}
    assert "spent" not in document["tasks"][2]
    assert made(tasks, {})["training"] is None


def test_accuracy_against_time(make_tasks: MakeTasks) -> None:
    """By the run's own clock where every result has it, else by the tasks' seconds one after another."""
    tasks = make_tasks()
    results = {id: solved(id, tasks, notes={"finished": at}) for id, at in zip("abc", (7.5, 3.5, 9.0), strict=True)}
    document = made(tasks, results)
    assert (document["clock"], document["curve"]) == ("run", [[3.5, 1], [7.5, 2], [9, 3]])
    document = made(tasks, results | {"b": solved("b", tasks)})
    assert (document["clock"], document["curve"]) == ("tasks", [[3, 1], [6, 2], [9, 3]])


def test_without_answers(make_tasks: MakeTasks) -> None:
    """No score and no curve; the tasks are there."""
    tasks = make_tasks(known=False)
    document = made(tasks, {"a": solved("a", tasks)})
    assert (document["score"], document["curve"]) == (None, [])
    assert [t["state"] for t in document["tasks"]] == ["unknown", "open", "open"]


def test_numbers_that_are_none(make_tasks: MakeTasks) -> None:
    """What JSON does not know becomes null; seconds that are no numbers are left out."""
    tasks = make_tasks(("a",))
    notes = {"finished": "soon", "deep": [{"x": float("nan")}, float("inf")], "stopped": "deadline"}
    task = made(tasks, {"a": solved("a", tasks, notes=notes, seconds={"adapt": "long", "answer": 1.23456789})})[
        "tasks"
    ][0]
    assert task["notes"] == {"finished": "soon", "deep": [{"x": None}, None], "stopped": "deadline"}
    assert task["seconds"] == {"answer": 1.2346}


@pytest.mark.parametrize("evil", ["</script><script>alert(1)</script>", "<!--<script>", "__DATA__", '"&\u2028\ud800'])
def test_nothing_in_a_run_becomes_markup(make_tasks: MakeTasks, evil: str) -> None:
    """Ids, errors, notes and names reach the page as data and come out of it as they went in."""
    tasks = make_tasks((evil,))
    results = {evil: Result(Prediction(evil, ()), notes={evil: evil}, error=evil)}
    document = page.document(
        Path(evil.strip("\ud800").replace("/", "")), CONFIG | {"model": {"name": evil}}, results, tasks
    )
    html = page.render(document)
    assert embedded(html) == document
    plain = page.render(page.document(RUN, CONFIG, {}, make_tasks(("a",))))
    for sign in ("<script", "</script", "<!--"):
        assert html.count(sign) == plain.count(sign)


def test_the_page_needs_nothing_else() -> None:
    """No address, no markup from text, and a policy that forbids to load anything."""
    template = page.template(page._HERE / "page.html")
    assert "default-src 'none'" in template
    addresses = re.findall(r"https?://[^\s\"']+", template)
    assert addresses == ["http://www.w3.org/2000/svg"]  # a name, not a place
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|src=|@import|url\(", template)
    assert template.count(page._TITLE) == template.count(page._DATA) == 1


def test_a_result_of_other_tasks_is_refused(make_tasks: MakeTasks) -> None:
    """A task that the set does not have, and a wrong number of outputs, are named."""
    tasks, more = make_tasks(("a",)), make_tasks(("a", "x"))
    with pytest.raises(StoreError, match=r"results\.jsonl: task x: is not among the tasks of some tasks"):
        page.document(RUN, CONFIG, {"x": solved("x", more)}, tasks)
    odd = Result(Prediction("a", ((Grid([[1]]),),)))
    with pytest.raises(StoreError, match=r"results\.jsonl: task a: attempts for 1 test inputs, but it has 2"):
        page.document(RUN, CONFIG, {"a": odd}, tasks)


def test_writing(tmp_path: Path) -> None:
    """The file is replaced at once; the run's own files and places that cannot be written are refused."""
    page.write(tmp_path / "report.html", "old", tmp_path)
    page.write(tmp_path / "report.html", "new", tmp_path)
    assert (tmp_path / "report.html").read_text() == "new"
    with pytest.raises(ConfigError, match=r"results\.jsonl: belongs to the run"):
        page.write(tmp_path / "results.jsonl", "new", tmp_path)
    with pytest.raises(StoreError, match="nowhere/x: cannot be written: No such file"):
        page.write(tmp_path / "nowhere" / "x", "new", tmp_path)
    with pytest.raises(StoreError, match="cannot be written"):
        page.write(tmp_path, "new", tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_four_hundred_tasks_in_sixteen_views() -> None:
    """A big run makes a page below 15 MB in some seconds: 16 candidates of 20 × 20 cells for each task, 12 of them with
    16 scores."""
    r = np.random.default_rng(0)
    grids = [Grid(cells) for cells in r.integers(0, 10, (16, 20, 20))]
    pairs = (Pair(grids[0], grids[1]),) * 4
    ids = [f"{i:08x}" for i in range(400)]
    tasks = tuple(Task(id, pairs, (grids[2],)) for id in ids)
    scores = tuple(map(float, -40 * r.random(16)))
    found = tuple(
        Candidate(g, ("s6-p0213456789-o1.0.2.3",), (-1.23456789,), scores if i < 12 else ())
        for i, g in enumerate(grids)
    )
    notes = {"losses": [round(x, 4) for x in r.random(60)]}
    results = {id: Result(Prediction(id, (tuple(grids[:2]),)), (found,), None, {"adapt": 9.0}, notes) for id in ids}
    answers = {id: (grids[5],) for id in ids}
    begun = time.perf_counter()
    html = page.render(page.document(RUN, CONFIG, results, TaskSet("many", tasks, answers, (), tuple(ids), "0" * 64)))
    assert time.perf_counter() - begun < 20  # 1 s on a quiet machine
    assert len(html) < 15e6
    assert len(embedded(html)["tasks"]) == 400
