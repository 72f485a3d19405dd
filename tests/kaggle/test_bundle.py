"""The folder for the `kaggle` command: ids, metadata, the notebook, weights, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

import arc_ttt
from arc_ttt.errors import ConfigError, ModelError, StoreError
from arc_ttt.kaggle import bundle, wheels


def made(**more: Any) -> bundle.Bundle:
    return bundle.Bundle(**({"title": "My ARC run", "username": "me"} | more))


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A model's folder, with a file that only training needs."""
    folder = tmp_path / "weights"
    folder.mkdir()
    for name in ("config.json", "card.json", "model.safetensors", "optimizer.pt"):
        (folder / name).write_text(name)
    return folder


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("My Awesome Kernel", "my-awesome-kernel"),
        ("arc_ttt: Qwen3-4B (v2)", "arc-ttt-qwen3-4b-v2"),
        ("  1,000 tasks -- it's, 12 h ", "1000-tasks-it-s-12-h"),
        ("A/B & C", "a-b-c"),
        ("...", ""),
    ],
)
def test_slugs_are_those_of_kaggle(title: str, slug: str) -> None:
    """As the slugify of the kaggle command makes them."""
    assert bundle.slugify(title) == slug


@pytest.mark.parametrize("title", ["Überlauf im Gitter", "a &amp; b and more", "&#65; is an A"])
def test_titles_of_which_the_slug_is_not_sure(title: str) -> None:
    """Letters that Kaggle transliterates and entities that it decodes are refused."""
    with pytest.raises(ConfigError, match="only plain ASCII"):
        bundle.slugify(title)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"title": "abc"}, "6 to 50 characters"),
        ({"title": "?!" * 10}, "6 to 50 characters"),
        ({"title": "a" * 45}, "6 to 50 characters"),
        ({"username": "Me Myself"}, "--username Me Myself: must be"),
        ({"competition": "ARC Prize"}, "--competition"),
        ({"model_source": "me/model/transformers/big"}, "--model-source .*: must be owner/model/framework"),
        ({"dataset_sources": ("me/files", "files")}, "--dataset-source files: must be owner/name"),
        ({"accelerator": "p100"}, "there are l4x4, t4x2, cpu"),
        ({"deadline": 12 * 3600}, "12 hours"),
        ({"workers": 0}, "--workers 0"),
    ],
)
def test_what_kaggle_would_not_take(wrong: dict[str, Any], message: str) -> None:
    """One line that names the option."""
    with pytest.raises(ConfigError, match=message):
        made(**wrong)


def test_the_folder(tmp_path: Path) -> None:
    """Metadata with matching ids, no internet, the machine by Kaggle's own name; the notebook is one cell of code that
    compiles and knows the settings; the recipe has versions and no PyTorch."""
    source = "owner/model/Transformers/big/3"
    choice = made(competition="arc-prize-2026-arc-agi-2", model="owner/model-4b", model_source=source, workers=4,
                  prompt="nvarc", dataset_sources=("you/more",), options=("--views", "it's"))  # fmt: skip
    bundle.write(tmp_path / "out", choice, build=False)
    kernel = json.loads((tmp_path / "out" / "kernel-metadata.json").read_text())
    assert (kernel["id"], kernel["title"]) == ("me/my-arc-run", "My ARC run")
    assert (kernel["machine_shape"], kernel["enable_gpu"], kernel["enable_internet"]) == ("NvidiaL4", True, False)
    assert kernel["competition_sources"] == ["arc-prize-2026-arc-agi-2"]
    assert (kernel["dataset_sources"], kernel["model_sources"]) == (["me/my-arc-run-files", "you/more"], [source])
    data = json.loads((tmp_path / "out" / "dataset" / "dataset-metadata.json").read_text())
    assert (data["id"], data["title"]) == ("me/my-arc-run-files", "My ARC run files")
    (cell,) = json.loads((tmp_path / "out" / kernel["code_file"]).read_text())["cells"]
    known: dict[str, Any] = {"__name__": "not run"}
    exec(compile("".join(cell["source"]), "notebook", "exec"), known)
    assert known["SETTINGS"] == bundle.settings(choice, None)
    assert (known["SETTINGS"]["sources"], known["SETTINGS"]["options"]) == ([source], ["--views", "it's"])
    recipe = (tmp_path / "out" / "make_wheels.sh").read_text()
    assert " peft==" in recipe and " torch==" not in recipe
    assert subprocess.run(["sh", "-n", str(tmp_path / "out" / "make_wheels.sh")], check=False).returncode == 0
    assert os.access(tmp_path / "out" / "make_wheels.sh", os.X_OK)


def test_a_bundle_for_the_processor(tmp_path: Path) -> None:
    """It asks for no GPU, and takes the built-in model from the wheel."""
    assert bundle.write(tmp_path / "out", made(accelerator="cpu"), build=False) is None
    kernel = json.loads((tmp_path / "out" / "kernel-metadata.json").read_text())
    assert kernel["enable_gpu"] is False and "machine_shape" not in kernel
    assert [path.name for path in (tmp_path / "out" / "dataset").iterdir()] == ["dataset-metadata.json"]


def test_weights_go_into_the_data_set(tmp_path: Path, weights: Path) -> None:
    """A folder's weights lie beside the wheels, since folders are not uploaded; what training left does not."""
    mine = tmp_path / "mine.toml"
    mine.write_text("")
    bundle.write(tmp_path / "out", made(model=str(weights), prompt=mine), build=False)
    data = tmp_path / "out" / "dataset"
    names = {path.name for path in data.iterdir()}
    assert names == {"dataset-metadata.json", "config.json", "model.safetensors", "card.json", "mine.toml"}
    assert (data / "model.safetensors").read_bytes() == (weights / "model.safetensors").read_bytes()
    settings = bundle.settings(made(model=str(weights), prompt=mine), weights)
    assert (settings["weights"], settings["prompt"], settings["sources"]) == (
        "folder", "mine.toml", ["me/my-arc-run-files"]
    )  # fmt: skip


def test_an_earlier_bundle_is_written_over(tmp_path: Path, weights: Path) -> None:
    """Weights, notebook and arc_ttt of the last time go, the downloaded wheels stay."""
    out = tmp_path / "out"
    bundle.write(out, made(model=str(weights)), build=False)
    for name in ("peft-1.whl", "arc_ttt-0.whl"):
        (out / "dataset" / name).write_bytes(b"")
    bundle.write(out, made(title="Another title"), build=False)
    assert {path.name for path in (out / "dataset").iterdir()} == {"dataset-metadata.json", "peft-1.whl"}
    assert [path.name for path in out.glob("*.ipynb")] == ["another-title.ipynb"]
    assert (weights / "model.safetensors").exists()


def test_what_cannot_be_bundled(tmp_path: Path) -> None:
    """A folder of other things is left alone; a model that is none is named."""
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ConfigError, match="is no bundle; name another --out"):
        bundle.write(tmp_path, made(), build=False)
    for model, message in (
        (str(tmp_path), "must hold config.json and weights"),
        (str(tmp_path / "notes.txt"), "must be GGUF"),
        ("arc-maxi", "neither a shipped model"),
    ):
        with pytest.raises(ModelError, match=message):
            bundle.write(tmp_path / "out", made(model=model), build=False)


def test_a_failed_build_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no wheel can be built, pip's last line is the reason; a failed download likewise."""
    (tmp_path / "pyproject.toml").write_text("[build-system]\nrequires = []\nbuild-backend = 'no_such_backend'\n")
    monkeypatch.setattr(arc_ttt, "__file__", str(tmp_path / "arc_ttt" / "__init__.py"))
    with pytest.raises(StoreError, match=r"no wheel can be built: .+") as fault:
        wheels.build(tmp_path)
    assert "\n" not in str(fault.value)
    (tmp_path / wheels.RECIPE).write_text("echo no network >&2\nexit 1\n")
    with pytest.raises(StoreError, match=r"make_wheels.sh: no network"):
        wheels.download(tmp_path)


def test_an_installed_arc_ttt_is_packed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a checkout, the wheel is made of what its RECORD names, without what the installer added."""
    site = tmp_path / "site"
    info = site / "arc_ttt-9.0.dist-info"
    (site / "arc_ttt").mkdir(parents=True)
    info.mkdir()
    (site / "arc_ttt" / "__init__.py").write_text("x = 1\n")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: arc-ttt\nVersion: 9.0\n")
    (info / "WHEEL").write_text("Wheel-Version: 1.0\n")
    (info / "INSTALLER").write_text("pip\n")
    (info / "RECORD").write_text(
        "../../bin/arc-ttt,sha256=x,1\narc_ttt/__init__.py,sha256=abc,6\narc_ttt/__pycache__/__init__.pyc,,\n"
        "arc_ttt-9.0.dist-info/METADATA,,\narc_ttt-9.0.dist-info/WHEEL,,\narc_ttt-9.0.dist-info/INSTALLER,,\n"
        "arc_ttt-9.0.dist-info/RECORD,,\n"
    )
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setattr(arc_ttt, "__file__", str(site / "arc_ttt" / "__init__.py"))
    path = wheels.build(tmp_path)
    assert path.name == "arc_ttt-9.0-py3-none-any.whl"
    with zipfile.ZipFile(path) as archive:
        names = ["arc_ttt/__init__.py", *(f"arc_ttt-9.0.dist-info/{n}" for n in ("METADATA", "WHEEL", "RECORD"))]
        assert sorted(archive.namelist()) == sorted(names)
        assert b"arc_ttt/__init__.py,sha256=abc,6" in archive.read("arc_ttt-9.0.dist-info/RECORD")
