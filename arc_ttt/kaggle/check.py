"""A bundle → what becomes of it on Kaggle, scenario by scenario: the notebook's code runs in folders laid out as there.

No network, an input folder that may not be written, other tasks in the hidden run, a clock that ends early, a solver
that dies. Each submission is read as strictly as a scorer would and compared with the sample submission.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arc_ttt.arc import submission
from arc_ttt.arc.jsonio import printable
from arc_ttt.errors import ArcError, ConfigError, DataError
from arc_ttt.kaggle import bundle, drive, files, mounts

QUICK, LONG = "--views 2 --ttt.tokens 500", "--views 2 --ttt.tokens 4000"
LATE = 30.0  # seconds that a notebook may take beyond its deadline


@dataclass(frozen=True)
class Scenario:
    """One run of the notebook."""

    name: str
    # One of mounts.LAYOUTS.
    layout: str
    # Whether it is the hidden run.
    rerun: bool
    tasks: int = 4
    # Further options of `arc-ttt solve`.
    arguments: str = QUICK
    # The deadline.
    seconds: int = 120
    # What goes wrong: "clock" (it ends early), "killed" (the solver, once), "broken" (the solver, at each start).
    fault: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a scenario; `fault` is None where all is well."""

    name: str
    seconds: float
    note: str = ""
    fault: str | None = None
    # Why the built-in model answered, where this machine gave no other choice.
    instead: str = ""


def scenarios() -> list[Scenario]:
    """Every layout in both kinds of run, then what can go wrong."""
    first, second, third = mounts.LAYOUTS
    return [
        *(Scenario(f"smoke run, files in {layout}", layout, False, tasks=6) for layout in mounts.LAYOUTS),
        *(Scenario(f"hidden run, files in {layout}", layout, True) for layout in mounts.LAYOUTS),
        Scenario("hidden run, the clock ends early", first, True, 40, LONG, 20, fault="clock"),
        Scenario("hidden run, the solver is killed on the way", second, True, 6, fault="killed"),
        Scenario("hidden run, the solver never starts", third, True, fault="broken"),
    ]


def check(
    folder: Path,
    chosen: Sequence[Scenario],
    *,
    install: bool = False,
    model: Path | None = None,
    keep: Path | None = None,
) -> Iterator[Outcome]:
    """Try the bundle in `folder`: an outcome for its metadata, then one for each scenario, two of which run at a time.

    `install` makes an environment to install the bundle's wheels into, with this one's packages in the place of the
    image's; without, this environment is used. `model` is the folder of weights that the model source stands for.
    `keep` is where the scenarios' folders stay. Raises `ConfigError` where there is no bundle, at once.
    """
    return _check(folder, *_read(folder), chosen, install, model, keep)


def _check(
    folder: Path,
    metadata: Mapping[str, Any],
    code: str,
    chosen: Sequence[Scenario],
    install: bool,
    model: Path | None,
    keep: Path | None,
) -> Iterator[Outcome]:
    began = time.monotonic()
    try:
        note = _check_metadata(folder, metadata)
    except (ArcError, ValueError, OSError) as fault:
        yield Outcome("metadata", time.monotonic() - began, fault=str(fault))
        return
    yield Outcome("metadata", time.monotonic() - began, note)
    with tempfile.TemporaryDirectory(prefix="arc-ttt-kaggle-") as scratch:
        root = Path(keep or scratch).resolve()
        python = mounts.environment(Path(scratch) / "venv") if install else sys.executable
        stage = Stage(folder.resolve(), metadata, code, python, mounts.offline()[0], model)
        with ThreadPoolExecutor(2) as pool:
            yield from pool.map(stage.play, chosen, (root / f"{n:02}" for n in range(1, len(chosen) + 1)))


def _read(folder: Path) -> tuple[Mapping[str, Any], str]:
    """The kernel's metadata and the code of its notebook."""
    path = folder / bundle.KERNEL
    try:
        metadata = files.read_object(path)
        name = metadata["code_file"]
        path = folder / str(name)
        cells = files.read_object(path)["cells"]
        return metadata, "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    except (OSError, ValueError, LookupError, TypeError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else f"is broken: {fault}"
        where = printable(f"{folder}: is no bundle of `arc-ttt kaggle bundle`: {path.name}")
        raise ConfigError(f"{where}: {reason}") from fault


def _check_metadata(folder: Path, metadata: Mapping[str, Any]) -> str:
    """`DataError` for metadata that Kaggle would refuse or misread; else the bundle in a few words."""
    owner, _, slug = str(metadata.get("id")).partition("/")
    made = bundle.slugify(str(metadata.get("title")))
    data = files.read_object(folder / "dataset" / bundle.DATASET)
    own = sorted((folder / "dataset").glob("arc_ttt-*.whl"))
    for fault in (
        slug != made and f"the title's slug is {made}, the id's is {slug}",
        metadata.get("enable_internet") is not False and "the internet is not off",
        metadata.get("machine_shape") not in bundle.MACHINES.values() and "Kaggle has no such machine_shape",
        bool(metadata.get("enable_gpu")) != bool(metadata.get("machine_shape")) and "a GPU needs its machine_shape",
        len(metadata.get("competition_sources", ())) != 1 and "there must be one competition",
        data.get("id") not in metadata.get("dataset_sources", ()) and "dataset_sources lack the bundle's data set",
        not str(data.get("id")).startswith(f"{owner}/") and "the data set has another owner",
        len(own) != 1 and f"dataset/ holds {len(own)} wheels of arc_ttt",
    ):
        if fault:
            raise DataError(f"{printable(str(folder / bundle.KERNEL))}: {fault}")
    others = len(list((folder / "dataset").glob("*.whl"))) - 1
    return f"{metadata['id']}; {own[0].name} and {others} other wheels"


@dataclass(frozen=True)
class Stage:
    """What all scenarios have in common; `offline` is the beginning of a command without network."""

    folder: Path
    metadata: Mapping[str, Any]
    code: str
    python: str
    offline: Sequence[str]
    model: Path | None

    def play(self, scenario: Scenario, root: Path) -> Outcome:
        """Lay out Kaggle's folders in `root`, run the notebook's code, and judge what it leaves."""
        began = time.monotonic()
        try:
            note, fault = self._play(scenario, root), None
        except (ArcError, OSError, ValueError, LookupError, subprocess.SubprocessError) as wrong:
            note, fault = "", f"{wrong}{_tail(root / 'notebook.log')}"
        finally:
            mounts.protect(root / "input", writable=True)
        return Outcome(scenario.name, time.monotonic() - began, note, fault, _instead(root / "notebook.log"))

    def _play(self, scenario: Scenario, root: Path) -> str:
        for name in ("input", "working", "temp"):
            (root / name).mkdir(parents=True)
        tasks = mounts.make_tasks(scenario.tasks, "hidden" if scenario.rerun else "public")
        competition = mounts.lay_out(root / "input", scenario.layout, self.folder, self.metadata, tasks, self.model)
        before = mounts.listing(root / "input")
        mounts.protect(root / "input")
        seconds = self._run(scenario, root)
        if mounts.listing(root / "input") != before:
            raise DataError("the input folder was changed")
        mounts.validate(root / "working" / files.SUBMISSION, competition)
        done = _answers(root / "working")
        all_of_them = scenario.tasks if scenario.rerun else min(scenario.tasks, bundle.SMOKE_TASKS)
        wanted = 0 if scenario.fault in ("clock", "broken") else all_of_them
        if len(done) < wanted:
            raise DataError(f"only {len(done)} of {wanted} tasks were answered")
        stand_in = (root / "working" / "run-builtin").exists() and not _instead(root / "notebook.log")
        if stand_in and scenario.fault != "broken":
            raise DataError("the bundle's own solver failed, and the built-in model answered")
        return f"{len(done)} of {len(tasks)} tasks answered in {seconds:.0f} s"

    def _run(self, scenario: Scenario, root: Path) -> float:
        """Run the notebook's code and end the solver where the scenario says so; the seconds that it took."""
        script, log, killed = root / "notebook.py", root / "notebook.log", False
        script.write_text(self.code, encoding="utf-8")
        began, limit = time.monotonic(), scenario.seconds + LATE
        with log.open("wb") as output:
            process = subprocess.Popen(
                [*self.offline, self.python, str(script)],
                env=self._variables(scenario, root),
                cwd=root / "working",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        while process.poll() is None:
            late = time.monotonic() - began > limit
            if late:
                process.kill()
            # Whichever run is being written: without the bundle's GPU it is the built-in model's.
            answered = map(files.finished, (root / "working").glob("run*"))
            if late or (scenario.fault == "killed" and not killed and any(answered)):
                killed = True
                _kill_solver(log)
            if late:
                raise DataError(f"the notebook still ran after {limit:.0f} s")
            time.sleep(0.05)
        if process.returncode:
            raise DataError(f"the notebook ended with exit code {process.returncode}")
        if scenario.fault == "killed" and b"solver ended with -9" not in log.read_bytes():
            raise DataError("the solver was done before it could be killed")
        return time.monotonic() - began

    def _variables(self, scenario: Scenario, root: Path) -> dict[str, str]:
        """The environment of the notebook."""
        own = {name.upper(): str(root / name) for name in ("input", "working", "temp")}
        wrong = " --no-such-option" if scenario.fault == "broken" else ""
        arguments = scenario.arguments
        if any(name in self.code for name in ("--ttt.lessons", "--ttt.seconds", "--no-ttt")):
            arguments = arguments.partition(" --ttt.tokens")[0]  # the bundle's options have a budget of their own
        own |= {"ARGS": arguments + wrong, "DEADLINE": str(scenario.seconds)}
        if self.python == sys.executable:
            own["INSTALL"] = "0"
        environment = {k: v for k, v in os.environ.items() if k != "KAGGLE_IS_COMPETITION_RERUN"}
        environment |= {f"ARC_TTT_KAGGLE_{name}": value for name, value in own.items()}
        # Two scenarios share the machine.
        environment |= {"OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        return environment | ({"KAGGLE_IS_COMPETITION_RERUN": "1"} if scenario.rerun else {})


def _kill_solver(log: Path) -> None:
    """End the solver that the notebook started last, with its workers, as the system does when memory is short."""
    began = re.findall(rb"solver (\d+) began", log.read_bytes())
    if began:
        os.killpg(int(began[-1]), signal.SIGKILL)


def _answers(working: Path) -> set[str]:
    """The tasks that the solver has answered; `DataError` where the submission does not have its answers."""
    found, done = submission.read(working / files.SUBMISSION), set[str]()
    for run in sorted(working.glob("run*")):
        answered = files.finished(run)
        theirs = submission.read(run / files.SUBMISSION) if answered else {}
        for id in answered:
            if found[id] != theirs[id]:
                raise DataError(f"task {id}: the submission has not the answer that the solver found")
        done |= answered
    return done


def _instead(log: Path) -> str:
    """Why the notebook gave the bundle's place to the built-in model, as its log says; empty where it did not."""
    if not log.exists():
        return ""
    reasons = re.findall(rf"\S+ (.*: {drive.INSTEAD})\n", log.read_text(encoding="utf-8", errors="replace"))
    return reasons[0] if reasons else ""


def _tail(log: Path) -> str:
    """The end of the notebook's log, for the message of a fault."""
    if not log.exists():
        return ""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:]
    return "".join(f"\n      {printable(line)}" for line in lines)
