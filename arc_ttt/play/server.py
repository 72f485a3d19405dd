"""The page's server: what a browser asks → the library, the desk and the wire; faults → one line.

Everything is read by keys and ids that the library knows. `serve` runs until it is interrupted.
"""

from __future__ import annotations

import secrets
import socket
import threading
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from arc_ttt.agents.programs.look import steps
from arc_ttt.arc import dataset, jsonio
from arc_ttt.errors import ArcError, ConfigError
from arc_ttt.play.asked import TooLarge, body, cells, member, puzzle, query
from arc_ttt.play.desk import Desk, Prepare
from arc_ttt.play.guard import Guard
from arc_ttt.play.library import Library, pick, shown
from arc_ttt.play.wire import Wire
from arc_ttt.report import compare, page
from arc_ttt.run import store

_HERE = Path(__file__).parent
PORT = 8765
LOOK = 1.0  # seconds between two looks at runs that someone looks at
PARTS = ("base.js", "editor.js", "puzzle.js", "watch.js", "runs.js", "pages.js")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the page is served. Port 0: the usual one, or another where that is taken."""

    host: str = "127.0.0.1"
    port: int = 0


def listen(place: Place) -> socket.socket:
    """A socket that listens there; `ConfigError` where that cannot be."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    for port in (place.port,) if place.port else (PORT, 0):
        bound = socket.socket(family, socket.SOCK_STREAM)
        try:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind((place.host, port))
            bound.listen(128)
            return bound
        except OSError as fault:
            bound.close()
            taken = port and "in use" in str(fault)
            if place.port or not taken:
                given = [f"--host {place.host}"] if place.host != Place.host or not place.port else []
                given += [f"--port {port}"] if place.port else []
                what = f"--port {port}: is in use" if taken else f"{' '.join(given)}: {fault.strerror}"
                advice = "; without --port a free one is taken" if taken else ""
                raise ConfigError(what + advice) from fault
    raise AssertionError("port 0 is never in use")


def serve(
    library: Library,
    prepare: Prepare,
    place: Place,
    ready: Callable[[str, int], None],
    log: Callable[[str], str],
    stops: list[Callable[[], None]] | None = None,
) -> None:
    """Serve the page until a signal ends it, or what is put into `stops` is called; `ready` is told the address and the
    port once it answers."""
    bound = listen(place)
    token, wire = secrets.token_urlsafe(18), Wire()
    desk = Desk(prepare, library.results, wire, log)
    answers = Answers(library, desk, wire)
    port = int(bound.getsockname()[1])
    app = Guard(application(answers, log), token, place.host)
    server = Server(
        uvicorn.Config(
            app,
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=2,
        )
    )
    server.wire = wire
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(
        place.host, f"[{place.host}]" if ":" in place.host else place.host
    )
    server.ready = lambda: ready(f"http://{name}:{port}/{token}/", port)
    if stops is not None:
        stops.append(partial(setattr, server, "should_exit", True))
    ending = threading.Event()
    watcher = threading.Thread(target=watch, args=(library, wire, answers.watched, ending), daemon=True)
    watcher.start()
    try:
        server.run(sockets=[bound])
    finally:
        ending.set()
        desk.close()
        bound.close()


class Server(uvicorn.Server):
    """Tells when it answers, and ends all streams before it waits for connections to end."""

    wire: Wire
    ready: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.wire.close()
        await super().shutdown(sockets)


def watch(library: Library, wire: Wire, watched: dict[str, Any], ending: threading.Event) -> None:
    """Tell of runs that someone has looked at when they have gone on, whoever solves them."""
    while not ending.wait(LOOK):
        for name, before in list(watched.items()):
            now = stamp(library, name)
            if now != before:
                watched[name] = now
                wire.send({"kind": "run", "name": name}, key=f"run {name}")


def stamp(library: Library, name: str) -> object:
    """What changes when a run goes on; None where it is gone."""
    try:
        status = (library.folder(name) / store.RESULTS).stat()
    except (ArcError, OSError):
        return None
    return status.st_mtime_ns, status.st_size


Answer = Callable[[Request, Any], Any]
"""A request and the document in it → a document, or a response."""


def document() -> str:
    """The page, whole: it asks for nothing but data."""
    whole = page.template(_HERE / "page.html")
    for name in ("play.css", *PARTS):
        whole = whole.replace(f"__{name}__", (_HERE / name).read_text(encoding="utf-8"), 1)
    return whole


@dataclass
class Answers:
    """What is behind the token: each method answers one kind of request."""

    library: Library
    desk: Desk
    wire: Wire
    watched: dict[str, Any] = field(default_factory=dict)
    page: str = field(default_factory=document)

    def front(self, _: Request, __: Any) -> Response:
        return HTMLResponse(self.page)

    def sources(self, _: Request, __: Any) -> Any:
        return self.library.sources()

    def tasks(self, request: Request, _: Any) -> Any:
        return self.library.rows(query(request, "source"))

    def task(self, request: Request, _: Any) -> Any:
        if number := request.query_params.get("job"):  # as it was when it was pressed
            tasks = self.desk.job(int(number[:9]) if number[:9].isdecimal() else 0).tasks
            return shown(pick(tasks, query(request, "id")), tasks)
        return self.library.task(query(request, "source"), query(request, "id"))

    def check(self, _: Request, asked: Any) -> Any:
        id, text = puzzle(asked)
        found = dataset.given(id, text, f"{id}.json")
        return shown(found.tasks[0], found)

    def save(self, _: Request, asked: Any) -> Any:
        id, text = puzzle(asked)
        path = self.library.save(id, text, replace=asked.get("replace") is True)
        self.wire.send({"kind": "sources"}, key="sources")
        return {"saved": str(path)}

    def solve(self, _: Request, asked: Any) -> Any:
        how = member(asked, "how", dict)
        if "text" in asked:
            id, text = puzzle(asked)
            job = self.desk.add(dataset.given(id, text, f"{id}.json"), (id,), None, "", how, text)
        else:
            key, ids = member(asked, "source", str), member(asked, "ids", list)
            found, where = self.library.tasks(key), self.library.origin(key)
            job = self.desk.add(found, tuple(dict.fromkeys(map(str, ids))), where, key, how)
        return {"job": job.number}

    def stop(self, request: Request, _: Any) -> Any:
        return {"job": self.desk.halt(int(request.path_params["number"])).number}

    def steps(self, _: Request, asked: Any) -> Any:
        grid = jsonio.grid(cells(member(asked, "grid", str)), "grid")
        made = steps(member(asked, "program", str), grid)
        return [[text, None if one is None else page.rows(one)] for text, one in made]

    def run(self, request: Request, _: Any) -> Any:
        name = query(request, "name")
        read = self.library.run(name)
        self.watched.setdefault(name, stamp(self.library, name))
        return page.document(read.folder, read.config, read.results, read.tasks) | {"name": name}

    def report(self, request: Request, _: Any) -> Response:
        return HTMLResponse(page.render(self.run(request, None)))

    def compare(self, request: Request, _: Any) -> Any:
        folders = [self.library.folder(query(request, name)) for name in ("first", "second")]
        found = compare.compare(*compare.read_runs(folders))
        scores = {name: right(getattr(found, name)) for name in ("first", "second")}
        return asdict(found) | {"p_outputs": found.p_outputs} | scores

    async def events(self, request: Request) -> Response:
        last = request.headers.get("last-event-id") or request.query_params.get("after") or ""
        return StreamingResponse(self.wire.stream(last), media_type="text/event-stream")


def application(answers: Answers, log: Callable[[str], str]) -> Starlette:
    """The addresses."""
    a = answers
    gets = {"": a.front, "sources": a.sources, "tasks": a.tasks, "task": a.task}
    gets |= {"run": a.run, "report": a.report, "compare": a.compare}
    posts = {"check": a.check, "save": a.save, "steps": a.steps, "solve": a.solve, "stop/{number:int}": a.stop}
    routes = [
        Route(f"/{path}", answering(answer, log), methods=[method])
        for method, ways in (("GET", gets), ("POST", posts))
        for path, answer in ways.items()
    ]
    return Starlette(routes=[*routes, Route("/events", answers.events)])


def answering(answer: Answer, log: Callable[[str], str]) -> Callable[[Request], Awaitable[Response]]:
    """`answer` as an endpoint: bad input is one line, and so is a bug, whose traceback goes to `log`."""

    async def endpoint(request: Request) -> Response:
        try:
            asked = await body(request) if request.method == "POST" else None
            found = await run_in_threadpool(answer, request, asked)
        except TooLarge as fault:
            return JSONResponse({"error": str(fault)}, 413)
        except ArcError as fault:
            return JSONResponse({"error": str(fault)}, 400)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception as fault:  # noqa: BLE001
            where = log("".join(traceback.format_exception(fault)))
            return JSONResponse({"error": f"a bug in arc-ttt: {type(fault).__name__}: {fault}{where}"}, 500)
        return found if isinstance(found, Response) else JSONResponse(found)

    return endpoint


def right(score: Any) -> dict[str, Any]:
    return {"right": score.outputs_right, "of": score.outputs, "solved": score.tasks_solved, "tasks": score.tasks}
