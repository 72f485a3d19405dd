"""The page in a browser, where one is installed: its script fills the overview, sorts, filters and opens tasks."""

import html
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from arc_ttt.arc.dataset import TaskSet
from arc_ttt.report import page
from arc_ttt.types import Candidate, Grid, Prediction, Result

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
EVIL = "<img src=x onerror='probe.evil=1'>"

# What a person would do, one step after another, and what is on the page after each.
STEPS = """
const probe = { errors: [] };
addEventListener("error", event => probe.errors.push(event.message));
const pause = () => new Promise(done => setTimeout(done, 20));
const all = what => [...document.querySelectorAll(what)];
const ids = () => all("#ui-tasks tbody a").map(a => a.textContent);
const marked = () => all("canvas").map(c => c.getAttribute("aria-label"));
(async () => {
  await pause();
  probe.opened = document.querySelector("h1").textContent;  // by the #id in the address
  probe.labels = marked();
  probe.svg = all("svg").length;
  probe.looks = all("svg title").map(e => e.textContent);
  probe.sentences = all("p.small").map(e => e.textContent);
  probe.measured = all(".charts .facts tr").map(tr => [...tr.children].map(td => td.textContent));
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  await pause();
  probe.overview = [document.querySelector("h1").textContent, ...all(".big").map(e => e.textContent)];
  probe.notes = all(".note").map(e => e.textContent);
  probe.ids = ids();
  probe.heads = all("#ui-tasks th").map(e => e.textContent);
  probe.costs = all("#ui-tasks tbody tr").map(tr => [tr.children[7].textContent, tr.children[8].textContent]);
  probe.cells = all("#ui-tasks tbody td:nth-child(4)").map(e => e.textContent);
  const box = document.querySelector(".scroll");
  probe.scrolls = [document.documentElement.scrollWidth <= innerWidth, box.scrollWidth > box.clientWidth];
  probe.training = all(".tiles .panel:last-child .soft").map(e => e.textContent);
  probe.results = all("#ui-tasks tbody td:nth-child(2)").map(e => e.textContent);
  document.querySelector("#ui-tasks th:last-child button").click();
  probe.ascending = ids();
  document.querySelector("#ui-tasks th:last-child button").click();
  probe.descending = ids();
  probe.sorted = document.querySelector("#ui-tasks th:last-child").getAttribute("aria-sort");
  probe.filtered = {};
  for (const button of all("[data-filter]")) { button.click(); probe.filtered[button.dataset.filter] = ids(); }
  document.querySelector("[data-filter=all]").click();
  const search = document.querySelector("input[type=search]");
  search.value = "NEA";
  search.dispatchEvent(new Event("input"));
  probe.found = ids();
  document.querySelector("#ui-tasks tbody td:nth-child(3)").click();  // anywhere in the row
  await pause();
  probe.clicked = [document.querySelector("h1").textContent, location.hash];
  location.hash = "no such task";
  await pause();
  probe.missing = document.querySelector("[role=alert]").textContent;
  const out = document.createElement("pre");
  out.id = "probe";
  out.textContent = JSON.stringify(probe);
  document.body.append(out);
})();
"""


@pytest.fixture
def document(make_tasks: Callable[..., TaskSet]) -> dict[str, Any]:
    """A solved task, a near miss, one with the truth found and not chosen, one that failed, one that is open."""
    tasks = make_tasks((EVIL, "found", "near", "open", "solved"))
    truth = Grid([[i % 10 for i in range(25)]] * 2)
    close = Grid([[9, *truth.tolist()[0][1:]], truth.tolist()[1]])
    answers = {task.id: (truth, truth) for task in tasks.tasks}

    def result(id: str, attempt: Grid, *candidates: Grid, seconds: float) -> Result:
        found = tuple(Candidate(grid, ("s1-p0213456789-o1.0",), (-1.0,), (-2.0,)) for grid in candidates)
        notes: dict[str, Any] = {"losses": [1.0, 0.5, 0.25], "lesson_tokens": 1000}
        if id == "near":
            looks = [[0.1, 0, 0.75, False], [0.2, 0, 0.5, False], [0.4, 2, 0.125, True]]
            notes |= {"looks": looks, "lesson_tokens": 500, "trained": "learned: demonstration 3 was predicted"}
            notes |= {"stopped": "6 of 16 answers were enough"}
        return Result(Prediction(id, ((attempt,), (attempt,))), (found, found), None, {"adapt": seconds}, notes)

    results = {
        EVIL: Result(Prediction(EVIL, ()), error=EVIL),
        "found": result("found", Grid([[1]]), Grid([[1]]), truth, seconds=3.0),
        "near": result("near", close, close, seconds=1.0),
        "solved": result("solved", truth, truth, seconds=2.0),
    }
    known = TaskSet(tasks.name, tasks.tasks, answers, (), tasks.order, tasks.digest)
    return page.document(Path("results/run"), {"seen": ["near"], "settings": {"ttt": {"tokens": 1000}}}, results, known)


@pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed")
def test_in_a_browser(document: dict[str, Any], tmp_path: Path) -> None:
    """Opened at a task by the address; back, sorted, filtered, searched, and opened by a click. Ids and errors that
    look like markup stay text. In a narrow window the table scrolls in its box, and nothing else does."""
    path = tmp_path / "report.html"
    path.write_text(page.render(document).replace("</body>", f"<script>{STEPS}</script></body>"), encoding="utf-8")
    words = ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=500,900", "--virtual-time-budget=10000"]
    command = [str(BROWSER), *words, "--dump-dom", f"--user-data-dir={tmp_path / 'profile'}", f"{path.as_uri()}#near"]
    try:
        # A page that hangs is a fault of the page: only a browser that does not run is passed over.
        done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    except (subprocess.CalledProcessError, OSError) as fault:
        pytest.skip(f"the browser does not run here: {fault}")
    found = re.search(r'<pre id="probe">(.*?)</pre>', done.stdout.decode(), re.DOTALL)
    assert found
    probe = json.loads(html.unescape(found.group(1)))

    assert probe["errors"] == [] and "evil" not in probe
    assert probe["opened"] == "near"
    assert sum("1 of 50 cells wrong" in label for label in probe["labels"]) == 4  # two attempts, two candidates
    assert probe["svg"] == 1  # the loss
    assert probe["looks"] == [
        "demonstration 1, held out, at 10 %: 0.75",
        "demonstration 1, held out, at 20 %: 0.50",
        "demonstration 3, held out, at 40 %: 0.13, every token right",
    ]
    assert probe["sentences"] == [
        "Training ended early: learned: demonstration 3 was predicted.",
        "Answering ended early: 6 of 16 answers were enough.",
    ]
    assert probe["measured"] == [["seconds to train", "1"], ["tokens of lessons", "500"]]
    assert probe["cells"] == ["–", "–", "2.0 %", "", ""]
    assert probe["scrolls"] == [True, True]
    assert probe["overview"] == ["run", "25.0 %", "25.0 %", "1 of 4", "2.0 s", "100.0 %"]
    assert probe["training"] == ["median; of 3 tasks 1 learned, 2 used all of it"]
    assert probe["heads"][-3:] == ["training", "answers", "seconds"]
    assert probe["costs"] == [["", ""], ["100 %", "all"], ["learned 50 %", "6 of 16"], ["", ""], ["100 %", "all"]]
    assert [note.split(";")[0].split(":")[0] for note in probe["notes"]] == [
        "4 of 5 tasks have a result",
        "Contaminated",
        "1 task failed",
    ]
    assert probe["ids"] == [EVIL, "found", "near", "open", "solved"]
    assert [text.split("≈")[0].split("◇")[0].strip() for text in probe["results"]] == [
        "! failed",
        "✗ wrong",
        "✗ wrong",
        "… open",
        "✓ solved",
    ]
    assert "≈ near miss" in probe["results"][2] and "* seen" in probe["results"][2]
    assert probe["ascending"] == ["near", "solved", "found", EVIL, "open"]
    assert probe["descending"] == ["found", "solved", "near", EVIL, "open"] and probe["sorted"] == "descending"
    assert probe["filtered"] == {
        "all": ["found", "solved", "near", EVIL, "open"],
        "solved": ["solved"],
        "unsolved": ["found", "near"],
        "near": ["near"],
        "among": ["found"],
        "failed": [EVIL],
        "open": ["open"],
        "seen": ["near"],
    }
    assert probe["found"] == ["near"]
    assert probe["clicked"] == ["near", "#near"]
    assert probe["missing"] == "This run has no task no such task."
