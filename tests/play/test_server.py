"""What the server answers, to whom, and what it refuses."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from play_site import SAMPLES, Site, ended, serving

from arc_ttt.arc import dataset
from arc_ttt.errors import ConfigError
from arc_ttt.play import asked, server
from arc_ttt.play.guard import Guard
from arc_ttt.play.library import Library

PUZZLE = {"train": [{"input": [[1, 0]], "output": [[0, 1]]}, {"input": [[2, 0, 3]], "output": [[3, 0, 2]]}]}
PUZZLE |= {"test": [{"input": [[4, 5, 0]]}]}
UNEVEN = PUZZLE | {"test": [{"input": [[1], [2, 3]]}]}


def test_a_sample_from_the_list_to_its_answer(site: Site) -> None:
    """The main path: sources, tasks with thumbnails, a task, solve, what is told meanwhile, a run on disk."""
    assert site.get("sources")[0] == {"key": SAMPLES, "title": "samples", "kind": "tasks"}
    rows = site.get("tasks", source=SAMPLES)["tasks"]
    assert [row["id"] for row in rows][:2] == ["01-mirror", "02-transpose"] and rows[0]["first"][0].count("/") == 3
    assert site.get("task", source=SAMPLES, id="01-mirror")["answers"]
    assert site.post("solve", {"source": SAMPLES, "ids": ["01-mirror"], "how": {}}) == {"job": 1}
    messages = site.events(ended)
    stages = [m["stage"] for m in messages if m.get("kind") == "told"]
    assert stages[0] == "route" and "propose" in stages
    (result,) = (m for m in messages if m.get("kind") == "result")
    assert result["row"]["state"] == "solved" and 0 < result["judged"][0][0][1] <= 1
    run = messages[-1]["job"]["run"]
    folder = site.folder / "results" / run
    assert {p.name for p in folder.iterdir()} == {"config.json", "results.jsonl", "submission.json"}
    assert json.loads((folder / "config.json").read_text())["source"]["tasks"] == SAMPLES
    assert site.get("run", name=run)["score"]["outputs"]["right"] == 1
    assert [s["key"] for s in site.get("sources")][-1] == f"run:{run}"


def test_what_is_named_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was named, once; what is called as the folder of saved puzzles, or as a run, is still what it is."""
    monkeypatch.chdir(tmp_path)
    for name in ("results/mine", "results/deep/down/in/a", "other/mine"):
        Path(name).mkdir(parents=True)
        for file in ("config.json", "results.jsonl"):
            Path(name, file).touch()
    for name in ("saved", "run:mine", "puzzles"):
        Path(name).mkdir()
        Path(name, f"{name[:3]}.json").write_text(json.dumps(PUZZLE))
    named = [
        "results/mine",
        ".",
        "saved",
        "./saved/",
        "other/mine",
        "run:mine",
        "results/deep/down/in/a",
        "arc1:training",
    ]
    library = Library(named, Path("results"), Path("puzzles"))
    sources = [(s["key"], s["title"], s["kind"]) for s in library.sources()]
    assert sources[:7] == [
        ("run:mine", "mine", "run"),
        (".", tmp_path.name, "tasks"),
        ("./saved", "saved", "tasks"),
        ("run:other/mine", "other/mine", "run"),
        ("./run:mine", "run:mine", "tasks"),
        ("run:deep/down/in/a", "deep/down/in/a", "run"),
        ("arc1:training", "arc1:training", "tasks"),
    ]
    assert sources[7] == ("saved", "saved in puzzles", "saved") and len(sources) == len(set(sources))
    assert [library.tasks(key).order for key in ("./saved", "saved", "./run:mine")] == [("sav",), ("puz",), ("run",)]
    assert library.folder("other/mine") == Path("other/mine")
    Path("mine").symlink_to("other/mine")
    assert Library(["mine"], Path("results"), Path("puzzles")).runs() == {
        "./mine": Path("mine"),
        "mine": Path("results/mine"),
    }


def test_a_run_of_a_run(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its tasks can be solved from it, and are read once for all runs about them, until they change."""
    tasks = site.folder / "tasks"
    tasks.mkdir()
    (tasks / "mine.json").write_text(json.dumps(PUZZLE))
    monkeypatch.chdir(site.folder)
    site.library.named = ("tasks",)
    site.post("solve", {"source": "tasks", "ids": ["mine"], "how": {}})
    first = site.events(ended)[-1]["job"]["run"]
    read: list[object] = []
    load = dataset.load
    monkeypatch.setattr(dataset, "load", lambda *named: read.append(named) or load(*named))
    site.post("solve", {"source": f"run:{first}", "ids": ["mine"], "how": {}})
    second = site.events(lambda m: ended(m) and m["job"]["number"] == 2)[-1]["job"]["run"]
    monkeypatch.chdir("/")
    assert [site.get("run", name=run)["tasks"][0]["state"] for run in (first, second, first)] == ["unknown"] * 3
    assert len(read) == 1
    (tasks / "mine.json").write_text(json.dumps(PUZZLE | {"test": [{"input": [[4, 5, 0]], "output": [[0, 5, 4]]}]}))
    assert [site.get("run", name=run)["tasks"][0]["state"] for run in (first, second)] == ["solved"] * 2
    assert len(read) == 2
    (tasks / "mine.json").unlink()
    assert site.get("task", job="2", id="mine")["tests"] == ["450"], "a job has its tasks as they were"
    assert site.get("task", job="x", id="mine") == (400, "there is no job 0")


def test_answers_that_some_tests_have(site: Site) -> None:
    """They are told, for who goes on drawing; compared with they are not."""
    tests = [{"input": [[1]], "output": [[2]]}, {"input": [[3]]}]
    told = site.post("check", {"name": "mine.JSON", "text": json.dumps(PUZZLE | {"test": tests})})
    assert told["id"] == "mine" and told["outputs"] == ["2", None] and "answers" not in told


def test_a_drawn_puzzle_becomes_an_ordinary_run(site: Site) -> None:
    """Its task stands beside its result, so that the report and the command line find it."""
    site.post("solve", {"name": "mine", "text": json.dumps(PUZZLE), "how": {}})
    job = site.events(ended)[-1]["job"]
    assert job["state"] == "done" and job["drawn"]["tests"] == ["450"]
    (task,) = site.get("run", name=job["run"])["tasks"]
    assert (task["id"], task["state"], task["attempts"][0][0]) == ("mine", "unknown", "054")
    assert json.loads((site.folder / "results" / job["run"] / "tasks" / "mine.json").read_text()) == PUZZLE


def test_a_program_is_drawn_step_by_step(site: Site) -> None:
    """One grid for each step, None where it does not apply."""
    made = site.post("steps", {"program": "flip(horizontal) > transpose", "grid": "120/340"})
    assert [grid for _, grid in made] == ["021/043", "00/24/13"]


def test_who_does_not_know_the_token_is_refused(site: Site) -> None:
    """Without it, with another one, or with a part of it; nothing of the page is told."""
    token = site.parts[2].strip("/")
    for path in ("/", "/sources", "/events", f"/{token[:-1]}/", f"/{token}x/sources", f"/{token}", f"//{token}x/"):
        status, content, _ = site.raw("GET", path)
        assert status == 403 and content.startswith(b"refused: the address") and token.encode() not in content
    assert site.raw("GET", f"/{token}/sources")[0] == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}", "", "10.0.0.1:{port}"]
)
def test_other_host_headers_are_refused(site: Site, host: str) -> None:
    """A name that someone else pointed at this machine is not its own."""
    _, port, path = site.parts
    status, content, _ = site.raw("GET", f"{path}sources", headers={"Host": host.format(port=port)})
    assert (status, content) == (403, b"refused: the Host header does not name this server\n")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1:1"])
def test_other_origins_are_refused(site: Site, origin: str) -> None:
    """Also with the token, reading and writing."""
    _, port, path = site.parts
    headers = {"Origin": origin.format(port=port), "Content-Type": "application/json"}
    for method, name in (("GET", "sources"), ("GET", "events"), ("POST", "save"), ("OPTIONS", "solve")):
        status, content, _ = site.raw(method, path + name, b"{}" if method == "POST" else None, headers)
        assert (status, content) == (403, b"refused: the page that asks is not this server's\n")
    own = {"Origin": f"http://127.0.0.1:{port}"}
    assert site.raw("GET", f"{path}sources", headers=own)[0] == 200


def test_what_a_form_elsewhere_could_send_is_refused(site: Site) -> None:
    """A request that needs no leave of the browser is not of JSON's type."""
    status, content, _ = site.raw("POST", f"{site.parts[2]}save", b"{}", {"Content-Type": "text/plain"})
    assert (status, json.loads(content)) == (400, {"error": "the request: is not application/json"})


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/sources", "page.html", "base.js"]
)
def test_no_address_is_a_file(site: Site, path: str) -> None:
    """The server has no files: what it does not know is not there."""
    assert site.raw("GET", site.parts[2] + path)[0] == 404


@pytest.mark.parametrize(
    "key", ["/etc", "../..", "/etc/passwd", "run:../..", "run:/etc", "saved/../..", "", "C:\\x", "\x00"]
)
def test_only_sources_of_the_list_are_opened(site: Site, tmp_path: Path, key: str) -> None:
    """Paths are no keys, not even right ones: a folder that was not named stays closed."""
    for path in ("tasks", "task"):
        status, line = site.get(path, source=key, id="x")
        assert status == 400 and ("sources of this page" in line or "no such run" in line)
    status, line = site.post("solve", {"source": key, "ids": ["x"], "how": {}})
    assert status == 400 and "\n" not in line
    status, line = site.get("run", name=key)
    assert status == 400 and "no such run" in line


@pytest.mark.parametrize(
    "name",
    [
        "../mine", "a/b", "..", "/tmp/mine", "a\\b", "", ".hidden", "x\x00y", "n" * 101, "CON", "nul", "com1.old.json",
        "<img src=x onerror=evil()>", 'a"b', "what?", "C:mine", " ", "mine.", "mine ",
    ],
)  # fmt: skip
def test_a_puzzle_is_saved_in_its_folder_only(site: Site, name: str) -> None:
    """Names that lead elsewhere, or that a file could not have on another system, are refused in one line; nothing is
    written anywhere."""
    status, line = site.post("save", {"name": name, "text": json.dumps(PUZZLE)})
    assert status == 400 and "cannot be" in line and "\n" not in line
    status, line = site.post("solve", {"name": name, "text": json.dumps(PUZZLE), "how": {}})
    assert status == 400 and not list(site.folder.rglob("*.json"))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("CON", "it is the name of a device on Windows"),
        ("<img>", "it holds <"),
        (".x", "it begins or ends with a dot or a space"),
        ("n" * 101, "it has 101 bytes, more than the 100 allowed"),
        ("a\u202eb", "it has characters that cannot be seen"),
    ],
)
def test_why_a_name_is_refused(name: str, why: str) -> None:
    """The line says what is wrong with it."""
    assert asked.unsuitable(name) == why


def test_other_names_are_taken() -> None:
    """In any script, with spaces inside."""
    for name in ("my-puzzle", "007bbfb7", "Rätsel 2.1", "鏡", "console", "com10", "a.b"):
        assert asked.unsuitable(name) == ""


def test_a_file_where_puzzles_should_be_saved(site: Site) -> None:
    """It is said, and not that a puzzle of that name is there."""
    (site.folder / "puzzles").write_text("a file")
    line = f"{site.folder / 'puzzles'}: is a file; puzzles are saved in a folder"
    assert site.post("save", {"name": "mine", "text": json.dumps(PUZZLE)}) == (400, line)


def test_saved_puzzles_are_a_source(site: Site) -> None:
    """Saved as they were sent; a second one of the same name only where that is asked for."""
    text = json.dumps(PUZZLE)
    assert site.post("save", {"name": "mine", "text": text}) == {"saved": str(site.folder / "puzzles" / "mine.json")}
    assert site.get("task", source="saved", id="mine")["tests"] == ["450"]
    status, line = site.post("save", {"name": "mine", "text": text})
    assert status == 400 and "is there already" in line
    assert "saved" in site.post("save", {"name": "mine", "text": text.replace("4", "6"), "replace": True})
    assert site.get("task", source="saved", id="mine")["tests"] == ["650"]  # read again


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "wrong.json: task wrong: is empty"),
        ("[1", "wrong.json: task wrong: not JSON: Expecting ',' delimiter (line 1, column 3)"),
        ("[]", 'wrong.json: task wrong: is a list, not an object with "train" and "test"'),
        ('{"train": []}', "wrong.json: task wrong: train: has no demonstrations"),
        (json.dumps(UNEVEN), "wrong.json: task wrong: test[0].input: row 2 has 2 cells, row 1 has 1"),
        ("[" * 100_000, "wrong.json: task wrong: nested too deeply"),
    ],
)  # fmt: skip
def test_a_wrong_file_gets_the_line_of_the_command_line(site: Site, text: str, line: str) -> None:
    """Dropped, pasted or solved, it is the same line, and the server goes on."""
    for path, more in (("check", {}), ("save", {}), ("solve", {"how": {}})):
        assert site.post(path, {"name": "wrong.json", "text": text} | more) == (400, line)
    assert site.get("sources")


@pytest.mark.parametrize(
    ("path", "document", "line"),
    [
        ("solve", {"source": SAMPLES, "ids": ["nope"], "how": {}}, "samples: has no task nope"),
        ("solve", {"source": SAMPLES, "ids": [], "how": {}}, "names no task to solve"),
        ("solve", {"source": SAMPLES, "ids": "01-mirror", "how": {}}, "the request: 'ids' is \"01-mirror\""),
        ("solve", {"source": SAMPLES, "ids": ["01-mirror"]}, "the request: 'how' is null"),
        ("solve", [], "the request: is a list, not an object"),
        ("stop/7", {}, "there is no job 7"),
        ("steps", {"program": "flip(horizontal", "grid": "12"}, None),
        ("steps", {"program": "flip(horizontal)", "grid": "1x"}, "the request: 'grid' is not rows of digits"),
        ("steps", {"program": "flip(horizontal)", "grid": "1/12"}, "grid: row 2 has 2 cells, row 1 has 1"),
    ],
)
def test_requests_that_make_no_sense_get_one_line(site: Site, path: str, document: Any, line: str | None) -> None:
    """A status of 400 and a line, never a traceback."""
    status, told = site.post(path, document)
    assert status == 400 and "\n" not in told and (line is None or told == line)


def test_a_request_that_is_too_large(site: Site) -> None:
    """It is refused before all of it is read."""
    headers = {"Content-Type": "application/json"}
    status, content, _ = site.raw("POST", f"{site.parts[2]}check", b" " * (asked.LIMIT + 1), headers)
    assert status == 413 and b"more than" in content


def test_the_page_asks_nobody_else(site: Site) -> None:
    """One document with all in it, a policy that forbids the rest, no address but SVG's name."""
    status, content, headers = site.raw("GET", site.parts[2])
    text = content.decode()
    assert status == 200 and "default-src 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer" and headers["cache-control"] == "no-store"
    assert text.count("http://") == text.count("http://www.w3.org/2000/svg") and "https://" not in text
    for sign in ("__LOOK__", "__DRAW__", ".js__", ".css__", "innerHTML", "eval(", "@import"):
        assert sign not in text


def test_a_port_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that was asked for is said; without, another is taken."""
    taken = socket.create_server(("127.0.0.1", 0))
    port = taken.getsockname()[1]
    with pytest.raises(ConfigError, match=rf"--port {port}: is in use; without --port a free one is taken"):
        server.listen(server.Place(port=port))
    monkeypatch.setattr(server, "PORT", port)
    other = server.listen(server.Place())
    assert other.getsockname()[1] not in (0, port)
    other.close()
    taken.close()


@pytest.mark.parametrize("host", ["no.such.name.invalid", "192.0.2.1"])
def test_an_address_that_is_not_here(host: str) -> None:
    """It is named in one line, with the port where one was given."""
    with pytest.raises(ConfigError, match=f"^--host {host}: "):
        server.listen(server.Place(host=host))
    with pytest.raises(ConfigError, match=f"^--host {host} --port 9: "):
        server.listen(server.Place(host=host, port=9))


def test_hosts_where_the_page_is_for_others_too() -> None:
    """With 0.0.0.0 numbers are known, and this machine's name; another page's name is not."""
    guard = Guard(None, "t", "0.0.0.0")  # type: ignore[arg-type]
    assert all(map(guard.known, ("127.0.0.1:80", "10.1.2.3:80", "[::1]:80", "[fe80::1]", socket.gethostname())))
    assert not any(map(guard.known, ("evil.example:80", "", "10.1.2.3.evil.example", "999.1.1.1")))
    alone = Guard(None, "t", "127.0.0.1")  # type: ignore[arg-type]
    assert not alone.known("10.1.2.3:80") and alone.known("localhost:80") and alone.known("[::1]:80")


def test_a_run_of_another_process_is_followed(site: Site) -> None:
    """Whoever looks at a run is told when it has gone on."""
    site.post("solve", {"source": SAMPLES, "ids": ["01-mirror", "02-transpose"], "how": {}})
    run = site.events(ended)[-1]["job"]["run"]
    results = site.folder / "results" / run / "results.jsonl"
    lines = results.read_bytes().splitlines(keepends=True)
    results.write_bytes(lines[0])
    assert len([t for t in site.get("run", name=run)["tasks"] if t["state"] == "solved"]) == 1
    with results.open("ab") as file:
        file.write(lines[1])
    site.events(lambda m: m.get("kind") == "run" and m["name"] == run)
    assert len([t for t in site.get("run", name=run)["tasks"] if t["state"] == "solved"]) == 2


def test_two_runs_side_by_side(site: Site) -> None:
    """Outputs won and lost; a run that is gone is one line."""
    for _ in range(2):
        site.post("solve", {"source": SAMPLES, "ids": ["01-mirror"], "how": {}})
    jobs = {
        m["job"]["number"]: m["job"]
        for m in site.events(lambda m: ended(m) and m["job"]["number"] == 2)[1:]
        if m["kind"] == "job"
    }
    first, second = jobs[1]["run"], jobs[2]["run"]
    assert first != second
    found = site.get("compare", first=first, second=second)
    assert (found["both"], found["first"]["right"], found["outputs_won"], found["p_outputs"]) == (1, 1, 0, 1.0)
    assert site.get("compare", first=first, second="gone")[0] == 400


def test_a_run_whose_file_is_broken_is_one_line(tmp_path: Path) -> None:
    """The list of runs is there all the same."""
    run = tmp_path / "results" / "broken"
    run.mkdir(parents=True)
    (run / "config.json").write_text("{")
    (run / "results.jsonl").write_text("")

    def sites() -> Iterator[Site]:
        yield from serving(Library((SAMPLES,), tmp_path / "results", tmp_path / "puzzles"), tmp_path)

    for site in sites():
        assert "broken" in [s["title"] for s in site.get("sources")]
        status, line = site.get("run", name="broken")
        assert status == 400 and "is not a run's configuration" in line
