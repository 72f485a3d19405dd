"""Kaggle's input folder → submission.json in its working folder: the code of the notebook that `kaggle bundle` writes.

It has only the standard library until arc_ttt is installed, and hands over to `drive` then. A complete submission is
written before anything that can fail, and replaced whenever the solver has more; what fails is logged, and the
submission so far stands. Variables named ARC_TTT_KAGGLE_… put other folders and budgets in the place of Kaggle's, for
`arc-ttt kaggle check`.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from arc_ttt.kaggle.files import FAULTS, SUBMISSION, Places, Submission, find, log, read_object, read_tasks, variable

SETTINGS: dict[str, Any] = json.loads("{}")  # the bundle's, which `kaggle bundle` writes here
BEGAN = time.monotonic()


def main(settings: Mapping[str, Any] = SETTINGS) -> None:
    """Write the submission; raises only where Kaggle's own files are not there."""
    logging.basicConfig(
        stream=sys.stdout, level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S", force=True
    )
    folders = {"INPUT": "/kaggle/input", "WORKING": "/kaggle/working", "TEMP": "/tmp/arc-ttt"}
    places = Places(*(Path(variable(name, default)).resolve() for name, default in folders.items()))
    for folder in (places.working, places.temp):
        folder.mkdir(parents=True, exist_ok=True)

    # 1. A complete submission, before anything that can fail.
    challenges, counts = read_tasks(places.input, settings["competition"])
    submission = Submission(places.working / SUBMISSION, counts)
    log.info("%d tasks, %d outputs; a submission is written", len(counts), sum(counts.values()))
    try:
        # 2. arc_ttt, from the input folder to local disk.
        environment = install(places)
        # 3. The answers.
        if challenges is not None:
            from arc_ttt.kaggle import drive

            drive.solve(settings, places, challenges, environment, submission, BEGAN)
    except (*FAULTS, ImportError):
        log.exception("stopped early; the submission so far stands")
    log.info("%d of %d tasks answered, %.0f s in all", submission.answered, len(counts), time.monotonic() - BEGAN)


def install(places: Places) -> dict[str, str]:
    """Install arc_ttt's wheel, and of the other wheels those that the image lacks or has too old; the environment of
    processes that use them. Not into the working folder: thousands of files break the notebook's output."""
    offline = {"HF_HOME": str(places.temp / "hf"), "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
    environment = {**os.environ, **offline, "PYTHONUNBUFFERED": "1"}
    if variable("INSTALL") == "0":
        return environment
    wheels = find(places.input, "arc_ttt-*.whl")
    if not wheels:
        log.info("no wheel of arc_ttt under %s; is the bundle's data set among the notebook's inputs?", places.input)
        return environment
    own, site, report = wheels[0], places.temp / "site", places.temp / "pip.json"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-index"]
    # --target alone would want every dependency, torch too; a dry run tells which are missing.
    if _run([*pip, "--find-links", str(own.parent), "--dry-run", "--report", str(report), str(own)]):
        urls = [item["download_info"]["url"] for item in read_object(report)["install"]]
        missing = [path for url in urls if (path := unquote(urlsplit(url).path)) != str(own)]
    else:
        log.info("image and wheels together do not have all that arc_ttt needs; all the wheels are installed")
        missing = [str(path) for path in sorted(own.parent.glob("*.whl")) if path != own]
    if _run([*pip, "--no-deps", "--target", str(site), str(own), *missing]):
        log.info("installed %s", " ".join(Path(path).name for path in (str(own), *missing)))
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(site), os.environ.get("PYTHONPATH"))))
        sys.path.insert(0, str(site))
    return environment


def _run(command: Sequence[str]) -> bool:
    """Whether the command ends well; what it says is logged where it does not."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1800)
    if done.returncode:
        log.info("%s\nexit code %d: %s", " ".join(command), done.returncode, (done.stdout + done.stderr)[-2000:])
    return done.returncode == 0


if __name__ == "__main__":
    main()
