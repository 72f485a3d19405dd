"""The page as a person has it, in Chromium: drawn, solved, watched, reloaded, stopped. Skipped where there is none."""

from __future__ import annotations

import json
import random
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from play_site import SAMPLES, Making, Site, prepare, serving

from arc_ttt.agents.recipe import Recipe
from arc_ttt.config import RunConfig, SolveConfig, TTTConfig
from arc_ttt.play import desk as desks
from arc_ttt.play.desk import Setup
from arc_ttt.play.library import Library

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
if BROWSER is None:
    pytest.skip("no Chromium or Chrome is installed", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

LONG = 180_000  # milliseconds that a busy machine may take to read the model and answer
PIXEL = """(canvas, [r, c, high, wide]) => {
  const [x, y] = [(c + .5) / wide * canvas.width, (r + .5) / high * canvas.height];
  return [...canvas.getContext("2d").getImageData(x, y, 1, 1).data].slice(0, 3);
}"""
FIRST = """addEventListener("DOMContentLoaded", () => new MutationObserver((_, me) => {
  if (!document.querySelector(".thumbs canvas")) return;
  me.disconnect();
  requestAnimationFrame(() => setTimeout(() => performance.mark("painted")));
}).observe(document.body, { childList: true, subtree: true }));"""

PAINTED = 1.0  # seconds of processor time, which other work on the machine does not make longer


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as play:
        try:
            browser = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        except sync_api.Error as fault:
            pytest.skip(f"the browser does not run here: {str(fault).splitlines()[0]}")
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Any) -> Iterator[Callable[..., Any]]:
    """A page at an address; what its scripts complain about fails the test, and so does any request elsewhere."""
    faults: list[str] = []
    contexts = []

    def make(address: str, **options: Any) -> Any:
        context = chromium.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on(
            "request", lambda r: r.url.startswith((address.partition("#")[0], "data:", "blob:")) or faults.append(r.url)
        )
        page.add_init_script(FIRST)
        page.goto(address)
        return page

    yield make
    for context in contexts:
        context.close()
    assert faults == []


def paint(page: Any, r: int, c: int) -> None:
    """A click on a cell of the grid that is edited."""
    paper = page.locator(".paper")
    high, wide = len(rows(page)), len(rows(page)[0])
    box = paper.bounding_box()
    page.mouse.click(box["x"] + (c + 0.5) / wide * box["width"], box["y"] + (r + 0.5) / high * box["height"])


def rows(page: Any) -> list[str]:
    return str(page.locator(".paper").get_attribute("data-rows")).split("/")


def learner(_: Any) -> Setup:
    """The built-in model, a little trained."""
    config = SolveConfig(agents=("learner",), views=4, ttt=TTTConfig(tokens=3000))
    return Setup(RunConfig(), config, Recipe(model="arc-mini", prompt="pair", config=config))


def test_a_puzzle_is_drawn_and_solved_by_the_model(tmp_path: Path, new_page: Callable[..., Any]) -> None:
    """Two mirrors and a question, painted cell by cell; the loss, the views, the votes and the answer come; the page is
    reloaded in the middle, and a second browser sees the same."""
    for site in serving(Library((SAMPLES,), tmp_path / "results", tmp_path / "puzzles"), tmp_path, learner):
        page = new_page(site.address + "#/draw")
        for thumb, cell, colour in ((0, (0, 0), 1), (1, (0, 2), 1), (2, (1, 0), 2), (3, (1, 2), 2), (4, (2, 0), 3)):
            page.locator(".thumb").nth(thumb).click()
            page.get_by_role("button", name=f"{colour} ", exact=False).first.click()
            paint(page, *cell)
        assert rows(page) == ["000", "000", "300"]
        page.locator("#ui-solve").dblclick()  # which is one press
        page.wait_for_url("**#/job/1")
        page.get_by_role("heading", name="Training loss").wait_for(timeout=LONG)
        page.reload()
        page.get_by_role("heading", name="Training loss").wait_for()
        page.get_by_role("heading", name="4 answers in views").wait_for(timeout=LONG)
        page.locator("#ui-verdict").wait_for(timeout=LONG)
        assert page.locator(".view").count() == 4 and page.locator(".vote").count() >= 1
        assert "judged right with" in page.locator(".vote").first.inner_text()
        answer = page.locator("[data-part=result] canvas").nth(1).get_attribute("aria-label")
        assert answer.startswith("attempt 1 3×3")
        other = new_page(page.url)
        other.locator("#ui-verdict").wait_for()
        assert other.evaluate("jobs.size") == 1
        assert other.locator("[data-part=result] canvas").nth(1).get_attribute("aria-label") == answer
        file = next((tmp_path / "results").glob("drawn-*/tasks/my-puzzle.json"))
        assert json.loads(file.read_text())["train"][0] == {
            "input": [[1, 0, 0], [0, 0, 0], [0, 0, 0]],
            "output": [[0, 0, 1], [0, 0, 0], [0, 0, 0]],
        }


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site whose worker tells of everything, at once, and takes a minute for 02-transpose."""
    monkeypatch.setattr(desks, "Factory", Making)
    yield from serving(Library((SAMPLES,), tmp_path / "results", tmp_path / "puzzles"), tmp_path, prepare)


def test_a_stop_in_the_middle(tmp_path: Path, new_page: Callable[..., Any]) -> None:
    """While the worker starts, by the button beside its state; the page says what it does and for how many seconds it
    has, and then that it was stopped."""
    for site in serving(Library((SAMPLES,), tmp_path / "results", tmp_path / "puzzles"), tmp_path, learner):
        page = new_page(site.address)
        page.get_by_text("05-specks").click()
        page.locator("#ui-solve").click()
        words = page.get_by_text("a worker process starts: it imports PyTorch and reads arc-mini · ")
        words.wait_for()
        first = words.inner_text()
        page.wait_for_function("first => document.querySelector('#ui-state').innerText !== first", arg=first)
        page.locator("#ui-live .stop").click()
        page.get_by_text("stopped; what was finished is kept").wait_for(timeout=10_000)
        assert page.locator("#ui-live .stop").count() == 0
        assert page.evaluate("document.activeElement.tagName") == "H1", "the focus is not lost with the button"


def test_a_sample_is_solved_against_a_guess(site: Site, new_page: Callable[..., Any]) -> None:
    """What the machine finds is hidden until the guess stands; then both are compared with the answer, cell by cell."""
    page = new_page(site.address)
    page.get_by_text("01-mirror").click()
    page.get_by_role("button", name="Guess first").click()
    page.get_by_role("button", name="copy the input").click()
    copied = rows(page)
    page.get_by_role("button", name="clear").click()
    page.keyboard.press("Control+z")
    page.get_by_role("button", name="undo").click()
    assert rows(page) == copied
    page.reload()
    page.get_by_role("button", name="redo").click()
    assert rows(page) != copied
    page.get_by_role("button", name="undo").click()
    assert rows(page) == copied, "a guess outlives a reload, and so does what can be undone"
    page.locator("#ui-solve").click()
    page.get_by_text("is hidden until your guess stands").wait_for(timeout=LONG)
    page.wait_for_timeout(1500)
    assert page.locator("#ui-verdict").count() == 0
    page.get_by_role("button", name="this is my answer").click()
    assert page.locator("#ui-verdict").inner_text() == "✓ solved"
    match = page.locator("#ui-match").inner_text()
    assert re.fullmatch(r"The machine is right, and you are not: you took [\d.]+ s, the machine [\d.]+ s\.", match), (
        match
    )
    page.get_by_role("button", name="guess again").click()
    page.wait_for_timeout(300)
    page.get_by_role("button", name="this is my answer").click()
    took = [float(re.search(r"took ([\d.]+) s", words)[1]) for words in (match, page.locator("#ui-match").inner_text())]
    assert took[1] >= took[0] + 0.3, "until the last answer stood"
    labels = [c.get_attribute("aria-label") for c in page.locator("[data-part=result] canvas").all()]
    assert "every cell right" in labels[1] and "✗ your guess" in labels[2] and "cells wrong" in labels[2]
    steps = page.locator(".strip canvas")
    steps.nth(1).wait_for()
    assert steps.nth(1).get_attribute("aria-label").startswith("flip(horizontal)")


def test_a_press_ends_on_what_it_began_on(slow: Site, new_page: Callable[..., Any]) -> None:
    """Though what is solved changes the page meanwhile; and the focus of the keyboard stays where it is. A second press
    waits, and hides nothing."""
    page = new_page(slow.address)
    page.get_by_text("02-transpose").click()
    page.locator("#ui-solve").click()
    page.get_by_role("heading", name="Training loss").wait_for()
    page.locator("#ui-solve").click()
    page.get_by_text("Pressed again: job 2 waits for its turn.").wait_for()
    assert page.get_by_role("heading", name="Training loss").count() == 1
    page.goto(slow.address + "#/jobs")
    page.locator("tbody tr").first.get_by_role("link").click()
    page.get_by_text("waits for its turn, after 1 job · ").wait_for()
    assert page.url.endswith("#/job/2") and page.locator("h1").inner_text() == "02-transpose"
    page.get_by_role("link", name="solving: 02-transpose").click()
    page.get_by_role("button", name="Stop that one").click()
    page.get_by_text("Pressed again").wait_for(state="detached")
    page.get_by_role("heading", name="Training loss").wait_for()
    state, stop = page.locator("#ui-state"), page.locator("#ui-live .stop")
    stop.focus()
    before = state.inner_text()
    page.wait_for_timeout(1200)
    assert state.inner_text() != before and page.evaluate("document.activeElement.className") == "stop"
    stop.hover()
    page.mouse.down()
    before = state.inner_text()
    page.wait_for_timeout(1200)
    assert state.inner_text() == before
    page.mouse.up()
    page.get_by_text("stopped; what was finished is kept · ").wait_for(timeout=10_000)
    assert "kept · 0 s" not in state.inner_text()


def test_presses_queue(slow: Site, new_page: Callable[..., Any]) -> None:
    """What waits says after how many, and can be stopped; then its turn comes, and a guess is set against it."""
    for ids in (["02-transpose"], ["01-mirror", "04-frame"], ["05-specks"]):
        slow.post("solve", {"source": SAMPLES, "ids": ids, "how": {}})
    page = new_page(slow.address + "#/jobs")
    last = page.locator("tbody tr").filter(has_text="05-specks")
    last.get_by_role("button", name="Stop").click()
    last.get_by_text("stopped").wait_for()
    page.get_by_role("link", name="2 tasks of").click()
    page.get_by_text("waits for its turn, after 1 job · ").wait_for()
    page.get_by_role("button", name="Guess first").click()
    page.get_by_text("is hidden until your guess stands").wait_for()
    slow.post("stop/1", {})
    page.get_by_text("2 of 2 finished, done").wait_for(timeout=LONG)
    assert page.locator("h1").inner_text() == "2 tasks of samples" and page.locator("#ui-verdict").count() == 0
    page.get_by_role("button", name="this is my answer").click()
    page.get_by_text("Neither you nor the machine is right: you took").wait_for()
    hide = """hidden => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    page.evaluate(hide, True)
    slow.post("solve", {"source": SAMPLES, "ids": ["04-frame"], "how": {}})
    page.wait_for_timeout(500)
    assert page.evaluate("jobs.size") == 3, "a tab that nobody sees holds no connection"
    page.evaluate(hide, False)
    page.wait_for_function("() => jobs.size === 4")


def test_by_keyboard_alone(slow: Site, new_page: Callable[..., Any]) -> None:
    """From the list to a task, solved and stopped, and to the editor: Tab comes by all of it, and the focus is seen."""
    page = new_page(slow.address)
    page.locator(".thumbs canvas").first.wait_for()

    def tab_to(words: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if words in page.evaluate("document.activeElement.innerText || document.activeElement.ariaLabel || ''"):
                break
        seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert (
            words in page.evaluate("document.activeElement.innerText || document.activeElement.ariaLabel")
            and seen == "solid"
        )

    tab_to("02-transpose")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="02-transpose").wait_for()
    tab_to("Solve")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Training loss").wait_for()
    tab_to("Stop")
    page.keyboard.press("Enter")
    page.get_by_text("stopped; what was finished is kept").wait_for(timeout=10_000)
    page.goto(slow.address + "#/draw")
    page.locator(".paper").wait_for()
    tab_to("demonstration 1, input")
    page.keyboard.press("Enter")
    assert rows(page)[0] == "100"
    focused = "(document.activeElement.ariaLabel || document.activeElement.innerText).split(',')[0]"
    for name, then in (
        ("2 red", "2 red"),
        ("fill an area", "fill an area"),
        ("add a test", "test 2"),
        ("answer: none", "draw one"),
        ("draw one", "test 1"),
        ("new", "demonstration 1"),
    ):
        page.get_by_role("button", name=name, exact=True).first.focus()
        page.keyboard.press("Enter")
        assert page.evaluate(focused) == then
    page.goto(slow.address + f"#/task/{SAMPLES.replace('/', '%2F')}/01-mirror")
    for name, then in (("Guess first", "your guess for test 1"), ("this is my answer", "guess again")):
        page.get_by_role("button", name=name).focus()
        page.keyboard.press("Enter")
        assert page.evaluate(focused) == then


def test_a_click_right_after_typing(site: Site, new_page: Callable[..., Any]) -> None:
    """What was typed holds, and so does the click, wherever it goes. That a size cannot be is said until another one is
    given."""
    page = new_page(site.address + "#/draw")
    page.get_by_label("name").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("typed")
    page.get_by_role("button", name="add a demonstration").click()
    assert page.locator(".thumb").count() == 8 and page.get_by_label("name").input_value() == "typed"
    for size, click in (("12", page.get_by_role("button", name="add a test")), ("9", page.locator(".thumb").first)):
        page.get_by_label("rows", exact=True).click()
        page.keyboard.press("Control+a")
        page.keyboard.type(size)
        click.click()
    assert page.locator(".thumb").count() == 10
    assert page.locator(".thumb[aria-pressed=true] canvas").get_attribute("aria-label").startswith("input 3×3")
    sizes = [c.get_attribute("aria-label").split(",")[0] for c in page.locator("#ui-pairs canvas").all()]
    assert sizes[4] == "input 12×3" and sizes[-1] == "input 9×3"
    page.get_by_label("columns").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("5")
    paint(page, 1, 2)
    assert rows(page) == ["00000", "00100", "00000"] and page.get_by_label("columns").input_value() == "5"
    fault = page.get_by_text("A grid has 1 to 30 rows and columns.")
    page.get_by_label("rows", exact=True).fill("31")
    page.get_by_label("rows", exact=True).press("Enter")
    fault.wait_for()
    assert page.get_by_label("rows", exact=True).input_value() == "3" and len(rows(page)) == 3
    page.get_by_label("rows", exact=True).fill("4")
    page.get_by_label("rows", exact=True).press("Enter")
    fault.wait_for(state="detached")
    assert len(rows(page)) == 4


def test_undo_by_key_leaves_the_cursor_where_it_is(site: Site, new_page: Callable[..., Any]) -> None:
    """And shows the grid that it changes."""
    page = new_page(site.address + "#/draw")
    page.locator(".paper").focus()
    for key in ("3", "ArrowDown", "ArrowDown", "ArrowRight", "Enter", "Control+z", "Enter"):
        page.keyboard.press(key)
    assert rows(page) == ["000", "000", "030"]
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+y")
    assert "row 3, column 2" in page.locator(".paper").get_attribute("aria-label")
    page.locator(".thumb").nth(3).click()
    page.keyboard.press("Control+z")
    assert rows(page) == ["000"] * 3 and page.get_by_role("heading", name="demonstration 1, input").count() == 1


def test_a_rectangle_by_key(site: Site, new_page: Callable[..., Any]) -> None:
    """Escape abandons it, and so does Ctrl-Z; who goes elsewhere keeps it."""
    page = new_page(site.address + "#/draw")
    page.locator(".paper").focus()
    for keys, left in (
        (("r", "3", "Enter", "ArrowDown"), ["300", "300", "000"]),
        (("Escape",), ["000"] * 3),
        (("Enter", "ArrowRight", "Control+z", "ArrowRight"), ["000"] * 3),
        (("Enter", "ArrowUp", "Tab"), ["003", "003", "000"]),
    ):
        for key in keys:
            page.keyboard.press(key)
        assert rows(page) == left
    page.reload()
    assert rows(page) == ["003", "003", "000"]
    page.get_by_role("button", name="undo").click()
    assert rows(page) == ["000"] * 3, "what can be undone outlives a reload"
    other = page.context.new_page()
    other.goto(site.address + "#/draw")
    other.get_by_label("rows", exact=True).fill("2")
    other.get_by_label("rows", exact=True).press("Enter")
    page.reload()
    assert rows(page) == ["000"] * 3, "another tab has a draft of its own"


def test_a_stroke_of_the_pointer(site: Site, new_page: Callable[..., Any]) -> None:
    """All cells on its way are painted, and it is one step to undo; a paper that is seen in part stays where it is."""
    page = new_page(site.address + "#/draw")
    box = page.locator(".paper").bounding_box()
    cell = box["width"] / 3
    page.mouse.move(box["x"] + cell / 2, box["y"] + cell / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 2.5 * cell, box["y"] + 2.5 * cell)
    page.mouse.up()
    assert rows(page) == ["100", "010", "001"]
    page.keyboard.press("Control+z")
    assert rows(page) == ["000"] * 3
    page.reload()
    page.set_viewport_size({"width": 1280, "height": int(box["y"] + 1.5 * cell)})
    page.mouse.click(box["x"] + cell / 2, box["y"] + cell / 2)
    assert rows(page) == ["100", "000", "000"]


def test_a_file_is_dropped_and_a_puzzle_pasted(site: Site, new_page: Callable[..., Any]) -> None:
    """Anywhere on the page, and what is wrong with it is the line of the command line."""
    give = """([kind, text]) => {
      const data = new DataTransfer();
      if (kind === "drop") data.items.add(new File([text], "given.json")); else data.setData("text", text);
      const event = kind === "drop" ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
        : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    }"""
    page = new_page(site.address)
    for kind, name in (("drop", "given"), ("paste", "pasted")):
        page.goto(site.address + "#/")
        page.locator(".thumbs canvas").first.wait_for()
        page.evaluate(give, [kind, '{"train": [{"input": [[7]], "output": [[8]]}]}'])
        fault = page.locator("#ui-said .error span")
        fault.wait_for()
        assert fault.inner_text() == f'{name}.json: task {name}: has no "test"'
        page.evaluate(give, [kind, '{"train": [{"input": [[7]], "output": [[8]]}], "test": [{"input": [[9]]}]}'])
        page.locator(".paper").wait_for()
        assert rows(page) == ["7"] and page.get_by_label("name").input_value() == name
        fault.wait_for(state="detached")
        page.evaluate(give, [kind, "{}"])
        fault.wait_for()
        page.evaluate(give, [kind, '{"train": [{"input": [[7]], "output": [[8]]}], "test": [{"input": [[6]]}]}'])
        fault.wait_for(state="detached")


def test_the_editor(site: Site, new_page: Callable[..., Any]) -> None:
    """Strokes, fill, rectangle, sizes, copy, undo and redo, also by keyboard alone; what is drawn outlives a reload."""
    page = new_page(site.address + "#/draw")
    page.get_by_label("columns").fill("5")
    page.get_by_label("columns").press("Enter")
    assert rows(page) == ["00000"] * 3
    paper = page.locator(".paper")
    paper.focus()
    for key in ("3", "Enter", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    assert rows(page) == ["33000", "00000", "00000"]
    assert paper.evaluate(PIXEL, [0, 0, 3, 5]) == [0x2E, 0xCC, 0x40]
    for key in ("r", "5", "ArrowDown", "Enter", "ArrowDown", "ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    assert rows(page) == ["33000", "05550", "05550"]
    for key in ("f", "2", "ArrowLeft", "ArrowLeft", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    assert rows(page) == ["33000", "25550", "25550"]
    page.keyboard.press("Control+z")
    assert rows(page) == ["33000", "05550", "05550"]
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+y")
    assert rows(page) == ["33000", "05550", "05550"]
    page.locator(".thumb").nth(1).click()
    page.get_by_role("button", name="copy the input").click()
    assert rows(page) == ["33000", "05550", "05550"]
    page.reload()
    assert [t.get_attribute("aria-label") for t in page.locator("#ui-pairs canvas").all()][1].endswith(
        "33000 05550 05550"
    )
    page.get_by_role("button", name="add a demonstration").click()
    page.get_by_role("button", name="add a test").click()
    assert page.locator(".thumb").count() == 10
    page.get_by_role("button", name="undo").click()
    page.get_by_role("button", name="undo").click()
    assert page.locator(".thumb").count() == 6


def test_bad_input_is_said_on_the_page(site: Site, tmp_path: Path, new_page: Callable[..., Any]) -> None:
    """Pasted, opened or named in the address: one line, and the page goes on. Saved, it is there for all."""
    page = new_page(site.address + "#/draw")
    page.get_by_role("button", name="paste JSON").click()
    page.locator("textarea").fill('{"train": [], "test": []}')
    page.get_by_role("button", name="open", exact=True).click()
    page.locator("dialog").get_by_text("pasted.json: task pasted: train: has no demonstrations").wait_for()
    tests = [{"input": [[7, 7]], "output": [[8, 8]]}, {"input": [[7]]}]
    page.locator("textarea").fill(json.dumps({"train": [{"input": [[7]], "output": [[8]]}], "test": tests}))
    page.get_by_role("button", name="open", exact=True).click()
    page.locator("dialog").wait_for(state="detached")
    assert rows(page) == ["7"]
    page.get_by_text("Test 2 has no answer: until it has, the others count for nothing.").wait_for()
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    page.locator("input[type=file]").set_input_files(broken)
    page.locator("#ui-said .error").wait_for()
    assert page.locator("#ui-said .error span").inner_text().startswith("broken.json: task broken: not JSON")
    page.get_by_role("button", name="save").click()
    page.get_by_text("pasted.json. Test 2 has no answer").wait_for()
    assert json.loads((tmp_path / "puzzles" / "pasted.json").read_text())["test"] == tests, "what there is is kept"
    page.goto(site.address + "#/task/saved/pasted")
    page.get_by_role("button", name="draw on it").click()
    page.locator("#ui-pairs canvas[aria-label^='answer 1×2']").wait_for()
    for first, shown in ((SAMPLES, "pasted"), ("of another command line", "01-mirror")):
        page.goto(site.address + "#/tasks/saved")
        page.reload()  # what was seen before is gone: what is waited for is this page's
        page.locator(".thumbs").get_by_text("pasted").wait_for()
        page.evaluate("first => memory.set('source', { ...memory.get('source'), first })", first)
        page.goto(site.address + "#/")
        page.locator(".thumbs b").first.get_by_text(shown).wait_for()
    page.goto(site.address + "#/task/nowhere/x")
    page.get_by_text("nowhere: is not among the sources of this page").wait_for()
    page.get_by_role("link", name="to the tasks").click()
    page.locator(".thumbs canvas").first.wait_for()
    for address, line in (
        ("run/nosuch", f"nosuch: no such run in {tmp_path / 'results'}"),
        ("compare/nosuch/other", f"nosuch: no such run in {tmp_path / 'results'}"),
        ("nosuch", "there is no page “nosuch”"),
        ("task/saved", "the address lacks what “task” is about"),
    ):
        page.goto(f"{site.address}#/{address}")
        page.get_by_role("alert").get_by_text(line).wait_for()
        assert page.locator(".thumbs").count() == 0
    page.goto(f"{site.address}#/run/nosuch")
    page.get_by_role("link", name="to the runs").click()
    page.get_by_role("heading", name="Runs").wait_for()


def test_a_search_that_finds_nothing(site: Site, new_page: Callable[..., Any]) -> None:
    """It says so, and there is nothing to solve."""
    page = new_page(site.address)
    page.get_by_label("find an id").fill("zebra")
    page.get_by_text("No task's id contains “zebra”.").wait_for()
    assert page.get_by_role("button", name="Solve all that are shown").is_disabled()
    page.get_by_label("find an id").fill("mirror")
    page.get_by_text("No task's id contains").wait_for(state="hidden")
    assert page.locator(".thumbs a:visible").count() == 1


def test_what_looks_like_markup_stays_text(tmp_path: Path, new_page: Callable[..., Any]) -> None:
    """Ids and faults of files reach the page as text."""
    evil = "<img src=x onerror=evil()>"
    folder = tmp_path / "tasks"
    folder.mkdir()
    pair = {"input": [[1]], "output": [[1]]}
    (folder / f"{evil}.json").write_text(json.dumps({"train": [pair], "test": [pair]}))
    (folder / "b<b>.json").write_text("{")
    for site in serving(Library((str(folder),), tmp_path / "results", tmp_path / "puzzles"), tmp_path):
        page = new_page(site.address)
        page.get_by_text(evil).wait_for()
        assert page.locator("img").count() == 0
        page.get_by_text(evil).click()
        assert page.locator("h1").inner_text() == evil


def test_four_hundred_tasks_are_there_within_a_second(tmp_path: Path, new_page: Callable[..., Any]) -> None:
    """From the request to the first thumbnails; searched and sifted without another one. Who comes back to the list is
    where he was."""
    chance = random.Random(0)
    folder = tmp_path / "tasks"
    folder.mkdir()
    for n in range(400):
        high, wide = chance.randrange(3, 31), chance.randrange(3, 31)
        grid = [[chance.randrange(10) for _ in range(wide)] for _ in range(high)]
        pair = {"input": grid, "output": grid[::-1]}
        (folder / f"{n:08x}.json").write_text(json.dumps({"train": [pair] * 3, "test": [pair]}))
    for site in serving(Library((str(folder),), tmp_path / "results", tmp_path / "puzzles"), tmp_path):
        site.get("tasks", source=str(folder))  # read when the server starts, by the command
        before = time.process_time()
        page = new_page(site.address)
        page.wait_for_function("() => performance.getEntriesByName('painted').length > 0")
        told = page.context.new_cdp_session(page)
        told.send("Performance.enable")
        metrics = {m["name"]: m["value"] for m in told.send("Performance.getMetrics")["metrics"]}
        spent = metrics["ThreadTime"] + time.process_time() - before  # the page's, and the server's in this process
        assert spent < PAINTED, spent
        assert page.locator(".thumbs a").count() == 400
        page.get_by_label("find an id").fill("00000018")
        assert page.locator(".thumbs a:visible").all_inner_texts() == ["00000018"]
        page.get_by_label("find an id").fill("")
        page.locator(".thumbs a").nth(300).click()
        page.get_by_role("heading", name="0000012c").wait_for()
        assert page.evaluate("scrollY") == 0
        page.go_back()
        page.wait_for_function("() => document.activeElement.innerText === '0000012c'")
        top = page.evaluate("document.activeElement.getBoundingClientRect().top")
        assert 0 <= top <= 900


def test_a_run_is_explored_while_it_goes_on(site: Site, new_page: Callable[..., Any]) -> None:
    """The report follows the run's file; tasks are sifted by what became of them; two runs stand side by side."""
    for _ in range(2):
        site.post("solve", {"source": SAMPLES, "ids": ["01-mirror", "02-transpose"], "how": {}})
    done = site.events(lambda m: m.get("kind") == "job" and m["job"]["number"] == 2 and m["job"]["state"] == "done")
    runs = {m["job"]["number"]: m["job"]["run"] for m in done if m.get("kind") == "job"}
    run, other = runs[1], runs[2]
    results = site.folder / "results" / run / "results.jsonl"
    lines = results.read_bytes().splitlines(keepends=True)
    results.write_bytes(lines[0])
    page = new_page(f"{site.address}#/run/{run}")
    frame = page.frame_locator("iframe")
    frame.get_by_text("1 of 2 tasks have a result").wait_for()
    page.wait_for_timeout(1500)
    with results.open("ab") as file:
        file.write(lines[1])
    frame.get_by_text("1 of 2 tasks have a result").wait_for(state="detached", timeout=15_000)
    assert frame.locator("#ui-tasks tbody tr").count() == 2
    frame.locator("#ui-tasks a").first.click()
    frame.get_by_role("heading", name="01-mirror").wait_for()
    for digits in (True, False):
        page.get_by_label("digits").set_checked(digits)
        page.frames[1].wait_for_function("on => chosen.digits === on", arg=digits)
        frame.get_by_role("heading", name="01-mirror").wait_for()
    page.get_by_role("link", name="as tasks to solve").click()
    page.get_by_role("button", name="✓ solved 2").click()
    assert page.locator(".thumbs a:visible").count() == 2
    page.goto(f"{site.address}#/compare/{run}/{other}")
    table = page.locator("#ui-compared tbody tr")
    table.first.wait_for()
    assert [row.inner_text().split("\t")[:4] for row in table.all()] == [
        ["A", run, "2 of 2", "0"],
        ["B", other, "2 of 2", "0"],
    ]
    page.get_by_text("Of the 2 tasks that both have finished; p = 1.00").wait_for()
    assert "null" not in page.locator("main").inner_text()
    assert [h.inner_text() for h in page.locator(".frames h3").all()] == [f"A {run}", f"B {other}"]
    page.get_by_text("all 2 tasks of both came out the same").wait_for()
    page.get_by_label("only where they differ").uncheck()
    page.get_by_role("button", name="A ✓ B ✓ 02-transpose").click()
    page.get_by_role("button", name="A ✓ B ✓ 01-mirror").click()
    assert page.evaluate("document.activeElement.innerText") == "A ✓ B ✓ 01-mirror"
    page.reload()
    for n in (0, 1):
        page.frame_locator("iframe").nth(n).get_by_role("heading", name="01-mirror").wait_for()
    page.go_back()
    page.locator(".thumbs").wait_for()


def test_two_runs_without_a_task_in_common(slow: Site, new_page: Callable[..., Any]) -> None:
    """It is said, with what each is about. What was ticked stays so while others come."""
    page = new_page(slow.address + "#/runs")
    for n, id in enumerate(("01-mirror", "04-frame"), 1):
        slow.post("solve", {"source": SAMPLES, "ids": [id], "how": {}})
        page.get_by_label(f"-{id}-").check(timeout=LONG)
        assert page.locator(":checked[type=checkbox]").count() == n
    told = slow.events(lambda m: m.get("kind") == "job" and m["job"]["number"] == 2 and m["job"]["state"] == "done")
    runs = {m["job"]["number"]: m["job"]["run"] for m in told if m.get("kind") == "job"}
    page.get_by_role("button", name="compare the two").click()
    line = f"A and B have no task in common: {runs[1]} is about 01-mirror, {runs[2]} about 04-frame."
    page.get_by_text(line).wait_for()
    assert page.get_by_text("only where they differ").count() == 0 and page.get_by_text("none").count() == 0


def test_on_a_phone(slow: Site, new_page: Callable[..., Any]) -> None:
    """Nothing is wider than the screen on any page, long programs included; the ground follows the system."""
    site = slow
    for ids in (["08-lines"], ["08-lines", "09-fill"]):
        site.post("solve", {"source": SAMPLES, "ids": ids, "how": {}})
    told = site.events(lambda m: m.get("kind") == "job" and m["job"]["number"] == 2 and m["job"]["state"] == "done")
    run, key = told[-1]["job"]["run"], SAMPLES.replace("/", "%2F")
    for scheme, ground in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(20, 23, 27)")):
        page = new_page(site.address, viewport={"width": 360, "height": 740}, color_scheme=scheme)
        for place in ("#/", "#/draw", "#/runs", "#/jobs", f"#/task/{key}/08-lines", "#/job/2"):
            page.goto(site.address + place)
            page.wait_for_timeout(250)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, place
        page.goto(f"{site.address}#/run/{run}")
        page.frame_locator("iframe").locator("svg text").first.wait_for()
        lefts = page.frames[1].evaluate("[...document.querySelectorAll('svg text')].map(t => t.getBBox().x)")
        assert min(lefts) >= 0, "no tick is cut"
        assert page.evaluate("scrollY") == 0
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground


def test_colours_for_the_colour_blind(site: Site, new_page: Callable[..., Any]) -> None:
    """ARC's own by default; the others are kept by the browser and hold in reports, too."""
    page = new_page(site.address)
    canvas = page.locator(".thumbs canvas").first
    canvas.wait_for()
    assert canvas.evaluate(PIXEL, [0, 0, 4, 5]) == [0x00, 0x74, 0xD9]
    page.get_by_label("colours").select_option("safe")
    page.wait_for_timeout(500)
    page.locator(".thumbs canvas").first.wait_for()
    assert page.locator(".thumbs canvas").first.evaluate(PIXEL, [0, 0, 4, 5]) == [0x00, 0x72, 0xB2]
    page.reload()
    page.locator(".thumbs canvas").first.wait_for()
    assert page.locator(".thumbs canvas").first.evaluate(PIXEL, [0, 0, 4, 5]) == [0x00, 0x72, 0xB2]
