"""A bundle and a mount layout → an input folder as Kaggle has it, with small tasks; a submission → whether it is whole.

Large files (weights) are linked into it, not copied. Also what else a notebook has there: no network, an image.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from arc_ttt.arc import submission
from arc_ttt.arc.jsonio import printable
from arc_ttt.errors import DataError
from arc_ttt.kaggle import bundle, files

# Where Kaggle has been seen to mount a competition, a data set and a model.
LAYOUTS = {
    "input/SLUG": ("{competition}", "{dataset}", "{model}/{framework}/{variation}/{version}"),
    "input/competitions/SLUG, input/datasets/OWNER/SLUG": (
        "competitions/{competition}", "datasets/{owner}/{dataset}",
        "models/{maker}/{model}/{framework}/{variation}/{version}",
    ),
    "input/competitions/SLUG, input/SLUG": (
        "competitions/{competition}", "{dataset}", "models/{maker}/{model}/{framework}/{variation}/{version}",
    ),
}  # fmt: skip
_LARGE = 2**20  # bytes


def lay_out(
    root: Path, layout: str, folder: Path, metadata: Mapping[str, Any], tasks: Mapping[str, Any], model: Path | None
) -> Path:
    """Make the input folder `root` for the bundle in `folder` with its kernel's `metadata`; the competition's folder.

    `model` is the folder that a model source stands for; without, it is not mounted.
    """
    own = files.read_object(folder / "dataset" / bundle.DATASET)["id"]
    source = [*metadata.get("model_sources", ()), "maker/model/framework/variation/1"][0]
    names = dict(zip(("maker", "model", "framework", "variation", "version"), source.lower().split("/"), strict=True))
    names |= dict(zip(("owner", "dataset"), own.split("/"), strict=True))
    names["competition"] = metadata["competition_sources"][0]
    competition, data, weights = (root / place.format(**names) for place in LAYOUTS[layout])
    write_tasks(competition, tasks)
    # Files of the same names in another data set must not be taken for the competition's.
    write_tasks(data.parent / "another-data-set", make_tasks(1, "other"))
    _mount(folder / "dataset", data)
    if model is not None and metadata.get("model_sources"):
        _mount(model, weights)
    return competition


def make_tasks(count: int, name: str) -> dict[str, Any]:
    """A challenges document: small grids to be mirrored, one to three test inputs, ids that are not in order."""
    tasks = {}
    for i in range(count):
        a, b = 1 + i % 4, 5 + i % 5
        rows = ([[a, b, 0], [0, a, 0]], [[b, 0], [0, a], [a, a]], [[0, a, b, b]])
        tests = ([[a, 0, b]], [[0, a], [b, b]], [[a, b, a], [0, 0, b]])[: 1 + i % 3]
        train = [{"input": grid, "output": [row[::-1] for row in grid]} for grid in rows]
        tasks[f"{name}{(7 * i + 3) % 97:02}"] = {"train": train, "test": [{"input": grid} for grid in tests]}
    return tasks


def write_tasks(folder: Path, tasks: Mapping[str, Any]) -> None:
    """The competition's files: the challenges and the sample submission."""
    folder.mkdir(parents=True)
    blank = {key: [[0, 0], [0, 0]] for key in files.ATTEMPTS}
    sample = {id: [blank] * len(task["test"]) for id, task in tasks.items()}
    for name, document in ((files.CHALLENGES, tasks), (files.SAMPLE, sample)):
        (folder / name).write_text(json.dumps(document), encoding="utf-8")


def _mount(source: Path, target: Path) -> None:
    target.mkdir(parents=True)
    for path in [source] if source.is_file() else [p for p in source.iterdir() if p.is_file()]:
        if path.name == bundle.DATASET:
            continue  # not a file of the data set
        if path.stat().st_size > _LARGE:
            (target / path.name).symlink_to(path.resolve())
        else:
            shutil.copyfile(path, target / path.name)


def protect(root: Path, *, writable: bool = False) -> None:
    """Take away the permission to write below `root`, or give it back."""
    for path in [root, *root.rglob("*")]:
        if path.exists() and not path.is_symlink():
            path.chmod((0o500 if path.is_dir() else 0o400) | (0o200 if writable else 0))


def listing(root: Path) -> Sequence[tuple[str, int, int]]:
    """What is below `root`: names, sizes, times. It tells a change also to root, to whom permissions are nothing."""
    found = [(str(path), path.stat()) for path in sorted(root.rglob("*"))]
    return [(name, stat.st_size, stat.st_mtime_ns) for name, stat in found]


def validate(path: Path, competition: Path) -> None:
    """`DataError` where the submission `path` is not one for the files in the folder `competition`: the sample's tasks
    in their order, the number of its entries, in each both attempts, grids of 1–30 rows and columns of 0–9."""
    found, sample = submission.read(path), submission.read(competition / files.SAMPLE)
    where = printable(str(path))
    for id in sample:
        if id not in found:
            raise DataError(f"{where}: task {id}: is missing")
        if len(found[id]) != len(sample[id]):
            raise DataError(f"{where}: task {id}: {len(found[id])} entries for {len(sample[id])} test inputs")
    if unknown := [id for id in found if id not in sample]:
        raise DataError(f"{where}: task {printable(unknown[0])}: is not in {files.SAMPLE}")
    if list(found) != list(sample):
        raise DataError(f"{where}: the tasks are not in the order of {files.SAMPLE}")


def offline() -> tuple[list[str], str]:
    """The beginning of a command that has no network, and how it is kept from it."""
    loopback = ["sh", "-c", 'ip link set lo up 2>/dev/null; exec "$@"', "sh"]  # Kaggle has that one
    for command in (["unshare", "-n"], ["unshare", "-rn"]):
        try:
            if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
                return [*command, *loopback], f"without network ({' '.join(command)})"
        except OSError:
            break
    names = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    return ["env", *(f"{name}=http://127.0.0.1:9" for name in names)], "with proxies that lead nowhere"


def environment(folder: Path) -> str:
    """Make an environment with pip, in which this one's packages count as the image's; its Python."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    # An old setuptools of its own would hide the image's, and PyTorch wants a newer one.
    subprocess.run([str(python), "-m", "pip", "uninstall", "--quiet", "--yes", "setuptools"], check=False)
    ask = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = Path(subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip())
    image = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    (site / "image.pth").write_text("\n".join(image) + "\n", encoding="utf-8")
    return str(python)
