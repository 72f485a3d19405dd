"""Results ↔ a run's folder: what is finished is on disk, and a killed run goes on where it stood.

`config.json` says what the answers depend on and is written once, but for where tasks and answers are, which a later
start may know better; `results.jsonl` gets one line for every finished task, appended and synced; `submission.json` is
complete from the first second and replaced at once after each task. A task may have several lines (a failed one is
tried again): the last counts.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from arc_ttt import files
from arc_ttt.arc import submission
from arc_ttt.arc.dataset import TaskSet
from arc_ttt.arc.jsonio import printable
from arc_ttt.errors import ConfigError, DataError, StoreError
from arc_ttt.paths import exists
from arc_ttt.run.records import check, decode, encode
from arc_ttt.types import Result
from arc_ttt.version import __version__

try:
    import fcntl
except ImportError:  # Windows: two processes on one run are then not kept apart
    fcntl = None  # type: ignore[assignment]

CONFIG, RESULTS, SUBMISSION, ERRORS = "config.json", "results.jsonl", "submission.json", "errors.log"
SHARD = "shard-"  # how folders of shards begin
_TABLES = ("settings", "options", "model", "prompt", "tasks", "machine", "source")  # of config.json
_ADVICE = "name another --out, or pass --fresh to begin it anew"


@dataclass(frozen=True, kw_only=True)
class Header:
    """What config.json holds. `digest` covers `settings` and the digests in `model`, `prompt` and `tasks`; the rest is
    only told."""

    digest: str
    settings: Mapping[str, Any]
    # Name and digest of each.
    model: Mapping[str, str]
    prompt: Mapping[str, str]
    tasks: Mapping[str, str]
    machine: Mapping[str, Any]
    # Where the tasks came from ("tasks", a source or a list of them) and their answers ("solutions", or None), as
    # absolute paths.
    source: Mapping[str, Any] = field(default_factory=dict)
    # The other settings that make the run again, by their paths.
    options: Mapping[str, Any] = field(default_factory=dict)
    # Ids of the tasks that the model's training saw.
    seen: Sequence[str] = ()
    # Ids that the first start was to solve.
    chosen: Sequence[str] = ()

    def document(self) -> dict[str, Any]:
        parts = {k: dict(getattr(self, k)) for k in _TABLES}
        lists = {k: list(getattr(self, k)) for k in ("seen", "chosen")}
        document: dict[str, Any] = {"digest": self.digest, "arc-ttt": __version__, **parts, **lists}
        document = json.loads(json.dumps(document))
        return document


class Store:
    """An open run, its folder locked against other processes; `results` holds the last of each task."""

    def __init__(self, folder: Path, file: Any) -> None:
        self.folder = folder
        self.results: dict[str, Result] = {}
        self._file = file  # results.jsonl, unbuffered, appending

    @classmethod
    def open(cls, folder: Path, header: Header, *, fresh: bool = False) -> Store:
        """Begin the run `header` in `folder`, or go on with it; `fresh` forgets what an earlier run left.

        Raises `ConfigError` for a folder that holds another run, shards of another one, or foreign files, `StoreError`
        for one that cannot be written or is being written by another process.
        """
        refuse_file(folder)
        with _writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            _refuse_foreign(folder)
        with _writing(folder / RESULTS):
            file = (folder / RESULTS).open("a+b", buffering=0)
        store = cls(folder, file)
        try:
            lock(file, folder)
            store._begin(header, fresh)
        except BaseException:
            file.close()
            raise
        return store

    def _begin(self, header: Header, fresh: bool) -> None:
        config = self.folder / CONFIG
        with _writing(self.folder):
            for name in (SUBMISSION, CONFIG):  # what kills left half written
                for left in self.folder.glob(f".{name}.*.tmp"):
                    left.unlink(missing_ok=True)
            if fresh:
                self._file.truncate(0)
                for name in (SUBMISSION, ERRORS):
                    (self.folder / name).unlink(missing_ok=True)
            elif config.exists():
                _check_same(self.folder, header.document())
                self.results, end = _read_results(self.folder / RESULTS)
                self._file.truncate(end)  # a line torn by a kill
                self._remember(header)
                return
            else:
                for shard in _shards(self.folder):  # later, under the same digest, others are no part of this run
                    _check_same(shard, header.document())
            self._write_config(header.document())

    def _remember(self, header: Header) -> None:
        """Where this start found the tasks, and answers that an earlier one had not; and on what other machine it is,
        in "machines", the first of which is "machine"."""
        there = read_config(self.folder)
        said, known = there.get("source"), there.get("machines") or [there.get("machine")]
        now = {**(said if isinstance(said, dict) else {}), **{k: v for k, v in header.source.items() if v is not None}}
        here = header.document()["machine"]
        if all(_alike(here) != _alike(one) for one in known):
            known.append(here)
        new = {**there, "source": now} | ({"machines": known} if len(known) > 1 else {})
        if new != there:
            self._write_config(new)

    def _write_config(self, document: Mapping[str, Any]) -> None:
        config = self.folder / CONFIG
        temporary = config.with_name(f".{CONFIG}.{os.getpid()}.tmp")
        try:
            temporary.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
            temporary.replace(config)
        finally:
            temporary.unlink(missing_ok=True)

    def finished(self, ids: Iterable[str]) -> dict[str, Result]:
        """The results of those of `ids` that were answered, in that order."""
        return {id: r for id in ids if (r := self.results.get(id)) is not None and r.error is None}

    def append(self, result: Result) -> None:
        """Put `result` on disk. Raises `StoreError` where it cannot be; the file then ends as before."""
        line = encode(result)
        with _writing(self.folder / RESULTS):
            before = os.fstat(self._file.fileno()).st_size
            try:
                rest = memoryview(line)
                while rest:
                    rest = rest[self._file.write(rest) :]
                os.fsync(self._file.fileno())
            except BaseException:
                with contextlib.suppress(OSError):  # if even this fails, the next start drops the torn line
                    self._file.truncate(before)
                raise
        self.results[result.task] = result

    def gather(self, ids: Collection[str]) -> None:
        """Take over what the shards of this run, folders in its own, have answered of `ids`."""
        digest = read_config(self.folder)["digest"]
        for shard in _shards(self.folder):
            if read_config(shard).get("digest") != digest:
                continue
            for id, result in read_results(shard).items():
                mine = self.results.get(id)
                if id in ids and result.error is None and (mine is None or mine.error is not None):
                    self.append(result)

    def write_submission(self, tasks: TaskSet) -> None:
        """Replace submission.json: every id of `tasks`, with the fallback where there is no result yet."""
        predictions = {id: result.prediction for id, result in self.results.items()}
        document = submission.document(tasks.order, tasks.tests, predictions)
        submission.write(self.folder / SUBMISSION, document)

    def log_error(self, task: str, trace: str) -> None:
        """Append the traceback of a fault to errors.log."""
        with _writing(self.folder / ERRORS), (self.folder / ERRORS).open("a", encoding="utf-8") as log:
            log.write(f"task {printable(task)}\n{trace}\n")

    def close(self) -> None:
        self._file.close()  # and with it the lock

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def prepare(folder: Path, tasks: TaskSet) -> None:
    """A complete submission without answers in `folder`, where nothing is yet; where a run is nothing is done.

    Raises what `Store.open` would for a file, and for a folder of other things."""
    refuse_file(folder)
    with _writing(folder):
        if folder.exists() and any(folder.iterdir()):
            _refuse_foreign(folder)
            return
        folder.mkdir(parents=True, exist_ok=True)
    submission.write(folder / SUBMISSION, submission.document(tasks.order, tasks.tests, {}))


def refuse_file(folder: Path) -> None:
    """`StoreError` for a file where a run's folder should be."""
    where = printable(str(folder))
    try:
        status = folder.stat()
    except (FileNotFoundError, NotADirectoryError):
        return
    except (OSError, ValueError) as fault:  # a name that is too long; a null character
        reason = fault.strerror if isinstance(fault, OSError) else str(fault)
        raise StoreError(f"{where}: cannot be a run's folder: {reason}") from fault
    if not stat.S_ISDIR(status.st_mode):
        raise StoreError(f"{where}: is a file; a run needs a folder of its own")


def read_config(folder: Path) -> dict[str, Any]:
    """The config.json of a run; `StoreError` where there is none, which says what is there instead."""
    path = folder / CONFIG
    where = printable(str(path))
    try:
        document = files.json_of(path)
    except (FileNotFoundError, NotADirectoryError) as fault:
        raise StoreError(printable(f"{folder}: {_instead(folder)}")) from fault
    except OSError as fault:
        raise StoreError(f"{where}: cannot be read: {fault.strerror}") from fault
    except ValueError as fault:
        raise StoreError(f"{where}: is not a run's configuration: {fault}") from fault
    # Earlier versions had fewer of these.
    if (
        not isinstance(document, dict)
        or not isinstance(document.get("digest"), str)
        or any(not isinstance(document.get(name, {}), dict | None) for name in _TABLES)
        or any(not _names(document.get(name, [])) for name in ("seen", "chosen"))
        or not isinstance(document.get("machines", []), list)
    ):
        raise StoreError(f"{where}: is not a run's configuration")
    return document


def _alike(machine: object) -> object:
    """What makes a machine another one; how many workers it had does not."""
    return {k: v for k, v in machine.items() if k != "workers"} if isinstance(machine, dict) else machine


def _names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def refuse_parts(folder: Path) -> None:
    """`StoreError` for a folder that holds shards of a run alone, or what one has that was stopped before its first
    task: files that look like a task's."""
    if folder.is_dir() and not (folder / CONFIG).exists() and (_shards(folder) or _stopped(folder)):
        raise StoreError(printable(f"{folder}: {_instead(folder)}"))


def unfinished(folder: Path) -> tuple[str, ...]:
    """The chosen tasks of the run in `folder` that have no result yet, or one that failed."""
    done = {id for id, result in read_results(folder).items() if result.error is None}
    return tuple(id for id in read_config(folder).get("chosen", []) if id not in done)


def _instead(folder: Path) -> str:
    """What a folder without config.json is."""
    if not exists(str(folder)):
        return "no such run"
    if not folder.is_dir():
        return "is a file, and a run is a folder"
    if shards := [shard.name for shard in _shards(folder)]:
        few = ", ".join(shards[:2]) + (", …" if len(shards) > 2 else "")
        return f"holds parts only ({few}); gather them with the command that made them, without --shard"
    if _stopped(folder):
        return "was stopped before its first task"
    return f"is no run: it has no {CONFIG}"


def _stopped(folder: Path) -> bool:
    """Whether a folder without config.json holds what a run begins with, a submission without answers."""
    if (folder / SUBMISSION).exists() and (folder / SUBMISSION).stat().st_size:
        with contextlib.suppress(ConfigError):
            _refuse_foreign(folder)
            return True
    return False


def read_results(folder: Path) -> dict[str, Result]:
    """The last result of each task of a run, which may be going on; `StoreError` where it cannot be read."""
    return _read_results(folder / RESULTS)[0]


def own(folder: Path, results: Mapping[str, Result], ids: Iterable[str], name: str) -> tuple[dict[str, Result], str]:
    """Those of a run's `results` that are of its tasks `ids`, and one line about the others, empty if there are none:
    what stands in results.jsonl by mistake takes nothing from the rest. `name` is that of the task set."""
    known = set(ids)
    others = [id for id in results if id not in known]
    if not others:
        return dict(results), ""
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    line = f"{folder / RESULTS}: task {others[0]}{more}: not among the tasks of {name}, so left out"
    return {id: result for id, result in results.items() if id in known}, printable(line)


def _read_results(path: Path) -> tuple[dict[str, Result], int]:
    """Results by task, and where the last whole line ends."""
    where = printable(str(path))
    try:
        content = files.bytes_of(path)
    except OSError as fault:
        raise StoreError(f"{where}: cannot be read: {fault.strerror}") from fault
    results: dict[str, Result] = {}
    end = 0
    lines = content.splitlines(keepends=True)
    for number, line in enumerate(lines, start=1):
        if not line.endswith(b"\n"):  # by a kill; only the last can be so
            break
        try:
            result = decode(line)
            check(result)
        except ValueError as fault:
            if number == len(lines) and isinstance(fault, json.JSONDecodeError | UnicodeDecodeError):
                break  # by a machine that went down; what is JSON was written whole, and not by us
            advice = "remove that line, and the run's command solves its task again"
            raise StoreError(f"{where}: line {number} is not a result; {advice}") from fault
        results[result.task] = result
        end += len(line)
    return results, end


def _refuse_foreign(folder: Path) -> None:
    """`ConfigError` for a folder with files in it that is no run; hidden ones do no harm, nor do shards, nor what a
    kill may leave: a submission without answers, and an empty results.jsonl."""
    entries = [p for p in folder.iterdir() if not p.name.startswith(".")]
    if any(p.name == CONFIG for p in entries) and (any(p.name == RESULTS for p in entries) or _config_of_a_run(folder)):
        return
    ours = {p.name for p in entries if p.name.startswith(SHARD) and (p / CONFIG).exists()}
    ours |= {p.name for p in entries if p.name == RESULTS and not p.stat().st_size}
    ours |= {p.name for p in entries if p.name == SUBMISSION and _blank(p)}
    if others := sorted(p.name for p in entries if p.name not in ours):
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        fault = f"{folder}: is no run of arc-ttt, but holds {others[0]}{more}"
        raise ConfigError(f"{printable(fault)}; name another --out")


def _config_of_a_run(folder: Path) -> bool:
    try:
        read_config(folder)
    except StoreError:
        return False
    return True


def _blank(path: Path) -> bool:
    """Whether a submission answers nothing, as one does before a run has begun: any other one is somebody's work."""
    try:
        attempts = submission.read(path)
    except DataError:
        return False
    return all(grid == submission.FALLBACK for entries in attempts.values() for entry in entries for grid in entry)


def _shards(folder: Path) -> list[Path]:
    """The runs over parts of the tasks in a run's folder."""
    return sorted(shard for shard in folder.glob(f"{SHARD}*") if (shard / CONFIG).exists())


def _check_same(folder: Path, here: Mapping[str, Any]) -> None:
    """`ConfigError` where the run in `folder` is not the run `here`."""
    try:
        there = read_config(folder)
    except StoreError as fault:
        raise StoreError(f"{fault}; {_ADVICE}") from fault
    if there.get("digest") == here["digest"]:
        return
    old, new = settings_of(there), settings_of(here)
    for part in ("model", "prompt", "tasks"):
        if old.get(f"{part}.name") != new.get(f"{part}.name"):  # the digests then differ anyway
            old.pop(f"{part}.digest", None), new.pop(f"{part}.digest", None)
    changed = [f"{k} {old.get(k)}, now {new.get(k)}" for k in sorted(old | new) if old.get(k) != new.get(k)]
    what = "; ".join(changed) or f"digest {str(there.get('digest'))[:8]}, now {here['digest'][:8]}"
    raise ConfigError(printable(f"{folder}: was made with other settings ({what}); {_ADVICE}"))


def settings_of(document: Mapping[str, Any]) -> dict[str, str]:
    """What config.json says of the settings with dotted names, such as ttt.tokens, model.name and tasks.digest; what a
    prompt format says of them, they say themselves."""
    flat: dict[str, str] = {}

    def walk(prefix: str, value: object) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(f"{prefix}.{key}" if prefix else key, inner)
        else:
            flat[prefix] = str(value)[:8] if prefix.endswith(".digest") else str(value)

    walk("", document.get("settings"))
    for part in ("model", "prompt", "tasks"):
        walk(part, document.get(part))
    return {name: value for name, value in flat.items() if not name.startswith("prompt.settings")}


def lock(file: Any, folder: Path, *, forks: bool = False) -> None:
    """Keep other processes out of `folder` until `file` is closed, which also a killed process does; `StoreError` where
    one has it. Of a process that `forks` the children do not keep it when they outlive it, but closing any other handle
    of the file gives it up."""
    if fcntl is None:
        return
    try:
        (fcntl.lockf if forks else fcntl.flock)(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as fault:
        raise StoreError(f"{printable(str(folder))}: another process is writing this run") from fault
    except OSError:  # a file system without locks
        pass


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise StoreError(f"{printable(str(path))}: cannot be written: {reason}") from fault
