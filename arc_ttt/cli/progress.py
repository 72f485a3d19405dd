"""What a run tells → a live display, plain lines, JSON lines or silence.

A terminal gets bars at its foot, for the run and for each task in work, from the first moment on, with the lines of
finished tasks scrolling above; anything else gets those lines alone; `--json` gets one object a line for start, result
and end, and nothing else.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console, ConsoleOptions, RenderResult
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from arc_ttt.agents.progress import Event, silent
from arc_ttt.arc.jsonio import printable
from arc_ttt.cli import terminal
from arc_ttt.cli.session import clock
from arc_ttt.run.batch import Summary
from arc_ttt.types import Result

ROWS = 8  # of tasks in work that a terminal shows
SILENCE = 20.0  # seconds after which a reader of plain lines is told that the run lives


class Reporter(Protocol):
    """`say` is for people; `begin`, then for each task `progress` and `result`, then `end`. A context manager
    around all of it, so that an interrupt leaves the terminal in order."""

    def say(self, line: str) -> None: ...
    def begin(self, facts: Mapping[str, Any], earlier: list[Result]) -> None: ...
    def progress(self, event: Event) -> None: ...
    def result(self, result: Result) -> None: ...
    def end(self, summary: Summary, folder: Path) -> None: ...
    def __enter__(self) -> Reporter: ...
    def __exit__(self, *_: object) -> None: ...


class Json:
    """One object a line on stdout."""

    def say(self, line: str) -> None:
        pass

    def begin(self, facts: Mapping[str, Any], earlier: list[Result]) -> None:
        self._put("start", dict(facts) | {"finished": len(earlier)})

    progress = staticmethod(silent)

    def result(self, result: Result) -> None:
        fields = {"task": result.task, "correct": result.correct, "error": result.error}
        self._put("result", fields | {"seconds": dict(result.seconds), "notes": dict(result.notes)})

    def end(self, summary: Summary, folder: Path) -> None:
        self._put("end", terminal.summary_document(summary, folder))

    def _put(self, event: str, fields: Mapping[str, Any]) -> None:
        print(json.dumps({"event": event} | dict(fields)), flush=True)

    def __enter__(self) -> Json:
        return self

    def __exit__(self, *_: object) -> None:
        pass


class Quiet:
    """The score and the files at the end, nothing before."""

    def __init__(self, *, verbose: bool = False) -> None:
        self.console = terminal.console()
        self.verbose = verbose

    def say(self, line: str) -> None:
        pass

    def begin(self, facts: Mapping[str, Any], earlier: list[Result]) -> None:
        pass

    progress = staticmethod(silent)

    def result(self, result: Result) -> None:
        pass

    def end(self, summary: Summary, folder: Path) -> None:
        terminal.print_summary(self.console, summary, folder, tables=self.verbose, verbose=self.verbose)

    def __enter__(self) -> Quiet:
        return self

    def __exit__(self, *_: object) -> None:
        pass


class Lines(Quiet):
    """A line for each finished task, now and then one for the task in work, and the summary."""

    def __init__(self, *, verbose: bool = False) -> None:
        super().__init__(verbose=verbose)
        self.total = 0
        self._rounds: dict[str, int] = {}  # of each task that is done, the last one that gave its result
        self._told = self._since = time.monotonic()
        self._estimate: float | None = None  # seconds a task, before any is done
        self._durations: list[float] = []

    @property
    def done(self) -> int:
        """Tasks, however many attempts they had."""
        return len(self._rounds)

    def say(self, line: str) -> None:
        terminal.say(self.console, line)

    def begin(self, facts: Mapping[str, Any], earlier: list[Result]) -> None:
        self.total, self._estimate = int(facts["chosen"]), facts.get("estimate")
        self._rounds = {result.task: _round(result) for result in earlier}
        self._since = time.monotonic()

    def progress(self, event: Event) -> None:
        if time.monotonic() - self._told >= SILENCE:
            self._told = time.monotonic()
            self.say(f"[{self.done:>{len(str(self.total))}}/{self.total}] {describe(event)}{self._left()}")

    def result(self, result: Result) -> None:
        self._told = time.monotonic()
        if result.error is None:
            self._durations.append(self._told - self._since)
        self._since = self._told
        before, round = self._rounds.get(result.task), _round(result)
        self._rounds[result.task] = round
        line = Text(f"[{self.done:>{len(str(self.total))}}/{self.total}] ", style="dim")
        ascii_only = self.console.options.ascii_only
        mark = terminal.verdict(result.correct, result.error, ascii_only=ascii_only)
        mark.pad_right(max(0, 5 - len(mark)))
        line.append_text(mark).append(f" {printable(result.task)}", style="not dim")
        if before is not None:  # what failed leaves the earlier result
            line.append(f"  attempt {round + 1}" if round > before else "  again")
        if result.error is not None:
            line.append(f"  {result.error}", style="not dim red")
        else:
            line.append(f"  {sum(result.seconds.values()):.1f} s", style="not dim")
            if losses := terminal.loss(result, "->" if ascii_only else "→"):
                line.append(f"  loss {losses}")
        if deaths := result.notes.get("deaths"):
            line.append(f"  tried again: {deaths} {'worker' if deaths == 1 else 'workers'} died")
        if steps := result.notes.get("memory"):
            line.append(f"  memory: {steps[-1]}")
        self.console.print(line, soft_wrap=not self.console.is_terminal)

    def end(self, summary: Summary, folder: Path) -> None:
        terminal.print_summary(self.console, summary, folder, tables=True, verbose=self.verbose)

    def _left(self) -> str:
        """How long it still takes: by the tasks so far, and what was estimated counts as one of them. Nothing where
        later attempts are all that is left, or nothing is known."""
        known = [*([] if self._estimate is None else [self._estimate]), *self._durations]
        if not known or self.done >= self.total:
            return ""
        mean, now = sum(known) / len(known), time.monotonic() - self._since
        # What is longer in work than most are will take a while yet.
        left = mean * (self.total - self.done - 1) + max(mean - now, mean / 4, now / 4)
        return f", about {clock(max(1.0, left))} left"


class Screen(Lines):
    """Lines, with bars below them while it works."""

    def __init__(self, *, verbose: bool = False) -> None:
        super().__init__(verbose=verbose)
        self._live = Live(self, console=self.console, refresh_per_second=5, transient=True)
        self._events: dict[str, Event] = {}  # of the tasks in work
        self._known: dict[str, bool] = {}  # whether a task is solved
        self._spinner = Spinner("line" if self.console.options.ascii_only else "dots")

    def __enter__(self) -> Screen:
        self._live.start(refresh=True)
        return self

    def begin(self, facts: Mapping[str, Any], earlier: list[Result]) -> None:
        super().begin(facts, earlier)
        for result in earlier:
            self._count(result)

    def progress(self, event: Event) -> None:
        self._events = {**self._events, event.task: event}  # drawn by the display's own thread

    def result(self, result: Result) -> None:
        self._events = {task: event for task, event in self._events.items() if task != result.task}
        self._count(result)
        super().result(result)

    def end(self, summary: Summary, folder: Path) -> None:
        self._live.stop()
        super().end(summary, folder)

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def _count(self, result: Result) -> None:
        if result.correct is not None:
            self._known[result.task] = all(result.correct)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if not self.total:
            self._spinner.update(text=f"starting, {time.monotonic() - self._since:.0f} s")
            yield self._spinner
            return
        width = max(6, min(30, options.max_width // 4))
        events = list(self._events.values())
        solved = f", {sum(self._known.values())} solved" if self._known else ""
        sheet = Table.grid(padding=(0, 1, 0, 0))
        sheet.add_column(width=width)
        sheet.add_column(no_wrap=True, overflow="ellipsis")
        bar = ProgressBar(max(1, self.total), self.done, width=width)
        sheet.add_row(bar, f"{self.done}/{self.total} tasks{solved}{self._left()}")
        for event in events[:ROWS]:
            sheet.add_row(ProgressBar(1.0, event.done, width=width), describe(event))
        yield sheet


def _round(result: Result) -> int:
    return int(result.notes.get("round", 0))


def describe(event: Event) -> str:
    """What is being done, and how far it is."""
    loss = "" if event.loss is None else f"  loss {event.loss:.3f}"
    return f"{printable(event.task)}  {event.stage} {100 * event.done:.0f} %{loss}"


def reporter(*, json: bool, quiet: bool, verbose: bool) -> Reporter:
    """The one that fits the options and stdout."""
    if json:
        return Json()
    if quiet:
        return Quiet(verbose=verbose)
    return Screen(verbose=verbose) if terminal.console().is_terminal else Lines(verbose=verbose)
